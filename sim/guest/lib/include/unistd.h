/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The system calls that have no header of their own, and getopt().
 * Stubs come from abi/syscalls.tbl; the rest are in lib/gen.
 */
#ifndef _UNISTD_H_
#define _UNISTD_H_

#include <sys/types.h>

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4

#define _PATH_DEFPATH "/bin:/sbin:/usr/bin:/usr/sbin"

extern char **environ;
extern char *optarg;
extern int optind, opterr, optopt;

void _exit(int) __attribute__((noreturn));
int access(const char *, int);
int chdir(const char *);
int close(int);
int dup(int);
int dup2(int, int);
int execve(const char *, char *const[], char *const[]);
int execvp(const char *, char *const[]);
pid_t fork(void);
int ftruncate(int, off_t);
int getopt(int, char *const[], const char *);
pid_t getpid(void);
pid_t getppid(void);
int isatty(int);
int issetugid(void);
off_t lseek(int, off_t, int);
ssize_t pread(int, void *, size_t, off_t);
ssize_t pwrite(int, const void *, size_t, off_t);
ssize_t read(int, void *, size_t);
ssize_t readlink(const char *, char *, size_t);
unsigned int sleep(unsigned int);
int unlink(const char *);
ssize_t write(int, const void *, size_t);

#endif
