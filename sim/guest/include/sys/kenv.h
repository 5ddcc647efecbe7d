/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel environment: "name=value" strings handed over by the loader, read-only after boot.
 */
#ifndef SYS_KENV_H
#define SYS_KENV_H

#include <sys/types.h>

void	kenv_init(const char *envp);
char	*kern_getenv(const char *name);		/* NULL if unset; not to be freed */
int	getenv_int(const char *name, int *data);
int	getenv_ulong(const char *name, unsigned long *data);
int	getenv_quad(const char *name, quad_t *data);
int	getenv_string(const char *name, char *data, int size);

#define TUNABLE_INT_FETCH(name, var)		getenv_int((name), (var))
#define TUNABLE_ULONG_FETCH(name, var)		getenv_ulong((name), (var))
#define TUNABLE_QUAD_FETCH(name, var)		getenv_quad((name), (var))
#define TUNABLE_STR_FETCH(name, var, size)	getenv_string((name), (var), (size))

#endif
