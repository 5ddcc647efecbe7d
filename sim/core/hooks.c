/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unicorn's callbacks.  hook_block runs before every block and hook_memory at every word accessed; the rest
 * is rare.  A stop is taken at a block's start, before it is charged, so that slices of any length give the
 * same cycle count.
 */
#include "core.h"

#define	CONVERT_RUNS	32	/* runs after which a foreseen block is worth converting (run.c) */
#define	MEMORY_HOOK_BEGIN	0x6265616c70726f62u	/* both easily told from what lies around them */
#define	MEMORY_HOOK_END	0x6265616c70726f61u
#define	HOOK_WORDS	8	/* of Unicorn's structure that are looked at */
#define	RECONVERT_CALLS	4096	/* hooks called in vain after which the running block is converted again */

/*
 * Stop before the next block; an event wins over other reasons.  Not uc_emu_stop() here: from a device
 * access Unicorn would leave the block there and then, with a PC that is not the store's.
 */
void
ask_stop(struct core *c, enum stop why)
{
	if (!c->stopping || why == STOP_EVENT)
		c->stop = why;
	c->stopping = true;
	c->attention = 0;
}

/* Set the cycle at which the block hook must look again. */
static void
set_attention(struct core *c, bool waiting)
{
	c->attention = waiting ? 0 : c->slice_end;
	for (size_t i = 0; i < NELEM(c->timer); i++)
		if (c->timer[i].due < c->attention)
			c->attention = c->timer[i].due;
}

/* Something is due before the block at pc; true if the block may run. */
static bool __attribute__((noinline))
attend(struct core *c, uint32_t pc)
{
	bool waiting;

	if (c->launching)
		return false;		/* the trampoline costs nothing */
	if (!c->stopping && c->n.cycles >= c->slice_end)
		ask_stop(c, STOP_SLICE);
	waiting = !c->stopping && intc_active(c);
	if (waiting && !(cpu_reg(c, UC_ARM_REG_CPSR) & CPSR_I))
		c->interrupt = true;
	if (c->stopping || c->interrupt) {
		c->pc = pc;
		uc_emu_stop(c->uc);
		return false;
	}
	set_attention(c, waiting);
	return true;
}

/* Without the timing model: one cycle an instruction. */
static void
hook_block_bare(uc_engine *uc, uint64_t address, uint32_t size, void *user_data)
{
	struct core *c = user_data;

	c->block_pc = (uint32_t)address;
	c->block_bytes = size;
	if (__builtin_expect(c->n.cycles >= c->attention, 0) && !attend(c, (uint32_t)address))
		return;
	c->n.instructions += size / 4;
	c->n.cycles += size / 4;
}

/*
 * Point the memory hook at every address, or at none while the running block's accesses were foreseen.  Unicorn keeps
 * a page's stores on its slow path for good as long as a hook covers the page when it is first written, so a hook
 * that merely returns at once costs twice as much as one that does not apply.
 */
static inline void
hear_memory(struct core *c, bool hear)
{
	c->t.foreseen = !hear;
	if (c->memory_range) {
		c->memory_range[0] = hear ? MEMORY_HOOK_BEGIN : UINT64_MAX;
		c->memory_range[1] = hear ? MEMORY_HOOK_END : UINT64_MAX;
	}
}

static inline void
fetch(struct core *c, const struct slot *slot)
{
	uint32_t line;

	if (slot->page != c->t.last_page) {
		tlb_fetch(c, slot->page, slot->pc);
		c->t.last_page = slot->page;
	}
	for (line = slot->first_line; line <= slot->last_line; line++)
		if (line != c->t.last_line)
			memory_fetch(c, line);
	c->t.last_line = slot->last_line;
}

static void
hook_block(uc_engine *uc, uint64_t address, uint32_t size, void *user_data)
{
	struct core *c = user_data;
	struct timing *t = &c->t;
	uint32_t pc = (uint32_t)address;
	struct slot *slot = &t->slots[pc >> 2 & (SLOTS - 1)];

	if (__builtin_expect(c->n.cycles >= c->attention, 0)) {
		c->block_pc = pc;
		c->block_bytes = 0;
		if (!attend(c, pc))
			return;
	}
	if (__builtin_expect(slot->pc != pc || slot->bytes != size || slot->generation != t->generation[pc >> 30 == 3], 0))
		block_fill(c, slot, pc, size);
	if (__builtin_expect(slot->naccess && ++slot->runs == CONVERT_RUNS, 0)) {
		c->pc = pc;
		c->convert = true;
		uc_emu_stop(uc);
		return;
	}
	c->block_pc = pc;
	c->block_bytes = size;
	t->current = slot;
	c->n.instructions += size / 4;
	c->n.cycles += slot->shape.cycles;
	if (t->end && !predict(&t->predictor, t->end, t->end_pc, pc)) {
		c->n.mispredicts++;
		c->n.cycles += (uint64_t)c->p.mispredict_cycles;
	} else {
		c->n.cycles += handover(&t->shape, &slot->shape);
	}
	if (t->end & END_EXCEPTION)
		t->user = (cpu_reg(c, UC_ARM_REG_CPSR) & CPSR_MODE) == MODE_USR;
	t->shape = slot->shape;
	t->end = slot->end;
	t->end_pc = pc + size - 4;
	fetch(c, slot);
	if (t->foreseen != slot->foreseen)
		hear_memory(c, !slot->foreseen);
	if (slot->naccess)
		charge_foreseen(c, slot);
}

