/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The 4BSD scheduler: one run queue, priorities that sink with recent CPU use, and a time slice
 * counted by statclock.  A better thread that becomes runnable takes the CPU on the way back to user
 * mode; the kernel itself is not preempted.
 *
 * Locking: sched_lock, a spin mutex that is also every thread's td_lock.  It is held across
 * cpu_switch() and belongs to the thread that comes out of it.
 */
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sched.h>
#include <sys/runq.h>
#include <sys/sdt.h>
#include <sys/dtrace.h>
#include <machine/cpu.h>

#define	INVERSE_ESTCPU_WEIGHT	8
#define	ESTCPULIM(e)	MIN((e), INVERSE_ESTCPU_WEIGHT * (PRI_MAX_TIMESHARE - PRI_MIN_TIMESHARE))

SDT_PROVIDER_DEFINE(sched);
SDT_PROBE_DEFINE4_XLATE(sched, , , enqueue, "struct thread *", "lwpsinfo_t *", "struct proc *", "psinfo_t *",
    "struct pcpu *", "cpuinfo_t *", "int", NULL);
SDT_PROBE_DEFINE3_XLATE(sched, , , dequeue, "struct thread *", "lwpsinfo_t *", "struct proc *", "psinfo_t *",
    "struct pcpu *", "cpuinfo_t *");
SDT_PROBE_DEFINE2_XLATE(sched, , , off__cpu, "struct thread *", "lwpsinfo_t *", "struct proc *", "psinfo_t *");
SDT_PROBE_DEFINE0(sched, , , on__cpu);
SDT_PROBE_DEFINE0(sched, , , remain__cpu);
SDT_PROBE_DEFINE3_XLATE(sched, , , change__pri, "struct thread *", "lwpsinfo_t *", "struct proc *", "psinfo_t *",
    "uint8_t", NULL);
SDT_PROBE_DEFINE2(sched, , , load__change, "int", "int");
SDT_PROBE_DEFINE2_XLATE(sched, , , surrender, "struct thread *", "lwpsinfo_t *", "struct proc *", "psinfo_t *");
SDT_PROBE_DEFINE1(sysinfo, , sched_switch, pswitch, "int");

struct mtx sched_lock;
static struct runq runq;
static struct callout schedcpu_callout;
static int sched_slice;		/* statclock ticks of a full slice, about 100 ms */
static int sched_tdcnt;		/* runnable threads, the idle one left out */

void
schedinit(void)
{
	mtx_init(&sched_lock, "sched lock", NULL, MTX_SPIN);
	runq_init(&runq);
	sched_slice = stathz / 10 > 0 ? stathz / 10 : 1;
	thread0.td_lock = &sched_lock;
	thread0.td_slice = sched_slice;
	callout_init(&schedcpu_callout, 1);
}

/* Asks for a switch if td should run before the current thread. */
void
maybe_resched(struct thread *td)
{
	mtx_assert(&sched_lock, MA_OWNED);
	if (td->td_priority < curthread->td_priority) {
		SDT_PROBE2(sched, , , surrender, curthread, curproc);
		curthread->td_flags |= TDF_NEEDRESCHED | TDF_ASTPENDING;
	}
}

void
sched_add(struct thread *td, int flags)
{
	mtx_assert(&sched_lock, MA_OWNED);
	KASSERT(td->td_inhibitors == 0, ("sched_add: thread %d is inhibited", td->td_tid));
	TD_SET_RUNQ(td);
	SDT_PROBE4(sched, , , enqueue, td, td->td_proc, &__pcpu, (flags & SRQ_PREEMPTED) != 0);
	runq_add(&runq, td, flags & SRQ_PREEMPTED);
	sched_tdcnt++;
	SDT_PROBE2(sched, , , load__change, curcpu, sched_tdcnt);
	if ((flags & SRQ_YIELDING) == 0)
		maybe_resched(td);
}

