/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The few sysctl(3) names the kernel answers: numbers are FreeBSD's. */
#ifndef _SYS_SYSCTL_H_
#define	_SYS_SYSCTL_H_

#define	CTL_KERN	1
#define	CTL_HW		6
#define	CTL_MACHDEP	7	/* machine/pmu.h */
#define	KERN_OSTYPE	1
#define	KERN_OSRELEASE	2
#define	KERN_VERSION	4
#define	KERN_HOSTNAME	10
#define	KERN_CLOCKRATE	12
#define	KERN_OSRELDATE	24
#define	KERN_USRSTACK	33
#define	KERN_PS_STRINGS	32
#define	HW_MACHINE	1
#define	HW_NCPU		3
#define	HW_PHYSMEM	5
#define	HW_PAGESIZE	7

#endif
