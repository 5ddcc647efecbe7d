/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unicorn's callbacks.  hook_block runs before every block; the rest is rare.  There is no memory hook: see
 * foresee.c and late.c.  A stop is taken at a block's start, before it is charged, so that slices of any length give the
 * same cycle count.
 */
#include "core.h"

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

static inline void
fetch(struct core *c, const struct slot *slot)
{
	uint32_t line = slot->pa >> LINE_SHIFT, last = (slot->pa + slot->bytes - 1) >> LINE_SHIFT;

	if (slot->page != c->t.last_page) {
		tlb_fetch(c, slot->page, slot->pc);
		c->t.last_page = slot->page;
	}
	for (; line <= last; line++)
		if (line != c->t.last_line)
			memory_fetch(c, line);
	c->t.last_line = last;
}

/* Stop before the block at pc, so that what is wanted gets hooked. */
static void __attribute__((noinline))
ask_install(struct core *c, uint32_t pc, bool charged)
{
	c->install = true;
	c->charged = charged;
	c->pc = pc;
	uc_emu_stop(c->uc);
}

/* Charge what is foreseen of the block; what is not gets hooked. */
static inline void
charge_uops(struct core *c, const struct slot *slot)
{
	uint32_t from = charge_foreseen(c, slot);

	c->t.hook_from = from;
	if (__builtin_expect(from != slot->hook_from && from != NO_HOOK, 0) && !late_known(c, from, slot))
		ask_install(c, slot->pc, true);
}

/* The block at pc, made right if it is new or may have changed; NULL if the machine must stop to hook it. */
static struct slot * __attribute__((noinline))
renew(struct core *c, struct slot *slot, uint32_t pc, uint32_t bytes)
{
	slot = block_fill(c, slot, pc, bytes);
	if (slot->hook_from == NO_HOOK || c->p.plain || late_known(c, slot->hook_from, slot))
		return slot;
	ask_install(c, pc, false);
	return NULL;
}

/* The block, looked for first where the block before was followed by it the last time. */
static inline struct slot *
next_block(struct core *c, uint32_t pc, uint32_t bytes)
{
	struct timing *t = &c->t;
	uint32_t *follows = &t->current->follows[pc == t->end_pc + 4];
	struct slot *slot = block_at(t, *follows);

	if (__builtin_expect(slot->pc != pc || slot->bytes != bytes, 0)) {
		slot = block_find(t, pc, bytes);
		if (slot)
			*follows = (uint32_t)(((uint8_t *)slot - t->lines) / BLOCK_LINE);
	}
	if (__builtin_expect(slot == NULL || slot->generation != t->generation[pc >> 30 == 3], 0))
		return renew(c, slot, pc, bytes);
	return slot;
}

/* The host gets what the next block will need while the guest runs this one. */
static inline void
prefetch(const struct timing *t, const struct slot *slot)
{
	for (int i = 0; i < 2; i++) {
		const struct slot *next = block_at(t, slot->follows[i]);

		__builtin_prefetch(next);
		__builtin_prefetch((const uint8_t *)next + BLOCK_LINE);
	}
}

static void
hook_block(uc_engine *uc, uint64_t address, uint32_t size, void *user_data)
{
	struct core *c = user_data;
	struct timing *t = &c->t;
	uint32_t pc = (uint32_t)address;
	struct slot *slot;

	if (__builtin_expect(c->charged, 0)) {
		c->charged = false;
		return;
	}
	if (t->pending_count)
		charge_pending(c);
	if (__builtin_expect(c->n.cycles >= c->attention, 0)) {
		c->block_pc = pc;
		c->block_bytes = 0;
		if (!attend(c, pc))
			return;
	}
	slot = next_block(c, pc, size);
	if (__builtin_expect(slot == NULL, 0))
		return;
	prefetch(t, slot);
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
	t->hook_from = slot->hook_from;
	if (slot->uops)
		charge_uops(c, slot);
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

	if (c->timed)
		charge_pending(c);
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

	if (c->timed)
		charge_pending(c);
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

uc_err
hooks_install(struct core *c)
{
	uc_err err = add(c, UC_HOOK_TLB_FILL, (void *)mmu_fill);

	if (err == UC_ERR_OK)
		err = add(c, UC_HOOK_BLOCK, c->timed ? (void *)hook_block : (void *)hook_block_bare);
	if (err == UC_ERR_OK && c->timed && c->p.plain)
		err = plain_install(c);
	if (err == UC_ERR_OK)
		err = add(c, UC_HOOK_INTR, (void *)hook_intr);
	if (err == UC_ERR_OK)
		err = add(c, UC_HOOK_INSN_INVALID, (void *)hook_undefined);
	return err;
}
