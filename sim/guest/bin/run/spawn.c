/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The steps of a held run, in order: fork, release, wait (or discard), report.  The child's
 * own descriptor of the control device closes when it executes its command.
 */
#include "run.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <abi/pvctl.h>

#define SETTLE_NS 20000000L	/* time for the child to reach its hold */

static uint64_t
monotonic_ns(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) == -1)
		err(1, "clock_gettime");
	return ((uint64_t)now.tv_sec * 1000000000 + now.tv_nsec);
}

static void
child(int control, char **argv)
{
	if (ioctl(control, PVIOC_HOLD, 0) == -1)
		err(127, "hold");
	execvp(argv[0], argv);
	ioctl(control, PVIOC_EXECFAIL, errno);
	_exit(127);
}

/* Open the control device. */
void
run_open(struct run *run)
{
	memset(run, 0, sizeof(*run));
	run->control = open("/dev/pvctl", O_RDWR | O_CLOEXEC);
	if (run->control == -1)
		err(1, "/dev/pvctl");
}

/* Fork a command; the child is held when this returns. */
void
run_fork(struct run *run, char **argv)
{
	struct timespec settle = { .tv_nsec = SETTLE_NS };

	run_open(run);
	run->pid = fork();
	if (run->pid == -1)
		err(1, "fork");
	if (run->pid == 0)
		child(run->control, argv);
	nanosleep(&settle, NULL);
}

/* Tell the host that the workload starts or has ended; the pid is 0 when there is no command. */
void
run_mark(const struct run *run, int mark)
{
	struct {
		int mark;
		int pid;
	} argument = { mark, run->pid };

	if (ioctl(run->control, PVIOC_MARK, &argument) == -1)
		err(1, "mark");
}

/* Let the child execute its command; real time counts from here. */
void
run_release(struct run *run)
{
	run->start_ns = monotonic_ns();
	if (ioctl(run->control, PVIOC_RELEASE, run->pid) == -1)
		err(1, "release");
}

/* Take the child's times if it has ended, or once it has; return false if it has not. */
static bool
take(struct run *run, int options)
{
	pid_t pid;

	do
		pid = wait4(run->pid, &run->status, options, &run->usage);
	while (pid == -1 && errno == EINTR);
	if (pid == -1)
		err(1, "wait4");
	if (pid == 0)
		return (false);
	run->real_ns = monotonic_ns() - run->start_ns;
	run->ended = true;
	return (true);
}

/* Wait for the child and take its times. */
void
run_wait(struct run *run)
{
	take(run, 0);
}

/* Take the child's times if it has ended; true if so. */
bool
run_reap(struct run *run)
{
	return (take(run, WNOHANG));
}

/* Kill a child that is still held: the run will not happen. */
void
run_discard(struct run *run)
{
	int status;

	kill(run->pid, SIGKILL);
	ioctl(run->control, PVIOC_RELEASE, run->pid);
	while (wait4(run->pid, &status, 0, NULL) == -1 && errno == EINTR)
		;
}

static uint64_t
timeval_us(const struct timeval *tv)
{
	return ((uint64_t)tv->tv_sec * 1000000 + tv->tv_usec);
}

/* Hand the run's times and status to the host. */
void
run_report(const struct run *run)
{
	struct pv_report report = {
		.pid = run->pid,
		.status = run->status,
		.real_ns = run->real_ns,
		.utime_us = timeval_us(&run->usage.ru_utime),
		.stime_us = timeval_us(&run->usage.ru_stime),
		.minflt = run->usage.ru_minflt,
		.nvcsw = run->usage.ru_nvcsw,
		.nivcsw = run->usage.ru_nivcsw,
	};

	if (ioctl(run->control, PVIOC_REPORT, &report) == -1)
		err(1, "report");
}

/* Return the exit status time(1) passes on: the command's own, or 1 if a signal ended it. */
int
run_exit_status(const struct run *run)
{
	return (WIFEXITED(run->status) ? WEXITSTATUS(run->status) : 1);
}
