/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * malloc(9): memory by size and type, over power-of-two UMA zones.
 *
 * A type counts what is allocated in its name; MALLOC_DEFINE makes one (no registration needed).  The
 * counters, and the ids of its dtmalloc probes, lie in its struct malloc_type_internal.
 */
#ifndef SYS_MALLOC_H
#define SYS_MALLOC_H

#include <sys/types.h>
#include <sys/param.h>
#include <sys/pcpu.h>
#include <sys/queue.h>

#define M_NOWAIT		0x0001
#define M_WAITOK		0x0002
#define M_ZERO			0x0100
#define M_NOVM			0x0200
#define M_USE_RESERVE		0x0400
#define M_EXEC			0x4000

#define DTMALLOC_PROBE_MALLOC	0
#define DTMALLOC_PROBE_FREE	1
#define DTMALLOC_PROBE_MAX	2

struct malloc_type_stats {
	uint64_t		mts_memalloced;	/* bytes handed out since boot */
	uint64_t		mts_memfreed;
	u_int			mts_numallocs;
	u_int			mts_numfrees;
};

struct malloc_type_internal {
	uint32_t		mti_probes[DTMALLOC_PROBE_MAX];	/* ids, 0 while off */
	struct malloc_type_stats mti_stats[MAXCPU];
};

struct malloc_type {
	struct malloc_type	*ks_next;
	const char		*ks_shortdesc;
	const char		*ks_longdesc;
	struct malloc_type_internal *ks_handle;
};

#define MALLOC_DEFINE(type, shortdesc, longdesc)			\
	static struct malloc_type_internal type##_internal;		\
	struct malloc_type type[1] = {{ NULL, shortdesc, longdesc, &type##_internal }};	\
	static struct malloc_type *const type##_p			\
	    __attribute__((section("set_malloc_types_set"), used)) = type
#define MALLOC_DECLARE(type)	extern struct malloc_type type[1]

MALLOC_DECLARE(M_TEMP);
MALLOC_DECLARE(M_DEVBUF);
MALLOC_DECLARE(M_CACHE);

/* What a firing of dtmalloc calls: dtrace_probe(), once the tracing code is there. */
extern void (*dtrace_malloc_probe)(uint32_t id, uintptr_t type, uintptr_t internal, uintptr_t stats, uintptr_t size,
    uintptr_t zindx);

void	kmeminit(void);
void	*malloc(unsigned long size, struct malloc_type *type, int flags);
void	free(void *addr, struct malloc_type *type);
void	*realloc(void *addr, unsigned long size, struct malloc_type *type, int flags);
void	malloc_type_allocated(struct malloc_type *type, unsigned long size);
void	malloc_type_freed(struct malloc_type *type, unsigned long size);

#endif
