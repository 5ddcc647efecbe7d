/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF arithmetic, comparison and constants.
 *
 * All values are 64 bits wide; shifts count modulo 64; a division by zero is a fault, not a trap.
 * Handlers touch only the machine they are given.
 */
#include "dtrace/dif.h"

#define BINARY(name, expr)						\
void									\
dif_##name(struct dif_machine *m, dif_instr_t i)			\
{									\
	uint64_t a = R1(m, i), b = R2(m, i);				\
									\
	RD(m, i) = (expr);						\
}

#define DIVISION(name, expr)						\
void									\
dif_##name(struct dif_machine *m, dif_instr_t i)			\
{									\
	uint64_t a = R1(m, i), b = R2(m, i);				\
									\
	if (b == 0) {							\
		RD(m, i) = 0;						\
		dtrace_fault(CPU_DTRACE_DIVZERO, 0);			\
	} else								\
		RD(m, i) = (expr);					\
}

BINARY(or, a | b)
BINARY(xor, a ^ b)
BINARY(and, a & b)
BINARY(sll, a << (b & 63))
BINARY(srl, a >> (b & 63))
BINARY(sra, (uint64_t)((int64_t)a >> (b & 63)))
BINARY(sub, a - b)
BINARY(add, a + b)
BINARY(mul, a * b)
DIVISION(udiv, a / b)
DIVISION(urem, a % b)
/* INT64_MIN / -1 does not fit: the machine's negation, as two's complement wraps. */
DIVISION(sdiv, b == ~0ULL ? 0 - a : (uint64_t)((int64_t)a / (int64_t)b))
DIVISION(srem, b == ~0ULL ? 0 : (uint64_t)((int64_t)a % (int64_t)b))

void
dif_not(struct dif_machine *m, dif_instr_t i)
{

	RD(m, i) = ~R1(m, i);
}

void
dif_mov(struct dif_machine *m, dif_instr_t i)
{

	RD(m, i) = R1(m, i);
}

void
dif_cmp(struct dif_machine *m, dif_instr_t i)
{
	uint64_t a = R1(m, i), b = R2(m, i);

	m->n = (int64_t)(a - b) < 0;
	m->z = a == b;
	m->v = 0;
	m->c = a < b;
}

void
dif_tst(struct dif_machine *m, dif_instr_t i)
{

	m->z = R1(m, i) == 0;
	m->n = m->v = m->c = 0;
}

void
dif_scmp(struct dif_machine *m, dif_instr_t i)
{
	int order;

	order = dtrace_strncmp((uintptr_t)R1(m, i), (uintptr_t)R2(m, i), m->state->strsize);
	m->n = order < 0;
	m->z = order == 0;
	m->v = m->c = 0;
}

void
dif_setx(struct dif_machine *m, dif_instr_t i)
{

	RD(m, i) = m->difo->inttab[DIF_INSTR_INDEX(i)];
}

void
dif_sets(struct dif_machine *m, dif_instr_t i)
{

	RD(m, i) = (uintptr_t)(m->difo->strtab + DIF_INSTR_INDEX(i));
}

void
dif_nop(struct dif_machine *m, dif_instr_t i)
{
}

void
dif_ret(struct dif_machine *m, dif_instr_t i)
{

	m->rval = RD(m, i);
	m->pc = m->difo->len;
}
