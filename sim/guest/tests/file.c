/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files, directories, devices, descriptors and pipes.
 */
#include "kt.h"

#include <dirent.h>
#include <sys/ioctl.h>

#define BIG 200000

static char big[BIG];

static void
zero_and_null(int argc, char **argv)
{
	int zero = open("/dev/zero", O_RDWR), null = open("/dev/null", O_RDWR), i;

	memset(big, 'x', sizeof(big));
	CHECK(read(zero, big, sizeof(big)) == BIG);
	for (i = 0; i < BIG; i++)
		CHECK(big[i] == 0);
	CHECK(write(zero, big, BIG) == BIG && write(null, big, BIG) == BIG);
	CHECK(write(null, NULL, 5) == 5);	/* it never looks */
	CHECK(read(null, big, 10) == 0);
	CHECK(read(zero, big, 0) == 0);
}

static void
open_errors(int argc, char **argv)
{
	static char longname[2000];

	CHECK_ERRNO(open("/bin/dd", O_WRONLY), EROFS);
	CHECK_ERRNO(open("/bin/dd", O_RDWR), EROFS);
	CHECK_ERRNO(open("/bin/new", O_RDWR | O_CREAT, 0644), EROFS);
	CHECK_ERRNO(open("/bin/none", O_RDONLY), ENOENT);
	CHECK_ERRNO(open("", O_RDONLY), ENOENT);
	CHECK_ERRNO(open("/bin/dd/x", O_RDONLY), ENOTDIR);
	CHECK_ERRNO(open("/bin/dd/", O_RDONLY), ENOTDIR);
	CHECK_ERRNO(open("/bin", O_WRONLY), EISDIR);
	CHECK_ERRNO(open("/dev/zero", 3), EINVAL);
	memset(longname, 'a', sizeof(longname) - 1);
	CHECK_ERRNO(open(longname, O_RDONLY), ENAMETOOLONG);
	longname[300] = '\0';
	CHECK_ERRNO(open(longname, O_RDONLY), ENAMETOOLONG);
	CHECK_ERRNO(unlink("/bin/dd"), EROFS);
	CHECK_ERRNO(access("/bin/dd", W_OK), EROFS);
	CHECK(access("/bin/dd", X_OK | R_OK) == 0 && access("/dev/null", W_OK) == 0);
}

static void
offsets(int argc, char **argv)
{
	int fd = open("/bin/dd", O_RDONLY), copy;
	struct stat sb;
	char a[16], b[16];

	CHECK(fstat(fd, &sb) == 0 && read(fd, a, 16) == 16 && lseek(fd, 0, SEEK_CUR) == 16);
	CHECK(pread(fd, b, 16, 0) == 16 && memcmp(a, b, 16) == 0 && lseek(fd, 0, SEEK_CUR) == 16);
	CHECK(lseek(fd, -16, SEEK_CUR) == 0 && lseek(fd, 0, SEEK_END) == sb.st_size && read(fd, a, 16) == 0);
	CHECK(lseek(fd, 0x100000000LL, SEEK_SET) == 0x100000000LL && read(fd, a, 16) == 0);
	CHECK_ERRNO(lseek(fd, -1, SEEK_SET), EINVAL);
	CHECK_ERRNO(lseek(fd, 0, 9), EINVAL);
	CHECK_ERRNO(pread(fd, b, 16, -1), EINVAL);
	copy = dup(fd);
	CHECK(lseek(fd, 100, SEEK_SET) == 100 && lseek(copy, 0, SEEK_CUR) == 100);
	CHECK(close(fd) == 0 && lseek(copy, 0, SEEK_CUR) == 100 && close(copy) == 0);
}

static void
descriptors(int argc, char **argv)
{
	int fd[100], n;

	CHECK_ERRNO(close(55), EBADF);
	CHECK_ERRNO(close(-1), EBADF);
	CHECK_ERRNO(read(1000000, big, 1), EBADF);
	for (n = 0; n < 100 && (fd[n] = open("/dev/null", O_RDONLY)) != -1; n++)
		continue;
	CHECK(n < 100 && errno == EMFILE);
	CHECK_ERRNO(write(fd[0], "x", 1), EBADF);
	CHECK(close(fd[3]) == 0 && open("/dev/zero", O_RDONLY) == fd[3]);
	while (n-- > 0)
		CHECK(close(fd[n]) == 0);
	CHECK(dup2(1, 40) == 40 && fcntl(40, F_GETFD) == 0 && fcntl(40, F_SETFD, 1) == 0 && fcntl(40, F_GETFD) == 1);
	CHECK(close(40) == 0);
	CHECK_ERRNO(dup2(1, 5000), EBADF);
	CHECK_ERRNO(dup2(50, 1), EBADF);
	CHECK_ERRNO(fcntl(1, 999, 0), EINVAL);
}

