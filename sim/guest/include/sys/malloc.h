/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * malloc(9): memory by size and type, over power-of-two UMA zones.
 *
 * A type counts what is allocated in its name; MALLOC_DEFINE makes one (no registration needed).
 */
#ifndef SYS_MALLOC_H
#define SYS_MALLOC_H

#include <sys/types.h>
#include <sys/queue.h>

#define M_NOWAIT		0x0001
#define M_WAITOK		0x0002
#define M_ZERO			0x0100
#define M_NOVM			0x0200
#define M_USE_RESERVE		0x0400
#define M_EXEC			0x4000

struct malloc_type {
	struct malloc_type	*ks_next;
	const char		*ks_shortdesc;
	const char		*ks_longdesc;
	uint64_t		ks_memalloced;	/* bytes handed out since boot */
	uint64_t		ks_memfreed;
	u_int			ks_numallocs;
	u_int			ks_numfrees;
};

#define MALLOC_DEFINE(type, shortdesc, longdesc)			\
	struct malloc_type type[1] = {{ .ks_shortdesc = shortdesc, .ks_longdesc = longdesc }}
#define MALLOC_DECLARE(type)	extern struct malloc_type type[1]

MALLOC_DECLARE(M_TEMP);
MALLOC_DECLARE(M_DEVBUF);
MALLOC_DECLARE(M_CACHE);

void	kmeminit(void);
void	*malloc(unsigned long size, struct malloc_type *type, int flags);
void	free(void *addr, struct malloc_type *type);
void	*realloc(void *addr, unsigned long size, struct malloc_type *type, int flags);
void	malloc_type_allocated(struct malloc_type *type, unsigned long size);
void	malloc_type_freed(struct malloc_type *type, unsigned long size);

#endif
