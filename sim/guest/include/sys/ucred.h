/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Credentials: reference counted and never changed once shared.  Everything runs as root,
 * so there is one set of them; the count is kept so that leaks show.
 */
#ifndef _SYS_UCRED_H_
#define	_SYS_UCRED_H_

#include <sys/types.h>

struct ucred {
	u_int	cr_ref;
	uid_t	cr_uid;		/* effective */
	uid_t	cr_ruid;	/* real */
	uid_t	cr_svuid;	/* saved */
	int	cr_ngroups;
	gid_t	cr_rgid;
	gid_t	cr_svgid;
	gid_t	cr_groups[1];	/* cr_groups[0] is the effective group */
};
#define	cr_gid	cr_groups[0]
#define	NOCRED	((struct ucred *)0)

struct ucred *crget(void);
struct ucred *crhold(struct ucred *cr);
void	crfree(struct ucred *cr);

#endif
