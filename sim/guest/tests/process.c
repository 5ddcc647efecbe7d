/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fork, vfork, exit, wait4 and what they leave behind.
 */
#include "kt.h"

static volatile int shared = 1;
static char block[65536];

static void
exit_with(void *arg)
{
	_exit(*(int *)arg);
}

static void
exit_status(int argc, char **argv)
{
	int code;

	for (code = 0; code < 256; code += 51) {
		int status = kt_child(exit_with, &code);

		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == code);
	}
}

static void
change_memory(void *arg)
{
	shared = 2;
	memset(block, 'c', sizeof(block));
	CHECK(block[40000] == 'c');
}

static void
fork_isolates(int argc, char **argv)
{
	unsigned int i;

	memset(block, 'p', sizeof(block));
	CHECK(kt_child(change_memory, NULL) == 0);
	CHECK(shared == 1);
	for (i = 0; i < sizeof(block); i++)
		CHECK(block[i] == 'p');
}

static void
parent_writes(int argc, char **argv)
{
	int fds[2], status;
	pid_t pid;
	char c;

	memset(block, 'p', sizeof(block));
	CHECK(pipe2(fds, 0) == 0);
	pid = fork();
	if (pid == 0) {
		CHECK(read(fds[0], &c, 1) == 1);	/* by now the parent has changed its copy */
		_exit(block[123] == 'p' && block[60000] == 'p' ? 0 : 1);
	}
	memset(block, 'x', sizeof(block));
	CHECK(write(fds[1], "g", 1) == 1);
	CHECK(wait4(pid, &status, 0, NULL) == pid && status == 0);
}

static void
vfork_shares(int argc, char **argv)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		shared = 3;
		_exit(4);
	}
	CHECK(pid > 0 && shared == 3);
	CHECK(wait4(pid, &status, 0, NULL) == pid && WEXITSTATUS(status) == 4);
}

static void
wait_errors(int argc, char **argv)
{
	int status;
	pid_t pid;

	CHECK_ERRNO(wait4(-1, &status, 0, NULL), ECHILD);
	CHECK_ERRNO(wait4(getpid(), &status, 0, NULL), ECHILD);
	CHECK_ERRNO(wait4(-1, &status, 12345, NULL), EINVAL);
	pid = fork();
	if (pid == 0) {
		kt_sleep_ms(30);
		_exit(0);
	}
	CHECK(wait4(pid, &status, WNOHANG, NULL) == 0);
	CHECK(wait4(-1, &status, 0, NULL) == pid);
	CHECK_ERRNO(wait4(pid, &status, 0, NULL), ECHILD);
}

static void
orphan(void *arg)
{
	pid_t parent = getpid();
	int *fds = arg;

	if (fork() != 0)
		_exit(0);
	while (getppid() == parent)
		kt_sleep_ms(1);
	parent = getppid();
	write(fds[1], &parent, sizeof(parent));
	_exit(0);
}

static void
orphans_go_to_init(int argc, char **argv)
{
	int fds[2];
	pid_t parent = 0;

	CHECK(pipe2(fds, 0) == 0);
	CHECK(kt_child(orphan, fds) == 0);
	CHECK(read(fds[0], &parent, sizeof(parent)) == sizeof(parent));
	CHECK(parent == 1);
}

static void
many_children(int argc, char **argv)
{
	int code, n, status;
	pid_t pid;

	for (n = 0; n < 1000 && (pid = fork()) > 0; n++)
		continue;
	code = errno;
	if (pid == 0) {
		kt_sleep_ms(100);
		_exit(0);
	}
	CHECK(pid == -1 && (code == EAGAIN || code == ENOMEM) && n > 50);
	while (n-- > 0)
		CHECK(wait4(-1, &status, 0, NULL) > 0 && status == 0);
	CHECK_ERRNO(wait4(-1, &status, 0, NULL), ECHILD);
}

static volatile unsigned int work;

static void
usage_is_measured(int argc, char **argv)
{
	struct rusage ru;
	uint64_t user, sys;
	struct timespec t0, t1;
	int status;
	pid_t pid;

	CHECK(clock_gettime(CLOCK_MONOTONIC, &t0) == 0);
	pid = fork();
	if (pid == 0) {
		for (work = 0; work < 20000000; work++)
			continue;
		_exit(0);
	}
	CHECK(pid != -1 && wait4(pid, &status, 0, &ru) == pid);
	CHECK(clock_gettime(CLOCK_MONOTONIC, &t1) == 0);
	user = ru.ru_utime.tv_sec * 1000000 + ru.ru_utime.tv_usec;
	sys = ru.ru_stime.tv_sec * 1000000 + ru.ru_stime.tv_usec;
	CHECK(user > 10 * sys && user > 50000);
	CHECK(user + sys <= (uint64_t)((t1.tv_sec - t0.tv_sec) * 1000000 + (t1.tv_nsec - t0.tv_nsec) / 1000));
	CHECK(ru.ru_maxrss > 0 && ru.ru_minflt > 0);
}

/* Two busy children get about the same share of the CPU. */
static void
time_is_shared(int argc, char **argv)
{
	struct rusage ru[2];
	int i, status;
	pid_t pid[2];

	for (i = 0; i < 2; i++) {
		pid[i] = fork();
		CHECK(pid[i] != -1);
		if (pid[i] == 0) {
			for (;;)
				work++;
		}
	}
	kt_sleep_ms(1500);
	for (i = 0; i < 2; i++)
		CHECK(kill(pid[i], SIGKILL) == 0);
	for (i = 0; i < 2; i++)
		CHECK(wait4(pid[i], &status, 0, &ru[i]) == pid[i] && WTERMSIG(status) == SIGKILL);
	for (i = 0; i < 2; i++)
		CHECK(ru[i].ru_utime.tv_sec * 1000000 + ru[i].ru_utime.tv_usec > 500000 && ru[i].ru_nivcsw > 3);
}

static void
sleep_is_not_short(int argc, char **argv)
{
	struct timespec t0, t1, bad = { .tv_nsec = 1000000000 };
	int64_t ns;

	clock_gettime(CLOCK_MONOTONIC, &t0);
	kt_sleep_ms(55);
	clock_gettime(CLOCK_MONOTONIC, &t1);
	ns = (t1.tv_sec - t0.tv_sec) * 1000000000 + t1.tv_nsec - t0.tv_nsec;
	CHECK(ns >= 55000000 && ns < 90000000);
	CHECK_ERRNO(nanosleep(&bad, NULL), EINVAL);
	CHECK_ERRNO(clock_gettime(99, &t0), EINVAL);
}

const struct kt_case process_cases[] = {
	{ "exit_status", exit_status },
	{ "fork_isolates", fork_isolates },
	{ "parent_writes", parent_writes },
	{ "vfork_shares", vfork_shares },
	{ "wait_errors", wait_errors },
	{ "orphans_go_to_init", orphans_go_to_init },
	{ "many_children", many_children },
	{ "usage_is_measured", usage_is_measured },
	{ "time_is_shared", time_is_shared },
	{ "sleep_is_not_short", sleep_is_not_short },
	{ NULL, NULL },
};
