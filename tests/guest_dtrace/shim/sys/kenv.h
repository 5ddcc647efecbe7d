/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel environment: host.c has none.
 */
#ifndef SYS_KENV_H
#define SYS_KENV_H

int	getenv_string(const char *name, char *data, int size);

#endif