void
sched_rem(struct thread *td)
{
	mtx_assert(&sched_lock, MA_OWNED);
	KASSERT(TD_ON_RUNQ(td), ("sched_rem: thread %d is not on the run queue", td->td_tid));
	SDT_PROBE3(sched, , , dequeue, td, td->td_proc, &__pcpu);
	runq_remove(&runq, td);
	sched_tdcnt--;
	SDT_PROBE2(sched, , , load__change, curcpu, sched_tdcnt);
	TD_SET_CAN_RUN(td);
}

int
sched_runnable(void)
{
	return (runq_check(&runq));
}

/* Takes the best thread off the run queue; the idle thread if there is none. */
struct thread *
sched_choose(void)
{
	struct thread *td;

	td = runq_choose(&runq);
	if (td == NULL)
		return (PCPU_GET(idlethread));
	SDT_PROBE3(sched, , , dequeue, td, td->td_proc, &__pcpu);
	runq_remove(&runq, td);
	sched_tdcnt--;
	SDT_PROBE2(sched, , , load__change, curcpu, sched_tdcnt);
	return (td);
}

/* Leaves td for the best runnable thread; returns when td is chosen again. */
void
sched_switch(struct thread *td, struct thread *newtd, int flags)
{
	mtx_assert(&sched_lock, MA_OWNED);
	td->td_flags &= ~(TDF_NEEDRESCHED | TDF_SLICEEND);
	td->td_oncpu = 0;
	if (td->td_flags & TDF_IDLETD)
		TD_SET_CAN_RUN(td);
	else if (TD_IS_RUNNING(td))
		sched_add(td, SRQ_YIELDING | ((flags & SW_INVOL) && td->td_slice > 0 ? SRQ_PREEMPTED : 0));
	if (td->td_slice <= 0)
		td->td_slice = sched_slice;
	if (newtd == NULL)
		newtd = choosethread();
	if (newtd != td) {
		SDT_PROBE1(sysinfo, , sched_switch, pswitch, 1);
		SDT_PROBE2(sched, , , off__cpu, newtd, newtd->td_proc);
		if (dtrace_vtime_switch_func != NULL)
			(*dtrace_vtime_switch_func)(newtd);
		cpu_switch(td, newtd);
		SDT_PROBE0(sched, , , on__cpu);
	} else
		SDT_PROBE0(sched, , , remain__cpu);
	td->td_oncpu = 1;
	sched_lock.mtx_lock = (uintptr_t)td;
}

/* Leaves a dead thread for good; the next one comes out of its own sched_switch() or fork_exit(). */
void
sched_throw(struct thread *td)
{
	struct thread *newtd;

	mtx_assert(&sched_lock, MA_OWNED);
	newtd = choosethread();
	SDT_PROBE1(sysinfo, , sched_switch, pswitch, 1);
	SDT_PROBE2(sched, , , off__cpu, newtd, newtd->td_proc);
	if (dtrace_vtime_switch_func != NULL)
		(*dtrace_vtime_switch_func)(newtd);
	cpu_throw(td, newtd);
}

/* A new thread's first step: takes over the lock it was switched to with. */
void
sched_fork_exit(struct thread *td)
{
	SDT_PROBE0(sched, , , on__cpu);
	td->td_oncpu = 1;
	sched_lock.mtx_lock = (uintptr_t)td;
	sched_lock.mtx_recurse = 0;
}

/* User-mode priority from recent use. */
void
resetpriority(struct thread *td)
{
	u_int newpriority;

	if (td->td_pri_class != PRI_TIMESHARE)
		return;
	newpriority = PUSER + td->td_estcpu / INVERSE_ESTCPU_WEIGHT;
	sched_user_prio(td, MIN(newpriority, PRI_MAX_TIMESHARE));
}

/* Makes the new user priority count at once, unless the thread has a kernel priority from a sleep. */
void
resetpriority_thread(struct thread *td)
{
	if (td->td_pri_class != PRI_TIMESHARE || td->td_priority < PUSER)
		return;
	sched_prio(td, td->td_user_pri);
}

void
sched_user_prio(struct thread *td, u_char prio)
{
	td->td_user_pri = prio;
}

