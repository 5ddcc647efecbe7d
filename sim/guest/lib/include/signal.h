/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals: numbers, sigaction() and kill().
 * Numbers and the flag and mask layouts are FreeBSD's.
 */
#ifndef _SIGNAL_H_
#define _SIGNAL_H_

#include <sys/types.h>

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGABRT 6
#define SIGFPE 8
#define SIGKILL 9
#define SIGBUS 10
#define SIGSEGV 11
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15
#define SIGSTOP 17
#define SIGSTOP 17
#define SIGCONT 19
#define SIGCHLD 20
#define SIGINFO 29
#define SIGUSR1 30
#define SIGUSR2 31

#define SIG_BLOCK 1
#define SIG_UNBLOCK 2
#define SIG_SETMASK 3

#define SA_RESTART 0x0002

typedef struct {
	uint32_t bits[4];
} sigset_t;

typedef void (*sig_t)(int);

struct sigaction {
	sig_t sa_handler;
	int sa_flags;
	sigset_t sa_mask;
};

#define SIG_DFL ((sig_t)0)
#define SIG_IGN ((sig_t)1)
#define SIG_ERR ((sig_t)-1)

int sigaction(int, const struct sigaction *, struct sigaction *);
int sigprocmask(int, const sigset_t *, sigset_t *);
int kill(pid_t, int);
int raise(int);
sig_t signal(int, sig_t);

#endif
