/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The process table: making and freeing process structures, finding them by id, process groups, and
 * the saved arguments.
 *
 * Locking: allproc_lock guards the lists and the hash, proctree_lock parents and groups; pfind()
 * returns its process locked.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/ucred.h>
#include <sys/wait.h>
#include <vm/vm.h>
#include <vm/uma.h>
#include <vm/vm_extern.h>

#define	PIDHASH(pid)	(&pidhashtbl[(pid) % PIDHASHSIZE])
#define	PIDHASHSIZE	32

MALLOC_DEFINE(M_PGRP, "pgrp", "process group header");
MALLOC_DEFINE(M_SESSION, "session", "session header");
MALLOC_DEFINE(M_PARGS, "proc-args", "Process arguments");

struct proclist allproc, zombproc;
struct sx allproc_lock, proctree_lock;
int nprocs = 1;			/* processes and zombies, proc0 included */
static struct proclist pidhashtbl[PIDHASHSIZE];
static LIST_HEAD(, pgrp) pgrplist;
static uma_zone_t proc_zone, thread_zone;
static lwpid_t next_tid = 100000;
static pid_t lastpid;

void
procinit(void)
{
	int i;

	sx_init(&allproc_lock, "allproc");
	sx_init(&proctree_lock, "proctree");
	LIST_INIT(&allproc);
	LIST_INIT(&zombproc);
	LIST_INIT(&pgrplist);
	for (i = 0; i < PIDHASHSIZE; i++)
		LIST_INIT(&pidhashtbl[i]);
	proc_zone = uma_zcreate("PROC", sizeof(struct proc), NULL, NULL, NULL, NULL, UMA_ALIGN_PTR, UMA_ZONE_NOFREE);
	thread_zone = uma_zcreate("THREAD", sizeof(struct thread), NULL, NULL, NULL, NULL, 31, UMA_ZONE_NOFREE);
}

/* Ties a process and its one thread together; sets up the locks of both. */
void
proc_linkup(struct proc *p, struct thread *td)
{
	mtx_init(&p->p_mtx, "process lock", NULL, MTX_DEF | MTX_DUPOK);
	cv_init(&p->p_pwait, "ppwait");
	LIST_INIT(&p->p_children);
	p->p_thread = td;
	td->td_proc = p;
	td->td_lock = &sched_lock;
	td->td_tid = next_tid++;
	callout_init(&td->td_slpcallout, 1);
}

/* A new process with a thread and a kernel stack, on no list yet; NULL if there is no memory. */
struct proc *
proc_alloc(void)
{
	struct proc *p;
	struct thread *td;

	p = uma_zalloc(proc_zone, M_WAITOK | M_ZERO);
	td = uma_zalloc(thread_zone, M_WAITOK | M_ZERO);
	if (!vm_thread_new(td, 0)) {
		uma_zfree(thread_zone, td);
		uma_zfree(proc_zone, p);
		return (NULL);
	}
	cpu_thread_alloc(td);
	proc_linkup(p, td);
	return (p);
}

/* Gives back the thread, its stack and the structure. */
void
proc_free(struct proc *p)
{
	struct thread *td;

	td = FIRST_THREAD_IN_PROC(p);
	vm_thread_dispose(td);
	uma_zfree(thread_zone, td);
	cv_destroy(&p->p_pwait);
	mtx_destroy(&p->p_mtx);
	uma_zfree(proc_zone, p);
}

/* Makes a process findable. */
void
proc_insert(struct proc *p)
{
	sx_xlock(&allproc_lock);
	LIST_INSERT_HEAD(&allproc, p, p_list);
	LIST_INSERT_HEAD(PIDHASH(p->p_pid), p, p_hash);
	sx_xunlock(&allproc_lock);
}

/* Is this number a process, a zombie or a group? */
int
pid_in_use(pid_t pid)
{
	struct proc *p;

	LIST_FOREACH(p, PIDHASH(pid), p_hash)
		if (p->p_pid == pid)
			return (1);
	LIST_FOREACH(p, &zombproc, p_list)
		if (p->p_pid == pid)
			return (1);
	return (pgfind(pid) != NULL);
}

/* The next free process id; the caller holds allproc_lock. */
pid_t
fork_findpid(void)
{
	do {
		lastpid = lastpid >= PID_MAX ? 100 : lastpid + 1;
	} while (pid_in_use(lastpid));
	return (lastpid);
}

