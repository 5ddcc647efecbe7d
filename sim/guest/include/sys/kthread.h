/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernel processes: kproc_create() makes one that runs func(arg) and is never waited for. */
#ifndef _SYS_KTHREAD_H_
#define	_SYS_KTHREAD_H_

struct proc;

int	kproc_create(void (*func)(void *), void *arg, struct proc **newpp, int flags, int pages, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
void	kproc_exit(int ecode) __attribute__((noreturn));

#endif
