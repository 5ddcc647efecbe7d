/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Branch prediction (TRM 5.1): branch target buffer, global history of two-bit counters, return stack.
 * A branch the target buffer does not know is predicted not taken.
 */
#include <stdlib.h>
#include <string.h>

#include "timing.h"

bool
predictor_open(struct predictor *p, uint64_t entries, uint64_t ways, uint64_t ghb, uint64_t history_bits, uint64_t depth)
{
	p->ways = (uint32_t)ways;
	p->set_mask = (uint32_t)(entries / ways) - 1;
	p->ghb_mask = (uint32_t)ghb - 1;
	p->history_mask = (1u << history_bits) - 1;
	p->depth = (uint32_t)depth;
	p->btb = calloc(entries, sizeof(*p->btb));
	p->victim = calloc(entries / ways, 1);
	p->ghb = malloc(ghb);
	if (p->btb == NULL || p->victim == NULL || p->ghb == NULL)
		return false;
	memset(p->ghb, 1, ghb);		/* weakly not taken */
	return true;
}

void
predictor_close(struct predictor *p)
{
	free(p->btb);
	free(p->victim);
	free(p->ghb);
}

static struct btb_entry *
btb_find(struct predictor *p, uint32_t pc)
{
	struct btb_entry *set = p->btb + (size_t)(pc >> 2 & p->set_mask) * p->ways;

	for (uint32_t way = 0; way < p->ways; way++)
		if (set[way].pc == pc)
			return &set[way];
	return NULL;
}

static void
btb_learn(struct predictor *p, struct btb_entry *known, uint32_t pc, uint32_t target)
{
	uint32_t set = pc >> 2 & p->set_mask;

	if (known == NULL) {
		known = p->btb + (size_t)set * p->ways + p->victim[set];
		p->victim[set] = (uint8_t)((p->victim[set] + 1u) % p->ways);
		known->pc = pc;
	}
	known->target = target;
}

/* Two-bit saturating counter; returns what it said before. */
static bool
history_train(struct predictor *p, uint32_t pc, bool taken)
{
	uint8_t *counter = &p->ghb[(pc >> 2 ^ p->history) & p->ghb_mask];
	bool said = *counter >= 2;

	if (taken && *counter < 3)
		++*counter;
	else if (!taken && *counter > 0)
		--*counter;
	p->history = (p->history << 1 | taken) & p->history_mask;
	return said;
}

static uint32_t
pop_return(struct predictor *p)
{
	uint32_t target = p->stack[p->top];

	p->top = (p->top + p->depth - 1) % p->depth;
	return target;
}

static void
push_return(struct predictor *p, uint32_t target)
{
	p->top = (p->top + 1) % p->depth;
	p->stack[p->top] = target;
}

/* The branch at pc went to `actual' (pc + 4: not taken); true if that had been predicted. */
bool
predict(struct predictor *p, uint32_t end, uint32_t pc, uint32_t actual)
{
	struct btb_entry *known = btb_find(p, pc);
	bool taken = actual != pc + 4, say_taken = known != NULL;
	uint32_t target;

	if (end & END_EXCEPTION)
		return false;
	if (end & END_CONDITIONAL)
		say_taken = history_train(p, pc, taken) && known;
	target = known ? known->target : 0;
	if ((end & END_RETURN) && taken) {
		uint32_t from_stack = pop_return(p);

		if (known)
			target = from_stack;
	}
	if (taken) {
		btb_learn(p, known, pc, actual);
		if (end & END_CALL)
			push_return(p, pc + 4);
	}
	return taken ? say_taken && target == actual : !say_taken;
}
