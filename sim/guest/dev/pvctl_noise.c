/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where one run differs from the next: the order of free pages, the phase of the clocks, a gap on the
 * stack, and a background process that wakes now and then.  All of it follows from the request's seed;
 * each has a switch, and a part that is off leaves the machine as it was.
 *
 * Locking: written when a request is read; syncer only reads.
 */
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/timeet.h>
#include <vm/vm.h>
#include <vm/vm_page.h>
#include <abi/pvctl.h>
#include "dev/pvctl_noise.h"

#define	STACKGAP_MAX	0x10000		/* bytes: a few cache sets and pages */
#define	SYNCER_MIN_MS	10
#define	SYNCER_SPAN_MS	150
#define	SYNCER_VNODES	256

extern u_int exec_stackgap;		/* kern/kern_execargs.c */

static uint64_t syncer_state;		/* the random sequence of the background process */
static volatile int syncer_on;

/* The next value of a splitmix64 sequence. */
uint64_t
noise_next(uint64_t *state)
{
	uint64_t z;

	*state += 0x9e3779b97f4a7c15ULL;
	z = *state;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return (z ^ (z >> 31));
}

/* Every part draws its value whether it is on or not, so that switching one leaves the others alone. */
void
pvctl_apply_noise(u_int switches, uint64_t seed)
{
	uint64_t order, phase, gap, background;

	order = noise_next(&seed);
	phase = noise_next(&seed);
	gap = noise_next(&seed);
	background = noise_next(&seed);
	if (switches & PV_NOISE_PAGE_ORDER)
		vm_phys_shuffle(order);
	exec_stackgap = (switches & PV_NOISE_STACK_GAP) ? (u_int)gap % STACKGAP_MAX & ~15u : 0;
	syncer_on = (switches & PV_NOISE_BACKGROUND) != 0;
	syncer_state = background;
	if (syncer_on)
		wakeup((const void *)(uintptr_t)&syncer_on);
	if (switches & PV_NOISE_TIMER_PHASE)
		clocksource_set_phase((uint32_t)phase & 0xffff, (uint32_t)(phase >> 16) & 0xffff);
}

/* The background process: walks vnodes, as its namesake does, at times that follow from the seed. */
void
sched_sync(void *arg)
{
	uint64_t r;
	int ms;

	for (;;) {
		if (!syncer_on) {
			tsleep((const void *)(uintptr_t)&syncer_on, PPAUSE, "syncer", 0);
			continue;
		}
		r = noise_next(&syncer_state);
		ms = SYNCER_MIN_MS + (int)((uint32_t)r % SYNCER_SPAN_MS);
		pause("syncer", MAX(1, ms * hz / 1000));
		rootfs_walk((u_int)(r >> 32) % SYNCER_VNODES);
	}
}

void
syncer_start(void *dummy)
{
	if (kproc_create(sched_sync, NULL, NULL, 0, 0, "syncer") != 0)
		panic("syncer_start: cannot create the syncer");
}
SYSINIT(syncer, SI_SUB_KTHREAD_UPDATE, SI_ORDER_FIRST, syncer_start, NULL);

void
pvctl_noise_init(void)
{
	syncer_on = 0;
	exec_stackgap = 0;
}
