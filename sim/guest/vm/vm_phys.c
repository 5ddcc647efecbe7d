/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Free physical pages: a stack of page numbers, the last freed page handed out first.
 *
 * Which pages a run gets, and so which cache sets they fall into, is decided by the order on the stack:
 * vm_phys_shuffle() permutes it from a seed.  Locking: vm_page_queue_free_mtx, held by the callers
 * (the shuffle takes it itself).
 */
#include <sys/systm.h>
#include <vm/vm.h>
#include <vm/vm_page.h>
#include <vm/vm_extern.h>

#define VM_PHYS_SHUFFLED	16384	/* pages from the top of the stack that are drawn at random: 64 MiB */

static u_int *vm_phys_stack;		/* indices into vm_page_array */

/* The stack starts with the pages start..end, the lowest address on top. */
void
vm_phys_init(u_int *stack, vm_paddr_t start, vm_paddr_t end)
{
	u_int n = atop(end - start), base = atop(start) - (u_int)first_page;

	vm_phys_stack = stack;
	for (u_int i = 0; i < n; i++)
		stack[i] = base + n - 1 - i;
	vm_cnt.v_free_count = n;
}

/* NULL if there is none. */
vm_page_t
vm_phys_alloc_pages(void)
{
	if (vm_cnt.v_free_count == 0)
		return (NULL);
	return (&vm_page_array[vm_phys_stack[--vm_cnt.v_free_count]]);
}

void
vm_phys_free_pages(vm_page_t m)
{
	vm_phys_stack[vm_cnt.v_free_count++] = (u_int)(m - vm_page_array);
}

/* One step of xorshift64*, for the shuffle only. */
uint32_t
vm_phys_random(uint64_t *state)
{
	uint64_t x = *state;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	*state = x;
	return ((uint32_t)((x * 0x2545f4914f6cdd1dull) >> 32));
}

/* Draws the next VM_PHYS_SHUFFLED pages at random from all free ones. */
void
vm_phys_shuffle(uint64_t seed)
{
	uint64_t state = seed * 0x9e3779b97f4a7c15ull + 0x632be59bd9b4e019ull;
	u_int n, i, j, t;

	if (state == 0)
		state = 1;
	mtx_lock(&vm_page_queue_free_mtx);
	n = vm_cnt.v_free_count;
	for (u_int done = 0; n > 1 && done < VM_PHYS_SHUFFLED; done++, n--) {
		i = n - 1;
		j = (u_int)((uint64_t)vm_phys_random(&state) * n >> 32);
		t = vm_phys_stack[i];
		vm_phys_stack[i] = vm_phys_stack[j];
		vm_phys_stack[j] = t;
	}
	mtx_unlock(&vm_page_queue_free_mtx);
}
