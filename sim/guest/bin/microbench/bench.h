/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of microbench share: the clock, and printing one result a line as `name nanoseconds'
 * with three decimals (bandwidths as `name kilobytes-per-second').
 */
#ifndef MICROBENCH_H
#define MICROBENCH_H

#include <stdint.h>

#define	MB	(1024 * 1024)

/* main.c */
uint64_t	now_ns(void);
void		report(const char *name, uint64_t ns, uint64_t times);
void		report_bandwidth(const char *name, uint64_t ns, uint64_t bytes);
char		*get_memory(uint32_t bytes);
void		check(int ok, const char *what);

/* memory.c */
int		bench_latency(uint32_t only);
void		bench_bandwidth(void);

/* operations.c */
void		bench_operations(void);

/* kernel.c */
void		bench_kernel(void);
void		bench_processes(char *self);

#endif
