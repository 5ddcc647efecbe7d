/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals: defaults, handlers, masks, and sleeps they cut short.
 */
#include "kt.h"

static volatile int caught;

static void
note(int sig)
{
	caught = caught * 100 + sig;
}

static void
spin(void *arg)
{
	for (;;)
		continue;
}

static void
sleep_long(void *arg)
{
	kt_sleep_ms(1000000);
}

/* Sends sig to a child that runs body, after it has had time to get there. */
static int
killed(void (*body)(void *), int sig)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		body(NULL);
		_exit(0);
	}
	kt_sleep_ms(20);
	CHECK(kill(pid, sig) == 0);
	CHECK(wait4(pid, &status, 0, NULL) == pid);
	return (status);
}

static void
defaults(int argc, char **argv)
{
	CHECK(killed(spin, SIGTERM) == SIGTERM);
	CHECK(killed(spin, SIGKILL) == SIGKILL);
	CHECK(killed(sleep_long, SIGINT) == SIGINT);
	CHECK(killed(sleep_long, SIGKILL) == SIGKILL);
	CHECK(kill(getpid(), SIGCHLD) == 0 && kill(getpid(), 0) == 0);
	CHECK_ERRNO(kill(getpid(), 99), EINVAL);
	CHECK_ERRNO(kill(getpid(), -1), EINVAL);
	CHECK_ERRNO(kill(54321, SIGTERM), ESRCH);
	CHECK_ERRNO(kill(getpid(), SIGSTOP), EOPNOTSUPP);
	CHECK(kill(1, SIGKILL) == 0 && kill(1, SIGTERM) == 0);	/* init does not hear it */
}

static void
handlers(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = note }, old;
	unsigned int i, sum = 0;

	CHECK(sigaction(SIGUSR1, &act, NULL) == 0 && sigaction(SIGUSR1, NULL, &old) == 0 && old.sa_handler == note);
	CHECK(kill(getpid(), SIGUSR1) == 0 && caught == SIGUSR1);
	for (i = 0; i < 1000; i++) {
		kill(getpid(), SIGUSR1);
		sum += i;
	}
	CHECK(sum == 499500);
	CHECK(signal(SIGUSR1, SIG_IGN) == note && kill(getpid(), SIGUSR1) == 0);
	CHECK_ERRNO(sigaction(SIGKILL, &act, NULL), EINVAL);
	CHECK_ERRNO(sigaction(77, &act, NULL), EINVAL);
}

static void
masks(int argc, char **argv)
{
	sigset_t set = { { 1u << (SIGUSR1 - 1) } }, old;

	signal(SIGUSR1, note);
	signal(SIGUSR2, note);
	CHECK(sigprocmask(SIG_BLOCK, &set, &old) == 0 && old.bits[0] == 0);
	CHECK(kill(getpid(), SIGUSR1) == 0 && caught == 0 && kill(getpid(), SIGUSR2) == 0 && caught == SIGUSR2);
	CHECK(sigprocmask(SIG_SETMASK, &old, NULL) == 0 && caught == SIGUSR2 * 100 + SIGUSR1);
	CHECK_ERRNO(sigprocmask(9, &set, NULL), EINVAL);
}

static void
send_later(pid_t to, int sig)
{
	if (fork() == 0) {
		kt_sleep_ms(20);
		kill(to, sig);
		_exit(0);
	}
}

static void
interrupted_sleep(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = note };
	struct timespec ts = { .tv_sec = 1000 }, left = { 0 };
	int status;

	CHECK(sigaction(SIGUSR1, &act, NULL) == 0);
	send_later(getpid(), SIGUSR1);
	CHECK_ERRNO(nanosleep(&ts, &left), EINTR);
	CHECK(caught == SIGUSR1 && left.tv_sec == 999);
	CHECK(wait4(-1, &status, 0, NULL) > 0);
}

/* With SA_RESTART the read goes on after the handler. */
static void
restarted_read(int argc, char **argv)
{
	int fds[2], status;
	pid_t me = getpid();
	char c = 0;

	signal(SIGUSR1, note);
	CHECK(pipe2(fds, 0) == 0);
	if (fork() == 0) {
		kt_sleep_ms(20);
		kill(me, SIGUSR1);
		kt_sleep_ms(20);
		write(fds[1], "q", 1);
		_exit(0);
	}
	CHECK(read(fds[0], &c, 1) == 1 && c == 'q' && caught == SIGUSR1);
	CHECK(wait4(-1, &status, 0, NULL) > 0);
}

static void
on_fault(int sig)
{
	_exit(40 + sig);
}

static void
faulting(void *arg)
{
	signal(SIGSEGV, on_fault);
	*(volatile int *)8 = 1;
}

static void
undefined(void *arg)
{
	__asm volatile(".word 0xe7f000f0");
}

static void
no_such_call(void *arg)
{
	register int number __asm("r7") = 400;

	__asm volatile("swi 0" : : "r" (number) : "r0", "r1", "memory");
}

static void
faults(int argc, char **argv)
{
	int status = kt_child(faulting, NULL);

	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 40 + SIGSEGV);
	CHECK(kt_child(undefined, NULL) == SIGILL);
	CHECK(kt_child(no_such_call, NULL) == SIGSYS);
}

const struct kt_case signal_cases[] = {
	{ "signal_defaults", defaults },
	{ "signal_handlers", handlers },
	{ "signal_masks", masks },
	{ "interrupted_sleep", interrupted_sleep },
	{ "restarted_read", restarted_read },
	{ "faults", faults },
	{ NULL, NULL },
};
