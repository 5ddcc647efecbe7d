/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * System calls about time.  Sleeping is counted in ticks and never short.  No locks of its own.
 */
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/syscallsubr.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/timetc.h>

static int nanowait;

void
timeval2timespec(const struct timeval *tv, struct timespec *ts)
{
	ts->tv_sec = tv->tv_sec;
	ts->tv_nsec = tv->tv_usec * 1000;
}

int
kern_clock_gettime(struct thread *td, int clock_id, struct timespec *ats)
{
	struct timeval user, sys;

	switch (clock_id) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_PRECISE:
	case CLOCK_REALTIME_FAST:
		nanotime(ats);
		return (0);
	case CLOCK_SECOND:
		nanotime(ats);
		ats->tv_nsec = 0;
		return (0);
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_PRECISE:
	case CLOCK_UPTIME:
	case CLOCK_UPTIME_PRECISE:
		nanouptime(ats);
		return (0);
	case CLOCK_MONOTONIC_FAST:
	case CLOCK_UPTIME_FAST:
		getnanouptime(ats);
		return (0);
	case CLOCK_VIRTUAL:
	case CLOCK_PROF:
		calcru(td->td_proc, &user, &sys);
		if (clock_id == CLOCK_PROF)
			timevaladd(&user, &sys);
		timeval2timespec(&user, ats);
		return (0);
	default:
		return (EINVAL);
	}
}

int
sys_clock_gettime(struct thread *td, struct clock_gettime_args *uap)
{
	struct timespec ats;
	int error;

	error = kern_clock_gettime(td, uap->clock_id, &ats);
	if (error == 0)
		error = copyout(&ats, uap->tp, sizeof(ats));
	return (error);
}

int
sys_clock_getres(struct thread *td, struct clock_getres_args *uap)
{
	struct timespec ts;
	int error;

	error = kern_clock_gettime(td, uap->clock_id, &ts);
	if (error != 0 || uap->tp == NULL)
		return (error);
	ts.tv_sec = uap->clock_id == CLOCK_SECOND;
	ts.tv_nsec = uap->clock_id == CLOCK_SECOND ? 0 : (long)(1000000000 / cpu_tickrate() + 1);
	return (copyout(&ts, uap->tp, sizeof(ts)));
}

int
sys_gettimeofday(struct thread *td, struct gettimeofday_args *uap)
{
	struct timezone rtz = { 0, 0 };
	struct timeval atv;
	int error;

	error = 0;
	if (uap->tp != NULL) {
		microtime(&atv);
		error = copyout(&atv, uap->tp, sizeof(atv));
	}
	if (error == 0 && uap->tzp != NULL)
		error = copyout(&rtz, uap->tzp, sizeof(rtz));
	return (error);
}

/* What is left of rqt since start, not below zero. */
void
nanosleep_remaining(const struct timespec *rqt, const struct timespec *start, struct timespec *rmt)
{
	struct timespec now;
	int64_t left;

	nanouptime(&now);
	left = (rqt->tv_sec - (now.tv_sec - start->tv_sec)) * 1000000000LL + rqt->tv_nsec - (now.tv_nsec - start->tv_nsec);
	if (left < 0)
		left = 0;
	rmt->tv_sec = left / 1000000000;
	rmt->tv_nsec = (long)(left % 1000000000);
}

/* Sleeps for rqt; EINTR with the rest in rmt if a signal came. */
int
kern_nanosleep(struct thread *td, struct timespec *rqt, struct timespec *rmt)
{
	struct timespec start;
	struct timeval tv;
	int error;

	if (rqt->tv_nsec < 0 || rqt->tv_nsec >= 1000000000 || rqt->tv_sec < 0 || rqt->tv_sec > 1000000000)
		return (EINVAL);
	if (rqt->tv_sec == 0 && rqt->tv_nsec == 0)
		return (0);
	nanouptime(&start);
	*rmt = *rqt;
	do {
		tv.tv_sec = rmt->tv_sec;
		tv.tv_usec = (rmt->tv_nsec + 999) / 1000;
		error = tsleep(&nanowait, PWAIT | PCATCH, "nanslp", tvtohz(&tv));
		nanosleep_remaining(rqt, &start, rmt);
	} while (error == EWOULDBLOCK && (rmt->tv_sec != 0 || rmt->tv_nsec != 0));
	if (error == ERESTART)
		error = EINTR;
	return (error == EWOULDBLOCK ? 0 : error);
}

int
sys_nanosleep(struct thread *td, struct nanosleep_args *uap)
{
	struct timespec rqt, rmt;
	int error, error2;

	error = copyin(uap->rqtp, &rqt, sizeof(rqt));
	if (error != 0)
		return (error);
	error = kern_nanosleep(td, &rqt, &rmt);
	if (error == EINTR && uap->rmtp != NULL) {
		error2 = copyout(&rmt, uap->rmtp, sizeof(rmt));
		if (error2 != 0)
			error = error2;
	}
	return (error);
}