static void
attributes(int argc, char **argv)
{
	struct stat sb, other;
	int type, zero = open("/dev/zero", O_RDONLY), tty = open("/dev/ttyu1", O_RDONLY);

	CHECK(stat("/dev/zero", &sb) == 0 && S_ISCHR(sb.st_mode) && stat("/dev/null", &other) == 0);
	CHECK(sb.st_rdev != other.st_rdev && sb.st_dev == other.st_dev);
	CHECK(stat("/bin", &sb) == 0 && S_ISDIR(sb.st_mode));
	CHECK(stat("/bin/dd", &sb) == 0 && S_ISREG(sb.st_mode) && sb.st_size > 1000 && (sb.st_mode & 0111) != 0);
	CHECK(stat("/bin/../bin/./dd", &other) == 0 && other.st_ino == sb.st_ino);
	CHECK(ioctl(zero, FIODTYPE, &type) == 0 && type == 0);
	CHECK(ioctl(tty, FIODTYPE, &type) == 0 && type == D_TTY);
	CHECK_ERRNO(ioctl(zero, 0x1234, 0), ENOTTY);
}

static void
directories(int argc, char **argv)
{
	static char buf[2048] __attribute__((aligned(8)));
	int fd = open("/dev", O_RDONLY), found = 0, n, at;
	char cwd[64];
	long base;

	n = getdirentries(fd, buf, sizeof(buf), &base);
	CHECK(n > 0 && base == 0);
	for (at = 0; at < n; at += ((struct dirent *)(buf + at))->d_reclen) {
		struct dirent *d = (struct dirent *)(buf + at);

		found += strcmp(d->d_name, "zero") == 0 || strcmp(d->d_name, "null") == 0 || strcmp(d->d_name, ".") == 0;
	}
	CHECK(found == 3 && at == n && getdirentries(fd, buf, sizeof(buf), &base) == 0);
	CHECK_ERRNO(read(fd, buf, 10), EISDIR);
	CHECK(chdir("/usr/bin") == 0 && __getcwd(cwd, sizeof(cwd)) == 0 && strcmp(cwd, "/usr/bin") == 0);
	CHECK(access("../../bin/dd", R_OK) == 0 && access("true", X_OK) == 0);
	CHECK(chdir("/dev/dtrace") == 0 && __getcwd(cwd, sizeof(cwd)) == 0 && strcmp(cwd, "/dev/dtrace") == 0);
	CHECK(chdir("..") == 0 && access("zero", R_OK) == 0 && chdir("..") == 0 && access("bin/dd", R_OK) == 0);
	CHECK_ERRNO(chdir("/bin/dd"), ENOTDIR);
	CHECK_ERRNO(__getcwd(cwd, 1), ERANGE);
}

static void
drain(void *arg)
{
	int *fds = arg, n, total = 0;

	close(fds[1]);
	while ((n = read(fds[0], big, 777)) > 0)
		total += n;
	_exit(n == 0 && total == BIG ? 0 : 1);
}

static void
pipes(int argc, char **argv)
{
	int fds[2], status;
	pid_t pid;
	char c;

	CHECK(pipe2(fds, 0) == 0 && write(fds[1], "hello", 5) == 5 && read(fds[0], big, 100) == 5);
	CHECK(memcmp(big, "hello", 5) == 0);
	CHECK_ERRNO(lseek(fds[0], 0, SEEK_CUR), ESPIPE);
	CHECK_ERRNO(read(fds[1], &c, 1), EBADF);
	CHECK_ERRNO(write(fds[0], &c, 1), EBADF);
	pid = fork();
	if (pid == 0)
		drain(fds);
	CHECK(close(fds[0]) == 0 && write(fds[1], big, BIG) == BIG && close(fds[1]) == 0);
	CHECK(wait4(pid, &status, 0, NULL) == pid && status == 0);
	CHECK(pipe2(fds, O_NONBLOCK) == 0);
	CHECK_ERRNO(read(fds[0], &c, 1), EAGAIN);
	CHECK(close(fds[1]) == 0 && read(fds[0], &c, 1) == 0 && close(fds[0]) == 0);
	CHECK_ERRNO(pipe2(fds, 0x77), EINVAL);
}

static void
write_to_nobody(void *arg)
{
	int fds[2];

	CHECK(pipe2(fds, 0) == 0 && close(fds[0]) == 0);
	if (arg != NULL)
		signal(SIGPIPE, SIG_IGN);
	CHECK_ERRNO(write(fds[1], "x", 1), EPIPE);
}

static void
broken_pipe(int argc, char **argv)
{
	CHECK(kt_child(write_to_nobody, NULL) == SIGPIPE);
	CHECK(kt_child(write_to_nobody, big) == 0);
}

const struct kt_case file_cases[] = {
	{ "zero_and_null", zero_and_null },
	{ "open_errors", open_errors },
	{ "offsets", offsets },
	{ "descriptors", descriptors },
	{ "attributes", attributes },
	{ "directories", directories },
	{ "pipes", pipes },
	{ "broken_pipe", broken_pipe },
	{ NULL, NULL },
};
