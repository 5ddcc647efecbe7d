/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pvctl: the paravirtual control device between guest and host.
 *
 * The guest writes PV_EVENT after filling PV_ARG0..; the machine stands still while the host
 * acts on it, so an event costs the guest its few device accesses and nothing else.  The host
 * answers in the mailbox, a stretch of RAM at the top of memory (see struct pv_request).
 * This file is read by the C compiler and by sim/abi.py: plain #defines of integers only.
 */
#ifndef ABI_PVCTL_H
#define ABI_PVCTL_H

#define PV_BASE			0x4f000000	/* physical address */
#define PV_IRQ			77
#define PV_MAGIC		0x42525050	/* "PPRB" */

/* Registers (byte offsets). */
#define PV_ID			0x00	/* R: PV_MAGIC */
#define PV_EVENT		0x04	/* W: PV_EV_*, stops the machine for the host */
#define PV_STATUS		0x08	/* R: PV_ST_*; W: clears the bits written as 1 */
#define PV_ARG0			0x10	/* RW: eight words of arguments, 0x10..0x2c */
#define PV_MAILBOX		0x40	/* R: physical address of the mailbox */
#define PV_MAILBOX_BYTES	0x44	/* R: its size */

#define PV_ST_INTERRUPT		0x1	/* the host's user asked to stop */

/* Events and their arguments. */
#define PV_EV_READY		1	/* init waits for a request */
#define PV_EV_MARK		2	/* arg0 = PV_MARK_*, arg1 = pid of the workload */
#define PV_EV_EXECFAIL		3	/* arg0 = errno, arg1 = pid */
#define PV_EV_REPORT		4	/* arg0 = kernel address of struct pv_report */
#define PV_EV_DONE		5	/* arg0 = wait status of the request's program */
#define PV_EV_BUFFER		6	/* arg0 = kind, arg1 = cpu, arg2 = kernel address, arg3 = bytes,
					   arg4 = drops, arg5 = errors, arg6/7 = time in ns (lo, hi) */
#define PV_EV_LOADED		7	/* the D program is accepted: layouts written back in place */
#define PV_EV_REJECTED		8	/* the D program is refused: reason in its header */
#define PV_EV_PANIC		9	/* arg0 = kernel address of the message */
#define PV_EV_ACTIVITY		10	/* arg0 = tracing activity: 1 active, 2 draining, 3 stopped, 4 killed; arg1 = exit() value */
#define PV_EV_LOST		11	/* arg0 = kind PV_LOST_*, arg1 = count since the last report */
#define PV_EV_MAPPING		12	/* a file is mapped executable: arg0 = pid, arg1 = address, arg2 = bytes, arg3 = offset in
					   the file, arg4 = kernel address of its path; bytes 0: the process has a new map */
#define PV_EV_GRABFAIL		13	/* arg0 = errno, arg1 = pid that was to be grabbed */

#define PV_MARK_START		0
#define PV_MARK_END		1

#define PV_BUF_PRINCIPAL	0
#define PV_BUF_AGGREGATION	1

#define PV_LOST_RECURSION	0	/* firings refused because the CPU was already in a probe */
#define PV_LOST_DYNVAR		1	/* dynamic variable drops */
#define PV_LOST_SPECULATION	2	/* records that did not fit a speculation's buffer, or it the principal buffer */
#define PV_LOST_SPEC_BUSY	3	/* speculation() found buffers that were still to be cleaned */
#define PV_LOST_SPEC_UNAVAIL	4	/* speculation() found none free */
#define PV_LOST_DOUBLE_ERROR	5	/* faults in clauses of dtrace:::ERROR */
#define PV_LOST_DYNVAR_DIRTY	6	/* dynamic variable drops while freed ones wait to be cleaned */
#define PV_LOST_DYNVAR_RINSING	7	/* the same, while they are being cleaned */
#define PV_LOST_MISSED		8	/* firings of profile and tick probes left out, as others took too long */

/* The request, at the start of the mailbox; offsets count from there. */
#define PV_REQ_MAGIC		0x51525650	/* "PVRQ" */
#define PV_NOISE_PAGE_ORDER	0x1
#define PV_NOISE_TIMER_PHASE	0x2
#define PV_NOISE_STACK_GAP	0x4
#define PV_NOISE_BACKGROUND	0x8

#ifndef PV_NO_STRUCTS
struct pv_request {
	unsigned int	magic;
	unsigned int	argv_off;	/* argv strings, each ended by NUL */
	unsigned int	argv_bytes;
	unsigned int	prog_off;	/* struct dprog_hdr, 8-aligned; 0 = none */
	unsigned int	prog_bytes;
	unsigned int	noise;		/* PV_NOISE_* */
	unsigned int	seed_lo;
	unsigned int	seed_hi;
	unsigned int	env_off;	/* environment strings for the program, as argv */
	unsigned int	env_bytes;
};

struct pv_report {
	unsigned int	pid;
	unsigned int	status;		/* as from wait4 */
	unsigned long long real_ns;	/* release of the held child to the end of wait4 */
	unsigned long long utime_us;	/* rusage, as calcru() scales statclock ticks */
	unsigned long long stime_us;
	unsigned int	minflt;
	unsigned int	nvcsw;
	unsigned int	nivcsw;
	unsigned int	pad;
};

/* ioctls of /dev/pvctl; the third argument is a value or a user pointer. */
#define PVIOC_READY		0x5001
#define PVIOC_HOLD		0x5002	/* sleep until the parent's PVIOC_RELEASE */
#define PVIOC_RELEASE		0x5003	/* value: pid of the held child */
#define PVIOC_MARK		0x5004	/* pointer to { int mark; int pid } */
#define PVIOC_EXECFAIL		0x5005	/* value: errno */
#define PVIOC_REPORT		0x5006	/* pointer to struct pv_report */
#define PVIOC_DONE		0x5007	/* value: wait status */
#define PVIOC_GRABFAIL		0x5009	/* pointer to { int errno; int pid } */
#define PVIOC_ENV		0x5008	/* pointer to { char *buf; unsigned len }: copies the environment strings, returns bytes */
#endif

#endif