/* One word read or written, at its physical address, in a block whose accesses were not foreseen. */
static void
hook_memory(uc_engine *uc, uc_mem_type type, uint64_t address, int size, int64_t value, void *user_data)
{
	struct core *c = user_data;
	struct timing *t = &c->t;
	uint32_t pa = (uint32_t)address, page = pa >> PAGE_SHIFT, line = pa >> LINE_SHIFT;
	uint32_t mru = t->l1d.mru[line & t->l1d.set_mask];

	if (t->foreseen) {
		if (++t->unforeseen % RECONVERT_CALLS == 0)
			t->current->runs = 0;
		return;
	}
	if (__builtin_expect(pa - c->ram_base >= c->ram_bytes, 0))
		return;			/* a device, charged by device_access() */
	c->n.l1d_access++;
	if (__builtin_expect(t->dtlb.filter[page % TLB_FILTER] != page, 0))
		tlb_data(c, page);
	if (type == UC_MEM_READ) {
		if (__builtin_expect(mru >> 1 != line, 0))
			memory_read(c, line);
	} else if (mru != (line << 1 | 1)) {
		memory_write(c, pa, size > 4 ? (uint32_t)size / 4 : 1);
	}
}

/* Take back what the interrupted block was charged from pc on. */
void
refund(struct core *c, uint32_t pc)
{
	uint32_t done = pc - c->block_pc, left;
	const uint32_t *insns;
	struct shape shape;

	if (done >= c->block_bytes)
		return;
	left = c->block_bytes - done;
	c->n.instructions -= left / 4;
	c->block_bytes = done;
	if (!c->timed) {
		c->n.cycles -= left / 4;
		return;
	}
	insns = (const uint32_t *)ram_pointer(c, c->t.current->pa, done);
	if (insns == NULL)
		return;
	schedule(c, insns, done / 4, &shape);
	c->n.cycles -= c->t.current->shape.cycles - shape.cycles;
}

static void
hook_intr(uc_engine *uc, uint32_t number, void *user_data)
{
	struct core *c = user_data;
	uint32_t pc = cpu_reg(c, UC_ARM_REG_PC);

	if (c->launching) {
		c->launching = false;
		if (c->idling)
			uc_emu_stop(uc);
		else
			cpu_set_reg(c, UC_ARM_REG_PC, c->pc);
		return;
	}
	if (number == 2) {
		exception_svc(c, pc);
		return;
	}
	core_fail(c, "unexpected CPU exception %u at 0x%08x", number, pc);
	ask_stop(c, STOP_ERROR);
	uc_emu_stop(uc);
}

static bool
hook_undefined(uc_engine *uc, void *user_data)
{
	struct core *c = user_data;
	uint32_t pc = cpu_reg(c, UC_ARM_REG_PC);

	refund(c, pc);
	exception_undefined(c, pc);
	return true;
}

static uc_err
add(struct core *c, int type, void *callback)
{
	uc_hook handle;

	return uc_hook_add(c->uc, &handle, type, callback, c, 1, 0);
}

/*
 * Where Unicorn keeps the range of the memory hook: its handle is a pointer to a structure of its own, in which the
 * two words we gave are looked for.  NULL, and only slower, if a later Unicorn keeps them elsewhere.
 */
static uint64_t *
find_range(uc_hook handle)
{
	uint64_t *word = (uint64_t *)handle;

	for (size_t i = 0; i + 1 < HOOK_WORDS; i++)
		if (word[i] == MEMORY_HOOK_BEGIN && word[i + 1] == MEMORY_HOOK_END)
			return &word[i];
	return NULL;
}

/* Hook every load and store; begin beyond end means all addresses. */
uc_err
hooks_memory(struct core *c)
{
	uc_err err = uc_hook_add(c->uc, &c->memory_hook, UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, (void *)hook_memory, c,
	    MEMORY_HOOK_BEGIN, MEMORY_HOOK_END);

	c->memory_range = err == UC_ERR_OK ? find_range(c->memory_hook) : NULL;
	c->t.foreseen = false;
	return err;
}

uc_err
hooks_install(struct core *c)
{
	uc_err err = add(c, UC_HOOK_TLB_FILL, (void *)mmu_fill);

	if (err == UC_ERR_OK)
		err = add(c, UC_HOOK_BLOCK, c->timed ? (void *)hook_block : (void *)hook_block_bare);
	if (err == UC_ERR_OK && c->timed)
		err = hooks_memory(c);
	if (err == UC_ERR_OK)
		err = add(c, UC_HOOK_INTR, (void *)hook_intr);
	if (err == UC_ERR_OK)
		err = add(c, UC_HOOK_INSN_INVALID, (void *)hook_undefined);
	return err;
}
