/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From initarm() to init: mi_startup() runs the SYSINIT steps in the order of their subsystem numbers,
 * turning the boot thread into process 0, and ends as the swapper, which has nothing to do.  The last
 * steps create init (process 1), the kernel's own processes, and let the scheduler go.
 *
 * Locking: there is only this thread until cold becomes 0.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/filedesc.h>
#include <sys/imgact.h>
#include <sys/kernel.h>
#include <sys/kenv.h>
#include <sys/kthread.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/callout.h>
#include <sys/dtrace.h>
#include <sys/linker.h>
#include <sys/resource.h>
#include <sys/sched.h>
#include <sys/sdt.h>
#include <sys/signalvar.h>
#include <sys/sleepqueue.h>
#include <sys/syscallsubr.h>
#include <sys/sysent.h>
#include <sys/timeet.h>
#include <sys/timetc.h>
#include <sys/vnode.h>
#include <machine/cpu.h>
#include <machine/machdep.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/pmap.h>

SDT_PROBE_DEFINE1(sysinfo, , sched_idletd, idlethread, "int");

struct proc proc0;
struct thread thread0;
struct proc *initproc;
static struct sigacts sigacts0;
int cold = 1;

/* Makes the boot thread process 0. */
void
proc0_init(void *dummy)
{
	struct proc *p = &proc0;
	struct thread *td = &thread0;

	procinit();
	proc_linkup(p, td);
	p->p_pid = 0;
	p->p_flag = P_SYSTEM | P_KTHREAD | P_INMEM;
	p->p_state = PRS_NORMAL;
	p->p_sysent = &elf32_freebsd_sysvec;
	p->p_sigacts = &sigacts0;
	sigacts0.ps_refcnt = 1;
	mtx_init(&sigacts0.ps_mtx, "sigacts", NULL, MTX_DEF);
	p->p_pptr = p;
	strlcpy(p->p_comm, "kernel", sizeof(p->p_comm));
	strlcpy(td->td_name, "swapper", sizeof(td->td_name));
	td->td_state = TDS_RUNNING;
	td->td_oncpu = 1;
	td->td_pri_class = PRI_TIMESHARE;
	td->td_priority = td->td_base_pri = PVM;
	td->td_user_pri = PUSER;
	td->td_pflags |= TDP_KTHREAD;
	p->p_ucred = crget();
	td->td_ucred = crhold(p->p_ucred);
	p->p_vmspace = &vmspace0;
	vmspace0_init();
	p->p_fd = fdinit(NULL);
	proc_insert(p);
}

/* The first user process: what a forked kernel process does to become /sbin/init. */
void
start_init(void *dummy)
{
	static char path[] = "/sbin/init";
	struct image_args args;
	int error;

	(void)exec_alloc_args(&args);
	strlcpy(args.fname, path, PATH_MAX);
	args.begin_argv = args.buf;
	bcopy(path, args.buf, sizeof(path));
	args.begin_envv = args.endp = args.buf + sizeof(path);
	args.stringspace -= (int)sizeof(path);
	args.argc = 1;
	error = kern_execve(curthread, &args);
	if (error != EJUSTRETURN)
		panic("start_init: cannot exec %s, error %d", path, error);
}

/* Creates process 1, which waits for the scheduler. */
void
create_init(void *dummy)
{
	struct thread *td;
	int error;

	error = fork1(&thread0, RFFDG | RFPROC | RFSTOPPED, 0, &initproc);
	if (error != 0)
		panic("create_init: fork failed, error %d", error);
	PROC_LOCK(initproc);
	initproc->p_flag &= ~(P_SYSTEM | P_KTHREAD);
	PROC_UNLOCK(initproc);
	strlcpy(initproc->p_comm, "init", sizeof(initproc->p_comm));
	enternewpgrp(initproc);
	td = FIRST_THREAD_IN_PROC(initproc);
	cpu_set_fork_handler(td, start_init, NULL);
	thread_lock(td);
	td->td_pri_class = PRI_TIMESHARE;
	sched_prio(td, PUSER);
	sched_user_prio(td, PUSER);
	sched_add(td, SRQ_BORING);
	thread_unlock(td);
}

/* The thread that runs when no other can. */
void
sched_idletd(void *dummy)
{
	struct thread *td;

	td = curthread;
	for (;;) {
		SDT_PROBE1(sysinfo, , sched_idletd, idlethread, 1);
		while (!sched_runnable())
			cpu_idle(0);
		thread_lock(td);
		mi_switch(SW_VOL, NULL);
		thread_unlock(td);
	}
}

