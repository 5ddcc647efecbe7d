/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An ECB being run: what dtrace_action.c keeps while it goes through the actions, and the actions
 * that have files of their own.  Interrupts are off.
 */
#ifndef DTRACE_ACT_H
#define DTRACE_ACT_H

#include "dtrace/dtrace_impl.h"

struct dtrace_run {
	struct dtrace_state *state;
	const struct dtrace_ecb *ecb;
	struct dtrace_mstate *mstate;
	struct dtrace_buffer *buffer;	/* where the record goes: the principal one, or a speculation's */
	uint8_t		*record;
	size_t		offs;		/* of the record */
	uint64_t	value;		/* of the action before */
	u_int		committed;	/* commit() has taken the place of the record */
};

/* dtrace_act_other.c */
void	dtrace_act_other(struct dtrace_run *, const struct dtrace_action *, uint8_t *p, uint64_t value);
/* dtrace_fault.c */
void	dtrace_ecb_fault(struct dtrace_run *, u_int where);
/* dtrace_destructive.c */
void	dtrace_act_destructive(struct dtrace_run *, u_int kind, uint64_t value);

#endif
