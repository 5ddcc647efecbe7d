/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF branches: forward only (the verifier sees to it), so a program ends.
 *
 * n, z, v, c were set by the last cmp, tst or scmp.  Handlers touch only their machine.
 */
#include "dtrace/dif.h"

#define BRANCH(name, condition)						\
void									\
dif_##name(struct dif_machine *m, dif_instr_t i)			\
{									\
									\
	if (condition)							\
		m->pc = DIF_INSTR_LABEL(i);				\
}

BRANCH(ba, 1)
BRANCH(be, m->z)
BRANCH(bne, !m->z)
BRANCH(bg, !(m->z | (m->n ^ m->v)))
BRANCH(bgu, !(m->c | m->z))
BRANCH(bge, !(m->n ^ m->v))
BRANCH(bgeu, !m->c)
BRANCH(bl, m->n ^ m->v)
BRANCH(blu, m->c)
BRANCH(ble, m->z | (m->n ^ m->v))
BRANCH(bleu, m->c | m->z)
