/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernel tests that run in the guest: each case is a function that returns when all is well and
 * calls CHECK on the way.  kerntest NAME runs one; what goes wrong is printed and exits with 1.
 */
#ifndef TESTS_KT_H
#define TESTS_KT_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct kt_case {
	const char *name;
	void (*run)(int argc, char **argv);
};

extern const struct kt_case process_cases[], memory_cases[], file_cases[], signal_cases[], exec_cases[], fuzz_cases[];

#define CHECK(what) do {						\
	if (!(what)) {							\
		printf("%s:%d: %s (errno %d)\n", __FILE__, __LINE__, #what, errno); \
		exit(1);						\
	}								\
} while (0)
/* The call fails with that error. */
#define CHECK_ERRNO(call, error) do {					\
	errno = 0;							\
	CHECK((long)(call) == -1 && errno == (error));			\
} while (0)

/* What no libc header here declares, though the kernel has it. */
#define F_GETFD 1
#define F_SETFD 2
#define SIGSYS 12
pid_t vfork(void);
int pipe2(int *, int);
int sched_yield(void);
int __getcwd(char *, unsigned int);

/* Runs body in a child and returns its wait status. */
int kt_child(void (*body)(void *), void *arg);
void kt_sleep_ms(int ms);

#endif
