/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Faults as arg4 of dtrace:::ERROR has them, flags of open(2), commands of fcntl(2), and modes of access(2) and lseek(2).
 */
inline int DTRACEFLT_UNKNOWN = 0;
inline int DTRACEFLT_BADADDR = 1;
inline int DTRACEFLT_BADALIGN = 2;
inline int DTRACEFLT_ILLOP = 3;
inline int DTRACEFLT_DIVZERO = 4;
inline int DTRACEFLT_NOSCRATCH = 5;
inline int DTRACEFLT_KPRIV = 6;
inline int DTRACEFLT_UPRIV = 7;
inline int DTRACEFLT_TUPOFLOW = 8;
inline int DTRACEFLT_BADSTACK = 9;

/* open(2) */
inline int O_RDONLY = 0x0000;
inline int O_WRONLY = 0x0001;
inline int O_RDWR = 0x0002;
inline int O_ACCMODE = 0x0003;
inline int O_NONBLOCK = 0x0004;
inline int O_APPEND = 0x0008;
inline int O_CREAT = 0x0200;
inline int O_TRUNC = 0x0400;
inline int O_EXCL = 0x0800;
inline int O_NOFOLLOW = 0x0100;
inline int O_DIRECTORY = 0x00020000;
inline int O_EXEC = 0x00040000;
inline int O_CLOEXEC = 0x00100000;

/* fcntl(2), openat(2), access(2), lseek(2) */
inline int F_DUPFD = 0;
inline int F_GETFD = 1;
inline int F_SETFD = 2;
inline int F_GETFL = 3;
inline int F_SETFL = 4;
inline int F_DUPFD_CLOEXEC = 17;
inline int FD_CLOEXEC = 1;
inline int AT_FDCWD = -100;
inline int F_OK = 0;
inline int X_OK = 0x01;
inline int W_OK = 0x02;
inline int R_OK = 0x04;
inline int SEEK_SET = 0;
inline int SEEK_CUR = 1;
inline int SEEK_END = 2;
