/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * true: succeed.
 * The smallest dynamic program: what is left is exec, the run-time linker and exit.
 */
int
main(void)
{
	return (0);
}