void
sched_prio(struct thread *td, u_char prio)
{
	mtx_assert(&sched_lock, MA_OWNED);
	td->td_base_pri = prio;
	if (td->td_priority == prio)
		return;
	SDT_PROBE3(sched, , , change__pri, td, td->td_proc, prio);
	if (TD_ON_RUNQ(td)) {
		sched_rem(td);
		td->td_priority = prio;
		sched_add(td, SRQ_BORING);
	} else
		td->td_priority = prio;
}

/* Charges the running thread one statclock tick. */
void
sched_clock(struct thread *td)
{
	mtx_assert(&sched_lock, MA_OWNED);
	if (td->td_flags & TDF_IDLETD)
		return;
	td->td_estcpu = ESTCPULIM(td->td_estcpu + 1);
	if (td->td_estcpu % INVERSE_ESTCPU_WEIGHT == 0)
		resetpriority(td);
	if (--td->td_slice <= 0)
		td->td_flags |= TDF_NEEDRESCHED | TDF_SLICEEND | TDF_ASTPENDING;
}

void
sched_fork(struct thread *td, struct thread *childtd)
{
	childtd->td_estcpu = td->td_estcpu;
	childtd->td_slice = sched_slice;
	childtd->td_lock = &sched_lock;
	childtd->td_critnest = 1;	/* its first switch-in holds sched_lock, a spin mutex */
	childtd->td_pri_class = td->td_pri_class == PRI_IDLE ? PRI_TIMESHARE : td->td_pri_class;
	childtd->td_base_pri = childtd->td_user_pri = childtd->td_priority = td->td_user_pri;
}

/* The parent inherits what its child had used. */
void
sched_exit(struct proc *p, struct thread *td)
{
	struct thread *parent;

	parent = FIRST_THREAD_IN_PROC(p);
	thread_lock(parent);
	parent->td_estcpu = ESTCPULIM(parent->td_estcpu + td->td_estcpu);
	resetpriority(parent);
	thread_unlock(parent);
}

void
sched_sleep(struct thread *td, int prio)
{
	td->td_slptick = ticks;
	if (prio != 0 && td->td_pri_class == PRI_TIMESHARE)
		sched_prio(td, prio);
}

void
sched_wakeup(struct thread *td)
{
	mtx_assert(&sched_lock, MA_OWNED);
	td->td_slptick = 0;
	td->td_slice = sched_slice;
	sched_add(td, SRQ_BORING);
}

/* On the way to user mode a kernel priority from sleeping ends. */
void
sched_userret(struct thread *td)
{
	if (td->td_priority == td->td_user_pri)
		return;
	thread_lock(td);
	td->td_priority = td->td_base_pri = td->td_user_pri;
	if (sched_runnable() && runq_choose(&runq)->td_priority < td->td_priority)
		td->td_flags |= TDF_NEEDRESCHED | TDF_ASTPENDING;
	thread_unlock(td);
}

void
sched_relinquish(struct thread *td)
{
	thread_lock(td);
	td->td_slice = 0;
	mi_switch(SW_VOL, NULL);
	thread_unlock(td);
}

int
setrunnable(struct thread *td)
{
	mtx_assert(&sched_lock, MA_OWNED);
	if (td->td_state == TDS_RUNNING || td->td_state == TDS_RUNQ)
		return (0);
	sched_wakeup(td);
	return (0);
}

/* How many threads want a CPU or have one. */
int
sched_load(void)
{
	return (sched_tdcnt);
}

/* Once a second: recent use decays by 2*load / (2*load + 1). */
void
schedcpu(void *arg)
{
	struct proc *p;
	struct thread *td;
	u_int load;

	sx_slock(&allproc_lock);
	FOREACH_PROC_IN_SYSTEM(p) {
		td = FIRST_THREAD_IN_PROC(p);
		if (td == NULL)
			continue;
		thread_lock(td);
		load = 2 * (sched_tdcnt + 1);
		td->td_estcpu = td->td_estcpu * load / (load + 1);
		resetpriority(td);
		resetpriority_thread(td);
		thread_unlock(td);
	}
	sx_sunlock(&allproc_lock);
	callout_reset(&schedcpu_callout, hz, schedcpu, NULL);
}
