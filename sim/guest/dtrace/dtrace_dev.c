/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * /dev/dtrace/dtrace: the consumer's way in, and the module's start at boot.
 *
 * One open at a time.  The program lies in the mailbox, where the host put it; data leaves by
 * events, so the ioctls carry next to nothing.  dtrace_wait_mtx (spin) makes DTRACEIOC_WAIT's look
 * and sleep one step against dtrace_wakeup(), which an interrupt may call.
 */
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <sys/pvctl.h>
#include <machine/vmparam.h>
#include <abi/pvctl.h>
#include "dtrace/dtrace_dev.h"

#define DTRACE_MAXSTATUSRATE	10000000000ull	/* ns: how late an exit() may be noticed, as published */

static struct mtx dtrace_wait_mtx;
static int dtrace_opened;
static pid_t dtrace_consumer;	/* process that has the device open */
static pid_t dtrace_grabbed;	/* process whose end is waited for, 0 = none */

int
dtrace_open(struct cdev *dev, int oflags, int devtype, struct thread *td)
{

	if (dtrace_opened)
		return (EBUSY);
	dtrace_opened = 1;
	dtrace_consumer = td->td_proc->p_pid;
	dtrace_grabbed = 0;
	return (0);
}

/* Whatever the consumer left behind is undone: it may have died. */
int
dtrace_close(struct cdev *dev, int fflag, int devtype, struct thread *td)
{

	(void)dtrace_state_stop(&dtrace_state);
	dtrace_state_destroy(&dtrace_state);
	dtrace_opened = 0;
	return (0);
}

int
dtrace_ioctl_enable(pid_t target)
{
	const struct pv_request *req = (const struct pv_request *)MAILBOX_KVA;
	struct dprog_hdr *program;
	u_int bytes;

	if ((program = pvctl_program(&bytes)) == NULL)
		return (ENOENT);
	dtrace_clock_sync();
	return (dtrace_state_enable(&dtrace_state, program, bytes, req->seed_lo, (u_int)target));
}

/* Returns the process of that number that has not ended, or NULL; nothing can change it but the caller's sleeping. */
struct proc *
dtrace_find_process(pid_t pid)
{
	struct proc *p;

	LIST_FOREACH(p, &allproc, p_list)
		if (p->p_pid == pid)
			return (p);
	return (NULL);
}

int
dtrace_ioctl_grab(pid_t pid)
{

	if (dtrace_find_process(pid) == NULL)
		return (ESRCH);
	dtrace_grabbed = pid;
	return (0);
}

int
dtrace_ioctl_go(struct thread *td)
{
	int error = dtrace_state_go(&dtrace_state);

	if (error == 0 && dtrace_state.activity == DTRACE_ACTIVITY_DRAINING)
		td->td_retval[0] = DTRACEWAIT_DRAINING;
	return (error);
}

/* Returns the DTRACEWAIT_* bits of what has happened already. */
int
dtrace_wait_events(struct proc *p)
{
	struct proc *child;
	int events = 0;

	LIST_FOREACH(child, &p->p_children, p_sibling)
		if (child->p_state == PRS_ZOMBIE)
			events |= DTRACEWAIT_CHILD;
	if (dtrace_grabbed != 0 && dtrace_find_process(dtrace_grabbed) == NULL)
		events |= DTRACEWAIT_GRABBED;
	if (dtrace_state.activity >= DTRACE_ACTIVITY_DRAINING || dtrace_state.buffer.full)
		events |= DTRACEWAIT_DRAINING;
	if (pvctl_interrupted)
		events |= DTRACEWAIT_INTERRUPT;
	return (events);
}

pid_t
dtrace_consumer_pid(void)
{

	return (dtrace_consumer);
}

uint64_t
dtrace_now(void)
{
	u_int cookie = dtrace_interrupt_disable();
	uint64_t now = dtrace_gethrtime();

	dtrace_interrupt_enable(cookie);
	return (now);
}