struct proc *
pfind_locked(pid_t pid)
{
	struct proc *p;

	LIST_FOREACH(p, PIDHASH(pid), p_hash) {
		if (p->p_pid != pid)
			continue;
		PROC_LOCK(p);
		if (p->p_state != PRS_NEW)
			return (p);
		PROC_UNLOCK(p);
		return (NULL);
	}
	return (NULL);
}

struct proc *
pfind(pid_t pid)
{
	struct proc *p;

	if (pid < 0)
		return (NULL);
	sx_slock(&allproc_lock);
	p = pfind_locked(pid);
	sx_sunlock(&allproc_lock);
	return (p);
}

struct proc *
zpfind(pid_t pid)
{
	struct proc *p;

	sx_slock(&allproc_lock);
	LIST_FOREACH(p, &zombproc, p_list)
		if (p->p_pid == pid) {
			PROC_LOCK(p);
			break;
		}
	sx_sunlock(&allproc_lock);
	return (p);
}

/* The group, not locked; NULL if there is none. */
struct pgrp *
pgfind(pid_t pgid)
{
	struct pgrp *pgrp;

	LIST_FOREACH(pgrp, &pgrplist, pg_hash)
		if (pgrp->pg_id == pgid)
			return (pgrp);
	return (NULL);
}

/* A group and a session of p's own; for init, at boot. */
void
enternewpgrp(struct proc *p)
{
	struct pgrp *pgrp;
	struct session *sess;

	pgrp = malloc(sizeof(*pgrp), M_PGRP, M_WAITOK | M_ZERO);
	sess = malloc(sizeof(*sess), M_SESSION, M_WAITOK | M_ZERO);
	mtx_init(&sess->s_mtx, "session", NULL, MTX_DEF);
	mtx_init(&pgrp->pg_mtx, "process group", NULL, MTX_DEF | MTX_DUPOK);
	sess->s_count = 1;
	sess->s_sid = p->p_pid;
	sess->s_leader = p;
	pgrp->pg_id = p->p_pid;
	pgrp->pg_session = sess;
	LIST_INIT(&pgrp->pg_members);
	sx_xlock(&proctree_lock);
	LIST_INSERT_HEAD(&pgrplist, pgrp, pg_hash);
	sx_xunlock(&proctree_lock);
	(void)enterthispgrp(p, pgrp);
}

/* Joins a group; the caller may hold proctree_lock exclusively or nothing. */
int
enterthispgrp(struct proc *p, struct pgrp *pgrp)
{
	PGRP_LOCK(pgrp);
	PROC_LOCK(p);
	p->p_pgrp = pgrp;
	PROC_UNLOCK(p);
	LIST_INSERT_HEAD(&pgrp->pg_members, p, p_pglist);
	PGRP_UNLOCK(pgrp);
	return (0);
}

/* Leaves the group; the last member takes group and session along. */
int
leavepgrp(struct proc *p)
{
	struct pgrp *pgrp;
	int empty;

	sx_assert(&proctree_lock, SA_XLOCKED);
	pgrp = p->p_pgrp;
	if (pgrp == NULL)
		return (0);
	PGRP_LOCK(pgrp);
	LIST_REMOVE(p, p_pglist);
	p->p_pgrp = NULL;
	empty = LIST_EMPTY(&pgrp->pg_members);
	PGRP_UNLOCK(pgrp);
	if (empty) {
		LIST_REMOVE(pgrp, pg_hash);
		mtx_destroy(&pgrp->pg_session->s_mtx);
		free(pgrp->pg_session, M_SESSION);
		mtx_destroy(&pgrp->pg_mtx);
		free(pgrp, M_PGRP);
	}
	return (0);
}

struct pargs *
pargs_alloc(int len)
{
	struct pargs *pa;

	pa = malloc(sizeof(struct pargs) + (size_t)len, M_PARGS, M_WAITOK);
	pa->ar_ref = 1;
	pa->ar_length = (u_int)len;
	return (pa);
}

void
pargs_free(struct pargs *pa)
{
	free(pa, M_PARGS);
}

void
pargs_hold(struct pargs *pa)
{
	if (pa != NULL)
		atomic_add_int(&pa->ar_ref, 1);
}

void
pargs_drop(struct pargs *pa)
{
	if (pa != NULL && atomic_fetchadd_int(&pa->ar_ref, -1) == 1)
		pargs_free(pa);
}
