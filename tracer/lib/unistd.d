/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Faults as arg4 of dtrace:::ERROR has them, commands of fcntl(2), and modes of access(2) and lseek(2).
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

/* fcntl(2), access(2), lseek(2) */
inline int F_DUPFD = 0;
inline int F_GETFD = 1;
inline int F_SETFD = 2;
inline int F_GETFL = 3;
inline int F_SETFL = 4;
inline int F_DUPFD_CLOEXEC = 17;
inline int FD_CLOEXEC = 1;
inline int F_OK = 0;
inline int X_OK = 0x01;
inline int W_OK = 0x02;
inline int R_OK = 0x04;
inline int SEEK_SET = 0;
inline int SEEK_CUR = 1;
inline int SEEK_END = 2;
