/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * UMA, the zone allocator: items of one size from slabs, with a per-CPU cache of free ones in front.
 */
#ifndef VM_UMA_H
#define VM_UMA_H

#include <sys/types.h>
#include <sys/malloc.h>

typedef struct uma_zone	*uma_zone_t;
typedef int	(*uma_ctor)(void *mem, int size, void *arg, int flags);
typedef void	(*uma_dtor)(void *mem, int size, void *arg);
typedef int	(*uma_init)(void *mem, int size, int flags);
typedef void	(*uma_fini)(void *mem, int size);

#define UMA_ALIGN_PTR		(sizeof(void *) - 1)
#define UMA_ALIGN_LONG		(sizeof(long) - 1)
#define UMA_ALIGN_INT		(sizeof(int) - 1)
#define UMA_ALIGN_CACHE		(64 - 1)

#define UMA_ZONE_ZINIT		0x0002	/* items are zeroed once, when their slab is made */
#define UMA_ZONE_NOFREE		0x0020	/* slabs never go back: items may be looked at after uma_zfree */
#define UMA_ZONE_MALLOC		0x0010	/* a malloc(9) size */
#define UMA_ZONE_VM		0x0080	/* of the VM system: allocates only with M_NOVM */

void	uma_startup(void);
uma_zone_t uma_zcreate(const char *name, size_t size, uma_ctor ctor, uma_dtor dtor, uma_init init, uma_fini fini,
	    int align, uint32_t flags);
void	uma_zdestroy(uma_zone_t zone);
void	*uma_zalloc_arg(uma_zone_t zone, void *arg, int flags);
void	uma_zfree_arg(uma_zone_t zone, void *item, void *arg);
int	uma_zone_set_max(uma_zone_t zone, int nitems);
void	uma_reclaim(void);
void	uma_print_stats(void);
int	uma_zone_get_cur(uma_zone_t zone);
#define uma_zalloc(z, f)	uma_zalloc_arg((z), NULL, (f))
#define uma_zfree(z, i)		uma_zfree_arg((z), (i), NULL)

#endif
