/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * false: fail with status 1.
 * For trying how a failing command is reported.
 */
int
main(void)
{
	return (1);
}
