/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CPUs: cpuinfo_t, which the sched provider passes, and curcpu.  There is one.
 */
#pragma D depends_on module kernel

typedef int processor_info_t;
typedef int chipid_t;
typedef int lgrp_id_t;
typedef int psetid_t;

typedef struct cpuinfo {
	processorid_t cpu_id;
	psetid_t cpu_pset;
	chipid_t cpu_chip;
	lgrp_id_t cpu_lgrp;	/* latency group */
	processor_info_t cpu_info;
} cpuinfo_t;

translator cpuinfo_t < struct pcpu *C > {
	cpu_id = C->pc_cpuid;
	cpu_pset = -1;
	cpu_chip = C->pc_cpuid;
	cpu_lgrp = 0;
	cpu_info = 0;
};

inline cpuinfo_t *curcpu = xlate < cpuinfo_t * > (&`__pcpu);
