/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dtrace: the guest's end of the dtrace command.  It holds the enabling, runs the command held
 * until tracing is on, switches the buffers at the program's rate, and stops when the command ends,
 * exit() has run, or the host interrupts.  Without a command it traces until one of the latter two.
 * A command whose BEGIN clause calls exit() never starts.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <abi/dprog.h>
#include <abi/pvctl.h>

#include "../run/run.h"

static int device;

static void
control(unsigned long request, const char *what)
{
	if (ioctl(device, request, 0) == -1)
		err(1, "%s", what);
}

static void
snapshot(void)
{
	control(DTRACEIOC_BUFSNAP, "buffer snapshot");
	control(DTRACEIOC_AGGSNAP, "aggregation snapshot");
}

static void
stop(void)
{
	control(DTRACEIOC_STOP, "stop");
}

/* Load the program of the request and start tracing; the host has been told why if it is refused. */
static int
enable(struct run *run)
{
	int why;

	device = open("/dev/dtrace/dtrace", O_RDWR | O_CLOEXEC);
	if (device == -1) {
		warn("/dev/dtrace/dtrace");
	} else if (ioctl(device, DTRACEIOC_ENABLE, 0) == 0) {
		why = ioctl(device, DTRACEIOC_GO, 0);
		if (why == -1)
			err(1, "go");
		return (why);
	} else if (errno != EINVAL) {
		warn("enable");
	}
	run_discard(run);
	_exit(1);
}

/* Drain the buffers at the program's rate until there is a reason to stop; return the reasons. */
static int
watch(void)
{
	unsigned long long timeout_ns = 0;
	int why;

	for (;;) {
		why = ioctl(device, DTRACEIOC_WAIT, &timeout_ns);
		if (why == -1 && errno != EINTR)
			err(1, "wait");
		if (why > 0 && (why & ~DTRACEWAIT_TIMEOUT) != 0)
			return (why);
		snapshot();
	}
}

/* The command runs on after exit() or an interrupt: end it, untraced, as dtrace does. */
static void
end_early(struct run *run, int why)
{
	stop();
	if (run->pid != 0)
		kill(run->pid, (why & DTRACEWAIT_INTERRUPT) != 0 ? SIGINT : SIGTERM);
	run_wait(run);
}

/* BEGIN has ended the tracing: the command, still held, never starts. */
static void
end_unstarted(struct run *run)
{
	stop();
	run_discard(run);
	snapshot();
}

int
main(int argc, char **argv)
{
	struct run run;
	int why;

	(void)argc;
	run_fork(&run, argv + 1);
	if (enable(&run) != 0) {
		end_unstarted(&run);
		return (0);
	}
	run_release(&run);
	why = watch();
	if (run.pid != 0 && (why & DTRACEWAIT_CHILD) != 0) {
		run_wait(&run);
		stop();
	} else {
		end_early(&run, why);
	}
	snapshot();
	if (run.pid != 0)
		run_report(&run);
	return (0);
}
