/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * struct timespec and struct timeval, and gettimeofday().
 * The 64-bit seconds make both 16 bytes long.
 */
#ifndef _SYS_TIME_H_
#define _SYS_TIME_H_

#include <sys/types.h>

struct timespec {
	time_t tv_sec;
	long tv_nsec;
};

struct timeval {
	time_t tv_sec;
	suseconds_t tv_usec;
};

struct timezone {
	int tz_minuteswest;
	int tz_dsttime;
};

int gettimeofday(struct timeval *, struct timezone *);

#endif
