/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The short-descriptor page tables (ARM ARM B3.5): TTBR0 only, sections, large and small pages, AP[2:0],
 * XN, domains.  Unicorn's TLB asks mmu_fill() on a miss; a refusal leaves c->fault for the abort entry.
 */
#include "core.h"

#define	READ	UC_PROT_READ
#define	WRITE	UC_PROT_WRITE

/* What AP[2:0] (APX on top) allows: privileged, user. */
static const uint8_t allowed[8][2] = {
	{ 0, 0 }, { READ | WRITE, 0 }, { READ | WRITE, READ }, { READ | WRITE, READ | WRITE },
	{ 0, 0 }, { READ, 0 }, { READ, READ }, { READ, READ },
};

static uint32_t
read_word(struct core *c, uint32_t pa)
{
	uint32_t *word = (uint32_t *)ram_pointer(c, pa, 4);

	return word ? *word : 0;
}

static uint32_t
domain_access(struct core *c, uint32_t domain)
{
	return cpu_dacr(c) >> (2 * domain) & 3;
}

/* Permissions of a descriptor's AP and XN, or 0 with *fsr set when the access is not allowed. */
static uint32_t
permissions(struct core *c, uint32_t domain, uint32_t ap, bool xn, enum access access, bool user, bool section, uint32_t *fsr)
{
	static const uint32_t need[] = { UC_PROT_READ, UC_PROT_WRITE, UC_PROT_EXEC };
	uint32_t perms, dacr = domain_access(c, domain);

	if (dacr == 0 || dacr == 2) {
		*fsr = (section ? FSR_SECTION_DOMAIN : FSR_PAGE_DOMAIN) | domain << 4;
		return 0;
	}
	perms = dacr == 3 ? (uint32_t)UC_PROT_ALL : allowed[ap][user];
	if (dacr == 1 && (perms & READ) && !xn)
		perms |= UC_PROT_EXEC;
	if (perms & need[access])
		return perms;
	*fsr = (section ? FSR_SECTION_PERMISSION : FSR_PAGE_PERMISSION) | domain << 4;
	return 0;
}

static bool
walk_page(struct core *c, uint32_t l1, uint32_t va, enum access access, bool user, uint32_t *pa, uint32_t *perms, uint32_t *fsr)
{
	uint32_t domain = l1 >> 5 & 15;
	uint32_t l2 = read_word(c, (l1 & 0xfffffc00u) | (va >> 12 & 0xff) << 2);
	uint32_t ap = (l2 >> 4 & 3) | (l2 >> 7 & 4);

	if (l2 & 2) {
		*pa = (l2 & 0xfffff000u) | (va & 0xfff);
		*perms = permissions(c, domain, ap, l2 & 1, access, user, false, fsr);
	} else if (l2 & 1) {
		*pa = (l2 & 0xffff0000u) | (va & 0xffff);
		*perms = permissions(c, domain, ap, l2 >> 15 & 1, access, user, false, fsr);
	} else {
		*fsr = FSR_PAGE_TRANSLATION | domain << 4;
		return false;
	}
	return *perms != 0;
}

/*
 * Translate va; true with *pa, *perms (UC_PROT_*) and *section, or false with *fsr.
 */
bool
mmu_translate(struct core *c, uint32_t va, enum access access, bool user, uint32_t *pa, uint32_t *perms, uint32_t *fsr, bool *section)
{
	uint32_t l1;

	*section = true;
	if (!(cpu_sctlr(c) & SCTLR_M)) {
		*pa = va;
		*perms = UC_PROT_ALL;
		return true;
	}
	l1 = read_word(c, (cpu_ttbr0(c) & 0xffffc000u) | va >> 20 << 2);
	switch (l1 & 3) {
	case 1:
		*section = false;
		return walk_page(c, l1, va, access, user, pa, perms, fsr);
	case 2:
		*pa = (l1 & 0xfff00000u) | (va & 0xfffff);
		*perms = permissions(c, l1 >> 5 & 15, (l1 >> 10 & 3) | (l1 >> 13 & 4), l1 >> 4 & 1, access, user, true, fsr);
		return *perms != 0;
	default:
		*fsr = FSR_SECTION_TRANSLATION;
		return false;
	}
}

bool
mmu_fill(uc_engine *uc, uint64_t va, uc_mem_type type, uc_tlb_entry *entry, void *user_data)
{
	struct core *c = user_data;
	enum access access = type == UC_MEM_WRITE ? ACCESS_WRITE : type == UC_MEM_FETCH ? ACCESS_FETCH : ACCESS_READ;
	bool user = (cpu_reg(c, UC_ARM_REG_CPSR) & CPSR_MODE) == MODE_USR;
	uint32_t pa = 0, perms = 0, fsr = 0;
	bool section;

	if (!mmu_translate(c, (uint32_t)va, access, user, &pa, &perms, &fsr, &section)) {
		c->fault = (struct fault){ .address = (uint32_t)va, .fsr = fsr, .access = access, .valid = true };
		return false;
	}
	entry->paddr = pa;
	entry->perms = perms;
	return true;
}
