/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clocks and sleeping.
 * Calendar time is not needed by any program here.
 */
#ifndef _TIME_H_
#define _TIME_H_

#include <sys/time.h>

#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 4

int clock_gettime(clockid_t, struct timespec *);
int nanosleep(const struct timespec *, struct timespec *);
time_t time(time_t *);

#endif
