/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Path names to vnodes: namei() copies the path in and walks it component by component with lookup(),
 * crossing mount points and following symbolic links (by putting the link's text in front of the rest).
 *
 * Locking: each directory is locked shared while it is searched; the result as the caller asks.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/filedesc.h>
#include <sys/kernel.h>
#include <sys/mount.h>
#include <sys/namei.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sdt.h>
#include <sys/vnode.h>
#include <vm/uma.h>

SDT_PROVIDER_DEFINE(vfs);
SDT_PROBE_DEFINE3(vfs, namei, lookup, entry, "struct vnode *", "char *", "unsigned long");
SDT_PROBE_DEFINE2(vfs, namei, lookup, return, "int", "struct vnode *");
SDT_PROBE_DEFINE1(sysinfo, , namei, namei, "int");

static uma_zone_t namei_zone;

void
nameiinit(void *dummy)
{
	namei_zone = uma_zcreate("NAMEI", MAXPATHLEN, NULL, NULL, NULL, NULL, UMA_ALIGN_PTR, 0);
}
SYSINIT(namei, SI_SUB_VFS, SI_ORDER_FIRST, nameiinit, NULL);

void
NDINIT(struct nameidata *ndp, u_long op, u_long flags, enum uio_seg segflg, const char *namep, struct thread *td)
{
	bzero(ndp, sizeof(*ndp));
	ndp->ni_cnd.cn_nameiop = op;
	ndp->ni_cnd.cn_flags = flags;
	ndp->ni_segflg = segflg;
	ndp->ni_dirp = namep;
	ndp->ni_td = td;
}

void
NDFREE(struct nameidata *ndp, u_int flags)
{
	if (ndp->ni_cnd.cn_pnbuf != NULL)
		uma_zfree(namei_zone, ndp->ni_cnd.cn_pnbuf);
	ndp->ni_cnd.cn_pnbuf = NULL;
}

/* The root of whatever is mounted on vp. */
struct vnode *
vfs_cross_mount(struct vnode *vp)
{
	while (vp->v_mountedhere != NULL)
		vp = vp->v_mountedhere;
	return (vp);
}

/* Cuts the next component out of the path; returns what follows it, past any slashes. */
char *
lookup_component(struct componentname *cnp, char *path)
{
	char *end;

	cnp->cn_nameptr = path;
	for (end = path; *end != '\0' && *end != '/'; end++)
		continue;
	cnp->cn_namelen = end - path;
	while (*end == '/')
		end++;
	return (end);
}

/* Finds one component in dp; the answer is referenced. */
int
lookup_one(struct vnode *dp, struct componentname *cnp, struct vnode **vpp)
{
	int error;

	if (dp->v_type != VDIR)
		return (ENOTDIR);
	if (cnp->cn_namelen > NAME_MAX)
		return (ENAMETOOLONG);
	error = 0;
	if (cnp->cn_namelen == 1 && cnp->cn_nameptr[0] == '.')
		*vpp = dp;
	else if (cnp->cn_namelen == 2 && cnp->cn_nameptr[0] == '.' && cnp->cn_nameptr[1] == '.') {
		*vpp = vn_parent(dp);
		if (*vpp == NULL)
			*vpp = dp;
	} else {
		vn_lock(dp, LK_SHARED);
		error = VOP_LOOKUP(dp, vpp, cnp);
		vn_unlock(dp);
	}
	if (error == 0) {
		*vpp = vfs_cross_mount(*vpp);
		vref(*vpp);
	}
	return (error);
}

/* Replaces the path by the link's text followed by `rest`. */
int
lookup_symlink(struct nameidata *ndp, struct vnode *link, const char *rest)
{
	struct uio uio;
	struct iovec iov;
	char *buf;
	size_t len, restlen;
	int error;

	if (++ndp->ni_loopcnt > MAXSYMLINKS)
		return (ELOOP);
	buf = uma_zalloc(namei_zone, M_WAITOK);
	iov.iov_base = buf;
	iov.iov_len = MAXPATHLEN;
	uio.uio_iov = &iov;
	uio.uio_iovcnt = 1;
	uio.uio_offset = 0;
	uio.uio_resid = MAXPATHLEN;
	uio.uio_segflg = UIO_SYSSPACE;
	uio.uio_rw = UIO_READ;
	uio.uio_td = ndp->ni_td;
	error = VOP_READLINK(link, &uio, ndp->ni_td->td_ucred);
	len = MAXPATHLEN - (size_t)uio.uio_resid;
	restlen = strlen(rest);
	if (error == 0 && (len == 0 || len + 1 + restlen + 1 > MAXPATHLEN))
		error = len == 0 ? ENOENT : ENAMETOOLONG;
	if (error != 0) {
		uma_zfree(namei_zone, buf);
		return (error);
	}
	if (restlen > 0)
		buf[len++] = '/';
	bcopy(rest, buf + len, restlen + 1);
	uma_zfree(namei_zone, ndp->ni_cnd.cn_pnbuf);
	ndp->ni_cnd.cn_pnbuf = buf;
	return (0);
}

/* Where a path starts: the root, or the directory relative paths count from; referenced. */
struct vnode *
namei_start(struct nameidata *ndp, char **pathp)
{
	struct vnode *dp;

	dp = ndp->ni_startdir != NULL ? ndp->ni_startdir : ndp->ni_td->td_proc->p_fd->fd_cdir;
	if (**pathp == '/')
		dp = rootvnode;
	while (**pathp == '/')
		(*pathp)++;
	vref(dp);
	return (dp);
}

/* Walks the path in cn_pnbuf; ni_vp becomes the referenced result. */
int
lookup(struct nameidata *ndp)
{
	struct componentname *cnp;
	struct vnode *dp, *vp, *start;
	char *path, *rest;
	int error;

	cnp = &ndp->ni_cnd;
	path = cnp->cn_pnbuf;
	dp = namei_start(ndp, &path);
	while (*path != '\0') {
		rest = lookup_component(cnp, path);
		error = lookup_one(dp, cnp, &vp);
		if (error != 0) {
			vrele(dp);
			return (error);
		}
		if (vp->v_type == VLNK && (*rest != '\0' || (cnp->cn_flags & FOLLOW))) {
			error = lookup_symlink(ndp, vp, rest);
			vrele(vp);
			if (error != 0) {
				vrele(dp);
				return (error);
			}
			path = cnp->cn_pnbuf;
			start = dp;
			if (*path == '/') {
				dp = namei_start(ndp, &path);
				vrele(start);
			}
			continue;
		}
		if (*rest == '\0' && rest[-1] == '/' && vp->v_type != VDIR) {
			vrele(vp);
			vrele(dp);
			return (ENOTDIR);
		}
		vrele(dp);
		dp = vp;
		path = rest;
	}
	ndp->ni_vp = dp;
	return (0);
}

/*
 * Looks ndp's path up.  On success ni_vp is referenced and, if LOCKLEAF was asked for, locked, and
 * NDFREE() is due; on failure nothing is held.
 */
int
namei(struct nameidata *ndp)
{
	struct componentname *cnp;
	int error;

	cnp = &ndp->ni_cnd;
	cnp->cn_pnbuf = uma_zalloc(namei_zone, M_WAITOK);
	if (ndp->ni_segflg == UIO_SYSSPACE)
		error = copystr(ndp->ni_dirp, cnp->cn_pnbuf, MAXPATHLEN, &ndp->ni_pathlen);
	else
		error = copyinstr(ndp->ni_dirp, cnp->cn_pnbuf, MAXPATHLEN, &ndp->ni_pathlen);
	cnp->cn_nameptr = cnp->cn_pnbuf;
	if (error == 0 && cnp->cn_pnbuf[0] == '\0')
		error = ENOENT;
	SDT_PROBE1(sysinfo, , namei, namei, 1);
	if (error == 0) {
		SDT_PROBE3(vfs, namei, lookup, entry, ndp->ni_startdir != NULL ? ndp->ni_startdir :
		    ndp->ni_td->td_proc->p_fd->fd_cdir, cnp->cn_pnbuf, cnp->cn_flags);
		error = lookup(ndp);
		SDT_PROBE2(vfs, namei, lookup, return, error, error == 0 ? ndp->ni_vp : NULL);
	}
	if (error != 0) {
		NDFREE(ndp, NDF_ONLY_PNBUF);
		ndp->ni_vp = NULL;
		return (error);
	}
	if (cnp->cn_flags & LOCKLEAF)
		vn_lock(ndp->ni_vp, (cnp->cn_flags & LOCKSHARED) ? LK_SHARED : LK_EXCLUSIVE);
	return (0);
}
