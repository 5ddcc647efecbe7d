/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Accounting of CPU time: statclock counts ticks in user, system and interrupt mode; calcru()
 * scales the exactly measured run time by those counts, which is why time(1) wavers.
 */
#ifndef _SYS_RESOURCEVAR_H_
#define	_SYS_RESOURCEVAR_H_

#include <sys/resource.h>

struct proc;
struct thread;

void	calcru(struct proc *p, struct timeval *up, struct timeval *sp);
void	calccru(struct proc *p, struct timeval *up, struct timeval *sp);
void	ruadd(struct rusage *ru, struct rusage *ru2);
void	rucollect(struct rusage *ru, struct rusage *ru2);
void	rufetch(struct proc *p, struct rusage *ru);
void	ruxagg(struct proc *p, struct thread *td);
int	kern_getrusage(struct thread *td, int who, struct rusage *rup);

#endif
