/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ls: the names in a folder, sorted, one a line; -l adds mode, size and owner.
 * Names that begin with a dot are left out unless -a is given.
 */
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAMES_MAX 1024

static bool all, longer;

static int
compare(const void *a, const void *b)
{
	return (strcmp(*(char *const *)a, *(char *const *)b));
}

static char
kind(mode_t mode)
{
	return (S_ISDIR(mode) ? 'd' : S_ISCHR(mode) ? 'c' : S_ISLNK(mode) ? 'l' : S_ISFIFO(mode) ? 'p' : '-');
}

static void
show(const char *folder, const char *name)
{
	char path[PATH_MAX], mode[] = "----------";
	struct stat st;
	int bit;

	if (longer) {
		snprintf(path, sizeof(path), "%s%s%s", folder, *folder == '\0' ? "" : "/", name);
		if (lstat(path, &st) == -1)
			err(1, "%s", path);
		mode[0] = kind(st.st_mode);
		for (bit = 0; bit < 9; bit++)
			if ((st.st_mode & (0400 >> bit)) != 0)
				mode[bit + 1] = "rwx"[bit % 3];
		printf("%s %3u %5u %5u %10jd ", mode, st.st_nlink, st.st_uid, st.st_gid, (intmax_t)st.st_size);
	}
	puts(name);
}

static int
read_names(const char *folder, int fd, char **names)
{
	static char buffer[4096] __attribute__((aligned(8)));
	int n = 0, bytes, at;
	long base;

	while ((bytes = getdirentries(fd, buffer, sizeof(buffer), &base)) > 0) {
		for (at = 0; at < bytes;) {
			struct dirent *entry = (struct dirent *)(buffer + at);

			at += entry->d_reclen;
			if (entry->d_fileno == 0 || (entry->d_name[0] == '.' && !all))
				continue;
			if (n == NAMES_MAX)
				errx(1, "%s: more than %d names", folder, NAMES_MAX);
			if ((names[n++] = strdup(entry->d_name)) == NULL)
				err(1, NULL);
		}
	}
	if (bytes < 0)
		err(1, "%s", folder);
	return (n);
}

static void
list(const char *path)
{
	static char *names[NAMES_MAX];
	struct stat st;
	int fd, n, i;

	if (stat(path, &st) == -1)
		err(1, "%s", path);
	if (!S_ISDIR(st.st_mode)) {
		show("", path);
		return;
	}
	fd = open(path, O_RDONLY);
	if (fd == -1)
		err(1, "%s", path);
	n = read_names(path, fd, names);
	close(fd);
	qsort(names, n, sizeof(names[0]), compare);
	for (i = 0; i < n; i++) {
		show(path, names[i]);
		free(names[i]);
	}
}

int
main(int argc, char **argv)
{
	int option, i;

	while ((option = getopt(argc, argv, "al1")) != -1) {
		all |= option == 'a';
		longer |= option == 'l';
		if (option == '?') {
			fprintf(stderr, "usage: ls [-al1] [file ...]\n");
			return (1);
		}
	}
	if (optind == argc)
		list(".");
	for (i = optind; i < argc; i++) {
		if (argc - optind > 1)
			printf("%s%s:\n", i > optind ? "\n" : "", argv[i]);
		list(argv[i]);
	}
	return (0);
}
