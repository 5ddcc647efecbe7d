/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Path names to vnodes: NDINIT() says what is wanted, namei() walks the path, NDFREE() gives the
 * path buffer back.  The result is referenced, and locked if LOCKLEAF was asked for.
 */
#ifndef _SYS_NAMEI_H_
#define	_SYS_NAMEI_H_

#include <sys/types.h>
#include <sys/param.h>
#include <sys/queue.h>
#include <sys/uio.h>

struct thread;
struct vnode;

#define	MAXSYMLINKS	32

struct componentname {
	u_long	cn_nameiop;
	u_long	cn_flags;
	char	*cn_pnbuf;	/* path buffer, of the namei zone */
	char	*cn_nameptr;	/* component being looked up */
	long	cn_namelen;
};

struct nameidata {
	const char *ni_dirp;
	enum uio_seg ni_segflg;
	struct vnode *ni_startdir;	/* where relative paths start, or NULL for the current directory */
	struct vnode *ni_vp;		/* result */
	size_t	ni_pathlen;
	u_int	ni_loopcnt;
	struct thread *ni_td;
	struct componentname ni_cnd;
};

#define	NC_NAMELEN	39

/* What a name in a directory leads to, as the name cache has it (kern/vfs_cache.c). */
struct namecache {
	LIST_ENTRY(namecache) nc_hash;
	struct vnode *nc_dvp;		/* the directory; NULL: a free entry */
	struct vnode *nc_vp;		/* NULL: there is no such name */
	uint8_t	nc_nlen;
	char	nc_name[NC_NAMELEN + 1];
};

#define	LOOKUP		0
#define	LOCKLEAF	0x0004
#define	LOCKSHARED	0x0100
#define	NOFOLLOW	0x0000
#define	FOLLOW		0x0040

#define	NDF_ONLY_PNBUF	0

void	NDINIT(struct nameidata *ndp, u_long op, u_long flags, enum uio_seg segflg, const char *namep, struct thread *td);
int	namei(struct nameidata *ndp);
int	lookup(struct nameidata *ndp);
int	cache_lookup(struct vnode *dvp, struct vnode **vpp, struct componentname *cnp);
void	cache_enter(struct vnode *dvp, struct vnode *vp, struct componentname *cnp);
int	vfs_cache_lookup(struct vnode *dvp, struct vnode **vpp, struct componentname *cnp);
void	NDFREE(struct nameidata *ndp, u_int flags);

#endif
