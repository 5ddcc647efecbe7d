/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz SEED COUNT: children make system calls with arguments that make no sense.  Whatever happens to
 * them, the kernel must go on; a child that hangs or dies is replaced.
 */
#include "kt.h"

#include <sys/syscall.h>

#define CALLS_PER_CHILD 200

static uint32_t state;
static char area[8192];

static uint32_t
next(void)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8);
}

static uint32_t
argument(void)
{
	static const uint32_t odd[] = {
		0, 1, 2, 3, 4, 5, 16, 63, 64, 255, 4095, 4096, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffff000,
		0xbfffffff, 0xbffff000, 0xc0000000, 0xc0200000, 0xee000000, 0xff000000, 0xffff0000, 0x8000, 0x20014000,
	};

	switch (next() % 3) {
	case 0:
		return (odd[next() % (sizeof(odd) / sizeof(odd[0]))]);
	case 1:
		return ((uint32_t)area + next() % sizeof(area));
	default:
		return (next() ^ next() << 12);
	}
}

/* Most calls are ones that exist; none makes processes or signals others. */
static uint32_t
call_number(void)
{
	static const uint16_t calls[] = {
		SYS_read, SYS_write, SYS_open, SYS_close, SYS_wait4, SYS_unlink, SYS_chdir, SYS_access, SYS_dup, SYS_ioctl,
		SYS_readlink, SYS_execve, SYS_munmap, SYS_mprotect, SYS_dup2, SYS_fcntl, SYS_gettimeofday, SYS_getrusage,
		SYS_readv, SYS_writev, SYS_sysarch, SYS_stat, SYS_fstat, SYS_lstat, SYS_getdirentries, SYS___sysctl,
		SYS_clock_gettime, SYS_clock_getres, SYS_nanosleep, SYS___getcwd, SYS_sched_yield, SYS_sigprocmask,
		SYS_sigaction, SYS_sigreturn, SYS_pread, SYS_pwrite, SYS_mmap, SYS_lseek, SYS_ftruncate, SYS_openat, SYS_pipe2,
	};
	uint32_t number = next() % (SYS_MAXSYSCALL + 4);

	if (next() % 8 != 0 || number == SYS_exit || number == SYS_fork || number == SYS_vfork || number == SYS_kill)
		return (calls[next() % (sizeof(calls) / sizeof(calls[0]))]);
	return (number);
}

/* Paths that exist give the calls on files something to do. */
static const char *
path(void)
{
	static const char *const paths[] = { "/dev/zero", "/dev/null", "/bin/dd", "/bin", "/dev", "dev/ttyu1", "..", "/" };

	return (paths[next() % (sizeof(paths) / sizeof(paths[0]))]);
}

static void
one_call(void)
{
	register uint32_t number __asm("r7");
	register uint32_t a __asm("r0"), b __asm("r1"), c __asm("r2"), d __asm("r3");
	uint32_t more[6], i;

	uint32_t first = next() % 4, second = argument(), third = argument(), fourth = argument(), which = call_number();

	for (i = 0; i < 6; i++)
		more[i] = argument();
	first = first == 0 ? (uint32_t)path() : first == 1 ? argument() : next() % 8;
	number = which;
	a = first;
	b = second;
	c = third;
	d = fourth;
	__asm volatile("push {r4-r11, lr}\n ldmia %5, {r4, r5, r6, r8, r9, r10}\n push {r4, r5, r6, r8, r9, r10}\n swi 0\n"
	    " add sp, sp, #24\n pop {r4-r11, lr}"
	    : "+r" (a), "+r" (b), "+r" (c), "+r" (d) : "r" (number), "r" (more) : "memory", "cc", "r12");
}

static void
child(void)
{
	int i, null = open("/dev/null", O_RDWR);

	for (i = 0; i < 3; i++)
		dup2(null, i);
	signal(SIGSYS, SIG_IGN);
	for (i = 0; i < (int)sizeof(area); i++)
		area[i] = (char)(next() % 4 == 0 ? 0 : next());
	for (i = 0; i < CALLS_PER_CHILD; i++)
		one_call();
	_exit(0);
}

/* Waits a little for the child, then kills it. */
static void
reap(pid_t pid)
{
	int i, status;

	for (i = 0; i < 20; i++) {
		if (wait4(pid, &status, WNOHANG, NULL) == pid)
			return;
		kt_sleep_ms(10);
	}
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK(wait4(pid, &status, 0, NULL) == pid);
}

static void
fuzz(int argc, char **argv)
{
	int count, i;
	pid_t pid;

	CHECK(argc == 2);
	count = atoi(argv[1]);
	for (i = 0; i < count; i++) {
		state = (uint32_t)atoi(argv[0]) * 7919 + (uint32_t)i;
		pid = fork();
		CHECK(pid != -1);
		if (pid == 0)
			child();
		reap(pid);
	}
}

const struct kt_case fuzz_cases[] = {
	{ "fuzz", fuzz },
	{ NULL, NULL },
};
