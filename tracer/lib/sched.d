/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CPUs: cpuinfo_t from the kernel's struct pcpu, and curcpu. There is one CPU, in no set and no group.
 */
#pragma D depends_on module kernel

typedef int psetid_t;
typedef int chipid_t;
typedef int lgrp_id_t;
typedef int processor_info_t;

typedef struct cpuinfo {
	processorid_t cpu_id;	/* number of the CPU */
	psetid_t cpu_pset;	/* processor set */
	chipid_t cpu_chip;	/* chip */
	lgrp_id_t cpu_lgrp;	/* latency group */
	processor_info_t cpu_info;	/* nothing is known */
} cpuinfo_t;

#pragma D binding "1.0" translator
translator cpuinfo_t < struct pcpu *C > {
	cpu_id = C->pc_cpuid;
	cpu_pset = -1;
	cpu_chip = 0;
	cpu_lgrp = 0;
	cpu_info = 0;
};

inline cpuinfo_t *curcpu = xlate <cpuinfo_t *> (&`__pcpu);
#pragma D attributes Stable/Stable/Common curcpu
#pragma D binding "1.0" curcpu

inline psetid_t pset = curcpu->cpu_pset;
#pragma D attributes Stable/Stable/Common pset
#pragma D binding "1.0" pset

inline chipid_t chip = curcpu->cpu_chip;
#pragma D attributes Stable/Stable/Common chip
#pragma D binding "1.0" chip

inline lgrp_id_t lgrp = curcpu->cpu_lgrp;
#pragma D attributes Stable/Stable/Common lgrp
#pragma D binding "1.0" lgrp
