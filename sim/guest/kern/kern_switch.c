/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Run queues, and critical sections.  A run queue is 64 FIFOs (four priorities each) with a bitmap,
 * so adding, removing and choosing take constant time.
 *
 * Locking: run queues by sched_lock; td_critnest belongs to its thread.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/runq.h>
#include <sys/sched.h>

void
critical_enter(void)
{
	curthread->td_critnest++;
}

void
critical_exit(void)
{
	KASSERT(curthread->td_critnest > 0, ("critical_exit: not in a critical section"));
	curthread->td_critnest--;
}

struct thread *
choosethread(void)
{
	struct thread *td;

	td = sched_choose();
	TD_SET_RUNNING(td);
	return (td);
}

void
runq_init(struct runq *rq)
{
	int i;

	bzero(rq, sizeof(*rq));
	for (i = 0; i < RQ_NQS; i++)
		TAILQ_INIT(&rq->rq_queues[i]);
}

/* A preempted thread goes to the front of its queue, any other to the back. */
void
runq_add(struct runq *rq, struct thread *td, int preempted)
{
	int pri;

	pri = td->td_priority / RQ_PPQ;
	td->td_rqindex = pri;
	rq->rq_status[pri / 32] |= 1u << (pri % 32);
	if (preempted)
		TAILQ_INSERT_HEAD(&rq->rq_queues[pri], td, td_runq);
	else
		TAILQ_INSERT_TAIL(&rq->rq_queues[pri], td, td_runq);
}

void
runq_remove(struct runq *rq, struct thread *td)
{
	int pri;

	pri = td->td_rqindex;
	TAILQ_REMOVE(&rq->rq_queues[pri], td, td_runq);
	if (TAILQ_EMPTY(&rq->rq_queues[pri]))
		rq->rq_status[pri / 32] &= ~(1u << (pri % 32));
}

int
runq_check(struct runq *rq)
{
	return ((rq->rq_status[0] | rq->rq_status[1]) != 0);
}

/* The first thread of the best queue, left where it is; NULL if all are empty. */
struct thread *
runq_choose(struct runq *rq)
{
	int i;

	for (i = 0; i < RQB_LEN; i++)
		if (rq->rq_status[i] != 0)
			return (TAILQ_FIRST(&rq->rq_queues[i * 32 + ffs((int)rq->rq_status[i]) - 1]));
	return (NULL);
}
