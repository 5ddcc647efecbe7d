/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Charges memory accesses: translation (data TLB), then L1.  foreseen.c calls it when a block is entered, late.c for
 * accesses as they come; in both cases in the program's order, so that it makes no difference which.
 * LDRT and STRT are not held to a user's rights, as Unicorn's TLB does not hold them to it either.
 */
#include "core.h"

/* The page's recent translation, for an access of this kind; NULL if it will fault. */
struct recent *
locate(struct core *c, uint32_t va, bool write)
{
	struct recent *recent = &c->t.recent[c->t.user][va >> PAGE_SHIFT & (RECENT - 1)];
	uint32_t pa, perms, fsr;
	bool section;

	if (recent->page == va >> PAGE_SHIFT && recent->generation == c->t.space &&
	    (recent->pa & (write ? UC_PROT_WRITE : UC_PROT_READ)))
		return recent;
	if (!mmu_translate(c, va, write ? ACCESS_WRITE : ACCESS_READ, c->t.user, &pa, &perms, &fsr, &section))
		return NULL;
	*recent = (struct recent){ .page = va >> PAGE_SHIFT, .generation = c->t.space, .pa = (pa & ~0xfffu) | perms };
	recent->key = section ? SECTION_FLAG | va >> 20 : (va >> PAGE_SHIFT) + 1;
	return recent;
}

/* Words within one line of RAM. */
static inline void
touch(struct core *c, const struct recent *recent, uint32_t va, uint32_t pa, uint32_t words, bool write)
{
	struct timing *t = &c->t;
	uint32_t line = pa >> LINE_SHIFT, set = va >> LINE_SHIFT & t->l1d.set_mask, mru = t->l1d.mru[set];

	*(write ? &c->n.mem_write : &c->n.mem_read) += words;
	if (t->dtlb.filter[recent->page % TLB_FILTER] != recent->page)
		tlb_data(c, recent->page << PAGE_SHIFT, recent->key);
	if (!write) {
		if (mru >> 1 != line) {
			memory_read(c, set, line);
			if (words > 1)
				memory_read(c, set, line);	/* the second word may have to wait for the rest of the line */
		}
	} else if (mru != (line << 1 | 1)) {
		memory_write(c, set, pa, words);
	}
}

/*
 * Charge words from va on; false if there is a fault.  *last is the physical address of the last line's part.  A device
 * costs nothing here: device_access() sees to it.
 */
bool
charge(struct core *c, uint32_t va, uint32_t words, bool write, uint32_t *last)
{
	while (words > 0) {
		uint32_t room = 16 - (va >> 2 & 15), now = words < room ? words : room;
		struct recent *recent = locate(c, va, write);

		if (recent == NULL)
			return false;
		*last = (recent->pa & ~0xfffu) | (va & 0xfff);
		if (*last - c->ram_base < c->ram_bytes)
			touch(c, recent, va, *last, now, write);
		words -= now;
		va += 4 * now;
	}
	return true;
}

/* Does the condition (ARM ARM A8.3) hold? */
bool
holds(uint32_t cond, uint32_t cpsr)
{
	bool n = cpsr >> 31, z = cpsr >> 30 & 1, carry = cpsr >> 29 & 1, v = cpsr >> 28 & 1, result;

	switch (cond >> 1) {
	case 0:
		result = z;
		break;
	case 1:
		result = carry;
		break;
	case 2:
		result = n;
		break;
	case 3:
		result = v;
		break;
	case 4:
		result = carry && !z;
		break;
	case 5:
		result = n == v;
		break;
	case 6:
		result = !z && n == v;
		break;
	default:
		return true;
	}
	return result != (cond & 1);
}
