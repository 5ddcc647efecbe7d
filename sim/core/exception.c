/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exception entry as the ARM ARM describes it (B1.8): bank LR and SPSR of the new mode, mask IRQs,
 * go to the vector.  Called from hooks, where writing PC makes Unicorn leave the current block.
 */
#include "core.h"

uint32_t
cpu_reg(struct core *c, int reg)
{
	uint32_t value = 0;

	uc_reg_read(c->uc, reg, &value);
	return value;
}

/* r0 to r15 as the instruction at pc reads them. */
uint32_t
cpu_reg_number(struct core *c, uint32_t pc, uint32_t n)
{
	if (n == 15)
		return pc + 8;
	return cpu_reg(c, n == 14 ? UC_ARM_REG_LR : n == 13 ? UC_ARM_REG_SP : UC_ARM_REG_R0 + (int)n);
}

void
cpu_set_reg(struct core *c, int reg, uint32_t value)
{
	uc_reg_write(c->uc, reg, &value);
}

uint32_t
cp15_read(struct core *c, int crn, int opc1, int crm, int opc2)
{
	uc_arm_cp_reg reg = { .cp = 15, .crn = crn, .crm = crm, .opc1 = opc1, .opc2 = opc2 };

	uc_reg_read(c->uc, UC_ARM_REG_CP_REG, &reg);
	return (uint32_t)reg.val;
}

void
cp15_write(struct core *c, int crn, int opc1, int crm, int opc2, uint32_t value)
{
	uc_arm_cp_reg reg = { .cp = 15, .crn = crn, .crm = crm, .opc1 = opc1, .opc2 = opc2, .val = value };

	uc_reg_write(c->uc, UC_ARM_REG_CP_REG, &reg);
}

/* Control register, translation base, domains: read at every walk, and known once kernel text is watched. */
uint32_t
cpu_sctlr(struct core *c)
{
	return c->watched ? c->sctlr : cp15_read(c, 1, 0, 0, 0);
}

uint32_t
cpu_ttbr0(struct core *c)
{
	return c->watched ? c->ttbr0 : cp15_read(c, 2, 0, 0, 0);
}

uint32_t
cpu_dacr(struct core *c)
{
	return c->watched ? c->dacr : cp15_read(c, 3, 0, 0, 0);
}

static uint32_t
vector_base(struct core *c, uint32_t sctlr)
{
	return (sctlr & SCTLR_V) ? 0xffff0000u : cp15_read(c, 12, 0, 0, 0);
}

static void
enter(struct core *c, uint32_t mode, uint32_t vector, uint32_t lr, uint32_t mask)
{
	uint32_t cpsr = cpu_reg(c, UC_ARM_REG_CPSR);
	uint32_t sctlr = cpu_sctlr(c);
	uint32_t entry = (cpsr & ~(CPSR_MODE | CPSR_T | CPSR_IT_J | CPSR_E)) | mode | CPSR_I | mask;

	if (sctlr & SCTLR_EE)
		entry |= CPSR_E;
	cpu_set_reg(c, UC_ARM_REG_CPSR, entry);
	cpu_set_reg(c, UC_ARM_REG_SPSR, cpsr);
	cpu_set_reg(c, UC_ARM_REG_LR, lr);
	cpu_set_reg(c, UC_ARM_REG_PC, vector_base(c, sctlr) + vector);
	c->n.exceptions++;
	timing_exception(c);
}

/* The SVC before next_pc was executed. */
void
exception_svc(struct core *c, uint32_t next_pc)
{
	enter(c, MODE_SVC, 0x08, next_pc, 0);
}

void
exception_undefined(struct core *c, uint32_t pc)
{
	enter(c, MODE_UND, 0x04, pc + 4, 0);
}

/* Deliver c->fault, which the access of the instruction at pc met. */
void
exception_abort(struct core *c, uint32_t pc)
{
	struct fault *fault = &c->fault;

	fault->valid = false;
	if (fault->access == ACCESS_FETCH) {
		cp15_write(c, 5, 0, 0, 1, fault->fsr);
		cp15_write(c, 6, 0, 0, 2, pc);
		enter(c, MODE_ABT, 0x0c, pc + 4, CPSR_A);
		return;
	}
	cp15_write(c, 5, 0, 0, 0, fault->fsr | (fault->access == ACCESS_WRITE ? FSR_WRITE : 0));
	cp15_write(c, 6, 0, 0, 0, fault_address(c, pc, fault->address));
	enter(c, MODE_ABT, 0x10, pc + 8, CPSR_A);
}

/* Interrupt before the instruction at pc. */
void
exception_irq(struct core *c, uint32_t pc)
{
	c->n.interrupts++;
	enter(c, MODE_IRQ, 0x18, pc + 4, CPSR_A);
}
