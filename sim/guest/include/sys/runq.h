/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Run queues: 64 FIFO queues, one for every four priorities, and a bitmap of those not empty. */
#ifndef _SYS_RUNQ_H_
#define	_SYS_RUNQ_H_

#include <sys/types.h>
#include <sys/queue.h>

struct thread;

#define	RQ_NQS	64
#define	RQ_PPQ	4
#define	RQB_LEN	2

TAILQ_HEAD(rqhead, thread);

struct runq {
	uint32_t rq_status[RQB_LEN];
	struct rqhead rq_queues[RQ_NQS];
};

void	runq_init(struct runq *rq);
void	runq_add(struct runq *rq, struct thread *td, int preempted);
void	runq_remove(struct runq *rq, struct thread *td);
struct thread *runq_choose(struct runq *rq);
int	runq_check(struct runq *rq);

#endif
