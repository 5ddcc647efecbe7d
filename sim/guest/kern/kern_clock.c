/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the two clock interrupts do.  hardclock (hz) drives time-keeping and callouts; statclock
 * (stathz) looks at what the CPU is doing and counts a tick for it, which is how time(1) knows user
 * from system time.
 *
 * Locking: both run in interrupt context with interrupts masked.
 */
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/kenv.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/callout.h>
#include <sys/sched.h>
#include <sys/sdt.h>
#include <sys/timetc.h>
#include <vm/vm.h>
#include <vm/vm_map.h>

#define	CP_USER	0
#define	CP_NICE	1
#define	CP_SYS	2
#define	CP_INTR	3
#define	CP_IDLE	4

SDT_PROBE_DEFINE2_XLATE(sched, , , tick, "struct thread *", "lwpsinfo_t *", "struct proc *", "psinfo_t *");

int hz = 100;
int stathz = 127;
int tick = 10000;
volatile int ticks;

/* Reads the rates from the kernel environment; odd values fall back to the defaults. */
void
clockinit(void)
{
	TUNABLE_INT_FETCH("kern.hz", &hz);
	TUNABLE_INT_FETCH("kern.stathz", &stathz);
	if (hz < 10 || hz > 10000)
		hz = 100;
	if (stathz < 10 || stathz > 10000)
		stathz = 127;
	tick = 1000000 / hz;
}

void
hardclock(int usermode, uintptr_t pc)
{
	ticks++;
	tc_windup();
	callout_tick();
}

/* Which account the tick goes to, and to the thread's counter of that kind. */
int
statclock_account(struct thread *td, int usermode)
{
	if (usermode) {
		td->td_uticks++;
		return (CP_USER);
	}
	if (td->td_pri_class == PRI_ITHD) {
		td->td_pticks++;
		td->td_iticks++;
		return (CP_INTR);
	}
	td->td_pticks++;
	td->td_sticks++;
	return ((td->td_flags & TDF_IDLETD) ? CP_IDLE : CP_SYS);
}

/* Remembers the largest resident set the process had at a tick. */
void
statclock_rss(struct thread *td)
{
	long rss;

	if (td->td_flags & TDF_IDLETD)
		return;
	rss = vmspace_resident_count(td->td_proc->p_vmspace) * (PAGE_SIZE / 1024);
	if (td->td_ru.ru_maxrss < rss)
		td->td_ru.ru_maxrss = rss;
}

void
statclock(int usermode)
{
	struct thread *td;

	td = curthread;
	PCPU_GET(cp_time)[statclock_account(td, usermode)]++;
	statclock_rss(td);
	thread_lock(td);
	charge_runtime(td);
	SDT_PROBE2(sched, , , tick, td, td->td_proc);
	sched_clock(td);
	thread_unlock(td);
}
