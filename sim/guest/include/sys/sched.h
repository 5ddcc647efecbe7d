/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The scheduler's interface (4BSD).  Everything but sched_add's callers' convenience wrappers
 * expects sched_lock to be held.
 */
#ifndef _SYS_SCHED_H_
#define	_SYS_SCHED_H_

#include <sys/types.h>
#include <sys/priority.h>

struct thread;
struct proc;

#define	SRQ_BORING	0x0000
#define	SRQ_YIELDING	0x0001
#define	SRQ_INTR	0x0004
#define	SRQ_PREEMPTED	0x0008

void	schedinit(void);
void	sched_add(struct thread *td, int flags);
void	sched_rem(struct thread *td);
void	sched_switch(struct thread *td, struct thread *newtd, int flags);
struct thread *sched_choose(void);
struct thread *choosethread(void);
void	sched_clock(struct thread *td);
void	sched_fork(struct thread *td, struct thread *childtd);
void	sched_exit(struct proc *p, struct thread *td);
void	sched_prio(struct thread *td, u_char prio);
void	sched_user_prio(struct thread *td, u_char prio);
void	sched_userret(struct thread *td);
void	sched_sleep(struct thread *td, int prio);
void	sched_wakeup(struct thread *td);
void	sched_relinquish(struct thread *td);
void	sched_idletd(void *dummy);
int	sched_runnable(void);
int	sched_load(void);
void	sched_throw(struct thread *td) __attribute__((noreturn));
void	sched_fork_exit(struct thread *td);
void	maybe_resched(struct thread *td);
void	resetpriority(struct thread *td);
void	resetpriority_thread(struct thread *td);
void	charge_runtime(struct thread *td);
int	sbt_to_ticks(sbintime_t sbt);
int	setrunnable(struct thread *td);
void	schedcpu(void *arg);

#endif
