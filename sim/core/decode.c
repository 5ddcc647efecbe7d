/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ARM instructions as the A8's pipelines see them (TRM 16.2): which registers are needed in which stage
 * (E1 to E3), when results are there, how many cycles are spent in issue.  ARM ARM A5 gives the encodings.
 */
#include <string.h>

#include "core.h"

#define	RD(i)	((i) >> 12 & 15)
#define	RN(i)	((i) >> 16 & 15)
#define	RM(i)	((i) & 15)
#define	RS(i)	((i) >> 8 & 15)
#define	BIT(n)	((uint16_t)(1u << (n)))
#define	PC	15

static void
writes(struct op *op, uint32_t reg)
{
	op->result |= BIT(reg);
	if (reg == PC)
		op->end |= END_BRANCH;
}

static void
serial(struct op *op, int64_t cycles)
{
	op->serial = true;
	op->cycles = (uint8_t)cycles;
}

static void
decode_alu(struct core *c, uint32_t i, struct op *op)
{
	uint32_t code = i >> 21 & 15;
	bool test = code >= 8 && code <= 11, move = code == 13 || code == 15;

	op->stage = (uint8_t)c->p.alu_stage;
	op->sets_flags = i >> 20 & 1;
	op->needs_flags |= code >= 5 && code <= 7;
	if (!move)
		op->need[2] |= BIT(RN(i));
	if (!(i >> 25 & 1)) {
		bool shifted = (i & 0xff0) != 0;

		op->need[shifted ? 1 : 2] |= BIT(RM(i));
		if (i & 0x10)
			op->need[1] |= BIT(RS(i));
	}
	if (!test)
		writes(op, RD(i));
	if (op->end && op->sets_flags)
		op->end |= END_EXCEPTION;
	if (code == 13 && RD(i) == PC && (i & 0x02000fffu) == 14)
		op->end |= END_RETURN;		/* mov pc, lr */
}

static void
decode_multiply(struct core *c, uint32_t i, struct op *op)
{
	bool lengthy = i >> 23 & 1, halfword = (i & 0x01000000u) != 0;

	op->multiply = true;
	op->stage = (uint8_t)c->p.mul_stage;
	op->cycles = (uint8_t)(halfword ? 1 : lengthy ? c->p.long_mul_cycles : c->p.mul_cycles);
	op->need[1] |= BIT(RM(i)) | BIT(RS(i));
	op->result |= BIT(RN(i));
	if (lengthy)
		op->result |= BIT(RD(i));
	else if (i >> 21 & 1)
		op->need[3] |= BIT(RD(i));
}

/* MRS, MSR, BX, BLX, CLZ, saturating, BKPT and the half-word multiplies. */
static void
decode_misc(struct core *c, uint32_t i, struct op *op)
{
	uint32_t low = i >> 4 & 15, code = i >> 21 & 3;

	if (low & 8) {
		decode_multiply(c, i | 0x01000000u, op);
	} else if (low == 0) {
		serial(op, c->p.psr_cycles);
		if (!(code & 1))
			writes(op, RD(i));
	} else if ((low == 1 && code == 1) || low == 3) {
		op->need[2] |= BIT(RM(i));
		op->end = END_BRANCH | (low == 3 ? END_CALL : RM(i) == 14 ? END_RETURN : 0);
		if (low == 3)
			op->result |= BIT(14);
	} else {
		op->need[1] |= BIT(RM(i)) | (low == 5 ? BIT(RN(i)) : 0);
		op->stage = (uint8_t)c->p.alu_stage;
		writes(op, RD(i));
	}
}

static void
base_register(uint32_t i, struct op *op)
{
	bool writeback = !(i >> 24 & 1) || (i >> 21 & 1);

	op->memory = true;
	op->need[1] |= BIT(RN(i));
	if (writeback)
		op->base = BIT(RN(i));
}

static void
decode_transfer(struct core *c, uint32_t i, struct op *op)
{
	base_register(i, op);
	if (i >> 25 & 1)
		op->need[1] |= BIT(RM(i));
	op->stage = (uint8_t)c->p.load_stage;
	if (!(i >> 20 & 1)) {
		op->need[3] |= BIT(RD(i));
		return;
	}
	writes(op, RD(i));
	if (op->end && RN(i) == 13)
		op->end |= END_RETURN;		/* pop {pc} */
}

/* LDRH, LDRD, LDRSB and relatives; SWP and the exclusives. */
static void
decode_extra(struct core *c, uint32_t i, struct op *op)
{
	bool exclusive = (i & 0x60) == 0, two = !(i >> 20 & 1) && (i & 0x40);
	bool load = (i >> 20 & 1) || (two && !(i & 0x20));

	base_register(i, op);
	op->stage = (uint8_t)c->p.load_stage;
	if (exclusive) {
		op->base = 0;
		op->need[3] |= BIT(RM(i));
		op->result |= BIT(RD(i));
		return;
	}
	if (!(i >> 22 & 1))
		op->need[1] |= BIT(RM(i));
	if (load)
		op->result |= BIT(RD(i)) | (two ? BIT(RD(i) + 1) : 0);
	else
		op->need[3] |= BIT(RD(i)) | (two ? BIT(RD(i) + 1) : 0);
	if (two)
		op->cycles = 2;
}

