/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * /dev/pvctl, init's line to the host: waiting for requests, reading their strings, holding and
 * releasing the workload, marks and reports.  Reading a request also applies its noise (pvctl_noise.c).
 *
 * A write to PV_EVENT stops the machine until the host has acted; nothing of that takes guest time.
 * Locking: held children by their PROC_LOCK; the rest is only used by one process at a time.
 */
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/dtrace.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/pvctl.h>
#include <sys/uio.h>
#include <machine/cpu.h>
#include <machine/intr.h>
#include <machine/vmparam.h>
#include <abi/pvctl.h>
#include "dev/pvctl_noise.h"

#define	PV_REG(off)	(*(volatile u_int *)(PV_BASE + DEVMAP_OFFSET + (off)))
#define	PV_NARGS	8

volatile int pvctl_interrupted;
static int request_fresh;		/* not read yet */

void
pvctl_event(u_int event, u_int nargs, const u_int *args)
{
	register_t s;
	u_int i;

	s = intr_disable();
	for (i = 0; i < nargs && i < PV_NARGS; i++)
		PV_REG(PV_ARG0 + 4 * i) = args[i];
	PV_REG(PV_EVENT) = event;
	intr_restore(s);
}

/* The request's header, or NULL if the host has not written one. */
const struct pv_request *
pvctl_request(void)
{
	const struct pv_request *req = (const struct pv_request *)MAILBOX_KVA;

	if (bootinfo.bi_mailbox_bytes < sizeof(*req) || req->magic != PV_REQ_MAGIC)
		return (NULL);
	return (req);
}

/* `bytes` of the mailbox at `off`; NULL if they reach outside it. */
void *
pvctl_mailbox(u_int off, u_int bytes)
{
	if (off > bootinfo.bi_mailbox_bytes || bytes > bootinfo.bi_mailbox_bytes - off)
		return (NULL);
	return ((void *)(MAILBOX_KVA + off));
}

void *
pvctl_program(u_int *bytes)
{
	const struct pv_request *req = pvctl_request();

	if (req == NULL || req->prog_off == 0 || (req->prog_off & 7) != 0)
		return (NULL);
	*bytes = req->prog_bytes;
	return (pvctl_mailbox(req->prog_off, req->prog_bytes));
}

/* Tells the host that init waits; returns once there is a request.  An interrupt for it may come with it. */
int
pvctl_ready(void)
{
	PV_REG(PV_STATUS) = PV_ST_INTERRUPT;
	pvctl_interrupted = 0;
	request_fresh = 1;
	pvctl_event(PV_EV_READY, 0, NULL);
	return (0);
}

/* Gives the request's argument strings, and the first time applies its noise. */
int
pvctl_read(struct cdev *dev, struct uio *uio, int ioflag)
{
	const struct pv_request *req = pvctl_request();
	void *argv;

	if (req == NULL)
		return (0);
	argv = pvctl_mailbox(req->argv_off, req->argv_bytes);
	if (argv == NULL || req->argv_bytes > (u_int)uio->uio_resid)
		return (E2BIG);
	if (request_fresh) {
		request_fresh = 0;
		pvctl_apply_noise(req->noise, (uint64_t)req->seed_hi << 32 | req->seed_lo);
	}
	return (uiomove(argv, (int)req->argv_bytes, uio));
}

/* Copies the request's environment strings to { buf, len }; the result is their size. */
int
pvctl_env(void *data, struct thread *td)
{
	const struct pv_request *req = pvctl_request();
	struct {
		void	*buf;
		u_int	len;
	} arg;
	void *env;
	int error;

	error = copyin(data, &arg, sizeof(arg));
	if (error != 0 || req == NULL)
		return (error);
	env = pvctl_mailbox(req->env_off, req->env_bytes);
	if (env == NULL || req->env_bytes > arg.len)
		return (E2BIG);
	td->td_retval[0] = (register_t)req->env_bytes;
	return (copyout(env, arg.buf, req->env_bytes));
}

