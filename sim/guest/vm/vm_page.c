/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages: allocation into objects, freeing, wiring, and the active and inactive queues.
 *
 * There is no paging out, so the queues only say what is in use.  Locking: see vm/vm_page.h.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>
#include <vm/uma.h>

#define VM_FREE_RESERVED	1024	/* pages only the kernel may still take */
#define VM_FREE_SEVERE		512	/* fewer: nothing that makes the kernel take more is begun */

struct vm_page *vm_page_array;
long vm_page_array_size;
long first_page;
struct mtx vm_page_queue_free_mtx;
struct vm_pagequeue vm_pagequeues[PQ_COUNT];
struct mtx pa_lock[PA_LOCK_COUNT];

/*
 * Builds the page array for RAM start..end at vaddr, which is mapped and zero, and returns the address after
 * it and the free list's; vm_page_startup_free() then says from where on pages are free.
 */
vm_offset_t
vm_page_startup(vm_offset_t vaddr, vm_paddr_t start, vm_paddr_t end)
{
	static const char *const names[PQ_COUNT] = { "vm inactive pagequeue", "vm active pagequeue" };
	vm_paddr_t pa = start;

	mtx_init(&vm_page_queue_free_mtx, "vm page free queue", NULL, MTX_DEF);
	for (u_int i = 0; i < PA_LOCK_COUNT; i++)
		mtx_init(&pa_lock[i], "vm page", NULL, MTX_DEF);
	for (u_int i = 0; i < PQ_COUNT; i++) {
		mtx_init(&vm_pagequeues[i].pq_mutex, names[i], NULL, MTX_DEF);
		TAILQ_INIT(&vm_pagequeues[i].pq_pl);
		vm_pagequeues[i].pq_name = names[i];
	}
	first_page = atop(start);
	vm_page_array_size = atop(end - start);
	vm_page_array = (struct vm_page *)vaddr;
	for (struct vm_page *m = vm_page_array; m < vm_page_array + vm_page_array_size; m++, pa += PAGE_SIZE) {
		m->phys_addr = pa;
		m->queue = PQ_NONE;
		m->md.pv_list.tqh_last = &m->md.pv_list.tqh_first;
	}
	vm_cnt.v_page_size = PAGE_SIZE;
	vm_cnt.v_page_count = vm_page_array_size;
	return ((vm_offset_t)(vm_page_array + vm_page_array_size) + vm_page_array_size * sizeof(u_int));
}

/* The free list lies behind the page array; pages free..end go on it. */
void
vm_page_startup_free(vm_paddr_t free, vm_paddr_t end)
{
	vm_phys_init((u_int *)(vm_page_array + vm_page_array_size), free, end);
}

vm_page_t
PHYS_TO_VM_PAGE(vm_paddr_t pa)
{
	u_long i = atop(pa) - first_page;

	return (i < (u_long)vm_page_array_size ? &vm_page_array[i] : NULL);
}

/* Is memory so short that no new mapping, fork or fault may start?  Zones give back what they can first. */
int
vm_page_count_severe(void)
{
	if (vm_cnt.v_free_count < VM_FREE_SEVERE)
		uma_reclaim();
	return (vm_cnt.v_free_count < VM_FREE_SEVERE);
}

/* The page of object at pindex, or NULL; the object is locked. */
vm_page_t
vm_page_lookup(vm_object_t object, vm_pindex_t pindex)
{
	return (vm_radix_lookup(&object->rtree, pindex));
}

/* Adds m to a write-locked object; ENOMEM without memory for the trie. */
int
vm_page_insert(vm_page_t m, vm_object_t object, vm_pindex_t pindex)
{
	KASSERT(m->object == NULL, ("vm_page_insert: page %p already has an object", m));
	m->object = object;
	m->pindex = pindex;
	if (vm_radix_insert(&object->rtree, m) != 0) {
		m->object = NULL;
		return (ENOMEM);
	}
	TAILQ_INSERT_TAIL(&object->memq, m, listq);
	object->resident_page_count++;
	return (0);
}

