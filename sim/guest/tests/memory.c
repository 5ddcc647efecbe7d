/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Address spaces: mapping, protection, growth, and pointers that lead nowhere.
 */
#include "kt.h"

#define PAGE 4096
#define KERNEL ((char *)0xc0300000)

static void
store(void *arg)
{
	*(volatile char *)arg = 1;
}

static void
load(void *arg)
{
	(void)*(volatile char *)arg;
}

static void
jump(void *arg)
{
	((void (*)(void))arg)();
}

static void
wild_access(int argc, char **argv)
{
	CHECK(kt_child(load, NULL) == SIGSEGV);
	CHECK(kt_child(store, NULL) == SIGSEGV);
	CHECK(kt_child(load, KERNEL) == SIGSEGV);
	CHECK(kt_child(store, KERNEL) == SIGSEGV);
	CHECK(kt_child(store, (void *)0xff000040) == SIGSEGV);	/* a device register */
	CHECK(kt_child(store, (void *)(unsigned int)store) == SIGSEGV);	/* its own text */
	CHECK(kt_child(jump, KERNEL) == SIGSEGV);
	CHECK(kt_child(jump, NULL) == SIGSEGV);
}

static void
bad_pointers(int argc, char **argv)
{
	static char *const wild[] = { NULL, (char *)1, (char *)0x70000000, KERNEL, (char *)0xfffffff0 };
	struct timespec ts;
	unsigned int i;
	int zero = open("/dev/zero", O_RDWR), console = open("/dev/console", O_WRONLY);

	for (i = 0; i < sizeof(wild) / sizeof(wild[0]); i++) {
		CHECK_ERRNO(read(zero, wild[i], 10), EFAULT);
		CHECK_ERRNO(write(console, wild[i], 10), EFAULT);
		CHECK_ERRNO(open(wild[i], O_RDONLY), EFAULT);
		CHECK_ERRNO(stat("/bin/dd", (struct stat *)wild[i]), EFAULT);
		CHECK_ERRNO(fstat(zero, (struct stat *)wild[i]), EFAULT);
		CHECK_ERRNO(clock_gettime(CLOCK_MONOTONIC, (struct timespec *)wild[i]), EFAULT);
		CHECK_ERRNO(nanosleep((struct timespec *)wild[i], &ts), EFAULT);
		CHECK_ERRNO(pipe2((int *)wild[i], 0), EFAULT);
		CHECK_ERRNO(getrusage(RUSAGE_SELF, (struct rusage *)wild[i]), EFAULT);
	}
}

/* A transfer that runs off the end of a mapping moves what it can and says EFAULT. */
static void
transfer_across_end(int argc, char **argv)
{
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);
	int zero = open("/dev/zero", O_RDONLY);

	CHECK(p != MAP_FAILED);
	CHECK(munmap(p + PAGE, PAGE) == 0);
	memset(p, 'a', PAGE);
	CHECK_ERRNO(read(zero, p + 1, PAGE), EFAULT);
	CHECK(p[0] == 'a');
	CHECK_ERRNO(read(zero, (char *)0xbfffffff, 8), EFAULT);
}

static void
anonymous(int argc, char **argv)
{
	char *p = mmap(NULL, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);
	char *q;
	int i;

	CHECK(p != MAP_FAILED);
	for (i = 0; i < 16 * PAGE; i++)
		CHECK(p[i] == 0);
	memset(p, 1, 16 * PAGE);
	q = mmap(p + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0);
	CHECK(q == p + PAGE && q[5] == 0 && p[0] == 1 && p[2 * PAGE] == 1);
	CHECK(munmap(p + 4 * PAGE, PAGE) == 0);
	CHECK(kt_child(load, p + 4 * PAGE) == SIGSEGV);
	CHECK(kt_child(load, p + 5 * PAGE) == 0);
	CHECK(munmap(p, 16 * PAGE) == 0);
	CHECK(kt_child(load, p) == SIGSEGV);
}

static void
protection(int argc, char **argv)
{
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);

	memset(p, 7, 2 * PAGE);
	CHECK(mprotect(p, PAGE, PROT_READ) == 0);
	CHECK(kt_child(load, p) == 0 && kt_child(store, p) == SIGSEGV && kt_child(store, p + PAGE) == 0);
	CHECK(mprotect(p, PAGE, PROT_NONE) == 0);
	CHECK(kt_child(load, p) == SIGSEGV);
	CHECK(mprotect(p, PAGE, PROT_READ | PROT_WRITE) == 0 && p[9] == 7);
	p[9] = 8;
	CHECK(p[9] == 8);
	CHECK(munmap(p, 2 * PAGE) == 0);
}

