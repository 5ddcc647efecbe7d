/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Intrusive lists: SLIST, LIST, STAILQ and TAILQ, with the interface of queue(3).
 *
 * No locking: the list belongs to whoever owns its head.
 */
#ifndef SYS_QUEUE_H
#define SYS_QUEUE_H

#include <sys/cdefs.h>

/* Singly linked list: one pointer per element, removal from the middle walks. */
#define SLIST_HEAD(name, type)		struct name { struct type *slh_first; }
#define SLIST_HEAD_INITIALIZER(head)	{ NULL }
#define SLIST_ENTRY(type)		struct { struct type *sle_next; }
#define SLIST_INIT(head)		do { (head)->slh_first = NULL; } while (0)
#define SLIST_EMPTY(head)		((head)->slh_first == NULL)
#define SLIST_FIRST(head)		((head)->slh_first)
#define SLIST_NEXT(elm, f)		((elm)->f.sle_next)
#define SLIST_FOREACH(v, head, f)	for ((v) = SLIST_FIRST(head); (v) != NULL; (v) = SLIST_NEXT(v, f))
#define SLIST_INSERT_HEAD(head, elm, f)	do {				\
	(elm)->f.sle_next = (head)->slh_first;				\
	(head)->slh_first = (elm);					\
} while (0)
#define SLIST_INSERT_AFTER(at, elm, f)	do {				\
	(elm)->f.sle_next = (at)->f.sle_next;				\
	(at)->f.sle_next = (elm);					\
} while (0)
#define SLIST_REMOVE_HEAD(head, f)	do {				\
	(head)->slh_first = (head)->slh_first->f.sle_next;		\
} while (0)
#define SLIST_REMOVE(head, elm, type, f) do {				\
	struct type **_pp = &(head)->slh_first;				\
	while (*_pp != (elm))						\
		_pp = &(*_pp)->f.sle_next;				\
	*_pp = (elm)->f.sle_next;					\
} while (0)

/* Doubly linked list without a tail. */
#define LIST_HEAD(name, type)		struct name { struct type *lh_first; }
#define LIST_HEAD_INITIALIZER(head)	{ NULL }
#define LIST_ENTRY(type)		struct { struct type *le_next; struct type **le_prev; }
#define LIST_INIT(head)			do { (head)->lh_first = NULL; } while (0)
#define LIST_EMPTY(head)		((head)->lh_first == NULL)
#define LIST_FIRST(head)		((head)->lh_first)
#define LIST_NEXT(elm, f)		((elm)->f.le_next)
#define LIST_FOREACH(v, head, f)	for ((v) = LIST_FIRST(head); (v) != NULL; (v) = LIST_NEXT(v, f))
#define LIST_FOREACH_SAFE(v, head, f, t)				\
	for ((v) = LIST_FIRST(head); (v) != NULL && ((t) = LIST_NEXT(v, f), 1); (v) = (t))
#define LIST_INSERT_HEAD(head, elm, f)	do {				\
	if (((elm)->f.le_next = (head)->lh_first) != NULL)		\
		(head)->lh_first->f.le_prev = &(elm)->f.le_next;	\
	(head)->lh_first = (elm);					\
	(elm)->f.le_prev = &(head)->lh_first;				\
} while (0)
#define LIST_INSERT_AFTER(at, elm, f)	do {				\
	if (((elm)->f.le_next = (at)->f.le_next) != NULL)		\
		(at)->f.le_next->f.le_prev = &(elm)->f.le_next;		\
	(at)->f.le_next = (elm);					\
	(elm)->f.le_prev = &(at)->f.le_next;				\
} while (0)
#define LIST_INSERT_BEFORE(at, elm, f)	do {				\
	(elm)->f.le_prev = (at)->f.le_prev;				\
	(elm)->f.le_next = (at);					\
	*(at)->f.le_prev = (elm);					\
	(at)->f.le_prev = &(elm)->f.le_next;				\
} while (0)
#define LIST_REMOVE(elm, f)		do {				\
	if ((elm)->f.le_next != NULL)					\
		(elm)->f.le_next->f.le_prev = (elm)->f.le_prev;		\
	*(elm)->f.le_prev = (elm)->f.le_next;				\
} while (0)