/* Sleeps until the parent releases this process; a signal ends it too. */
int
pvctl_hold(struct thread *td)
{
	struct proc *p = td->td_proc;
	int error;

	error = 0;
	PROC_LOCK(p);
	while ((p->p_flag & P_PVRELEASED) == 0 && error == 0)
		error = msleep(&p->p_flag, &p->p_mtx, PWAIT | PCATCH, "pvhold", 0);
	p->p_flag &= ~P_PVRELEASED;
	PROC_UNLOCK(p);
	return (error);
}

/* Releases a child, now or when it comes to hold itself. */
int
pvctl_release(struct thread *td, pid_t pid)
{
	struct proc *p;

	p = pfind(pid);
	if (p == NULL)
		return (ESRCH);
	if (p->p_pptr != td->td_proc) {
		PROC_UNLOCK(p);
		return (EPERM);
	}
	p->p_flag |= P_PVRELEASED;
	wakeup(&p->p_flag);
	PROC_UNLOCK(p);
	return (0);
}

int
pvctl_mark(void *data)
{
	u_int args[2];
	int error;

	error = copyin(data, args, sizeof(args));
	if (error == 0 && args[0] != PV_MARK_START && args[0] != PV_MARK_END)
		error = EINVAL;
	if (error == 0)
		pvctl_event(PV_EV_MARK, 2, args);
	return (error);
}

int
pvctl_grabfail(void *data)
{
	u_int args[2];
	int error;

	error = copyin(data, args, sizeof(args));
	if (error == 0)
		pvctl_event(PV_EV_GRABFAIL, 2, args);
	return (error);
}

int
pvctl_report(void *data)
{
	static struct pv_report report;
	u_int arg = (u_int)&report;
	int error;

	error = copyin(data, &report, sizeof(report));
	if (error == 0)
		pvctl_event(PV_EV_REPORT, 1, &arg);
	return (error);
}

int
pvctl_ioctl(struct cdev *dev, u_long cmd, void *data, int fflag, struct thread *td)
{
	u_int args[2] = { (u_int)data, (u_int)td->td_proc->p_pid };

	switch (cmd) {
	case PVIOC_READY:
		return (pvctl_ready());
	case PVIOC_HOLD:
		return (pvctl_hold(td));
	case PVIOC_RELEASE:
		return (pvctl_release(td, (pid_t)(uintptr_t)data));
	case PVIOC_MARK:
		return (pvctl_mark(data));
	case PVIOC_EXECFAIL:
		pvctl_event(PV_EV_EXECFAIL, 2, args);
		return (0);
	case PVIOC_REPORT:
		return (pvctl_report(data));
	case PVIOC_GRABFAIL:
		return (pvctl_grabfail(data));
	case PVIOC_DONE:
		pvctl_event(PV_EV_DONE, 1, args);
		return (0);
	case PVIOC_ENV:
		return (pvctl_env(data, td));
	default:
		return (ENOIOCTL);
	}
}

/* The host raised PV_IRQ: note what it wants and wake whoever waits for that. */
void
pvctl_intr(void *arg)
{
	u_int status;

	status = PV_REG(PV_STATUS);
	PV_REG(PV_STATUS) = status;
	if (status & PV_ST_INTERRUPT) {
		pvctl_interrupted = 1;
		dtrace_wakeup();
	}
}

static struct cdevsw pvctl_cdevsw = {
	.d_version = D_VERSION,
	.d_name = "pvctl",
	.d_read = pvctl_read,
	.d_ioctl = pvctl_ioctl,
};

void
pvctl_init(void *dummy)
{
	if (PV_REG(PV_ID) != PV_MAGIC)
		panic("pvctl_init: no control device, id %#x", PV_REG(PV_ID));
	(void)make_dev(&pvctl_cdevsw, 0, 0, 0, 0600, "pvctl");
	if (arm_setup_irqhandler("pvctl", PV_IRQ, pvctl_intr, NULL) != 0)
		panic("pvctl_init: interrupt %d is taken", PV_IRQ);
	pvctl_noise_init();
}
SYSINIT(pvctl, SI_SUB_DRIVERS, SI_ORDER_ANY, pvctl_init, NULL);
