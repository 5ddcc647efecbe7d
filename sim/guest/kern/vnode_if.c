/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Vnode operations: from VOP_xxx() to the file system's function, with vfs:vop:vop_xxx:entry and
 * :return around it, and fsinfo:::xxx behind it: the file and the bytes that were moved.
 *
 * Locking: the vnode is locked as struct vop_vector says.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/sdt.h>
#include <sys/vnode.h>

SDT_PROVIDER_DEFINE(fsinfo);

/* The probes and the function of one operation; `first` is its vnode, `left` the bytes it has yet to move. */
#define	VOP_DEFINE(NAME, name, left, first, ...)					\
SDT_PROBE_DEFINE2(vfs, vop, vop_##name, entry, "struct vnode *", "struct vop_" #name "_args *");	\
SDT_PROBE_DEFINE3(vfs, vop, vop_##name, return, "struct vnode *", "struct vop_" #name "_args *", "int");	\
SDT_PROBE_DEFINE2_XLATE(fsinfo, , VOP_##NAME##_APV, name, "struct vnode *", "fileinfo_t *", "int", "int");	\
int											\
VOP_##NAME##_APV(const struct vop_vector *vop, struct vop_##name##_args *a)		\
{											\
	ssize_t before = left;								\
	int rc;										\
											\
	SDT_PROBE2(vfs, vop, vop_##name, entry, first, a);				\
	rc = (*vop->vop_##name)(first, __VA_ARGS__);					\
	SDT_PROBE3(vfs, vop, vop_##name, return, first, a, rc);				\
	SDT_PROBE2(fsinfo, , VOP_##NAME##_APV, name, first, before - (left));		\
	return (rc);									\
}

VOP_DEFINE(LOOKUP, lookup, 0, a->a_dvp, a->a_vpp, a->a_cnp)
VOP_DEFINE(CACHEDLOOKUP, cachedlookup, 0, a->a_dvp, a->a_vpp, a->a_cnp)
VOP_DEFINE(GETATTR, getattr, 0, a->a_vp, a->a_vap, a->a_cred)
VOP_DEFINE(OPEN, open, 0, a->a_vp, a->a_mode, a->a_td, a->a_fp)
VOP_DEFINE(CLOSE, close, 0, a->a_vp, a->a_fflag, a->a_cred, a->a_td)
VOP_DEFINE(IOCTL, ioctl, 0, a->a_vp, a->a_command, a->a_data, a->a_fflag, a->a_cred, a->a_td)
VOP_DEFINE(READ, read, a->a_uio->uio_resid, a->a_vp, a->a_uio, a->a_ioflag, a->a_cred)
VOP_DEFINE(WRITE, write, a->a_uio->uio_resid, a->a_vp, a->a_uio, a->a_ioflag, a->a_cred)
VOP_DEFINE(READDIR, readdir, 0, a->a_vp, a->a_uio, a->a_cred)
VOP_DEFINE(READLINK, readlink, 0, a->a_vp, a->a_uio, a->a_cred)

/* What a file system may enter for an operation that it has nothing to do in, or has not. */
int
vop_null_close(struct vnode *vp, int fflag, struct ucred *cred, struct thread *td)
{
	return (0);
}

int
vop_enotty(struct vnode *vp, u_long com, void *data, int fflag, struct ucred *cred, struct thread *td)
{
	return (ENOTTY);
}
