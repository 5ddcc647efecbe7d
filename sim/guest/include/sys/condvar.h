/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Condition variables over sleep queues: wait with a mutex held, signal or broadcast with it held. */
#ifndef _SYS_CONDVAR_H_
#define	_SYS_CONDVAR_H_

#include <sys/types.h>

struct mtx;

struct cv {
	const char *cv_description;
	int	cv_waiters;
};

void	cv_init(struct cv *cvp, const char *desc);
void	cv_destroy(struct cv *cvp);
void	_cv_wait(struct cv *cvp, struct mtx *mtx);
void	cv_signal(struct cv *cvp);
void	cv_broadcastpri(struct cv *cvp, int pri);
#define	cv_wait(cvp, mtx)	_cv_wait((cvp), (mtx))
#define	cv_broadcast(cvp)	cv_broadcastpri((cvp), 0)

#endif
