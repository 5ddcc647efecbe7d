/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What foresee.c, foresee_memory.c and foresee_alu.c share: a block's state while its instructions are read
 * one after the other.
 */
#ifndef FORESEE_H
#define FORESEE_H

#include "core.h"

#define	RD(i)	((i) >> 12 & 15)
#define	RN(i)	((i) >> 16 & 15)
#define	RM(i)	((i) & 15)
#define	RS(i)	((i) >> 8 & 15)
#define	BIT(i, n)	((i) >> (n) & 1)
#define	UNKNOWN	255
#define	COND_LOST	255
#define	DRAFT	64		/* micro-operations before the needless ones are dropped */

/* What is known of a register: the value numbered `base' plus a constant. */
struct value {
	uint8_t		base;
	uint32_t	offset;
};

struct state {
	struct value	reg[16];
	struct uop	uop[DRAFT];
	uint32_t	count;
	uint32_t	pc;
	uint32_t	cond;		/* of the present instruction */
	uint32_t	when;		/* COND_*: how the present flags are known, 0 not at all */
	uint32_t	flags;		/* the step that computes them */
	bool		only_nz;	/* ... but no carry and overflow */
	uint32_t	insn;		/* number of the present instruction */
	uint32_t	fence;		/* instructions up to and with the last that looks at or changes what accesses do */
	uint32_t	hook_from;	/* of the first instruction that cannot be foreseen, INSNS if there is none */
};

/* Value 0, plus a constant. */
static inline struct value
constant(uint32_t value)
{
	return (struct value){ .base = VALUE_NONE, .offset = value };
}

static inline struct value
not_known(void)
{
	return (struct value){ .base = UNKNOWN };
}

static inline struct value
plus(struct value value, uint32_t offset)
{
	value.offset += offset;
	return value;
}

/* The instruction leaves `value' in a register; what a conditional one leaves is not known. */
static inline void
set(struct state *s, uint32_t reg, struct value value)
{
	s->reg[reg] = s->cond == 14 ? value : not_known();
}

/* The present instruction's accesses, and all that follow, are charged as they come. */
static inline void
give_up(struct state *s)
{
	if (s->hook_from > s->insn)
		s->hook_from = s->insn;
}

/* foresee.c */
struct value	emit(struct state *, uint32_t kind, struct value a, struct value b, uint32_t shift);

/* foresee_memory.c */
void		foresee_transfer(struct state *, uint32_t insn);
void		foresee_extra(struct state *, uint32_t insn);
void		foresee_multiple(struct state *, uint32_t insn);

/* foresee_alu.c */
void		foresee_compute(struct core *, struct state *, uint32_t insn);

#endif