/* Takes m out of its write-locked object. */
void
vm_page_remove(vm_page_t m)
{
	vm_object_t object = m->object;

	if (object == NULL)
		return;
	vm_radix_remove(&object->rtree, m->pindex);
	TAILQ_REMOVE(&object->memq, m, listq);
	object->resident_page_count--;
	m->object = NULL;
	if (vm_page_xbusied(m))
		vm_page_xunbusy(m);
}

/* Moves m to another object; both are write-locked.  ENOMEM, with m where it was, without memory. */
int
vm_page_rename(vm_page_t m, vm_object_t new_object, vm_pindex_t new_pindex)
{
	vm_object_t old = m->object;
	vm_pindex_t old_pindex = m->pindex;
	u_int busy = m->busy;

	m->busy = VPB_UNBUSIED;
	vm_page_remove(m);
	if (vm_page_insert(m, new_object, new_pindex) != 0) {
		if (vm_page_insert(m, old, old_pindex) != 0)
			panic("vm_page_rename: page %p cannot go back", m);
		m->busy = busy;
		return (ENOMEM);
	}
	m->busy = busy;
	m->dirty = VM_PAGE_BITS_ALL;
	return (0);
}

/* Inlined, as FreeBSD's vm_page_alloc() takes the lock itself. */
static __always_inline vm_page_t
vm_page_alloc_free(int req)
{
	u_int reserve = (req & VM_ALLOC_CLASS_MASK) == VM_ALLOC_NORMAL ? VM_FREE_RESERVED : 0;
	vm_page_t m = NULL;

	mtx_lock(&vm_page_queue_free_mtx);
	if (vm_cnt.v_free_count > reserve)
		m = vm_phys_alloc_pages();
	mtx_unlock(&vm_page_queue_free_mtx);
	return (m);
}

/*
 * A page in object (write-locked) at pindex, exclusively busy unless VM_ALLOC_NOBUSY; or in none with
 * VM_ALLOC_NOOBJ.  Its contents are undefined.  NULL without memory.
 */
vm_page_t
vm_page_alloc(vm_object_t object, vm_pindex_t pindex, int req)
{
	vm_page_t m = vm_page_alloc_free(req);

	if (m == NULL)
		return (NULL);
	m->flags = 0;
	m->aflags = 0;
	m->oflags = object == NULL ? VPO_UNMANAGED : 0;
	m->busy = (object == NULL || (req & VM_ALLOC_NOBUSY)) ? VPB_UNBUSIED : VPB_EXCLUSIVE;
	m->wire_count = 0;
	m->hold_count = 0;
	m->valid = 0;
	m->dirty = 0;
	m->act_count = 0;
	m->plinks.s.slab = NULL;
	if (req & VM_ALLOC_WIRED) {
		m->wire_count = 1;
		atomic_add_int(&vm_cnt.v_wire_count, 1);
	}
	if (object != NULL && vm_page_insert(m, object, pindex) != 0) {
		m->busy = VPB_UNBUSIED;
		mtx_lock(&vm_page_queue_free_mtx);
		vm_phys_free_pages(m);
		mtx_unlock(&vm_page_queue_free_mtx);
		return (NULL);
	}
	return (m);
}

/* The page at pindex, allocated if missing and not busy on return; object write-locked. */
vm_page_t
vm_page_grab(vm_object_t object, vm_pindex_t pindex, int req)
{
	vm_page_t m = vm_page_lookup(object, pindex);

	if (m == NULL) {
		m = vm_page_alloc(object, pindex, req | VM_ALLOC_NOBUSY);
		if (m != NULL && (req & VM_ALLOC_ZERO)) {
			pmap_zero_page(m);
			m->valid = VM_PAGE_BITS_ALL;
		}
	}
	return (m);
}

/* Takes m off its queue; the page is locked. */
void
vm_page_dequeue(vm_page_t m)
{
	struct vm_pagequeue *pq;

	if (m->queue == PQ_NONE)
		return;
	pq = &vm_pagequeues[m->queue];
	mtx_lock(&pq->pq_mutex);
	TAILQ_REMOVE(&pq->pq_pl, m, plinks.q);
	pq->pq_cnt--;
	m->queue = PQ_NONE;
	mtx_unlock(&pq->pq_mutex);
}

