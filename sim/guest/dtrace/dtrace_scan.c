/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a program's DIFOs use that the kernel must know before it runs: virtual time, speculations,
 * destructive subroutines; and whether a predicate's answer may be cached.
 *
 * Runs when a program is loaded, on verified DIFOs.
 */
#include "dtrace/dif.h"

int
dtrace_scan_instruction(struct dtrace_state *state, dif_instr_t i)
{
	u_int op = DIF_INSTR_OP(i), index = DIF_INSTR_INDEX(i);

	if (op == DIF_OP_LDGS && index == DIF_VAR_VTIMESTAMP)
		state->uses_vtime = 1;
	if (op != DIF_OP_CALL)
		return (DPROG_E_OK);
	if (index == DIF_SUBR_SPECULATION)
		state->uses_spec = 1;
	if ((index == DIF_SUBR_COPYOUT || index == DIF_SUBR_COPYOUTSTR) && !state->destructive)
		return (DPROG_E_DESTRUCTIVE);
	return (DPROG_E_OK);
}

/* Looks through all DIFOs; DPROG_E_*. */
int
dtrace_scan(struct dtrace_state *state)
{
	int error = DPROG_E_OK;

	for (u_int d = 0; d < state->ndifos && error == DPROG_E_OK; d++)
		for (u_int n = 0; n < state->difos[d].len && error == DPROG_E_OK; n++)
			error = dtrace_scan_instruction(state, state->difos[d].text[n]);
	return (error);
}

/*
 * True if a predicate's value can change only where the kernel notices: it looks at nothing but what
 * identifies the thread and its program, constants, and the thread's own variables.
 */
int
dtrace_cacheable(const struct dtrace_difo *difo)
{
	u_int op;

	for (u_int n = 0; n < difo->len; n++) {
		op = DIF_INSTR_OP(difo->text[n]);
		if (op == DIF_OP_LDGS) {
			switch (DIF_INSTR_INDEX(difo->text[n])) {
			case DIF_VAR_CURTHREAD:
			case DIF_VAR_PID:
			case DIF_VAR_TID:
			case DIF_VAR_EXECNAME:
			case DIF_VAR_EXECARGS:
			case DIF_VAR_ZONENAME:
				continue;
			}
			return (0);
		}
		/* Arithmetic, branches, constants, strings, keys, and loads of the thread's variables. */
		if (op >= DIF_OP_LDSB && op <= DIF_OP_LDX)
			return (0);
		if (op > DIF_OP_SCMP && op != DIF_OP_LDTS && op != DIF_OP_LDTAA && op != DIF_OP_SRA &&
		    (op < DIF_OP_PUSHTR || op > DIF_OP_FLUSHTS))
			return (0);
	}
	return (1);
}
