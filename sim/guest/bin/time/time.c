/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * time: run a command and report its times to the host.  With -p it also prints them on
 * standard error, in the portable format of time(1); without, it is quiet, because the host prints.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <abi/pvctl.h>

#include "../run/run.h"

static void
print_hundredths(const char *name, uint64_t us)
{
	fprintf(stderr, "%s %llu.%02llu\n", name, us / 1000000, us % 1000000 / 10000);
}

static void
print_times(const struct run *run)
{
	const struct timeval *user = &run->usage.ru_utime, *sys = &run->usage.ru_stime;

	print_hundredths("real", run->real_ns / 1000);
	print_hundredths("user", (uint64_t)user->tv_sec * 1000000 + user->tv_usec);
	print_hundredths("sys", (uint64_t)sys->tv_sec * 1000000 + sys->tv_usec);
}

static void
usage(void)
{
	fprintf(stderr, "usage: time [-p] command\n");
	exit(1);
}

int
main(int argc, char **argv)
{
	bool print = false;
	struct run run;
	int i = 1;

	for (; i < argc && argv[i][0] == '-'; i++) {
		if (argv[i][1] != 'p' || argv[i][2] != '\0')
			usage();
		print = true;
	}
	if (i == argc)
		usage();
	run_fork(&run, argv + i);
	run_mark(&run, PV_MARK_START);
	run_release(&run);
	run_wait(&run);
	run_mark(&run, PV_MARK_END);
	run_report(&run);
	if (print)
		print_times(&run);
	return (run_exit_status(&run));
}