/* Singly linked queue with a tail. */
#define STAILQ_HEAD(name, type)		struct name { struct type *stqh_first; struct type **stqh_last; }
#define STAILQ_HEAD_INITIALIZER(head)	{ NULL, &(head).stqh_first }
#define STAILQ_ENTRY(type)		struct { struct type *stqe_next; }
#define STAILQ_INIT(head)		do {				\
	(head)->stqh_first = NULL;					\
	(head)->stqh_last = &(head)->stqh_first;			\
} while (0)
#define STAILQ_EMPTY(head)		((head)->stqh_first == NULL)
#define STAILQ_FIRST(head)		((head)->stqh_first)
#define STAILQ_NEXT(elm, f)		((elm)->f.stqe_next)
#define STAILQ_FOREACH(v, head, f)	for ((v) = STAILQ_FIRST(head); (v) != NULL; (v) = STAILQ_NEXT(v, f))
#define STAILQ_INSERT_TAIL(head, elm, f) do {				\
	(elm)->f.stqe_next = NULL;					\
	*(head)->stqh_last = (elm);					\
	(head)->stqh_last = &(elm)->f.stqe_next;			\
} while (0)
#define STAILQ_INSERT_HEAD(head, elm, f) do {				\
	if (((elm)->f.stqe_next = (head)->stqh_first) == NULL)		\
		(head)->stqh_last = &(elm)->f.stqe_next;		\
	(head)->stqh_first = (elm);					\
} while (0)
#define STAILQ_REMOVE_HEAD(head, f)	do {				\
	if (((head)->stqh_first = (head)->stqh_first->f.stqe_next) == NULL) \
		(head)->stqh_last = &(head)->stqh_first;		\
} while (0)

/* Doubly linked queue with a tail. */
#define TAILQ_HEAD(name, type)		struct name { struct type *tqh_first; struct type **tqh_last; }
#define TAILQ_HEAD_INITIALIZER(head)	{ NULL, &(head).tqh_first }
#define TAILQ_ENTRY(type)		struct { struct type *tqe_next; struct type **tqe_prev; }
#define TAILQ_INIT(head)		do {				\
	(head)->tqh_first = NULL;					\
	(head)->tqh_last = &(head)->tqh_first;				\
} while (0)
#define TAILQ_EMPTY(head)		((head)->tqh_first == NULL)
#define TAILQ_FIRST(head)		((head)->tqh_first)
#define TAILQ_NEXT(elm, f)		((elm)->f.tqe_next)
#define TAILQ_LAST(head, name)		(*(((struct name *)((head)->tqh_last))->tqh_last))
#define TAILQ_PREV(elm, name, f)	(*(((struct name *)((elm)->f.tqe_prev))->tqh_last))
#define TAILQ_FOREACH(v, head, f)	for ((v) = TAILQ_FIRST(head); (v) != NULL; (v) = TAILQ_NEXT(v, f))
#define TAILQ_FOREACH_SAFE(v, head, f, t)				\
	for ((v) = TAILQ_FIRST(head); (v) != NULL && ((t) = TAILQ_NEXT(v, f), 1); (v) = (t))
#define TAILQ_FOREACH_REVERSE(v, head, name, f)				\
	for ((v) = TAILQ_LAST(head, name); (v) != NULL; (v) = TAILQ_PREV(v, name, f))
#define TAILQ_INSERT_HEAD(head, elm, f)	do {				\
	if (((elm)->f.tqe_next = (head)->tqh_first) != NULL)		\
		(head)->tqh_first->f.tqe_prev = &(elm)->f.tqe_next;	\
	else								\
		(head)->tqh_last = &(elm)->f.tqe_next;			\
	(head)->tqh_first = (elm);					\
	(elm)->f.tqe_prev = &(head)->tqh_first;				\
} while (0)
#define TAILQ_INSERT_TAIL(head, elm, f)	do {				\
	(elm)->f.tqe_next = NULL;					\
	(elm)->f.tqe_prev = (head)->tqh_last;				\
	*(head)->tqh_last = (elm);					\
	(head)->tqh_last = &(elm)->f.tqe_next;				\
} while (0)
#define TAILQ_INSERT_AFTER(head, at, elm, f) do {			\
	if (((elm)->f.tqe_next = (at)->f.tqe_next) != NULL)		\
		(elm)->f.tqe_next->f.tqe_prev = &(elm)->f.tqe_next;	\
	else								\
		(head)->tqh_last = &(elm)->f.tqe_next;			\
	(at)->f.tqe_next = (elm);					\
	(elm)->f.tqe_prev = &(at)->f.tqe_next;				\
} while (0)
#define TAILQ_INSERT_BEFORE(at, elm, f)	do {				\
	(elm)->f.tqe_prev = (at)->f.tqe_prev;				\
	(elm)->f.tqe_next = (at);					\
	*(at)->f.tqe_prev = (elm);					\
	(at)->f.tqe_prev = &(elm)->f.tqe_next;				\
} while (0)
#define TAILQ_REMOVE(head, elm, f)	do {				\
	if ((elm)->f.tqe_next != NULL)					\
		(elm)->f.tqe_next->f.tqe_prev = (elm)->f.tqe_prev;	\
	else								\
		(head)->tqh_last = (elm)->f.tqe_prev;			\
	*(elm)->f.tqe_prev = (elm)->f.tqe_next;				\
} while (0)

#endif
