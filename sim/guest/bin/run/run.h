/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Running a command held: it is forked and stops itself before exec until it is released, so that
 * a tracer can be switched on in between.  time(1) and dtrace share these steps; each is reported
 * to the host through /dev/pvctl.
 */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

struct run {
	int control;		/* /dev/pvctl */
	pid_t pid;
	bool ended;
	int status;		/* as from wait4 */
	uint64_t start_ns;
	uint64_t real_ns;	/* release of the held child to the end of wait4 */
	struct rusage usage;
};

void run_open(struct run *);
void run_fork(struct run *, char **argv);
void run_release(struct run *);
void run_wait(struct run *);
bool run_reap(struct run *);
void run_discard(struct run *);
void run_mark(const struct run *, int mark);
void run_report(const struct run *);
int run_exit_status(const struct run *);

#endif