/* Returns which of the program's rates are due, and when they are next. */
int
dtrace_wait_due(struct dtrace_state *state, uint64_t now)
{
	int due = 0;

	state->alive = now;
	if (now >= state->switch_next) {
		state->switch_next = now + state->switchrate_ns;
		due |= DTRACEWAIT_SWITCH;
	}
	if (now >= state->agg_next) {
		state->agg_next = now + state->aggrate_ns;
		due |= DTRACEWAIT_AGGREGATE;
	}
	return (due);
}

/* Returns the ticks until the next thing is due: a buffer, or a look at the status. */
int
dtrace_wait_ticks(const struct dtrace_state *state, uint64_t now)
{
	uint64_t next = MIN(state->switch_next, state->agg_next), wait = MIN(state->statusrate_ns, DTRACE_MAXSTATUSRATE);

	if (next <= now)
		return (1);
	wait = MIN(wait, next - now);
	return (MAX((int)((uint32_t)(wait / 1000) / (1000000u / (u_int)hz)), 1));
}

/* Sleeps until something happens or is due. */
int
dtrace_ioctl_wait(struct thread *td)
{
	int ticks = dtrace_wait_ticks(&dtrace_state, dtrace_now());

	dtrace_state.alive = dtrace_now();
	mtx_lock_spin(&dtrace_wait_mtx);
	if (dtrace_wait_events(td->td_proc) == 0)
		(void)msleep_spin(&dtrace_state, &dtrace_wait_mtx, "dtrace", ticks);
	mtx_unlock_spin(&dtrace_wait_mtx);
	td->td_retval[0] = dtrace_wait_events(td->td_proc) | dtrace_wait_due(&dtrace_state, dtrace_now());
	if (td->td_retval[0] == 0)
		td->td_retval[0] = DTRACEWAIT_STATUS;
	return (0);
}

void
dtrace_wakeup(void)
{

	if (!dtrace_opened)
		return;
	mtx_lock_spin(&dtrace_wait_mtx);
	wakeup(&dtrace_state);
	mtx_unlock_spin(&dtrace_wait_mtx);
}

int
dtrace_ioctl(struct cdev *dev, u_long cmd, void *data, int fflag, struct thread *td)
{

	switch (cmd) {
	case DTRACEIOC_ENABLE:
		return (dtrace_ioctl_enable((pid_t)(uintptr_t)data));
	case DTRACEIOC_GO:
		return (dtrace_ioctl_go(td));
	case DTRACEIOC_STOP:
		return (dtrace_state_stop(&dtrace_state));
	case DTRACEIOC_BUFSNAP:
		return (dtrace_state_bufsnap(&dtrace_state));
	case DTRACEIOC_AGGSNAP:
		return (dtrace_state_aggsnap(&dtrace_state));
	case DTRACEIOC_WAIT:
		return (dtrace_ioctl_wait(td));
	case DTRACEIOC_GRAB:
		return (dtrace_ioctl_grab((pid_t)(uintptr_t)data));
	}
	return (ENOTTY);
}

static struct cdevsw dtrace_cdevsw = {
	.d_version = D_VERSION,
	.d_name = "dtrace",
	.d_open = dtrace_open,
	.d_close = dtrace_close,
	.d_ioctl = dtrace_ioctl,
};

/* Creates the providers' probes, sets the hooks and makes the device; after the linker and devfs. */
void
dtrace_init(void)
{

	mtx_init(&dtrace_wait_mtx, "dtrace wait", NULL, MTX_SPIN);
	dtrace_clock_sync();
	dtrace_provider_init();
	systrace_init();
	fbt_init();
	sdt_init();
	profile_init();
	dtrace_trap_func = dtrace_trap;
	dtrace_invop_jump_addr = dtrace_invop;
	make_dev(&dtrace_cdevsw, 0, 0, 0, 0600, "dtrace/dtrace");
}
