/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * execve: what the new program finds, and programs that are none.
 */
#include "kt.h"

#define MANY 70000

static char *no_strings[] = { NULL };
static char *many[MANY + 1];

/* exec_fails ERRNO PATH: execve of PATH fails so, and the caller lives on. */
static void
exec_fails(int argc, char **argv)
{
	CHECK(argc == 2);
	CHECK_ERRNO(execve(argv[1], argv + 1, no_strings), atoi(argv[0]));
}

static void
try_exec(void *path)
{
	char *arguments[] = { path, NULL };

	execve(path, arguments, no_strings);
	_exit(errno);
}

/* exec_dies SIGNAL PATH: the new program cannot start, the old one is gone. */
static void
exec_dies(int argc, char **argv)
{
	CHECK(argc == 2 && kt_child(try_exec, argv[1]) == atoi(argv[0]));
}

static void
exec_errors(int argc, char **argv)
{
	int i;

	CHECK_ERRNO(execve("/nothing", no_strings, no_strings), ENOENT);
	CHECK_ERRNO(execve("/bin", no_strings, no_strings), EACCES);
	CHECK_ERRNO(execve("/dev/null", no_strings, no_strings), EACCES);
	CHECK_ERRNO(execve("/lib/libc.so.7", no_strings, no_strings), ENOEXEC);
	CHECK_ERRNO(execve((char *)5, no_strings, no_strings), EFAULT);
	CHECK_ERRNO(execve("/bin/dd", (char **)5, no_strings), EFAULT);
	CHECK_ERRNO(execve("/bin/dd", no_strings, (char **)0xc0300000), EFAULT);
	many[0] = (char *)0xc0300000;
	CHECK_ERRNO(execve("/bin/dd", many, no_strings), EFAULT);
	for (i = 0; i < MANY; i++)
		many[i] = (char *)"12345";
	CHECK_ERRNO(execve("/bin/dd", many, no_strings), E2BIG);
}

/* Prints what the kernel and rtld have handed over. */
static void
show(int argc, char **argv)
{
	extern char **environ;
	uint32_t *aux;
	char **e;
	int i;

	for (i = 0; i < argc; i++)
		printf("arg %s\n", argv[i]);
	for (e = environ; *e != NULL; e++)
		printf("env %s\n", *e);
	for (aux = (uint32_t *)(e + 1); aux[0] != 0; aux += 2)
		printf("aux %u %#x%s%s\n", aux[0], aux[1], aux[0] == 15 ? " " : "", aux[0] == 15 ? (char *)aux[1] : "");
	printf("stack %p\n", (void *)&i);
	printf("text %p\n", (void *)(unsigned int)show);
	printf("libc %p\n", (void *)(unsigned int)strlen);
}

/* Descriptors marked so are closed by exec, others stay. */
static void
cloexec(int argc, char **argv)
{
	char *check[] = { (char *)"/host/kerntest", (char *)"cloexec", (char *)"check", NULL };

	if (argc == 0) {
		CHECK(dup2(1, 20) == 20 && dup2(1, 21) == 21 && fcntl(20, F_SETFD, 1) == 0);
		execve(check[0], check, no_strings);
		CHECK(!"execve returned");
	}
	CHECK_ERRNO(fcntl(20, F_GETFD), EBADF);
	CHECK(fcntl(21, F_GETFD) == 0);
}

const struct kt_case exec_cases[] = {
	{ "exec_fails", exec_fails },
	{ "exec_dies", exec_dies },
	{ "exec_errors", exec_errors },
	{ "show", show },
	{ "cloexec", cloexec },
	{ NULL, NULL },
};
