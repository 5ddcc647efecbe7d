/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Only what sys/linker.h declares with: a tail queue's entry and head.
 */
#ifndef SYS_QUEUE_H
#define SYS_QUEUE_H

#define TAILQ_ENTRY(type)	struct { struct type *tqe_next, **tqe_prev; }
#define TAILQ_HEAD(name, type)	struct name { struct type *tqh_first, **tqh_last; }

#endif
