/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine: one struct core holds Unicorn's handle, RAM, devices and the timing model.
 *
 * Everything here runs inside pc_run(), on one thread; Python only touches it between two calls.
 * hooks.c is the hot path, run.c the loop around it, api.c what Python sees.
 */
#ifndef CORE_H
#define CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unicorn/unicorn.h>


/* Unicorn exports names like ours: only what api.c marks leaves this library. */
#pragma GCC visibility push(hidden)
#define	PC_API		__attribute__((visibility("default")))

#include "timing.h"

#define	NELEM(a)	(sizeof(a) / sizeof((a)[0]))
#define	NEVER		UINT64_MAX

#define	CPSR_MODE	0x1fu
#define	CPSR_T		0x20u
#define	CPSR_I		0x80u
#define	CPSR_A		0x100u
#define	CPSR_IT_J	0x0700fc00u
#define	CPSR_E		0x200u
#define	MODE_USR	0x10u
#define	MODE_IRQ	0x12u
#define	MODE_SVC	0x13u
#define	MODE_ABT	0x17u
#define	MODE_UND	0x1bu

#define	SCTLR_M		0x1u
#define	SCTLR_V		0x2000u
#define	SCTLR_EE	0x2000000u

/* Why pc_run() came back. */
enum stop {
	STOP_NONE,
	STOP_SLICE,		/* the slice is used up */
	STOP_EVENT,		/* the guest wrote PV_EVENT */
	STOP_CONSOLE,		/* the console buffer wants emptying */
	STOP_HANG,		/* waits for an interrupt that nothing will raise */
	STOP_ERROR,		/* see pc_error() */
};

enum access { ACCESS_READ, ACCESS_WRITE, ACCESS_FETCH };

#define	FSR_SECTION_TRANSLATION	0x5u
#define	FSR_PAGE_TRANSLATION	0x7u
#define	FSR_SECTION_DOMAIN	0x9u
#define	FSR_PAGE_DOMAIN		0xbu
#define	FSR_SECTION_PERMISSION	0xdu
#define	FSR_PAGE_PERMISSION	0xfu
#define	FSR_WRITE		0x800u

struct counters {
#define	X(name)	uint64_t name;
#include "counters.def"
#undef X
};

struct params {
#define	X(name, field)	int64_t field;
#include "params.def"
#undef X
};

/* One general-purpose timer, in ticks since power-on. */
struct dmtimer {
	uint32_t	irq;
	uint32_t	tclr, tldr, status, enable;
	uint32_t	value;		/* counter at tick `since' */
	uint64_t	since;
	uint64_t	due;		/* cycle of the next overflow, NEVER if stopped */
};

struct intc {
	uint32_t	mir[4];
};

#define	CONSOLE_BYTES	65536
#define	INPUT_BYTES	4096

/* Output of both UARTs in order: fd[i] says whose byte data[i] is. */
struct console {
	uint32_t	count;
	uint8_t		data[CONSOLE_BYTES];
	uint8_t		fd[CONSOLE_BYTES];
	uint32_t	in_head, in_count;
	uint8_t		input[INPUT_BYTES];
};

#define	EVENTS		64

struct event {
	uint32_t	number;
	uint32_t	arg[8];
};

/* Events wait here: the block that wrote one runs to its end before the machine stops. */
struct pvctl {
	uint32_t	status;
	uint32_t	arg[8];
	uint32_t	head, count;
	struct event	queue[EVENTS];
};

/* The fault the last refused translation leaves for the abort entry. */
struct fault {
	uint32_t	address;	/* page of the access; see fault.c for the exact address */
	uint32_t	fsr;
	enum access	access;
	bool		valid;
};

struct core {
	uc_engine	*uc;
	/* hot: read at every block or access */
	uint64_t	attention;	/* look around once cycles reach this */
	struct counters	n;
	uint64_t	ram_base, ram_bytes;
	uint8_t		*ram;
	bool		stopping;	/* a stop is asked for: charge nothing more */
	bool		timed;
	bool		install;	/* hook c->t.wanted before going on */
	bool		charged;	/* the block to come has been charged already */
	uint32_t	block_pc;	/* the block being executed, for refunds */
	uint32_t	block_bytes;
	struct timing	t;

	uint64_t	slice_end;
	enum stop	stop;
	struct fault	fault;
	struct dmtimer	timer[2];
	struct intc	intc;
	struct console	console;
	struct pvctl	pv;
	uint64_t	tick_num, tick_den;	/* ticks = cycles * num / den */
	struct params	p;
	uint32_t	pc;		/* where the CPU goes on */
	bool		interrupt;	/* enter the IRQ vector before that */
	bool		watched;	/* these three are kept up to date by maint.c */
	uint32_t	sctlr, ttbr0, dacr;
	char		error[256];
};

/* exception.c */
uint32_t	cpu_reg(struct core *, int reg);
void		cpu_set_reg(struct core *, int reg, uint32_t value);
uint32_t	cp15_read(struct core *, int crn, int opc1, int crm, int opc2);
void		cp15_write(struct core *, int crn, int opc1, int crm, int opc2, uint32_t value);
uint32_t	cpu_sctlr(struct core *);
uint32_t	cpu_ttbr0(struct core *);
uint32_t	cpu_dacr(struct core *);
void		exception_svc(struct core *, uint32_t next_pc);
void		exception_undefined(struct core *, uint32_t pc);
void		exception_abort(struct core *, uint32_t pc);
void		exception_irq(struct core *, uint32_t pc);

/* fault.c */
uint32_t	text_word(struct core *, uint32_t pc);
uint32_t	fault_address(struct core *, uint32_t pc, uint32_t page);

/* mmu.c */
bool		mmu_translate(struct core *, uint32_t va, enum access, bool user, uint32_t *pa, uint32_t *perms, uint32_t *fsr, bool *section);
bool		mmu_fill(uc_engine *, uint64_t va, uc_mem_type, uc_tlb_entry *, void *);

/* ram */
static inline uint8_t *
ram_pointer(struct core *c, uint64_t pa, uint64_t bytes)
{
	uint64_t offset = pa - c->ram_base;

	return (pa >= c->ram_base && offset + bytes <= c->ram_bytes) ? c->ram + offset : NULL;
}

/* bus.c, devices */
uc_err		bus_map(struct core *);
void		device_access(struct core *, bool write);
uint32_t	uart_read(struct core *, int unit, uint32_t offset);
void		uart_write(struct core *, int unit, uint32_t offset, uint8_t value);
uint32_t	dmtimer_read(struct core *, struct dmtimer *, uint32_t offset);
void		dmtimer_write(struct core *, struct dmtimer *, uint32_t offset, uint32_t value);
void		dmtimer_poll(struct core *, struct dmtimer *);
void		dmtimer_reset(struct core *);
uint32_t	intc_read(struct core *, uint32_t offset);
void		intc_write(struct core *, uint32_t offset, uint32_t value);
bool		intc_active(struct core *);
uint32_t	pvctl_read(struct core *, uint32_t offset);
void		pvctl_write(struct core *, uint32_t offset, uint32_t value);

/* hooks.c */
uc_err		hooks_install(struct core *);
void		ask_stop(struct core *, enum stop);
void		refund(struct core *, uint32_t pc);

/* maint.c */
void		maint_watch(struct core *, uint32_t va, uint32_t pa, uint32_t bytes);

/* run.c */
enum stop	core_run(struct core *, uint64_t slice_cycles);
enum stop	core_fail(struct core *, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
