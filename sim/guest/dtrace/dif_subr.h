/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The subroutines' common ground: arguments are keys on the tuple stack, results 64-bit values;
 * a string result lies in scratch and takes strsize bytes of it, whatever its length.
 */
#ifndef DIF_SUBR_H
#define DIF_SUBR_H

#include "dtrace/dif.h"

#define ARG(n)		(args[n].value)
#define ARG_ADDR(n)	((uintptr_t)args[n].value)

/* dif_subr_string.c */
dif_subr_t	subr_strlen, subr_strchr, subr_strrchr, subr_strstr, subr_index, subr_rindex;
/* dif_subr_make.c */
dif_subr_t	subr_strjoin, subr_substr, subr_toupper, subr_tolower, subr_strtok;
uint64_t dif_make_string(struct dif_machine *, uintptr_t s, size_t n);
/* dif_subr_path.c */
dif_subr_t	subr_basename, subr_dirname, subr_cleanpath;
/* dif_subr_number.c */
dif_subr_t	subr_lltostr, subr_strtoll, subr_htons, subr_htonl, subr_htonll, subr_rand;
/* dif_subr_net.c */
dif_subr_t	subr_inet_ntoa, subr_inet_ntoa6, subr_inet_ntop;
/* dif_subr_json.c */
dif_subr_t	subr_json;
/* dif_subr_memory.c */
dif_subr_t	subr_copyin, subr_copyinstr, subr_copyinto, subr_alloca, subr_bcopy, subr_progenyof,
		subr_copyout, subr_copyoutstr, subr_memref, subr_memstr, subr_speculation;
/* dif_subr_lock.c */
dif_subr_t	subr_mutex_owned, subr_mutex_owner, subr_mutex_type_adaptive, subr_mutex_type_spin, subr_lock_shared,
		subr_lock_exclusive, subr_lock_wanted;

#endif
