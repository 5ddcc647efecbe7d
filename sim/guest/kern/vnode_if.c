/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Vnode operations: from VOP_xxx() to the file system's function, with vfs:vop:vop_xxx:entry and
 * :return around it.
 *
 * Locking: the vnode is locked as struct vop_vector says.
 */
#include <sys/systm.h>
#include <sys/sdt.h>
#include <sys/vnode.h>

/* Both probes and the function of one operation; `first` is the argument that is its vnode. */
#define	VOP_DEFINE(NAME, name, first, ...)						\
SDT_PROBE_DEFINE2(vfs, vop, vop_##name, entry, "struct vnode *", "struct vop_" #name "_args *");	\
SDT_PROBE_DEFINE3(vfs, vop, vop_##name, return, "struct vnode *", "struct vop_" #name "_args *", "int");	\
int											\
VOP_##NAME##_APV(const struct vop_vector *vop, struct vop_##name##_args *a)		\
{											\
	int rc;										\
											\
	SDT_PROBE2(vfs, vop, vop_##name, entry, first, a);				\
	rc = (*vop->vop_##name)(first, __VA_ARGS__);					\
	SDT_PROBE3(vfs, vop, vop_##name, return, first, a, rc);				\
	return (rc);									\
}

VOP_DEFINE(LOOKUP, lookup, a->a_dvp, a->a_vpp, a->a_cnp)
VOP_DEFINE(GETATTR, getattr, a->a_vp, a->a_vap, a->a_cred)
VOP_DEFINE(OPEN, open, a->a_vp, a->a_mode, a->a_td, a->a_fp)
VOP_DEFINE(READ, read, a->a_vp, a->a_uio, a->a_ioflag, a->a_cred)
VOP_DEFINE(WRITE, write, a->a_vp, a->a_uio, a->a_ioflag, a->a_cred)
VOP_DEFINE(READDIR, readdir, a->a_vp, a->a_uio, a->a_cred)
VOP_DEFINE(READLINK, readlink, a->a_vp, a->a_uio, a->a_cred)
