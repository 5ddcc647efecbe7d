/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions that are one system call away: the stubs themselves are generated from
 * abi/syscalls.tbl.
 */
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct termios_space {
	uint32_t words[11];	/* a struct termios, of which only its existence matters */
};

int
isatty(int fd)
{
	struct termios_space space;

	return (ioctl(fd, TIOCGETA, &space) != -1);
}

pid_t
waitpid(pid_t pid, int *status, int options)
{
	return (wait4(pid, status, options, NULL));
}

int
raise(int sig)
{
	return (kill(getpid(), sig));
}

sig_t
signal(int sig, sig_t handler)
{
	struct sigaction act = { .sa_handler = handler, .sa_flags = SA_RESTART }, old;

	return (sigaction(sig, &act, &old) == -1 ? SIG_ERR : old.sa_handler);
}

unsigned int
sleep(unsigned int seconds)
{
	struct timespec wanted = { .tv_sec = seconds }, left;

	return (nanosleep(&wanted, &left) == -1 ? left.tv_sec : 0);
}

time_t
time(time_t *out)
{
	struct timespec now;

	if (clock_gettime(CLOCK_REALTIME, &now) == -1)
		return (-1);
	if (out != NULL)
		*out = now.tv_sec;
	return (now.tv_sec);
}
