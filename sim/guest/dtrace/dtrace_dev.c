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

#define DTRACE_STATUSRATE	1000000000ull	/* ns: how late an exit() may be noticed, as published */

static struct mtx dtrace_wait_mtx;
static int dtrace_opened;

int
dtrace_open(struct cdev *dev, int oflags, int devtype, struct thread *td)
{

	if (dtrace_opened)
		return (EBUSY);
	dtrace_opened = 1;
	return (0);
}

/* Whatever the consumer left behind is undone: it may have died. */
int
dtrace_close(struct cdev *dev, int fflag, int devtype, struct thread *td)
{

	if (dtrace_state.activity == DTRACE_ACTIVITY_ACTIVE || dtrace_state.activity == DTRACE_ACTIVITY_DRAINING)
		(void)dtrace_state_stop(&dtrace_state);
	dtrace_state_destroy(&dtrace_state);
	dtrace_opened = 0;
	return (0);
}

int
dtrace_ioctl_enable(void)
{
	const struct pv_request *req = (const struct pv_request *)MAILBOX_KVA;
	struct dprog_hdr *program;
	u_int bytes;

	if ((program = pvctl_program(&bytes)) == NULL)
		return (ENOENT);
	dtrace_clock_sync();
	return (dtrace_state_enable(&dtrace_state, program, bytes, req->seed_lo));
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
	if (dtrace_state.activity >= DTRACE_ACTIVITY_DRAINING)
		events |= DTRACEWAIT_DRAINING;
	if (pvctl_interrupted)
		events |= DTRACEWAIT_INTERRUPT;
	return (events);
}

/* Sleeps until something happens or the time is over. */
int
dtrace_ioctl_wait(const void *user, struct thread *td)
{
	uint64_t timeout = 0;
	int error, timo;

	if (user != NULL && (error = copyin(user, &timeout, sizeof(timeout))) != 0)
		return (error);
	if (timeout == 0)
		timeout = dtrace_state.switchrate_ns;
	if (timeout == 0 || timeout > DTRACE_STATUSRATE)
		timeout = DTRACE_STATUSRATE;
	timo = (int)((uint32_t)timeout / (1000000000u / (u_int)hz));
	mtx_lock_spin(&dtrace_wait_mtx);
	if (dtrace_wait_events(td->td_proc) == 0)
		(void)msleep_spin(&dtrace_state, &dtrace_wait_mtx, "dtrace", MAX(timo, 1));
	mtx_unlock_spin(&dtrace_wait_mtx);
	td->td_retval[0] = dtrace_wait_events(td->td_proc);
	if (td->td_retval[0] == 0)
		td->td_retval[0] = DTRACEWAIT_TIMEOUT;
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
		return (dtrace_ioctl_enable());
	case DTRACEIOC_GO:
		return (dtrace_ioctl_go(td));
	case DTRACEIOC_STOP:
		return (dtrace_state_stop(&dtrace_state));
	case DTRACEIOC_BUFSNAP:
		return (dtrace_state_bufsnap(&dtrace_state));
	case DTRACEIOC_AGGSNAP:
		return (dtrace_state_aggsnap(&dtrace_state));
	case DTRACEIOC_WAIT:
		return (dtrace_ioctl_wait(data, td));
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
	dtrace_trap_func = dtrace_trap;
	dtrace_invop_jump_addr = dtrace_invop;
	make_dev(&dtrace_cdevsw, 0, 0, 0, 0600, "dtrace/dtrace");
}
