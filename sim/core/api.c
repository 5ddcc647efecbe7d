/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What sim/native.py calls: make a machine, set its parameters by name, open it, run it in slices,
 * and look at what happened.  All functions are called with the machine standing still.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "core.h"
#define	PV_NO_STRUCTS
#include <abi/pvctl.h>

static const struct { const char *name; size_t offset; } parameters[] = {
#define	X(name, field)	{ name, offsetof(struct params, field) },
#include "params.def"
#undef X
};

static const char *const counter_names[] = {
#define	X(name)	#name,
#include "counters.def"
#undef X
};

PC_API struct core *
pc_new(void)
{
	return calloc(1, sizeof(struct core));
}

/* Set a parameter; false if there is none of that name. */
PC_API bool
pc_set(struct core *c, const char *name, int64_t value)
{
	for (size_t i = 0; i < NELEM(parameters); i++) {
		if (strcmp(parameters[i].name, name) == 0) {
			*(int64_t *)((char *)&c->p + parameters[i].offset) = value;
			return true;
		}
	}
	return false;
}

/* The name of parameter i, NULL past the last. */
PC_API const char *
pc_parameter(uint32_t i)
{
	return i < NELEM(parameters) ? parameters[i].name : NULL;
}

static uint64_t
gcd(uint64_t a, uint64_t b)
{
	return b ? gcd(b, a % b) : a;
}

static bool
open_unicorn(struct core *c)
{
	uc_err err = uc_open(UC_ARCH_ARM, UC_MODE_ARM, &c->uc);

	if (err == UC_ERR_OK)
		err = uc_ctl_set_cpu_model(c->uc, UC_CPU_ARM_CORTEX_A8);
	if (err == UC_ERR_OK)
		err = uc_ctl_exits_enable(c->uc);
	if (err == UC_ERR_OK)
		err = uc_ctl_tlb_mode(c->uc, UC_TLB_VIRTUAL);
	if (err == UC_ERR_OK)
		err = bus_map(c);
	if (err == UC_ERR_OK)
		err = hooks_install(c);
	if (err != UC_ERR_OK)
		core_fail(c, "cannot set up the CPU: %s", uc_strerror(err));
	return err == UC_ERR_OK;
}

/* Make RAM and CPU from the parameters; false with pc_error() set. */
PC_API bool
pc_open(struct core *c)
{
	uint64_t g = gcd((uint64_t)c->p.timer_hz, (uint64_t)c->p.cpu_hz);

	c->tick_num = (uint64_t)c->p.timer_hz / g;
	c->tick_den = (uint64_t)c->p.cpu_hz / g;
	c->ram_base = (uint64_t)c->p.ram_base;
	c->ram_bytes = (uint64_t)c->p.ram_bytes;
	c->timed = c->p.timed != 0;
	c->ram = mmap(NULL, c->ram_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (c->ram == MAP_FAILED) {
		c->ram = NULL;
		core_fail(c, "cannot get %llu bytes of memory for the guest", (unsigned long long)c->ram_bytes);
		return false;
	}
	memset(c->intc.mir, 0xff, sizeof(c->intc.mir));
	dmtimer_reset(c);
	if (c->timed && !timing_open(c)) {
		core_fail(c, "not enough memory for the timing model");
		return false;
	}
	return open_unicorn(c);
}

/* Power on: SVC mode, interrupts masked, MMU off, at physical pc with r2 as given. */
PC_API void
pc_reset(struct core *c, uint32_t pc, uint32_t r2)
{
	cpu_set_reg(c, UC_ARM_REG_CPSR, MODE_SVC | 0x1c0);
	cpu_set_reg(c, UC_ARM_REG_R0, 0);
	cpu_set_reg(c, UC_ARM_REG_R1, 0);
	cpu_set_reg(c, UC_ARM_REG_R2, r2);
	c->pc = pc;
}

/* Kernel text: look for maintenance instructions in it. */
PC_API void
pc_watch_text(struct core *c, uint32_t va, uint32_t pa, uint32_t bytes)
{
	maint_watch(c, va, pa, bytes);
}

PC_API void
pc_close(struct core *c)
{
	if (c->uc)
		uc_close(c->uc);
	if (c->timed)
		timing_close(c);
	if (c->ram)
		munmap(c->ram, c->ram_bytes);
	free(c);
}

PC_API int
pc_run(struct core *c, uint64_t slice_cycles)
{
	return core_run(c, slice_cycles);
}

PC_API uint8_t *
pc_ram(struct core *c)
{
	return c->ram;
}

PC_API const char *
pc_error(struct core *c)
{
	return c->error;
}

/* Take the next event: its number, then its eight arguments; false if there is none. */
PC_API bool
pc_event(struct core *c, uint32_t *out)
{
	if (c->pv.count == 0)
		return false;
	memcpy(out, &c->pv.queue[c->pv.head], sizeof(struct event));
	c->pv.head = (c->pv.head + 1) % EVENTS;
	c->pv.count--;
	return true;
}

/* Take the next run of output bytes of one fd; returns their number. */
PC_API uint32_t
pc_console_take(struct core *c, uint8_t *buffer, uint32_t *fd)
{
	struct console *con = &c->console;
	uint32_t n = 0;

	while (n < con->count && con->fd[n] == con->fd[0])
		n++;
	*fd = con->fd[0];
	memcpy(buffer, con->data, n);
	con->count -= n;
	memmove(con->data, con->data + n, con->count);
	memmove(con->fd, con->fd + n, con->count);
	return n;
}

PC_API uint32_t
pc_console_bytes(void)
{
	return CONSOLE_BYTES;
}

/* Queue terminal input; returns how many bytes fitted. */
PC_API uint32_t
pc_input(struct core *c, const uint8_t *data, uint32_t bytes)
{
	struct console *con = &c->console;
	uint32_t n = 0;

	for (; n < bytes && con->in_count < INPUT_BYTES; n++)
		con->input[(con->in_head + con->in_count++) % INPUT_BYTES] = data[n];
	return n;
}

/* The host's user asks the guest to stop. */
PC_API void
pc_interrupt(struct core *c)
{
	c->pv.status |= PV_ST_INTERRUPT;
	c->attention = 0;
}

/* Physical address of va under the current tables; false if not mapped. */
PC_API bool
pc_translate(struct core *c, uint32_t va, uint32_t *pa)
{
	uint32_t perms, fsr;
	bool section;

	return mmu_translate(c, va, ACCESS_READ, false, pa, &perms, &fsr, &section);
}

/* r0-r15, then CPSR. */
PC_API void
pc_registers(struct core *c, uint32_t *out)
{
	for (int i = 0; i < 13; i++)
		out[i] = cpu_reg(c, UC_ARM_REG_R0 + i);
	out[13] = cpu_reg(c, UC_ARM_REG_SP);
	out[14] = cpu_reg(c, UC_ARM_REG_LR);
	out[15] = c->pc;
	out[16] = cpu_reg(c, UC_ARM_REG_CPSR);
}

/* Copies all counters, in the order of pc_counter_name(). */
PC_API void
pc_counters(struct core *c, uint64_t *out)
{
	c->n.l1d_access = c->n.mem_read + c->n.mem_write;
	memcpy(out, &c->n, sizeof(c->n));
}

PC_API const char *
pc_counter_name(uint32_t i)
{
	return i < NELEM(counter_names) ? counter_names[i] : NULL;
}
