/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The C half of a program's start: environment, program name, rtld's cleanup, main, exit.
 * Constructors are rtld's work; static programs here have none.
 */
#include <stdlib.h>
#include <unistd.h>

int main(int, char **, char **);
void crt1_main(int, char **, char **, void (*)(void)) __attribute__((noreturn, visibility("hidden")));

void
crt1_main(int argc, char **argv, char **envp, void (*cleanup)(void))
{
	environ = envp;
	if (argc > 0 && argv[0] != NULL)
		setprogname(argv[0]);
	if (cleanup != NULL)
		atexit(cleanup);
	exit(main(argc, argv, envp));
}
