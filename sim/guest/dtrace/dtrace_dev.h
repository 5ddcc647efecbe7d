/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between the device (dtrace_dev.c) and the enabling it drives (dtrace_state.c).
 */
#ifndef DTRACE_DEV_H
#define DTRACE_DEV_H

#include "dtrace/dtrace_impl.h"

int	dtrace_state_enable(struct dtrace_state *, struct dprog_hdr *, size_t bytes, uint32_t seed, u_int target);
int	dtrace_state_go(struct dtrace_state *);
int	dtrace_state_stop(struct dtrace_state *);
int	dtrace_state_bufsnap(struct dtrace_state *);
int	dtrace_state_aggsnap(struct dtrace_state *);
void	dtrace_state_destroy(struct dtrace_state *);
void	dtrace_vtime_enable(int on);
void	dtrace_mapping_enable(int on);
void	dtrace_clock_sync(void);
pid_t	dtrace_consumer_pid(void);
int	dtrace_trap(struct trapframe *, u_int fsr);
int	dtrace_invop(struct trapframe *);

#endif
