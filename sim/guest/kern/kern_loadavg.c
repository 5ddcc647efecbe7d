/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The load averages of the last 1, 5 and 15 minutes: every five seconds the number of runnable threads goes
 * in, and what was there before fades.  Both variables have the same content, by FreeBSD's name and scale
 * and by Solaris's; programs have no way to ask, so only tracing sees them.  No locks: one writer.
 */
#include <sys/systm.h>
#include <sys/callout.h>
#include <sys/kernel.h>
#include <sys/resource.h>
#include <sys/sched.h>

#define	LOADAV_SECONDS	5
#define	HP_SHIFT	16		/* hp_avenrun's fraction */

struct loadavg averunnable = { { 0, 0, 0 }, FSCALE };
u_int	hp_avenrun[3];

/* e to the -5/60, -5/300 and -5/900. */
static const fixpt_t cexp[3] = { 1884, 2014, 2036 };
static struct callout loadav_callout;

void
loadav(void *arg)
{
	fixpt_t nrun;
	int i;

	nrun = (fixpt_t)sched_load();
	for (i = 0; i < 3; i++) {
		averunnable.ldavg[i] = (cexp[i] * averunnable.ldavg[i] + nrun * FSCALE * (FSCALE - cexp[i])) >> FSHIFT;
		hp_avenrun[i] = averunnable.ldavg[i] << (HP_SHIFT - FSHIFT);
	}
	callout_reset(&loadav_callout, LOADAV_SECONDS * hz, loadav, NULL);
}

/* Starts the averages, at zero. */
void
loadavinit(void)
{
	callout_init(&loadav_callout, 1);
	callout_reset(&loadav_callout, LOADAV_SECONDS * hz, loadav, NULL);
}
