/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine's noise, as a request's seed and switches (PV_NOISE_*) set it: see pvctl_noise.c. */
#ifndef DEV_PVCTL_NOISE_H
#define	DEV_PVCTL_NOISE_H

#include <sys/types.h>

void	pvctl_noise_init(void);
void	pvctl_apply_noise(u_int switches, uint64_t seed);

#endif
