/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kerntest NAME [ARG...]: runs one kernel test; without a name it lists them.
 */
#include "kt.h"

static const struct kt_case *const tables[] = {
	process_cases, memory_cases, file_cases, signal_cases, exec_cases, fuzz_cases,
};

int
kt_child(void (*body)(void *), void *arg)
{
	pid_t pid = fork();
	int status;

	CHECK(pid != -1);
	if (pid == 0) {
		body(arg);
		_exit(0);
	}
	CHECK(wait4(pid, &status, 0, NULL) == pid);
	return (status);
}

void
kt_sleep_ms(int ms)
{
	struct timespec ts = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };

	nanosleep(&ts, NULL);
}

int
main(int argc, char **argv)
{
	unsigned int i;

	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		for (const struct kt_case *c = tables[i]; c->name != NULL; c++) {
			if (argc < 2) {
				printf("%s\n", c->name);
			} else if (strcmp(c->name, argv[1]) == 0) {
				c->run(argc - 2, argv + 2);
				return (0);
			}
		}
	}
	return (argc < 2 ? 0 : 2);
}
