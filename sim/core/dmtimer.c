/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * AM335x DMTIMERs (TRM ch. 20), the part the kernel uses: an up-counter at timer.hz with overflow
 * interrupt, one-shot or auto-reload.  The counter is computed from the cycle count when asked.
 */
#include "core.h"

#define	T_IRQSTATUS	0x28
#define	T_ENABLE_SET	0x2c
#define	T_ENABLE_CLR	0x30
#define	T_TCLR		0x38
#define	T_TCRR		0x3c
#define	T_TLDR		0x40
#define	T_TTGR		0x44
#define	OVF		0x2u
#define	TCLR_ST		0x1u
#define	TCLR_AR		0x2u

static uint64_t
ticks_now(struct core *c)
{
	return (uint64_t)((unsigned __int128)c->n.cycles * c->tick_num / c->tick_den);
}

/* First cycle at which `tick' ticks have passed. */
static uint64_t
cycle_of_tick(struct core *c, uint64_t tick)
{
	return (uint64_t)(((unsigned __int128)tick * c->tick_den + c->tick_num - 1) / c->tick_num);
}

static void
arm(struct core *c, struct dmtimer *t)
{
	t->due = (t->tclr & TCLR_ST) ? cycle_of_tick(c, t->since + (0x100000000ull - t->value)) : NEVER;
	if (t->due < c->attention)
		c->attention = t->due;
}

static uint32_t
counter(struct core *c, struct dmtimer *t)
{
	if (!(t->tclr & TCLR_ST))
		return t->value;
	return (uint32_t)(t->value + (ticks_now(c) - t->since));
}

/* Note overflows up to now. */
void
dmtimer_poll(struct core *c, struct dmtimer *t)
{
	while (t->due <= c->n.cycles) {
		t->status |= OVF;
		t->since += 0x100000000ull - t->value;
		t->value = (t->tclr & TCLR_AR) ? t->tldr : 0;
		if (!(t->tclr & TCLR_AR))
			t->tclr &= ~TCLR_ST;
		arm(c, t);
	}
}

void
dmtimer_reset(struct core *c)
{
	for (size_t i = 0; i < NELEM(c->timer); i++)
		c->timer[i] = (struct dmtimer){ .irq = 68 + (uint32_t)i, .due = NEVER };
}

uint32_t
dmtimer_read(struct core *c, struct dmtimer *t, uint32_t offset)
{
	dmtimer_poll(c, t);
	switch (offset) {
	case T_IRQSTATUS:
		return t->status;
	case T_ENABLE_SET:
	case T_ENABLE_CLR:
		return t->enable;
	case T_TCLR:
		return t->tclr;
	case T_TCRR:
		return counter(c, t);
	case T_TLDR:
		return t->tldr;
	default:
		return 0;
	}
}

static void
set_counter(struct core *c, struct dmtimer *t, uint32_t value)
{
	t->value = value;
	t->since = ticks_now(c);
	arm(c, t);
}

void
dmtimer_write(struct core *c, struct dmtimer *t, uint32_t offset, uint32_t value)
{
	uint32_t now;

	dmtimer_poll(c, t);
	switch (offset) {
	case T_IRQSTATUS:
		t->status &= ~value;
		break;
	case T_ENABLE_SET:
		t->enable |= value & OVF;
		break;
	case T_ENABLE_CLR:
		t->enable &= ~value;
		break;
	case T_TCLR:
		now = counter(c, t);
		t->tclr = value;
		set_counter(c, t, now);
		break;
	case T_TCRR:
		set_counter(c, t, value);
		break;
	case T_TLDR:
		t->tldr = value;
		break;
	case T_TTGR:
		set_counter(c, t, t->tldr);
		break;
	}
}
