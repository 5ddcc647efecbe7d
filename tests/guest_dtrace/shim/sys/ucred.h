/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Credentials: the fields the builtin variables read.
 */
#ifndef SYS_UCRED_H
#define SYS_UCRED_H

#include <sys/types.h>

struct ucred {
	uid_t	cr_uid;
	gid_t	cr_groups[1];
};

#endif
