/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The performance monitor, made one for every process: the counters run on, and what they have counted since the last
 * switch is added to the process that ran.  Off, and free, until a program asks for events.
 *
 * Locking: sched_lock, but for the sums of children, which the process lock guards.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <machine/pmu.h>

#define	PMCR_E		0x1		/* counting */
#define	PMCR_P		0x2		/* counters to zero */
#define	PMCR_C		0x4		/* cycle counter to zero */
#define	PMCNT_ALL	(0x80000000u | ((1u << PMU_EVENTS) - 1))

static int pmu_on;
static uint32_t pmu_last_cycles, pmu_last[PMU_EVENTS];

/* Adds what was counted since the last call to p. */
void
pmu_charge(struct proc *p)
{
	uint32_t now;

	if (!pmu_on)
		return;
	now = cp15_pmccntr_get();
	p->p_pmu.cycles += now - pmu_last_cycles;
	pmu_last_cycles = now;
	for (u_int i = 0; i < PMU_EVENTS; i++) {
		cp15_pmselr_set(i);
		now = cp15_pmxevcntr_get();
		p->p_pmu.event[i] += now - pmu_last[i];
		pmu_last[i] = now;
	}
}

void
pmu_add(struct pmu_counts *to, const struct pmu_counts *counts)
{
	to->cycles += counts->cycles;
	for (u_int i = 0; i < PMU_EVENTS; i++)
		to->event[i] += counts->event[i];
}

/* The child's counts, and its children's, go to the parent. */
void
pmu_reap(struct proc *parent, struct proc *child)
{
	pmu_add(&parent->p_cpmu, &child->p_pmu);
	pmu_add(&parent->p_cpmu, &child->p_cpmu);
}

/* Count these events from now on; the caller starts at zero. */
void
pmu_select(struct proc *p, const uint32_t *events)
{
	mtx_lock_spin(&sched_lock);
	pmu_on = 1;
	cp15_pmcr_set(0);
	for (u_int i = 0; i < PMU_EVENTS; i++) {
		cp15_pmselr_set(i);
		cp15_pmxevtyper_set(events[i]);
		pmu_last[i] = 0;
	}
	pmu_last_cycles = 0;
	bzero(&p->p_pmu, sizeof(p->p_pmu));
	bzero(&p->p_cpmu, sizeof(p->p_cpmu));
	cp15_pmcntenset_set(PMCNT_ALL);
	cp15_pmcr_set(PMCR_E | PMCR_P | PMCR_C);
	mtx_unlock_spin(&sched_lock);
}

int
pmu_sysctl_report(struct proc *p, void *old, size_t *oldlenp)
{
	struct pmu_report report;
	size_t room, size = sizeof(report);
	int error;

	mtx_lock_spin(&sched_lock);
	pmu_charge(p);
	report.self = p->p_pmu;
	mtx_unlock_spin(&sched_lock);
	PROC_LOCK(p);
	report.children = p->p_cpmu;
	PROC_UNLOCK(p);
	error = copyin(oldlenp, &room, sizeof(room));
	if (error == 0 && room < size)
		error = ENOMEM;
	if (error == 0)
		error = copyout(&report, old, size);
	return (error == 0 ? copyout(&size, oldlenp, sizeof(size)) : error);
}

/* The machdep part of sysctl(2). */
int
pmu_sysctl(struct thread *td, int leaf, void *old, size_t *oldlenp, void *new, size_t newlen)
{
	uint32_t events[PMU_EVENTS];
	int error;

	if (leaf == CPU_PMU_COUNTS)
		return (new != NULL ? EPERM : old == NULL || oldlenp == NULL ? EINVAL : pmu_sysctl_report(td->td_proc, old, oldlenp));
	if (leaf != CPU_PMU_EVENTS)
		return (ENOENT);
	if (new == NULL || newlen != sizeof(events))
		return (EINVAL);
	if ((error = copyin(new, events, sizeof(events))) == 0)
		pmu_select(td->td_proc, events);
	return (error);
}