void
idle_setup(void *dummy)
{
	struct proc *p;
	struct thread *td;
	int error;

	error = kproc_create(sched_idletd, NULL, &p, RFSTOPPED, 0, "idle");
	if (error != 0)
		panic("idle_setup: cannot create the idle process, error %d", error);
	td = FIRST_THREAD_IN_PROC(p);
	thread_lock(td);
	td->td_flags |= TDF_IDLETD;
	td->td_pri_class = PRI_IDLE;
	td->td_priority = td->td_base_pri = PRI_MAX_IDLE;
	PCPU_SET(idlethread, td);
	thread_unlock(td);
}

/* The kernel's own processes. */
void
kproc_start(void *dummy)
{
	if (kproc_create(softclock, NULL, NULL, 0, 0, "swi4: clock") != 0)
		panic("kproc_start: cannot create softclock");
}

void
sched_start(void *dummy)
{
	PCPU_SET(switchtime, cpu_ticks());
	cold = 0;
	schedcpu(NULL);
	loadavinit();
}

void
clocks_init(void *dummy)
{
	cpu_initclocks();
	enable_interrupts(PSR_I | PSR_F);
}

SYSINIT(clock_rates, SI_SUB_TUNABLES, SI_ORDER_FIRST, clockinit, NULL);
SYSINIT(scheduler, SI_SUB_TUNABLES, SI_ORDER_SECOND, schedinit, NULL);
SYSINIT(sleep_queues, SI_SUB_TUNABLES, SI_ORDER_THIRD, init_sleepqueues, NULL);
SYSINIT(callouts, SI_SUB_TUNABLES, SI_ORDER_FOURTH, callout_init_wheel, NULL);
SYSINIT(kernel_linker, SI_SUB_KLD, SI_ORDER_FIRST, linker_init, NULL);
SYSINIT(descriptors, SI_SUB_INTRINSIC, SI_ORDER_FIRST, filedescinit, NULL);
SYSINIT(process_0, SI_SUB_INTRINSIC, SI_ORDER_SECOND, proc0_init, NULL);
SYSINIT(clocks, SI_SUB_CLOCKS, SI_ORDER_MIDDLE, clocks_init, NULL);
SYSINIT(tracing, SI_SUB_ROOT_CONF, SI_ORDER_ANY, dtrace_init, NULL);
SYSINIT(init_process, SI_SUB_CREATE_INIT, SI_ORDER_FIRST, create_init, NULL);
SYSINIT(kernel_processes, SI_SUB_KTHREAD_INIT, SI_ORDER_FIRST, kproc_start, NULL);
SYSINIT(idle_process, SI_SUB_KTHREAD_IDLE, SI_ORDER_FIRST, idle_setup, NULL);
SYSINIT(let_go, SI_SUB_RUN_SCHEDULER, SI_ORDER_ANY, sched_start, NULL);

/* The rest of process 0's life. */
void
swapper(void)
{
	for (;;)
		tsleep(&proc0, PVM, "swapin", 0);
}

extern struct sysinit *__start_set_sysinit_set[], *__stop_set_sysinit_set[];

/* Sorts the steps by subsystem and order; what compares equal stays as it was. */
void
sysinit_sort(struct sysinit **begin, struct sysinit **end)
{
	struct sysinit **i, **j, *save;

	for (i = begin + 1; i < end; i++) {
		save = *i;
		for (j = i; j > begin && (j[-1]->subsystem > save->subsystem ||
		    (j[-1]->subsystem == save->subsystem && j[-1]->order > save->order)); j--)
			*j = j[-1];
		*j = save;
	}
}

void
mi_startup(void)
{
	struct sysinit **sipp;
	int verbose;

	verbose = 0;
	TUNABLE_INT_FETCH("boot_verbose", &verbose);
	sysinit_sort(__start_set_sysinit_set, __stop_set_sysinit_set);
	for (sipp = __start_set_sysinit_set; sipp < __stop_set_sysinit_set; sipp++) {
		if (verbose)
			printf("mi_startup: %s\n", (*sipp)->name);
		(*(*sipp)->func)((*sipp)->udata);
	}
	swapper();
	panic("mi_startup: swapper returned");
}
