/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel's operations as LMBench times them: system calls, faults, processes, pipes, context switches.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

int	sched_yield(void);
int	pipe2(int fildes[2], int flags);	/* of libc, which has no headers for these */

#define	TIMED(name, times, call) \
	do { \
		uint64_t start_; \
		call; \
		start_ = now_ns(); \
		for (int n_ = 0; n_ < (times); n_++) \
			call; \
		report(name, now_ns() - start_, times); \
	} while (0)

static void
open_close(void)
{
	close(open("/dev/null", O_RDONLY, 0));
}

static void
map_megabyte(void)
{
	munmap(mmap(NULL, MB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0), MB);
}

/* Touch the pages of a fresh mapping: a minor fault and a zeroed page each. */
static void
page_fault(void)
{
	char *memory = mmap(NULL, MB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	uint64_t start = now_ns();

	for (int i = 0; i < MB; i += 4096)
		memory[i] = 1;
	report("page_fault", now_ns() - start, MB / 4096);
	munmap(memory, MB);
}

void
bench_kernel(void)
{
	int zero = open("/dev/zero", O_RDONLY, 0), null = open("/dev/null", O_WRONLY, 0);
	struct stat status;
	char byte = 0;

	check(zero >= 0 && null >= 0, "/dev");
	TIMED("null_syscall", 500, getppid());
	TIMED("read", 500, read(zero, &byte, 1));
	TIMED("write", 500, write(null, &byte, 1));
	TIMED("stat", 100, stat("/bin/dd", &status));
	TIMED("open_close", 100, open_close());
	TIMED("mmap_1m", 50, map_megabyte());
	page_fault();
	close(zero);
	close(null);
}

/* A child that exits at once, or that runs `microbench nothing'. */
static void
spawn(char *self)
{
	char *args[] = { self, "nothing", NULL }, *none[] = { NULL };
	pid_t pid = fork();

	check(pid >= 0, "fork");
	if (pid == 0) {
		if (self)
			execve(self, args, none);
		_exit(self != NULL);
	}
	waitpid(pid, NULL, 0);
}

/* One byte there and back. */
static void
bounce(int to, int from)
{
	char byte = 0;

	check(write(to, &byte, 1) == 1 && read(from, &byte, 1) == 1, "pipe");
}

static void
echo_bytes(int from, int to)
{
	char byte;

	while (read(from, &byte, 1) == 1 && write(to, &byte, 1) == 1)
		;
	_exit(0);
}

static void
pipe_latency(void)
{
	int there[2], back[2];
	pid_t pid;

	check(pipe2(there, 0) == 0 && pipe2(back, 0) == 0, "pipe");
	pid = fork();
	check(pid >= 0, "fork");
	if (pid == 0) {
		close(there[1]);
		close(back[0]);
		echo_bytes(there[0], back[1]);
	}
	close(there[0]);
	close(back[1]);
	TIMED("pipe_round_trip", 100, bounce(there[1], back[0]));
	close(there[1]);
	close(back[0]);
	waitpid(pid, NULL, 0);
}

/* Two processes that hand the CPU to each other: half of that is a switch. */
static void
context_switch(void)
{
	uint64_t start;
	int times = 500;
	pid_t pid = fork();

	check(pid >= 0, "fork");
	if (pid == 0)
		for (;;)
			sched_yield();
	sched_yield();
	start = now_ns();
	for (int i = 0; i < times; i++)
		sched_yield();
	report("context_switch", now_ns() - start, 2 * times);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

void
bench_processes(char *self)
{
	TIMED("fork_exit", 10, spawn(NULL));
	TIMED("fork_exec", 10, spawn(self));
	pipe_latency();
	context_switch();
}
