/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How large a chunk of dynamic variable space must be for the programs of an enabling.
 *
 * The widest use of a thread-local variable or associative array decides.  A key's size is known
 * if it is a string (strsize) or if its register was last set by setx; otherwise strsize is
 * assumed, and a larger key is dropped and counted when it comes.
 */
#include "dtrace/dif.h"

struct chunk_scan {
	const struct dtrace_state *state;
	uint64_t	reg[DIF_DIR_NREGS];	/* constant in the register, 0 = unknown */
	size_t		keybytes[DIF_DTR_NREGS];
	u_int		ttop;
	size_t		widest;
};

size_t
dtrace_chunk_key(const struct chunk_scan *scan, dif_instr_t instr)
{
	uint64_t size = scan->reg[DIF_INSTR_R2(instr)];

	if (DIF_INSTR_OP(instr) == DIF_OP_PUSHTV)
		return (0);
	if (DIF_INSTR_R1(instr) == DIF_TYPE_STRING || size == 0)
		return (scan->state->strsize);
	return (size > 0x4000 ? 0x4000 : (size_t)size);
}

void
dtrace_chunk_use(struct chunk_scan *scan, dif_instr_t instr, const struct dif_op *op)
{
	const struct dtrace_scope *scope = &scan->state->scope[op->arg & 0xf];
	u_int keys = (op->arg & DIF_OPARG_ARRAY) ? scan->ttop : 0;
	size_t bytes = sizeof(struct dtrace_dynvar) + (keys + 2) * sizeof(struct dtrace_key);

	for (u_int k = 0; k < keys; k++)
		bytes += roundup2(scan->keybytes[k], 8);
	bytes += MAX(scope->var[DIF_INSTR_INDEX(instr) - DIF_VAR_OTHER_UBASE]->var.size, 8);
	scan->widest = MAX(scan->widest, roundup2(bytes, 8));
}

void
dtrace_chunk_step(struct chunk_scan *scan, const struct dtrace_difo *difo, dif_instr_t instr)
{
	const struct dif_op *op = &dif_ops[DIF_INSTR_OP(instr)];

	switch (DIF_INSTR_OP(instr)) {
	case DIF_OP_SETX:
		scan->reg[DIF_INSTR_RD(instr)] = difo->inttab[DIF_INSTR_INDEX(instr)];
		return;
	case DIF_OP_PUSHTR:
	case DIF_OP_PUSHTV:
		if (scan->ttop < DIF_DTR_NREGS)
			scan->keybytes[scan->ttop++] = dtrace_chunk_key(scan, instr);
		return;
	case DIF_OP_POPTS:
		scan->ttop -= scan->ttop != 0;
		return;
	case DIF_OP_FLUSHTS:
		scan->ttop = 0;
		return;
	}
	if (op->format == DIF_F_STVAR || op->format == DIF_F_LDVAR) {
		if ((op->arg & DIF_OPARG_ARRAY) || (op->arg & 0xf) == DPROG_SCOPE_THREAD)
			dtrace_chunk_use(scan, instr, op);
	}
	if (op->format == DIF_F_R1_R2_RD || op->format == DIF_F_R1_RD || op->format == DIF_F_LDVAR ||
	    op->format == DIF_F_CALL || op->format == DIF_F_STR_RD || op->format == DIF_F_ARRAY)
		scan->reg[DIF_INSTR_RD(instr)] = 0;
}

/* Returns the chunk size the enabling needs, 0 if it uses no dynamic variables.  The DIFOs have been verified. */
size_t
dtrace_chunksize(const struct dtrace_state *state)
{
	struct chunk_scan scan = { .state = state };

	for (u_int d = 0; d < state->ndifos; d++) {
		scan.ttop = 0;
		for (u_int r = 0; r < DIF_DIR_NREGS; r++)
			scan.reg[r] = 0;
		for (u_int pc = 0; pc < state->difos[d].len; pc++)
			dtrace_chunk_step(&scan, &state->difos[d], state->difos[d].text[pc]);
	}
	return (scan.widest);
}
