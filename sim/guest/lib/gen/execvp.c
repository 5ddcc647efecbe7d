/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * execvp: execve along PATH.  A name with a slash is not searched for; a file that may not be
 * executed is remembered, so that EACCES wins over ENOENT at the end.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
execvp(const char *name, char *const argv[])
{
	const char *path = getenv("PATH"), *next;
	int failure = ENOENT;
	char full[PATH_MAX];

	if (strchr(name, '/') != NULL)
		return (execve(name, argv, environ));
	if (*name == '\0') {
		errno = ENOENT;
		return (-1);
	}
	for (path = path == NULL ? _PATH_DEFPATH : path; path != NULL; path = next) {
		const char *colon = strchr(path, ':');
		size_t length = colon == NULL ? strlen(path) : (size_t)(colon - path);

		next = colon == NULL ? NULL : colon + 1;
		if (length + strlen(name) + 2 > sizeof(full))
			continue;
		memcpy(full, path, length);
		full[length] = '\0';
		strlcat(full, length == 0 ? "./" : "/", sizeof(full));
		strlcat(full, name, sizeof(full));
		execve(full, argv, environ);
		if (errno == EACCES)
			failure = EACCES;
		else if (errno != ENOENT && errno != ENOTDIR)
			return (-1);
	}
	errno = failure;
	return (-1);
}