void
vm_page_enqueue(int queue, vm_page_t m)
{
	struct vm_pagequeue *pq = &vm_pagequeues[queue];

	mtx_lock(&pq->pq_mutex);
	m->queue = queue;
	TAILQ_INSERT_TAIL(&pq->pq_pl, m, plinks.q);
	pq->pq_cnt++;
	mtx_unlock(&pq->pq_mutex);
}

/* Marks m as in use; the page is locked. */
void
vm_page_activate(vm_page_t m)
{
	if (m->queue == PQ_ACTIVE || m->wire_count > 0 || (m->oflags & VPO_UNMANAGED))
		return;
	vm_page_dequeue(m);
	vm_page_enqueue(PQ_ACTIVE, m);
}

void
vm_page_deactivate(vm_page_t m)
{
	if (m->queue == PQ_INACTIVE || m->wire_count > 0 || (m->oflags & VPO_UNMANAGED))
		return;
	vm_page_dequeue(m);
	vm_page_enqueue(PQ_INACTIVE, m);
}

/* Takes m out of object and queue and puts it on the free list; the page is locked, the object too. */
void
vm_page_free_toq(vm_page_t m)
{
	if (m->oflags & VPO_UNMANAGED)
		KASSERT(m->queue == PQ_NONE, ("vm_page_free: unmanaged page %p is on a queue", m));
	else
		KASSERT(!pmap_page_is_mapped(m), ("vm_page_free: page %p is still mapped", m));
	if (m->wire_count != 0 || m->hold_count != 0)
		panic("vm_page_free: page %p is wired or held", m);
	vm_page_remove(m);
	vm_page_dequeue(m);
	if (m->flags & PG_FICTITIOUS)
		return;
	m->valid = 0;
	mtx_lock(&vm_page_queue_free_mtx);
	vm_phys_free_pages(m);
	mtx_unlock(&vm_page_queue_free_mtx);
}

void
vm_page_free(vm_page_t m)
{
	vm_page_free_toq(m);
}

/* Keeps m from being freed; the page is locked. */
void
vm_page_wire(vm_page_t m)
{
	if (m->wire_count++ == 0) {
		vm_page_dequeue(m);
		atomic_add_int(&vm_cnt.v_wire_count, 1);
	}
}

void
vm_page_unwire(vm_page_t m, int activate)
{
	if (m->wire_count == 0)
		panic("vm_page_unwire: page %p is not wired", m);
	if (--m->wire_count > 0)
		return;
	atomic_subtract_int(&vm_cnt.v_wire_count, 1);
	if ((m->oflags & VPO_UNMANAGED) == 0 && m->object != NULL)
		vm_page_enqueue(activate ? PQ_ACTIVE : PQ_INACTIVE, m);
}

void
vm_page_hold(vm_page_t m)
{
	m->hold_count++;
}

void
vm_page_unhold(vm_page_t m)
{
	if (m->hold_count == 0)
		panic("vm_page_unhold: page %p is not held", m);
	m->hold_count--;
}

void
vm_page_xbusy(vm_page_t m)
{
	if (m->busy != VPB_UNBUSIED)
		panic("vm_page_xbusy: page %p is busy", m);
	m->busy = VPB_EXCLUSIVE;
}

void
vm_page_xunbusy(vm_page_t m)
{
	m->busy = VPB_UNBUSIED;
}

void
vm_page_dirty(vm_page_t m)
{
	m->dirty = VM_PAGE_BITS_ALL;
}

/* Makes a page inside the root image usable as an object's page, in place; it is never freed. */
void
vm_page_image_init(vm_page_t m)
{
	m->flags |= PG_FICTITIOUS;
	m->queue = PQ_NONE;
	m->valid = VM_PAGE_BITS_ALL;
	m->dirty = 0;
}
