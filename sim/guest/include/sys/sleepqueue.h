/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sleep queues: threads waiting on an address hang on a hashed chain.  sched_lock guards them all
 * (one CPU), which also makes them usable from interrupt handlers.
 */
#ifndef _SYS_SLEEPQUEUE_H_
#define	_SYS_SLEEPQUEUE_H_

#include <sys/types.h>

struct thread;

void	init_sleepqueues(void);
void	sleepq_add(const void *wchan, const char *wmesg, int flags);
void	sleepq_set_timeout(int timo);
void	sleepq_wait(const void *wchan, int pri);
int	sleepq_wait_sig(const void *wchan, int pri);
int	sleepq_timedwait(const void *wchan, int pri);
int	sleepq_timedwait_sig(const void *wchan, int pri);
int	sleepq_signal(const void *wchan);
int	sleepq_broadcast(const void *wchan);
int	sleepq_abort(struct thread *td, int intrval);
void	sleepq_remove(struct thread *td);
void	sleepq_timeout(void *arg);

#define	SLEEPQ_INTERRUPTIBLE	0x100

#endif
