/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dtrace's commands: all held, all released together, waited for as they end.
 *
 * The arguments are what the host makes of -c and -p: "-c COUNT WORD…" for each command, "-p PID";
 * without any option they are the words of one command.
 */
#include "commands.h"

#include <err.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <abi/pvctl.h>

#define PATIENCE 100		/* looks at a command that is asked to end, */
#define LOOK_NS 10000000L	/* so long apart, before it is killed */

/* Fork one command of so many words; return the argument after them. */
static char **
fork_words(struct commands *commands, char **argv, int words)
{
	char *next = argv[words];

	if (commands->count == COMMANDS_MAX)
		errx(1, "more than %d commands", COMMANDS_MAX);
	argv[words] = NULL;
	run_fork(&commands->run[commands->count++], argv);
	argv[words] = next;
	return (argv + words);
}

static int
count_words(char **argv)
{
	int n = 0;

	while (argv[n] != NULL)
		n++;
	return (n);
}

/* Fork what the arguments say; every command is held when this returns. */
void
commands_fork(struct commands *commands, char **argv)
{
	memset(commands, 0, sizeof(*commands));
	run_open(&commands->control);
	if (argv[0] != NULL && argv[0][0] != '-')
		argv = fork_words(commands, argv, count_words(argv));
	while (argv[0] != NULL && argv[1] != NULL) {
		if (strcmp(argv[0], "-p") == 0) {
			commands->grabbed = atoi(argv[1]);
			argv += 2;
		} else if (atoi(argv[1]) > 0 && atoi(argv[1]) <= count_words(argv + 2)) {
			argv = fork_words(commands, argv + 2, atoi(argv[1]));
		} else {
			errx(1, "%s %s: bad command", argv[0], argv[1]);
		}
	}
	commands->running = commands->count;
}

/* Return the process that $target means: the first command, or the one grabbed; 0 without either. */
pid_t
commands_target(const struct commands *commands)
{
	return (commands->count > 0 ? commands->run[0].pid : commands->grabbed);
}

/* Mark the start or the end of the run, for the target. */
void
commands_mark(const struct commands *commands, int mark)
{
	struct run control = commands->control;

	control.pid = commands_target(commands);
	run_mark(&control, mark);
}

/* Let all commands execute. */
void
commands_release(struct commands *commands)
{
	commands_mark(commands, PV_MARK_START);
	for (int i = 0; i < commands->count; i++)
		run_release(&commands->run[i]);
}

/* Take the times of every command that has ended; true once all have. */
bool
commands_reap(struct commands *commands)
{
	for (int i = 0; i < commands->count; i++)
		if (!commands->run[i].ended && run_reap(&commands->run[i]))
			commands->running--;
	return (commands->running == 0);
}

static void
send(const struct commands *commands, int signal)
{
	for (int i = 0; i < commands->count; i++)
		if (!commands->run[i].ended)
			kill(commands->run[i].pid, signal);
}

/* Ask what still runs, or is stopped, to end; wait a while, then kill it. */
void
commands_end(struct commands *commands, int signal)
{
	struct timespec look = { .tv_nsec = LOOK_NS };

	send(commands, signal);
	send(commands, SIGCONT);
	for (int n = 0; n < PATIENCE && !commands_reap(commands); n++)
		nanosleep(&look, NULL);
	send(commands, SIGKILL);
	for (int i = 0; i < commands->count; i++)
		if (!commands->run[i].ended)
			run_wait(&commands->run[i]);
}

/* Kill all commands, still held: the run will not happen. */
void
commands_discard(struct commands *commands)
{
	for (int i = 0; i < commands->count; i++)
		run_discard(&commands->run[i]);
}

/* Hand the times of all commands to the host. */
void
commands_report(const struct commands *commands)
{
	for (int i = 0; i < commands->count; i++)
		run_report(&commands->run[i]);
}
