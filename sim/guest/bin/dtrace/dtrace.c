/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dtrace: the guest's end of the dtrace command.  It holds the enabling, runs the commands held
 * until tracing is on, switches the buffers when the program's rates say so, and stops when all commands
 * or the process grabbed have ended, exit() has run, or the host interrupts.  Without either it traces
 * until one of the latter two.  Commands whose BEGIN clause calls exit() never start.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <abi/dprog.h>
#include <abi/pvctl.h>

#include "commands.h"

static int device;

static void
control(unsigned long request, const char *what)
{
	if (ioctl(device, request, 0) == -1)
		err(1, "%s", what);
}

/* The aggregations first: what the records say about them is printed with the records. */
static void
snapshot(int due)
{
	if ((due & DTRACEWAIT_AGGREGATE) != 0)
		control(DTRACEIOC_AGGSNAP, "aggregation snapshot");
	if ((due & DTRACEWAIT_SWITCH) != 0)
		control(DTRACEIOC_BUFSNAP, "buffer snapshot");
}

static void
stop(void)
{
	control(DTRACEIOC_STOP, "stop");
}

/* Follow the process grabbed, if it is there; the host hears if not. */
static void
grab(const struct commands *commands)
{
	struct {
		int error;
		int pid;
	} failure = { 0, commands->grabbed };

	if (commands->grabbed == 0 || ioctl(device, DTRACEIOC_GRAB, commands->grabbed) == 0)
		return;
	failure.error = errno;
	ioctl(commands->control.control, PVIOC_GRABFAIL, &failure);
	_exit(1);
}

/* Load the program of the request and start tracing; the host has been told why if it is refused. */
static int
enable(struct commands *commands)
{
	int why;

	device = open("/dev/dtrace/dtrace", O_RDWR | O_CLOEXEC);
	if (device == -1) {
		warn("/dev/dtrace/dtrace");
	} else {
		grab(commands);
		if (ioctl(device, DTRACEIOC_ENABLE, commands_target(commands)) == 0) {
			why = ioctl(device, DTRACEIOC_GO, 0);
			if (why == -1)
				err(1, "go");
			return (why);
		}
		if (errno != EINVAL)
			warn("enable");
	}
	commands_discard(commands);
	_exit(1);
}

/* Drain the buffers at the program's rates until there is a reason to stop; return the reasons. */
static int
watch(struct commands *commands)
{
	const int end = DTRACEWAIT_DRAINING | DTRACEWAIT_INTERRUPT | DTRACEWAIT_GRABBED;
	int why;

	for (;;) {
		why = ioctl(device, DTRACEIOC_WAIT, 0);
		if (why == -1 && errno != EINTR)
			err(1, "wait");
		if (why == -1)
			continue;
		if ((why & DTRACEWAIT_CHILD) != 0 && commands_reap(commands))
			return (why);
		if ((why & end) != 0)
			return (why);
		snapshot(why);
	}
}

/* Trace until there is a reason to stop; commands that run on are ended, untraced, as dtrace does. */
static void
trace(struct commands *commands)
{
	int why;

	commands_release(commands);
	why = watch(commands);
	if (commands->count > 0 && commands->running == 0) {
		commands_mark(commands, PV_MARK_END);
		stop();
	} else {
		stop();
		commands_end(commands, (why & DTRACEWAIT_INTERRUPT) != 0 ? SIGINT : SIGTERM);
		commands_mark(commands, PV_MARK_END);
	}
}

int
main(int argc, char **argv)
{
	static struct commands commands;
	int started;

	(void)argc;
	commands_fork(&commands, argv + 1);
	started = enable(&commands) == 0;
	if (started) {
		trace(&commands);
	} else {	/* BEGIN has ended the tracing: the commands, still held, never start. */
		stop();
		commands_discard(&commands);
	}
	snapshot(DTRACEWAIT_AGGREGATE | DTRACEWAIT_SWITCH);
	if (started)
		commands_report(&commands);
	return (0);
}
