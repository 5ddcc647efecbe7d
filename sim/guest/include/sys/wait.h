/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wait4(2)'s options and the status word: low 7 bits the signal, next byte the exit status. */
#ifndef _SYS_WAIT_H_
#define	_SYS_WAIT_H_

#define	WNOHANG		1
#define	WUNTRACED	2
#define	WCOREFLAG	0200

#define	W_EXITCODE(ret, sig)	((ret) << 8 | (sig))
#define	WIFEXITED(x)		(((x) & 0177) == 0)
#define	WEXITSTATUS(x)		(((x) >> 8) & 0xff)
#define	WIFSIGNALED(x)		(((x) & 0177) != 0177 && ((x) & 0177) != 0)
#define	WTERMSIG(x)		((x) & 0177)

#define	WAIT_ANY	(-1)
#define	WAIT_MYPGRP	0

#endif
