/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cat: copy files to standard output; none, or -, is standard input.
 * A file that cannot be read is reported and the next one tried.
 */
#include <err.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static char buffer[65536];

static int
copy(int fd, const char *name)
{
	ssize_t n, done, w;

	while ((n = read(fd, buffer, sizeof(buffer))) > 0) {
		for (done = 0; done < n; done += w) {
			w = write(STDOUT_FILENO, buffer + done, n - done);
			if (w <= 0)
				err(1, "stdout");
		}
	}
	if (n < 0)
		warn("%s", name);
	return (n < 0);
}

static int
copy_file(const char *name)
{
	int fd, failed;

	if (strcmp(name, "-") == 0)
		return (copy(STDIN_FILENO, "stdin"));
	fd = open(name, O_RDONLY);
	if (fd == -1) {
		warn("%s", name);
		return (1);
	}
	failed = copy(fd, name);
	close(fd);
	return (failed);
}

int
main(int argc, char **argv)
{
	int failed = 0, i;

	if (argc == 1)
		return (copy_file("-"));
	for (i = 1; i < argc; i++)
		failed |= copy_file(argv[i]);
	return (failed);
}
