/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One vm_page per page of managed RAM, in one array.
 *
 * Locking: object, pindex, listq, valid, dirty, oflags and busy belong to the object's lock; wire_count,
 * hold_count and queue membership to the page lock (one of a pool) plus the queue's own mutex; a page on
 * the free list to vm_page_queue_free_mtx.
 */
#ifndef VM_VM_PAGE_H
#define VM_VM_PAGE_H

#include <vm/vm.h>
#include <sys/queue.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <machine/pmap.h>

struct uma_slab;

struct vm_page {
	union {
		TAILQ_ENTRY(vm_page) q;		/* page queue */
		struct {
			struct uma_slab	*slab;	/* kernel memory of a zone */
			void		*zone;	/* or size of a large malloc */
		} s;
	} plinks;
	TAILQ_ENTRY(vm_page)	listq;		/* object's pages, by pindex */
	vm_object_t		object;
	vm_pindex_t		pindex;
	vm_paddr_t		phys_addr;
	struct md_page		md;
	u_int			wire_count;
	u_int			busy;		/* VPB_* */
	u_int			hold_count;
	uint8_t			queue;
	uint8_t			oflags;
	uint8_t			aflags;
	uint8_t			flags;
	uint8_t			valid;
	uint8_t			dirty;
	uint8_t			act_count;
	uint8_t			order;
};

TAILQ_HEAD(pglist, vm_page);

#define PQ_NONE			255
#define PQ_INACTIVE		0
#define PQ_ACTIVE		1
#define PQ_COUNT		2

#define VPO_UNMANAGED		0x04		/* no pv entries are kept: device, kernel or image page never counted */
#define VPO_NOSYNC		0x20
#define PGA_WRITEABLE		0x01
#define PGA_REFERENCED		0x02
#define PG_ZERO			0x08
#define PG_FICTITIOUS		0x04		/* not of the free list: root image */
#define PG_FREE			0x80
#define VM_PAGE_BITS_ALL	0xff

#define VPB_UNBUSIED		0
#define VPB_EXCLUSIVE		1

/* vm_page_alloc() requests. */
#define VM_ALLOC_NORMAL		0
#define VM_ALLOC_INTERRUPT	1
#define VM_ALLOC_SYSTEM		2
#define VM_ALLOC_CLASS_MASK	3
#define VM_ALLOC_WIRED		0x0020
#define VM_ALLOC_ZERO		0x0040
#define VM_ALLOC_NOOBJ		0x0100
#define VM_ALLOC_NOBUSY		0x0200
#define VM_ALLOC_WAITFAIL	0x0800

struct vm_pagequeue {
	struct mtx	pq_mutex;
	struct pglist	pq_pl;
	int		pq_cnt;
	const char	*pq_name;
};

extern struct vm_page		*vm_page_array;
extern long			vm_page_array_size;
extern long			first_page;		/* page number of vm_page_array[0] */
extern struct mtx		vm_page_queue_free_mtx;
extern struct vm_pagequeue	vm_pagequeues[PQ_COUNT];

#define PA_LOCK_COUNT		64
extern struct mtx		pa_lock[PA_LOCK_COUNT];
#define vm_page_lockptr(m)	(&pa_lock[((m)->phys_addr >> PAGE_SHIFT) % PA_LOCK_COUNT])
#define vm_page_lock(m)		mtx_lock(vm_page_lockptr(m))
#define vm_page_unlock(m)	mtx_unlock(vm_page_lockptr(m))
#define vm_page_assert_locked(m) mtx_assert(vm_page_lockptr(m), MA_OWNED)

#define VM_PAGE_TO_PHYS(m)	((m)->phys_addr)
#define vm_page_xbusied(m)	((m)->busy == VPB_EXCLUSIVE)

/* vm_page.c */
vm_offset_t vm_page_startup(vm_offset_t vaddr, vm_paddr_t start, vm_paddr_t end);
void	vm_page_startup_free(vm_paddr_t free, vm_paddr_t end);
vm_page_t vm_page_alloc(vm_object_t object, vm_pindex_t pindex, int req);
int	vm_page_count_severe(void);
vm_page_t vm_page_lookup(vm_object_t object, vm_pindex_t pindex);
vm_page_t vm_page_grab(vm_object_t object, vm_pindex_t pindex, int req);
int	vm_page_insert(vm_page_t m, vm_object_t object, vm_pindex_t pindex);
void	vm_page_remove(vm_page_t m);
int	vm_page_rename(vm_page_t m, vm_object_t new_object, vm_pindex_t new_pindex);
void	vm_page_free(vm_page_t m);
void	vm_page_free_toq(vm_page_t m);
void	vm_page_activate(vm_page_t m);
void	vm_page_deactivate(vm_page_t m);
void	vm_page_dequeue(vm_page_t m);
void	vm_page_wire(vm_page_t m);
void	vm_page_unwire(vm_page_t m, int activate);
void	vm_page_hold(vm_page_t m);
void	vm_page_unhold(vm_page_t m);
void	vm_page_xbusy(vm_page_t m);
void	vm_page_xunbusy(vm_page_t m);
void	vm_page_dirty(vm_page_t m);
void	vm_page_image_init(vm_page_t m);	/* a page of the root image: usable in place, never freed */
vm_page_t PHYS_TO_VM_PAGE(vm_paddr_t pa);	/* NULL if unmanaged */

/* vm_phys.c */
void	vm_phys_init(u_int *stack, vm_paddr_t start, vm_paddr_t end);
vm_page_t vm_phys_alloc_pages(void);
void	vm_phys_free_pages(vm_page_t m);
void	vm_phys_shuffle(uint64_t seed);		/* permutes the order in which free pages are handed out */

#endif