static void
decode_multiple(struct core *c, uint32_t i, struct op *op)
{
	uint32_t list = i & 0xffff, words = (uint32_t)__builtin_popcount(list), rate = (uint32_t)c->p.ldm_words;

	base_register(i | 1u << 24, op);
	op->cycles = (uint8_t)((words + rate - 1) / rate);
	if (op->cycles == 0)
		op->cycles = 1;
	op->stage = (uint8_t)c->p.load_stage;
	if (!(i >> 20 & 1)) {
		op->need[3] |= (uint16_t)list;
		return;
	}
	op->result |= (uint16_t)list;
	if (list >> PC & 1)
		op->end = END_BRANCH | ((i >> 22 & 1) ? END_EXCEPTION : RN(i) == 13 ? END_RETURN : 0);
}

static void
decode_media(struct core *c, uint32_t i, struct op *op)
{
	uint32_t group = i >> 23 & 3;

	if (group == 2) {			/* signed multiplies */
		op->multiply = true;
		op->stage = (uint8_t)c->p.mul_stage;
		op->need[1] |= BIT(RM(i)) | BIT(RS(i));
		op->result |= BIT(RN(i));
		return;
	}
	op->stage = (uint8_t)c->p.alu_stage;
	op->need[1] |= BIT(RM(i));
	if (group == 0 && RN(i) != PC)
		op->need[2] |= BIT(RN(i));
	if (group == 3)
		op->need[2] |= BIT(RD(i));	/* BFI keeps the rest */
	op->result |= BIT(RD(i));
}

/* Instructions without a condition: barriers, CPS, PLD, BLX, RFE, SRS. */
static void
decode_unconditional(struct core *c, uint32_t i, struct op *op)
{
	if ((i >> 25 & 7) == 5) {
		op->end = END_BRANCH | END_CALL;
		op->result |= BIT(14);
	} else if ((i & 0xfff00000u) == 0xf5700000u) {
		serial(op, c->p.barrier_cycles);
	} else if ((i & 0xfff10000u) == 0xf1000000u) {
		serial(op, c->p.psr_cycles);
	} else if ((i & 0xfe500000u) == 0xf8100000u) {
		serial(op, c->p.psr_cycles);
		op->memory = true;
		op->end = END_BRANCH | END_EXCEPTION;
	} else if ((i & 0xfe500000u) == 0xf8400000u) {
		serial(op, c->p.psr_cycles);
		op->memory = true;
	} else if ((i >> 26 & 1) || (i >> 25 & 7) == 3) {
		op->memory = true;		/* PLD */
		op->need[1] |= BIT(RN(i));
	}
}

static void
decode_class_0(struct core *c, uint32_t i, struct op *op)
{
	if ((i & 0x90) == 0x90) {
		if ((i & 0x01000060u) == 0)
			decode_multiply(c, i, op);
		else
			decode_extra(c, i, op);
	} else if ((i & 0x01900000u) == 0x01000000u) {
		decode_misc(c, i, op);
	} else {
		decode_alu(c, i, op);
	}
}

static void
decode_class_1(struct core *c, uint32_t i, struct op *op)
{
	if ((i & 0x01900000u) != 0x01000000u) {
		decode_alu(c, i, op);
	} else if (!(i >> 21 & 1)) {		/* MOVW, MOVT */
		op->stage = (uint8_t)c->p.alu_stage;
		if (i >> 22 & 1)
			op->need[2] |= BIT(RD(i));
		op->result |= BIT(RD(i));
	} else if (i & 0x000f0000u) {
		serial(op, c->p.psr_cycles);	/* MSR; without fields it is a hint */
	}
}

/* MRC takes its time here; what an MCR does is charged by maint.c. */
static void
decode_coprocessor(struct core *c, uint32_t i, struct op *op)
{
	bool move = (i >> 24 & 15) == 14 && (i & 0x10), from = i >> 20 & 1;

	serial(op, move && from ? c->p.cp15_cycles : 1);
	if (move && from && RD(i) != PC)
		op->result |= BIT(RD(i));
	op->memory = (i >> 25 & 7) == 6;
}

void
decode(struct core *c, uint32_t i, struct op *op)
{
	memset(op, 0, sizeof(*op));
	op->cycles = 1;
	op->stage = (uint8_t)c->p.alu_stage;
	if (i >> 28 == 15) {
		decode_unconditional(c, i, op);
		return;
	}
	op->needs_flags = i >> 28 != 14;
	switch (i >> 25 & 7) {
	case 0:
		decode_class_0(c, i, op);
		break;
	case 1:
		decode_class_1(c, i, op);
		break;
	case 2:
		decode_transfer(c, i, op);
		break;
	case 3:
		if (i & 0x10)
			decode_media(c, i, op);
		else
			decode_transfer(c, i, op);
		break;
	case 4:
		decode_multiple(c, i, op);
		break;
	case 5:
		op->end = END_BRANCH | ((i >> 24 & 1) ? END_CALL : 0);
		if (i >> 24 & 1)
			op->result |= BIT(14);
		break;
	default:
		decode_coprocessor(c, i, op);
		break;
	}
	if (op->end && i >> 28 != 14)
		op->end |= END_CONDITIONAL;
	if (op->needs_flags && op->result)
		op->need[2] |= op->result;	/* a failed condition keeps the old value */
}
