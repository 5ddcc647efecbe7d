/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Starting up: each SYSINIT() adds a step to the linker set set_sysinit_set; mi_startup() runs them in
 * order of subsystem and, within one, of order.  The numbers are FreeBSD's.  Also what the clock
 * interrupt calls.
 */
#ifndef _SYS_KERNEL_H_
#define	_SYS_KERNEL_H_

#include <sys/systm.h>	/* hz, stathz, tick, ticks, cold */

extern char hostname[];

enum sysinit_sub_id {
	SI_SUB_TUNABLES		= 0x0700000,
	SI_SUB_VM		= 0x1000000,
	SI_SUB_KMEM		= 0x1800000,
	SI_SUB_LOCK		= 0x1B00000,
	SI_SUB_EVENTHANDLER	= 0x1C00000,
	SI_SUB_KLD		= 0x2000000,
	SI_SUB_CPU		= 0x2100000,
	SI_SUB_INTRINSIC	= 0x2800000,
	SI_SUB_RUN_QUEUE	= 0x2B00000,
	SI_SUB_DTRACE		= 0x2DC0000,
	SI_SUB_DTRACE_PROVIDER	= 0x2DD0000,
	SI_SUB_DEVFS		= 0x2F00000,
	SI_SUB_DRIVERS		= 0x3100000,
	SI_SUB_CONFIGURE	= 0x3800000,
	SI_SUB_VFS		= 0x4000000,
	SI_SUB_CLOCKS		= 0x4800000,
	SI_SUB_EXEC		= 0x7400000,
	SI_SUB_SOFTINTR		= 0x8400000,
	SI_SUB_ROOT_CONF	= 0xb000000,
	SI_SUB_CREATE_INIT	= 0xb5fffff,
	SI_SUB_KTHREAD_INIT	= 0xe000000,
	SI_SUB_KTHREAD_UPDATE	= 0xec00000,
	SI_SUB_KTHREAD_IDLE	= 0xee00000,
	SI_SUB_RUN_SCHEDULER	= 0xfffffff
};

enum sysinit_elem_order {
	SI_ORDER_FIRST	= 0x0000000,
	SI_ORDER_SECOND	= 0x0000001,
	SI_ORDER_THIRD	= 0x0000002,
	SI_ORDER_FOURTH	= 0x0000003,
	SI_ORDER_MIDDLE	= 0x1000000,
	SI_ORDER_ANY	= 0xfffffff
};

typedef void sysinit_cfunc_t(void *);

struct sysinit {
	u_int	subsystem;
	u_int	order;
	sysinit_cfunc_t *func;
	void	*udata;
	const char *name;
};

#define	SYSINIT(ident, sub, ord, fn, arg)				\
	static struct sysinit ident##_sys_init = {			\
		(sub), (ord), (sysinit_cfunc_t *)(void *)(fn), (arg), #ident	\
	};								\
	static struct sysinit *ident##_sys_init_p			\
	    __attribute__((section("set_sysinit_set"), used)) = &ident##_sys_init

/* kern_clock.c; cpu is always 0 */
void	hardclock(int usermode, uintptr_t pc);
void	statclock(int usermode);
void	clockinit(void);

#endif
