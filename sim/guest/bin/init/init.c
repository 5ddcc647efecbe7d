/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * init, process 1: opens the console and the terminal, then serves the host's requests one
 * after the other: take its argument and environment strings, run the program, tell its status.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <abi/pvctl.h>

#define STRINGS_BYTES 65536
#define STRINGS_MAX 1024

static char argument_bytes[STRINGS_BYTES];
static char environment_bytes[STRINGS_BYTES];
static char *arguments[STRINGS_MAX];
static char *environment[STRINGS_MAX];
static char default_path[] = "PATH=" _PATH_DEFPATH;

/* Open a device as a given descriptor; descriptors are handed out lowest first. */
static void
open_as(int wanted, const char *path)
{
	int fd = open(path, O_RDWR);

	if (fd == -1)
		_exit(1);
	if (fd != wanted) {
		dup2(fd, wanted);
		close(fd);
	}
}

/* Cut a block of NUL-ended strings into a vector from index n on; return the new count. */
static int
split(char *bytes, int length, char **vector, int n)
{
	int at;

	for (at = 0; at < length && n < STRINGS_MAX - 1; at += strlen(bytes + at) + 1)
		vector[n++] = bytes + at;
	vector[n] = NULL;
	return (n);
}

static int
read_arguments(int control)
{
	int length = read(control, argument_bytes, sizeof(argument_bytes) - 1);

	if (length < 0)
		err(1, "/dev/pvctl");
	argument_bytes[length] = '\0';
	return (split(argument_bytes, length, arguments, 0));
}

static void
read_environment(int control)
{
	struct {
		char *buffer;
		unsigned int length;
	} argument = { environment_bytes, sizeof(environment_bytes) - 1 };
	int length = ioctl(control, PVIOC_ENV, &argument);

	if (length < 0)
		length = 0;
	environment_bytes[length] = '\0';
	split(environment_bytes, length, environment, 0);
	environ = environment;
	if (getenv("PATH") == NULL) {
		environment[0] = default_path;
		split(environment_bytes, length, environment, 1);
	}
}

static void
execute(int control)
{
	execvp(arguments[0], arguments);
	ioctl(control, PVIOC_EXECFAIL, errno);
	_exit(127);
}

/* Wait for one child among all that end: orphans are process 1's too. */
static int
wait_for(pid_t wanted)
{
	int status = 0;
	pid_t pid;

	do
		pid = wait4(-1, &status, 0, NULL);
	while (pid != wanted && (pid != -1 || errno == EINTR));
	return (status);
}

static int
serve(int control)
{
	pid_t pid;

	if (read_arguments(control) == 0)
		return (0);
	read_environment(control);
	pid = fork();
	if (pid == -1)
		err(1, "fork");
	if (pid == 0)
		execute(control);
	return (wait_for(pid));
}

int
main(void)
{
	int control;

	open_as(STDIN_FILENO, "/dev/ttyu1");
	open_as(STDOUT_FILENO, "/dev/ttyu1");
	open_as(STDERR_FILENO, "/dev/console");
	control = open("/dev/pvctl", O_RDWR | O_CLOEXEC);
	if (control == -1)
		err(1, "/dev/pvctl");
	for (;;) {
		if (ioctl(control, PVIOC_READY, 0) == -1)
			err(1, "ready");
		if (ioctl(control, PVIOC_DONE, serve(control)) == -1)
			err(1, "done");
	}
}
