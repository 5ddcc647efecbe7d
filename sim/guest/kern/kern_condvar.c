/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Condition variables: sleep queues whose channel is the variable itself.
 *
 * Locking: the caller's mutex, held around wait, signal and broadcast; it is dropped while waiting.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/condvar.h>
#include <sys/sleepqueue.h>

void
cv_init(struct cv *cvp, const char *desc)
{
	cvp->cv_description = desc;
	cvp->cv_waiters = 0;
}

void
cv_destroy(struct cv *cvp)
{
	KASSERT(cvp->cv_waiters == 0, ("cv_destroy: %s has waiters", cvp->cv_description));
}

void
_cv_wait(struct cv *cvp, struct mtx *mtx)
{
	cvp->cv_waiters++;
	(void)_sleep(cvp, &mtx->lock_object, 0, cvp->cv_description, 0);
}

void
cv_signal(struct cv *cvp)
{
	if (cvp->cv_waiters == 0)
		return;
	cvp->cv_waiters--;
	wakeup_one(cvp);
}

/* Wakes all; pri would boost them and is always 0 here. */
void
cv_broadcastpri(struct cv *cvp, int pri)
{
	if (cvp->cv_waiters == 0)
		return;
	cvp->cv_waiters = 0;
	wakeup(cvp);
}
