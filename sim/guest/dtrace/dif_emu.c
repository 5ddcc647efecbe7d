/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The DIF interpreter: runs one DIFO to its ret, or to its first fault.
 *
 * The DIFO has passed dif_verify(), so operands need no checks here.  Interrupts are off.
 */
#include "dtrace/dif.h"

/*
 * Returns the DIFO's value.  After a fault: 0, the CPU's flags say which, and mstate->fltoffs
 * is the byte offset of the instruction.
 */
uint64_t
dif_emulate(const struct dtrace_difo *difo, struct dtrace_mstate *mstate, struct dtrace_state *state)
{
	struct dif_machine m;
	dif_instr_t instr;
	u_int pc = 0;

	for (u_int r = 0; r < DIF_DIR_NREGS; r++)
		m.regs[r] = 0;
	m.pc = m.ttop = 0;
	m.n = m.z = m.v = m.c = 0;
	m.rval = 0;
	m.difo = difo;
	m.mstate = mstate;
	m.state = state;
	while (m.pc < difo->len) {
		pc = m.pc++;
		instr = difo->text[pc];
		dif_ops[DIF_INSTR_OP(instr)].run(&m, instr);
		if (dtrace_cpu.flags & CPU_DTRACE_FAULT) {
			mstate->fltoffs = (int)(pc * sizeof(dif_instr_t));
			return (0);
		}
	}
	return (m.rval);
}
