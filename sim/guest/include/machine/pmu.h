/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The performance monitor, shared by all processes: each has counts of its own (arm/pmu.c). */
#ifndef _MACHINE_PMU_H_
#define	_MACHINE_PMU_H_

#include <sys/types.h>
#include <abi/pmu.h>

struct proc;
struct thread;

void	pmu_charge(struct proc *);
void	pmu_reap(struct proc *parent, struct proc *child);
int	pmu_sysctl(struct thread *, int leaf, void *old, size_t *oldlenp, void *new, size_t newlen);

/* cpufunc.S */
void	cp15_pmcr_set(uint32_t);
void	cp15_pmcntenset_set(uint32_t);
void	cp15_pmselr_set(uint32_t);
void	cp15_pmxevtyper_set(uint32_t);
uint32_t cp15_pmccntr_get(void);
uint32_t cp15_pmxevcntr_get(void);

#endif
