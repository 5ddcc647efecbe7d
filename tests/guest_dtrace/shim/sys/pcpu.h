/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Per-CPU data: only who runs.
 */
#ifndef SYS_PCPU_H
#define SYS_PCPU_H

extern struct thread *curthread;
#define curcpu	0

#endif
