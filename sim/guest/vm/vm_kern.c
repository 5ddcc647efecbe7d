/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernel memory by the page: addresses from an arena (a bitmap of pages, searched from where the last
 * search ended), backed by wired pages that belong to no object.
 *
 * Locking: the arena's mutex.  Kernel page-table entries of an address belong to whoever allocated it.
 */
#include <sys/systm.h>
#include <sys/malloc.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>
#include <vm/uma.h>

#define ARENA_PAGES	(KVA_BYTES / PAGE_SIZE)
#define ARENA_WORDS	(ARENA_PAGES / 32)

struct vmem {
	struct mtx	vm_lock;
	vm_offset_t	vm_base;
	u_int		vm_pages;
	u_int		vm_rotor;		/* where to search next */
	uint32_t	vm_used[ARENA_WORDS];	/* 1 = taken */
};

static struct vmem kernel_arena_store;
struct vmem *kernel_arena = &kernel_arena_store, *kmem_arena = &kernel_arena_store;
const void *zero_region;

/* First run of n free pages in from..limit; limit if there is none. */
u_int
vmem_find(struct vmem *vm, u_int from, u_int limit, u_int n)
{
	u_int start = from, i = from;

	while (i < limit && i - start < n) {
		if (vm->vm_used[i / 32] == 0xffffffff && i % 32 == 0) {
			i += 32;
			start = i;
		} else if (vm->vm_used[i / 32] & 1u << (i % 32))
			start = ++i;
		else
			i++;
	}
	return (i <= limit && i - start >= n ? start : limit);
}

/* 0 or ENOMEM; size is a multiple of a page. */
int
vmem_alloc(struct vmem *vm, vm_size_t size, vm_offset_t *addr)
{
	u_int n = atop(size), start;

	mtx_lock(&vm->vm_lock);
	start = vmem_find(vm, vm->vm_rotor, vm->vm_pages, n);
	if (start == vm->vm_pages)
		start = vmem_find(vm, 0, vm->vm_pages, n);
	if (start == vm->vm_pages) {
		mtx_unlock(&vm->vm_lock);
		return (ENOMEM);
	}
	for (u_int i = start; i < start + n; i++)
		vm->vm_used[i / 32] |= 1u << (i % 32);
	vm->vm_rotor = start + n;
	mtx_unlock(&vm->vm_lock);
	*addr = vm->vm_base + ptoa(start);
	return (0);
}

void
vmem_free(struct vmem *vm, vm_offset_t addr, vm_size_t size)
{
	u_int start = atop(addr - vm->vm_base), n = atop(size);

	if (addr < vm->vm_base || start + n > vm->vm_pages)
		panic("vmem_free: %#x is not of the arena", addr);
	mtx_lock(&vm->vm_lock);
	for (u_int i = start; i < start + n; i++)
		vm->vm_used[i / 32] &= ~(1u << (i % 32));
	if (start < vm->vm_rotor)
		vm->vm_rotor = start;
	mtx_unlock(&vm->vm_lock);
}

/* Addresses only; 0 if there are none left. */
vm_offset_t
kva_alloc(vm_size_t size)
{
	vm_offset_t addr;

	return (vmem_alloc(kernel_arena, round_page(size), &addr) == 0 ? addr : 0);
}

void
kva_free(vm_offset_t addr, vm_size_t size)
{
	vmem_free(kernel_arena, addr, round_page(size));
}

/* Unmaps and frees the pages of a range. */
void
kmem_unback(vm_offset_t addr, vm_size_t size)
{
	vm_page_t m;

	for (vm_offset_t va = addr; va < addr + size; va += PAGE_SIZE) {
		m = PHYS_TO_VM_PAGE(pmap_kextract(va));
		pmap_kremove(va);
		vm_page_lock(m);
		vm_page_unwire(m, 0);
		vm_page_free(m);
		vm_page_unlock(m);
	}
}

/* Puts wired pages under a range; ENOMEM, with nothing done, if there are too few. */
int
kmem_back(vm_offset_t addr, vm_size_t size, int flags)
{
	vm_page_t m;

	for (vm_offset_t va = addr; va < addr + size; va += PAGE_SIZE) {
		m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ | VM_ALLOC_WIRED | VM_ALLOC_SYSTEM);
		if (m == NULL) {
			kmem_unback(addr, va - addr);
			return (ENOMEM);
		}
		pmap_kenter(va, VM_PAGE_TO_PHYS(m));
	}
	if (flags & M_ZERO)
		bzero((void *)addr, size);
	return (0);
}

/* Wired memory of whole pages.  0 without memory, even if the caller is willing to wait: nothing pages out. */
vm_offset_t
kmem_malloc(struct vmem *vmem, vm_size_t size, int flags)
{
	vm_offset_t addr;

	size = round_page(size);
	if (vmem_alloc(vmem, size, &addr) != 0)
		return (0);
	if (kmem_back(addr, size, flags) == 0)
		return (addr);
	vmem_free(vmem, addr, size);
	return (0);
}

void
kmem_free(struct vmem *vmem, vm_offset_t addr, vm_size_t size)
{
	size = round_page(size);
	kmem_unback(addr, size);
	vmem_free(vmem, addr, size);
}

/* ZERO_REGION_SIZE bytes of zeroes: one page, mapped over and over. */
void
kmem_init_zero_region(void)
{
	vm_offset_t addr = kva_alloc(ZERO_REGION_SIZE);
	vm_page_t m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ | VM_ALLOC_WIRED | VM_ALLOC_SYSTEM);

	pmap_zero_page(m);
	for (vm_size_t off = 0; off < ZERO_REGION_SIZE; off += PAGE_SIZE)
		pmap_kenter_ro(addr + off, VM_PAGE_TO_PHYS(m));
	zero_region = (const void *)addr;
}

void
kmem_init(vm_offset_t start, vm_offset_t end)
{
	mtx_init(&kernel_arena_store.vm_lock, "kernel arena", NULL, MTX_DEF);
	kernel_arena_store.vm_base = start;
	kernel_arena_store.vm_pages = MIN(atop(end - start), ARENA_PAGES);
}
