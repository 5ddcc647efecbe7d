/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The control device towards the rest of the kernel: telling the host something, and the request
 * it has put in the mailbox.
 */
#ifndef _SYS_PVCTL_H_
#define	_SYS_PVCTL_H_

#include <sys/types.h>

extern volatile int pvctl_interrupted;	/* the host asked to stop; cleared at the next request */

void	pvctl_event(u_int event, u_int nargs, const u_int *args);	/* the machine stands still meanwhile */
void	*pvctl_program(u_int *bytes);		/* the D program of the request; NULL if none or out of bounds */

#endif
