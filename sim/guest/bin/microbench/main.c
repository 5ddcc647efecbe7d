/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * microbench: measure this machine as LMBench measures a real one, for `probelab calibrate'.
 *
 *	microbench [latency | bandwidth | operations | kernel | processes] ...
 *
 * Without an argument everything is measured; `latency_128' is the latency at that stride alone.
 * `microbench nothing' returns at once: it is what exec is measured with.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "bench.h"

uint64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((uint64_t)now.tv_sec * 1000000000 + now.tv_nsec);
}

/* What one of `times' took. */
void
report(const char *name, uint64_t ns, uint64_t times)
{
	uint64_t ps = ns * 1000 / times;

	printf("%s %llu.%03llu\n", name, (unsigned long long)(ps / 1000), (unsigned long long)(ps % 1000));
}

/* Thousands of bytes a second. */
void
report_bandwidth(const char *name, uint64_t ns, uint64_t bytes)
{
	printf("%s %llu\n", name, (unsigned long long)(bytes * 1000000 / ns));
}

/* Memory that is there: every page has been written. */
char *
get_memory(uint32_t bytes)
{
	char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);

	if (memory == MAP_FAILED)
		err(1, "no memory");
	for (uint32_t i = 0; i < bytes; i += 4096)
		memory[i] = 1;
	return (memory);
}

void
check(int ok, const char *what)
{
	if (!ok)
		err(1, "%s", what);
}

static int
measure(const char *what, char *self)
{
	int all = strcmp(what, "all") == 0, known = all;

	if (all || strcmp(what, "latency") == 0)
		known = bench_latency(0);
	if (strncmp(what, "latency_", 8) == 0)
		known = bench_latency(strtoul(what + 8, NULL, 10));
	if (all || strcmp(what, "bandwidth") == 0)
		known = 1, bench_bandwidth();
	if (all || strcmp(what, "operations") == 0)
		known = 1, bench_operations();
	if (all || strcmp(what, "kernel") == 0)
		known = 1, bench_kernel();
	if (all || strcmp(what, "processes") == 0)
		known = 1, bench_processes(self);
	return (known);
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "nothing") == 0)
		return (0);
	if (argc == 1)
		measure("all", argv[0]);
	for (int i = 1; i < argc; i++)
		if (!measure(argv[i], argv[0]))
			errx(1, "%s: expected latency, bandwidth, operations, kernel or processes", argv[i]);
	return (0);
}
