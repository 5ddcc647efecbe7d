/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pmcstat: run a command and print what the performance monitor counted in it and its children: cycles, and up to four
 * events by L41's names.
 *
 *	pmcstat [-p event] ... command
 */
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <abi/pmu.h>

#define	CTL_MACHDEP	7

int	__sysctl(int *name, unsigned namelen, void *old, size_t *oldlenp, const void *new, size_t newlen);

static const struct event {
	const char	*name;
	uint32_t	number;
} events[] = {
	{ "INSTR_EXECUTED", 0x08 }, { "MEM_READ", 0x06 }, { "MEM_WRITE", 0x07 }, { "BRANCH_MISPRED", 0x10 },
	{ "L1_DCACHE_ACCESS", 0x04 }, { "L1_DCACHE_REFILL", 0x03 }, { "L1_ICACHE_ACCESS", 0x50 },
	{ "L1_ICACHE_REFILL", 0x01 }, { "L2_ACCESS", 0x43 }, { "L2_REFILL", 0x44 }, { "AXI_READ", 0x45 },
	{ "AXI_WRITE", 0x46 }, { "ITLB_REFILL", 0x02 }, { "DTLB_REFILL", 0x05 }, { "EXCEPTION", 0x09 },
};
#define	NEVENTS	(sizeof(events) / sizeof(events[0]))

static void
usage(void)
{
	fprintf(stderr, "usage: pmcstat [-p event] ... command\nevents:");
	for (unsigned i = 0; i < NEVENTS; i++)
		fprintf(stderr, " %s", events[i].name);
	fprintf(stderr, "\n");
	exit(1);
}

static const struct event *
find_event(const char *name)
{
	for (unsigned i = 0; i < NEVENTS; i++)
		if (strcmp(events[i].name, name) == 0)
			return (&events[i]);
	errx(1, "no event %s", name);
}

static int
run(char **argv)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		execvp(argv[0], argv);
		err(127, "%s", argv[0]);
	}
	if (waitpid(pid, &status, 0) < 0)
		err(1, "wait");
	return (WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

int
main(int argc, char **argv)
{
	const struct event *chosen[PMU_EVENTS] = { &events[0], &events[1], &events[2], &events[3] };
	int select[] = { CTL_MACHDEP, CPU_PMU_EVENTS }, counts[] = { CTL_MACHDEP, CPU_PMU_COUNTS }, option, n = 0, status;
	struct pmu_report report;
	size_t size = sizeof(report);
	uint32_t numbers[PMU_EVENTS] = { 0 };

	while ((option = getopt(argc, argv, "p:")) != -1) {
		if (option != 'p' || n == PMU_EVENTS)
			usage();
		chosen[n++] = find_event(optarg);
	}
	if (optind == argc)
		usage();
	n = n == 0 ? PMU_EVENTS : n;
	for (int i = 0; i < n; i++)
		numbers[i] = chosen[i]->number;
	if (__sysctl(select, 2, NULL, NULL, numbers, sizeof(numbers)) != 0)
		err(1, "cannot count");
	status = run(argv + optind);
	if (__sysctl(counts, 2, &report, &size, NULL, 0) != 0)
		err(1, "cannot read the counters");
	fprintf(stderr, "%-18s %llu\n", "CLOCK_CYCLES", (unsigned long long)report.children.cycles);
	for (int i = 0; i < n; i++)
		fprintf(stderr, "%-18s %llu\n", chosen[i]->name, (unsigned long long)report.children.event[i]);
	return (status);
}
