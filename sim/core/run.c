/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The loop around uc_emu_start(): it comes back for a stop, for an interrupt, for a refused translation (an
 * abort) and for WFI, which moves the clock to the next timer overflow.
 */
#include <stdarg.h>
#include <stdio.h>

#include "core.h"

enum stop
core_fail(struct core *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(c->error, sizeof(c->error), format, args);
	va_end(args);
	return STOP_ERROR;
}

/* Sleep until a line is active; false if none ever will be. */
static bool
wait_for_interrupt(struct core *c)
{
	while (!intc_active(c)) {
		uint64_t due = NEVER;

		for (size_t i = 0; i < NELEM(c->timer); i++)
			if (c->timer[i].enable && c->timer[i].due < due)
				due = c->timer[i].due;
		if (due == NEVER)
			return false;
		if (due > c->n.cycles)
			c->n.cycles = due;
	}
	c->attention = 0;
	return true;
}

static bool
is_wfi(struct core *c, uint32_t pc)
{
	uint32_t insn = text_word(c, pc);

	return (insn & 0x0fffffffu) == 0x0320f003u || (insn & 0x0fff0fffu) == 0x0e070f90u;
}

/* Emulation came back by itself, with c->pc where it happened. */
static enum stop
handle_return(struct core *c, uc_err err)
{
	if (err == UC_ERR_OK) {
		if (!is_wfi(c, c->pc - 4))
			return core_fail(c, "emulation stopped at 0x%08x for no reason", c->pc);
		return wait_for_interrupt(c) ? STOP_NONE : STOP_HANG;
	}
	if (!c->fault.valid)
		return core_fail(c, "%s in the block at 0x%08x, lr 0x%08x", uc_strerror(err), c->block_pc, cpu_reg(c, UC_ARM_REG_LR));
	if (c->fault.access != ACCESS_FETCH)
		refund(c, c->pc);
	exception_abort(c, c->pc);
	c->pc = cpu_reg(c, UC_ARM_REG_PC);
	return STOP_NONE;
}

/*
 * Run for about slice_cycles; returns why it stopped.  The machine then stands at a block's start.
 */
enum stop
core_run(struct core *c, uint64_t slice_cycles)
{
	enum stop why = STOP_NONE;
	uc_err err;

	c->slice_end = c->n.cycles + slice_cycles;
	c->stopping = false;
	c->stop = STOP_NONE;
	while (why == STOP_NONE) {
		c->interrupt = c->fault.valid = false;
		c->attention = 0;
		err = uc_emu_start(c->uc, c->pc, 0, 0, 0);
		if (c->timed && !c->install)
			charge_pending(c);
		if (err == UC_ERR_OK && c->install) {
			c->install = false;
			if (!late_install(c))
				why = core_fail(c, "cannot hook the code at 0x%08x", c->t.wanted.va);
		} else if (err == UC_ERR_OK && c->interrupt) {
			exception_irq(c, c->pc);
			c->pc = cpu_reg(c, UC_ARM_REG_PC);
		} else if (err == UC_ERR_OK && c->stopping) {
			why = c->stop;
		} else {
			c->pc = cpu_reg(c, UC_ARM_REG_PC);
			why = handle_return(c, err);
		}
	}
	return why;
}
