/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Callouts: a function to be called after so many ticks of hardclock, by the softclock thread.
 * callout_lock (spin) guards the wheel and every struct callout; the function runs without it.
 */
#ifndef _SYS_CALLOUT_H_
#define	_SYS_CALLOUT_H_

#include <sys/types.h>
#include <sys/queue.h>

typedef void callout_func_t(void *);

struct callout {
	LIST_ENTRY(callout) c_links;
	int	c_time;			/* tick at which it is due */
	void	*c_arg;
	callout_func_t *c_func;
	int	c_flags;
};
#define	CALLOUT_ACTIVE		0x0002	/* set by reset, cleared by stop/deactivate */
#define	CALLOUT_PENDING		0x0004	/* on the wheel */
#define	CALLOUT_MPSAFE		0x0008

#define	callout_active(c)	((c)->c_flags & CALLOUT_ACTIVE)
#define	callout_pending(c)	((c)->c_flags & CALLOUT_PENDING)
#define	callout_deactivate(c)	((c)->c_flags &= ~CALLOUT_ACTIVE)

void	callout_init(struct callout *c, int mpsafe);
int	callout_reset(struct callout *c, int to_ticks, callout_func_t *func, void *arg);
int	callout_stop(struct callout *c);
int	callout_drain(struct callout *c);
void	callout_tick(void);		/* hardclock: wakes softclock if something is due */
void	softclock(void *arg);
void	callout_init_wheel(void);

#endif
