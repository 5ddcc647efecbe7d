/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of DIF subroutines.  A number without an entry is refused by the verifier.
 *
 * Read-only; to add one, write it in the file of its kind and enter it here and in dif_subr.h.
 */
#include "dtrace/dif_subr.h"

#define SUBR(NAME, name, nargs)		[DIF_SUBR_##NAME] = { subr_##name, (nargs) }

static const struct dif_subr dif_subrs[DIF_SUBR_MAX + 1] = {
	SUBR(RAND, rand, 0),
	SUBR(MUTEX_OWNED, mutex_owned, 1),
	SUBR(MUTEX_OWNER, mutex_owner, 1),
	SUBR(MUTEX_TYPE_ADAPTIVE, mutex_type_adaptive, 1),
	SUBR(MUTEX_TYPE_SPIN, mutex_type_spin, 1),
	SUBR(RW_READ_HELD, lock_shared, 1),
	SUBR(RW_WRITE_HELD, lock_exclusive, 1),
	SUBR(RW_ISWRITER, lock_wanted, 1),
	SUBR(COPYIN, copyin, 2),
	SUBR(COPYINSTR, copyinstr, 2),
	SUBR(SPECULATION, speculation, 0),
	SUBR(PROGENYOF, progenyof, 1),
	SUBR(STRLEN, strlen, 1),
	SUBR(COPYOUT, copyout, 3),
	SUBR(COPYOUTSTR, copyoutstr, 3),
	SUBR(ALLOCA, alloca, 1),
	SUBR(BCOPY, bcopy, 3),
	SUBR(COPYINTO, copyinto, 3),
	SUBR(STRJOIN, strjoin, 2),
	SUBR(LLTOSTR, lltostr, 2),
	SUBR(BASENAME, basename, 1),
	SUBR(DIRNAME, dirname, 1),
	SUBR(CLEANPATH, cleanpath, 1),
	SUBR(STRCHR, strchr, 2),
	SUBR(STRRCHR, strrchr, 2),
	SUBR(STRSTR, strstr, 2),
	SUBR(STRTOK, strtok, 2),
	SUBR(SUBSTR, substr, 3),
	SUBR(INDEX, index, 3),
	SUBR(RINDEX, rindex, 3),
	SUBR(HTONS, htons, 1),
	SUBR(HTONL, htonl, 1),
	SUBR(HTONLL, htonll, 1),
	SUBR(NTOHS, htons, 1),
	SUBR(NTOHL, htonl, 1),
	SUBR(NTOHLL, htonll, 1),
	SUBR(INET_NTOP, inet_ntop, 2),
	SUBR(INET_NTOA, inet_ntoa, 1),
	SUBR(INET_NTOA6, inet_ntoa6, 1),
	SUBR(TOUPPER, toupper, 1),
	SUBR(TOLOWER, tolower, 1),
	SUBR(MEMREF, memref, 2),
	SUBR(SX_SHARED_HELD, lock_shared, 1),
	SUBR(SX_EXCLUSIVE_HELD, lock_exclusive, 1),
	SUBR(SX_ISEXCLUSIVE, lock_wanted, 1),
	SUBR(MEMSTR, memstr, 3),
	SUBR(JSON, json, 2),
	SUBR(STRTOLL, strtoll, 2),
};

/* Returns the subroutine's entry, or NULL if there is none of that number. */
const struct dif_subr *
dif_subr_lookup(u_int subr)
{

	if (subr > DIF_SUBR_MAX || dif_subrs[subr].run == NULL)
		return (NULL);
	return (&dif_subrs[subr]);
}
