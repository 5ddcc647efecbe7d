/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Vnode operations: from VOP_xxx() to the file system's function, with vfs:vop:vop_xxx:entry and
 * :return around it, and fsinfo:::xxx after it, with the bytes that a read or write has moved.
 *
 * Locking: the vnode is locked as struct vop_vector says; nobody's close and ioctl need it locked.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/sdt.h>
#include <sys/uio.h>
#include <sys/vnode.h>

SDT_PROVIDER_DEFINE(fsinfo);

/* The probes and the function of one operation; `first` is the argument that is its vnode, `resid` what it has to move. */
#define	VOP_DEFINE(NAME, name, first, resid, call)					\
SDT_PROBE_DEFINE2(vfs, vop, vop_##name, entry, "struct vnode *", "struct vop_" #name "_args *");	\
SDT_PROBE_DEFINE3(vfs, vop, vop_##name, return, "struct vnode *", "struct vop_" #name "_args *", "int");	\
SDT_PROBE_DEFINE2_XLATE(fsinfo, , VOP_##NAME##_APV, name, "struct vnode *", "fileinfo_t *", "int", NULL);	\
int											\
VOP_##NAME##_APV(const struct vop_vector *vop, struct vop_##name##_args *a)		\
{											\
	ssize_t before;									\
	int rc;										\
											\
	before = resid;									\
	SDT_PROBE2(vfs, vop, vop_##name, entry, first, a);				\
	rc = call;									\
	SDT_PROBE3(vfs, vop, vop_##name, return, first, a, rc);				\
	SDT_PROBE2(fsinfo, , VOP_##NAME##_APV, name, first, before - (resid));		\
	return (rc);									\
}

VOP_DEFINE(LOOKUP, lookup, a->a_dvp, 0, (*vop->vop_lookup)(a->a_dvp, a->a_vpp, a->a_cnp))
VOP_DEFINE(GETATTR, getattr, a->a_vp, 0, (*vop->vop_getattr)(a->a_vp, a->a_vap, a->a_cred))
VOP_DEFINE(OPEN, open, a->a_vp, 0, (*vop->vop_open)(a->a_vp, a->a_mode, a->a_td, a->a_fp))
VOP_DEFINE(READ, read, a->a_vp, a->a_uio->uio_resid, (*vop->vop_read)(a->a_vp, a->a_uio, a->a_ioflag, a->a_cred))
VOP_DEFINE(WRITE, write, a->a_vp, a->a_uio->uio_resid, (*vop->vop_write)(a->a_vp, a->a_uio, a->a_ioflag, a->a_cred))
VOP_DEFINE(READDIR, readdir, a->a_vp, 0, (*vop->vop_readdir)(a->a_vp, a->a_uio, a->a_cred))
VOP_DEFINE(READLINK, readlink, a->a_vp, 0, (*vop->vop_readlink)(a->a_vp, a->a_uio, a->a_cred))

/* No file system here has anything to do at a close, or an ioctl(2) of its own. */
VOP_DEFINE(CLOSE, close, a->a_vp, 0, 0)
VOP_DEFINE(IOCTL, ioctl, a->a_vp, 0, ENOTTY)
