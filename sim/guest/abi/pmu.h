/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The performance monitor as programs reach it, by sysctl(2): CTL_MACHDEP, CPU_PMU_EVENTS takes PMU_EVENTS event numbers
 * (32 bits each) and starts counting, CPU_PMU_COUNTS gives a struct pmu_report.  Event numbers are the Cortex-A8
 * manual's (table 3-89).
 */
#ifndef ABI_PMU_H
#define ABI_PMU_H

#include <stdint.h>

#define	PMU_EVENTS	4
#define	CPU_PMU_EVENTS	100
#define	CPU_PMU_COUNTS	101

struct pmu_counts {
	uint64_t	cycles;
	uint64_t	event[PMU_EVENTS];
};

struct pmu_report {
	struct pmu_counts	self, children;		/* children: those waited for, and theirs */
};

#endif
