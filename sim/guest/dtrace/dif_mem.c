/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF loads, stores and scratch memory.
 *
 * Loads may go anywhere and fault softly; stores only into memory that belongs to the program:
 * scratch, and the payload of variables.  Interrupts are off.
 */
#include "dtrace/dif.h"

#define LOAD(name, expr)						\
void									\
dif_##name(struct dif_machine *m, dif_instr_t i)			\
{									\
	uintptr_t addr = (uintptr_t)R1(m, i);				\
									\
	RD(m, i) = (uint64_t)(expr);					\
}

LOAD(ldsb, (int64_t)(int8_t)dtrace_load8(addr))
LOAD(ldsh, (int64_t)(int16_t)dtrace_load16(addr))
LOAD(ldsw, (int64_t)(int32_t)dtrace_load32(addr))
LOAD(ldub, dtrace_load8(addr))
LOAD(lduh, dtrace_load16(addr))
LOAD(lduw, dtrace_load32(addr))
LOAD(ldx, dtrace_load64(addr))
LOAD(uldsb, (int64_t)(int8_t)dtrace_fuword(addr, 1))
LOAD(uldsh, (int64_t)(int16_t)dtrace_fuword(addr, 2))
LOAD(uldsw, (int64_t)(int32_t)dtrace_fuword(addr, 4))
LOAD(uldub, dtrace_fuword(addr, 1))
LOAD(ulduh, dtrace_fuword(addr, 2))
LOAD(ulduw, dtrace_fuword(addr, 4))
LOAD(uldx, dtrace_fuword(addr, 8))

#define STORE(name, type)						\
void									\
dif_##name(struct dif_machine *m, dif_instr_t i)			\
{									\
	uintptr_t addr = (uintptr_t)RD(m, i);				\
									\
	if (!dtrace_canstore(addr, sizeof(type), m->mstate, m->state))	\
		dtrace_fault(CPU_DTRACE_BADADDR, RD(m, i));		\
	else if (addr & (sizeof(type) - 1))				\
		dtrace_fault(CPU_DTRACE_BADALIGN, RD(m, i));		\
	else								\
		*(type *)addr = (type)R1(m, i);				\
}

STORE(stb, uint8_t)
STORE(sth, uint16_t)
STORE(stw, uint32_t)
STORE(stx, uint64_t)

void
dif_allocs(struct dif_machine *m, dif_instr_t i)
{
	uint64_t size = R1(m, i);
	uint8_t *p = NULL;

	if (size > m->mstate->scratch_size)
		dtrace_fault(CPU_DTRACE_NOSCRATCH, 0);
	else
		p = dtrace_scratch(m->mstate, (size_t)size);
	for (size_t n = 0; p != NULL && n < size; n++)
		p[n] = 0;
	RD(m, i) = (uintptr_t)p;
}

void
dif_copys(struct dif_machine *m, dif_instr_t i)
{
	uint64_t size = R2(m, i);

	if (size != (size_t)size ||
	    !dtrace_canstore((uintptr_t)RD(m, i), (size_t)size, m->mstate, m->state)) {
		dtrace_fault(CPU_DTRACE_BADADDR, RD(m, i));
		return;
	}
	dtrace_bcopy_safe((uintptr_t)R1(m, i), (uint8_t *)(uintptr_t)RD(m, i), (size_t)size);
}
