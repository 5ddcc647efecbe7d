/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signal numbers and sets; FreeBSD's values. */
#ifndef _SYS_SIGNAL_H_
#define	_SYS_SIGNAL_H_

#include <sys/types.h>

#define	SIGHUP		1
#define	SIGINT		2
#define	SIGQUIT		3
#define	SIGILL		4
#define	SIGTRAP		5
#define	SIGABRT		6
#define	SIGEMT		7
#define	SIGFPE		8
#define	SIGKILL		9
#define	SIGBUS		10
#define	SIGSEGV		11
#define	SIGSYS		12
#define	SIGPIPE		13
#define	SIGALRM		14
#define	SIGTERM		15
#define	SIGURG		16
#define	SIGSTOP		17
#define	SIGTSTP		18
#define	SIGCONT		19
#define	SIGCHLD		20
#define	SIGTTIN		21
#define	SIGTTOU		22
#define	SIGIO		23
#define	SIGXCPU		24
#define	SIGXFSZ		25
#define	SIGVTALRM	26
#define	SIGPROF		27
#define	SIGWINCH	28
#define	SIGINFO		29
#define	SIGUSR1		30
#define	SIGUSR2		31
#define	NSIG		32

#define	SIG_BLOCK	1
#define	SIG_UNBLOCK	2
#define	SIG_SETMASK	3

#define	ILL_ILLOPC	1
#define	SEGV_MAPERR	1
#define	SEGV_ACCERR	2
#define	BUS_ADRALN	1
#define	BUS_OBJERR	3
#define	TRAP_BRKPT	1
#define	CLD_EXITED	1
#define	CLD_KILLED	2

/* Machine faults, as proc:::fault numbers them. */
#define	FLTILL		1
#define	FLTBPT		3
#define	FLTACCESS	5	/* misaligned */
#define	FLTBOUNDS	6	/* no such memory, or not so */
#define	FLTPAGE		11

typedef struct __sigset {
	uint32_t __bits[4];
} sigset_t;

#endif
