/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The DIF machine: eight 64-bit registers, a tuple stack, four condition flags.
 *
 * dif_ops[] is the one table of opcodes: the verifier reads the operand format from it, the
 * interpreter calls the handler.  Handlers raise faults with dtrace_fault() and return.
 */
#ifndef DIF_H
#define DIF_H

#include "dtrace/dtrace_impl.h"

struct dif_machine {
	uint64_t	regs[DIF_DIR_NREGS];
	u_int		pc;			/* of the next instruction */
	u_int		ttop;
	struct dtrace_key tupregs[DIF_DTR_NREGS + 2];	/* room for the variable's id and the thread */
	u_int		n, z, v, c;
	uint64_t	rval;
	const struct dtrace_difo *difo;
	struct dtrace_mstate *mstate;
	struct dtrace_state *state;
};

#define R1(m, i)	((m)->regs[DIF_INSTR_R1(i)])
#define R2(m, i)	((m)->regs[DIF_INSTR_R2(i)])
#define RD(m, i)	((m)->regs[DIF_INSTR_RD(i)])

/* Operand formats, as the verifier checks them. */
enum dif_format {
	DIF_F_ILLEGAL,		/* not an opcode, or one only user programs may contain */
	DIF_F_R1_R2_RD,
	DIF_F_R1_RD,
	DIF_F_R1_R2,		/* compare */
	DIF_F_R1,		/* test */
	DIF_F_LABEL,
	DIF_F_STORE,		/* r1,[rd] */
	DIF_F_RD,		/* ret */
	DIF_F_NONE,
	DIF_F_INT_RD,
	DIF_F_STR_RD,
	DIF_F_ARRAY,		/* var,ri,rd */
	DIF_F_LDVAR,
	DIF_F_STVAR,
	DIF_F_CALL,
	DIF_F_PUSHTR,
	DIF_F_PUSHTV,
};

struct dif_op {
	const char	*name;
	enum dif_format	format;
	u_int		arg;	/* variables: scope, with DIF_OPARG_ARRAY for associative arrays */
	void		(*run)(struct dif_machine *, dif_instr_t);
};
#define DIF_OPARG_ARRAY		0x10
#define DIF_OPARG_BUILTIN	0x20	/* may also name a builtin variable */
extern const struct dif_op dif_ops[DIF_NOPS];

typedef void	dif_handler_t(struct dif_machine *, dif_instr_t);
/* dif_arith.c */
dif_handler_t	dif_or, dif_xor, dif_and, dif_sll, dif_srl, dif_sra, dif_sub, dif_add, dif_mul, dif_sdiv, dif_udiv,
		dif_srem, dif_urem, dif_not, dif_mov, dif_cmp, dif_tst, dif_scmp, dif_setx, dif_sets, dif_nop, dif_ret;
/* dif_branch.c */
dif_handler_t	dif_ba, dif_be, dif_bne, dif_bg, dif_bgu, dif_bge, dif_bgeu, dif_bl, dif_blu, dif_ble, dif_bleu;
/* dif_mem.c */
dif_handler_t	dif_ldsb, dif_ldsh, dif_ldsw, dif_ldub, dif_lduh, dif_lduw, dif_ldx, dif_uldsb, dif_uldsh, dif_uldsw,
		dif_uldub, dif_ulduh, dif_ulduw, dif_uldx, dif_stb, dif_sth, dif_stw, dif_stx, dif_allocs, dif_copys;
/* dif_vars.c */
dif_handler_t	dif_ldga, dif_ldgs, dif_stgs, dif_ldls, dif_stls, dif_ldts, dif_stts, dif_ldgaa, dif_stgaa, dif_ldtaa,
		dif_sttaa, dif_pushtr, dif_pushtv, dif_popts, dif_flushts, dif_call;

uint64_t dif_emulate(const struct dtrace_difo *, struct dtrace_mstate *, struct dtrace_state *);
uint64_t dif_variable(struct dtrace_mstate *, struct dtrace_state *, u_int var, uint64_t index);
int	dif_variable_known(u_int var);

/* Subroutines: called with their arguments on the tuple stack. */
typedef uint64_t dif_subr_t(struct dif_machine *, const struct dtrace_key *args);
struct dif_subr {
	dif_subr_t	*run;
	u_int		nargs;		/* arguments it reads */
};
const struct dif_subr *dif_subr_lookup(u_int subr);

#endif
