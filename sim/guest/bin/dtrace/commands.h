/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What dtrace is told to watch: commands, held until tracing is on, or a process that is there already.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include <stdbool.h>

#include "../run/run.h"

#define COMMANDS_MAX 32

struct commands {
	struct run control;	/* marks; has no child */
	struct run run[COMMANDS_MAX];
	int count;
	int running;
	pid_t grabbed;		/* -p, 0 = none */
};

void commands_fork(struct commands *, char **argv);
pid_t commands_target(const struct commands *);
void commands_mark(const struct commands *, int mark);
void commands_release(struct commands *);
bool commands_reap(struct commands *);
void commands_end(struct commands *, int signal);
void commands_discard(struct commands *);
void commands_report(const struct commands *);

#endif
