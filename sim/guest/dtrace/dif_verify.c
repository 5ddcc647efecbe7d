/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The DIF verifier: what it passes can be run without further checks of operands.
 *
 * Opcodes must be known, registers exist, reserved bits be zero, indexes lie in their tables,
 * variables be declared and of the right kind, branches go forward inside the object, and its last
 * instruction be a ret.  dscript/dif/verify.py applies the same rules.  Runs when a program is loaded.
 */
#include "dtrace/dif.h"

#define DIF_MAXBYREF	0x100000	/* what a record may hold */

int
dif_reg(u_int r)
{

	return (r < DIF_DIR_NREGS);
}

/* A register that is written: %r0 is constant. */
int
dif_dest(u_int r)
{

	return (r != 0 && r < DIF_DIR_NREGS);
}

/* True if the operation may use that variable: declared, in that scope, scalar or array as it must be. */
int
dif_verify_variable(const struct dtrace_state *state, const struct dif_op *op, u_int var)
{
	const struct dtrace_scope *scope = &state->scope[op->arg & 0xf];
	u_int index = var - DIF_VAR_OTHER_UBASE;
	u_int kind = (op->arg & DIF_OPARG_ARRAY) ? DPROG_VAR_ARRAY : DPROG_VAR_SCALAR;

	if (var < DIF_VAR_OTHER_UBASE)
		return ((op->arg & DIF_OPARG_BUILTIN) && var >= DIF_VAR_OTHER_MIN && dif_variable_known(var));
	return (index < scope->nvar && scope->var[index] != NULL && scope->var[index]->var.kind == kind);
}

int
dif_verify_operands(const struct dtrace_state *state, const struct dtrace_difo *difo, const struct dif_op *op,
    dif_instr_t i, u_int pc)
{
	u_int r1 = DIF_INSTR_R1(i), r2 = DIF_INSTR_R2(i), rd = DIF_INSTR_RD(i), index = DIF_INSTR_INDEX(i);

	switch (op->format) {
	case DIF_F_ILLEGAL:
		return (0);
	case DIF_F_R1_R2_RD:
		return (dif_reg(r1) && dif_reg(r2) && dif_dest(rd));
	case DIF_F_R1_RD:
		return (dif_reg(r1) && r2 == 0 && dif_dest(rd));
	case DIF_F_R1_R2:
		return (dif_reg(r1) && dif_reg(r2) && rd == 0);
	case DIF_F_R1:
		return (dif_reg(r1) && r2 == 0 && rd == 0);
	case DIF_F_LABEL:
		return (DIF_INSTR_LABEL(i) > pc && DIF_INSTR_LABEL(i) < difo->len);
	case DIF_F_STORE:
		return (dif_reg(r1) && r2 == 0 && dif_dest(rd));
	case DIF_F_RD:
		return (r1 == 0 && r2 == 0 && dif_reg(rd));
	case DIF_F_NONE:
		return (r1 == 0 && r2 == 0 && rd == 0);
	case DIF_F_INT_RD:
		return (index < difo->intlen && dif_dest(rd));
	case DIF_F_STR_RD:
		return (index < difo->strbytes && dif_dest(rd));
	case DIF_F_ARRAY:
		return (r1 <= DIF_VAR_ARRAY_MAX && dif_variable_known(r1) && dif_reg(r2) && dif_dest(rd));
	case DIF_F_LDVAR:
		return (dif_verify_variable(state, op, index) && dif_dest(rd));
	case DIF_F_STVAR:
		return (index >= DIF_VAR_OTHER_UBASE && dif_verify_variable(state, op, index) && dif_reg(rd));
	case DIF_F_CALL:
		return (index <= DIF_SUBR_MAX && dif_dest(rd));
	case DIF_F_PUSHTR:
		return ((r1 == DIF_TYPE_CTF || r1 == DIF_TYPE_STRING) && dif_reg(r2) && dif_reg(rd));
	case DIF_F_PUSHTV:
		return (r1 == DIF_TYPE_CTF && dif_reg(r2) && dif_reg(rd));
	}
	return (0);
}

/* A by-value result must fit a register; a by-reference one has a size, which strings may leave open. */
int
dif_verify_result(const struct dtrace_difo *difo)
{

	if (difo->rkind != DPROG_TYPE_CTF && difo->rkind != DPROG_TYPE_STRING)
		return (0);
	if (difo->rflags & DPROG_TF_BYREF)
		return (difo->rsize <= DIF_MAXBYREF && (difo->rsize != 0 || difo->rkind == DPROG_TYPE_STRING));
	return (difo->rkind == DPROG_TYPE_CTF && (difo->rsize == 0 ||
	    (difo->rsize <= 8 && powerof2(difo->rsize))));
}

/* Returns 0, or EINVAL with the offending instruction in *pc (the length, if the object as a whole is at fault). */
int
dif_verify(const struct dtrace_state *state, const struct dtrace_difo *difo, u_int *pc)
{
	u_int op = 0;

	for (*pc = 0; *pc < difo->len; (*pc)++) {
		op = DIF_INSTR_OP(difo->text[*pc]);
		if (op >= DIF_NOPS || !dif_verify_operands(state, difo, &dif_ops[op], difo->text[*pc], *pc))
			return (EINVAL);
	}
	if (op != DIF_OP_RET || !dif_verify_result(difo))
		return (EINVAL);
	/* sets may name any byte of the string table, so the table must end with a NUL. */
	if (difo->strbytes != 0 && difo->strtab[difo->strbytes - 1] != '\0')
		return (EINVAL);
	return (0);
}