static void
file_mapping(int argc, char **argv)
{
	static char bytes[PAGE];
	struct stat sb;
	int fd = open("/bin/dd", O_RDONLY);
	long last;
	char *p;

	CHECK(fstat(fd, &sb) == 0 && read(fd, bytes, PAGE) == PAGE);
	p = mmap(NULL, sb.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	CHECK(p != MAP_FAILED && memcmp(p, bytes, PAGE) == 0);
	last = (sb.st_size + PAGE - 1) / PAGE * PAGE;
	if (last > sb.st_size)
		CHECK(p[sb.st_size] == 0 && p[last - 1] == 0);
	p[0] = 'X';	/* its own copy of the page */
	CHECK(pread(fd, bytes, 4, 0) == 4 && bytes[0] == 0x7f && p[0] == 'X' && p[1] == 'E');
	CHECK(kt_child(load, p + last) == SIGSEGV);
	CHECK(munmap(p, sb.st_size) == 0 && close(fd) == 0);
}

static void
map_errors(int argc, char **argv)
{
	int fd = open("/bin/dd", O_RDONLY), null = open("/dev/null", O_RDWR);

	CHECK_ERRNO(mmap(NULL, 0, PROT_READ, MAP_ANON | MAP_PRIVATE, -1, 0), EINVAL);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 5), EINVAL);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 60, 0), EBADF);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, null, 0), ENODEV);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), EACCES);
	CHECK_ERRNO(mmap(NULL, 0xf0000000, PROT_READ, MAP_ANON | MAP_PRIVATE, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap((void *)1, PAGE, PROT_READ, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0), EINVAL);
	CHECK_ERRNO(mmap((void *)0xc0000000, PAGE, PROT_READ, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0), EINVAL);
	CHECK_ERRNO(mmap((void *)0xbffff000, 2 * PAGE, PROT_READ, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0), EINVAL);
	CHECK_ERRNO(munmap((void *)0xc0000000, PAGE), EINVAL);
	CHECK_ERRNO(munmap((void *)0x10000, 0), EINVAL);
}

static int
deep(int kib)
{
	volatile char frame[1024];

	frame[0] = (char)kib;
	return (kib == 0 ? frame[0] : deep(kib - 1) + frame[0]);
}

static void
overflow(void *arg)
{
	deep(1 << 20);
}

static void
stack_grows(int argc, char **argv)
{
	deep(2048);
	CHECK(kt_child(overflow, NULL) == SIGSEGV);
}

static void
take_everything(void *arg)
{
	unsigned int i, bytes = 0x30000000;
	char *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);

	CHECK(p != MAP_FAILED);
	for (i = 0; i < bytes; i += PAGE)
		p[i] = 1;
}

/* A program that wants more memory than there is dies; the others go on. */
static void
memory_runs_out(int argc, char **argv)
{
	int status = kt_child(take_everything, NULL);

	CHECK(WIFSIGNALED(status));
	CHECK(kt_child(load, &status) == 0);
}

/* Memory given out and given back comes out even, with forks in between. */
static void
shadow_chain(int argc, char **argv)
{
	char *p = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);
	int i, status;

	for (i = 0; i < 20; i++) {
		pid_t pid;

		p[i % 8 * PAGE] = (char)i;
		pid = fork();
		if (pid == 0) {
			CHECK(p[i % 8 * PAGE] == i);
			p[(i + 1) % 8 * PAGE] = 99;
			_exit(0);
		}
		p[(i + 2) % 8 * PAGE] = 55;
		CHECK(wait4(pid, &status, 0, NULL) == pid && status == 0);
		CHECK(p[i % 8 * PAGE] == i && p[(i + 1) % 8 * PAGE] != 99);
	}
	CHECK(munmap(p, 8 * PAGE) == 0);
}

const struct kt_case memory_cases[] = {
	{ "wild_access", wild_access },
	{ "bad_pointers", bad_pointers },
	{ "transfer_across_end", transfer_across_end },
	{ "anonymous", anonymous },
	{ "protection", protection },
	{ "file_mapping", file_mapping },
	{ "map_errors", map_errors },
	{ "stack_grows", stack_grows },
	{ "shadow_chain", shadow_chain },
	{ "memory_runs_out", memory_runs_out },
	{ NULL, NULL },
};
