/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Resource usage.  Run time is exact (a fine counter read at every switch); how much of it was user
 * and system time is estimated by the share of statclock ticks seen in each, as FreeBSD does.
 *
 * Locking: per-process sums under sched_lock; p_cru under PROC_LOCK.
 */
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/resourcevar.h>
#include <sys/sched.h>
#include <sys/sysproto.h>
#include <sys/timetc.h>
#include <vm/vm.h>
#include <vm/vm_map.h>

/* Adds what the thread has gathered to its process. */
void
ruxagg(struct proc *p, struct thread *td)
{
	thread_lock(td);
	p->p_runtime += td->td_incruntime;
	p->p_uticks += td->td_uticks;
	p->p_sticks += td->td_sticks;
	p->p_iticks += td->td_iticks;
	td->td_incruntime = 0;
	td->td_uticks = td->td_sticks = td->td_iticks = 0;
	thread_unlock(td);
}

/* Splits runtime by ticks; neither part ever goes back between two calls. */
void
calcru1(struct proc *p, struct timeval *up, struct timeval *sp)
{
	uint64_t ut, st, it, tt, tu, uu, su;

	ut = p->p_uticks;
	st = p->p_sticks;
	it = p->p_iticks;
	tt = ut + st + it;
	if (tt == 0) {		/* no tick has seen it: call it system time, as FreeBSD does */
		st = 1;
		tt = 1;
	}
	tu = cputick2usec(p->p_runtime);
	uu = tu * ut / tt;
	su = tu * st / tt;
	if (uu < p->p_uu)
		uu = p->p_uu;
	if (su < p->p_su)
		su = p->p_su;
	if (uu + su > tu) {
		if (uu > tu - su && uu > p->p_uu)
			uu = tu - su;
		else
			su = tu > uu ? tu - uu : 0;
	}
	p->p_uu = uu;
	p->p_su = su;
	up->tv_sec = (time_t)(uu / 1000000);
	up->tv_usec = (long)(uu % 1000000);
	sp->tv_sec = (time_t)(su / 1000000);
	sp->tv_usec = (long)(su % 1000000);
}

void
calcru(struct proc *p, struct timeval *up, struct timeval *sp)
{
	struct thread *td;

	td = FIRST_THREAD_IN_PROC(p);
	if (td != NULL) {
		if (td == curthread) {
			thread_lock(td);
			charge_runtime(td);
			thread_unlock(td);
		}
		ruxagg(p, td);
	}
	calcru1(p, up, sp);
}

/* Times of the children waited for. */
void
calccru(struct proc *p, struct timeval *up, struct timeval *sp)
{
	*up = p->p_cru.ru_utime;
	*sp = p->p_cru.ru_stime;
}

/* Adds ru2 to ru; the largest resident set of the two remains. */
void
rucollect(struct rusage *ru, struct rusage *ru2)
{
	long *ip, *ip2;

	if (ru->ru_maxrss < ru2->ru_maxrss)
		ru->ru_maxrss = ru2->ru_maxrss;
	ip = &ru->ru_first;
	for (ip2 = &ru2->ru_first; ip2 <= &ru2->ru_last; ip2++)
		*ip++ += *ip2;
}

void
ruadd(struct rusage *ru, struct rusage *ru2)
{
	rucollect(ru, ru2);
	timevaladd(&ru->ru_utime, &ru2->ru_utime);
	timevaladd(&ru->ru_stime, &ru2->ru_stime);
}

/* The process's own usage without its times. */
void
rufetch(struct proc *p, struct rusage *ru)
{
	struct thread *td;
	long rss;

	*ru = p->p_ru;
	td = FIRST_THREAD_IN_PROC(p);
	if (td == NULL)
		return;
	rucollect(ru, &td->td_ru);
	if (p->p_vmspace == NULL)
		return;
	rss = vmspace_resident_count(p->p_vmspace) * (PAGE_SIZE / 1024);
	if (ru->ru_maxrss < rss)
		ru->ru_maxrss = rss;
}

int
kern_getrusage(struct thread *td, int who, struct rusage *rup)
{
	struct proc *p;

	p = td->td_proc;
	switch (who) {
	case RUSAGE_SELF:
	case RUSAGE_THREAD:
		rufetch(p, rup);
		calcru(p, &rup->ru_utime, &rup->ru_stime);
		return (0);
	case RUSAGE_CHILDREN:
		PROC_LOCK(p);
		*rup = p->p_cru;
		PROC_UNLOCK(p);
		return (0);
	default:
		return (EINVAL);
	}
}

int
sys_getrusage(struct thread *td, struct getrusage_args *uap)
{
	struct rusage ru;
	int error;

	bzero(&ru, sizeof(ru));
	error = kern_getrusage(td, uap->who, &ru);
	if (error == 0)
		error = copyout(&ru, uap->rusage, sizeof(ru));
	return (error);
}
