/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operations on a vnode: VOP_READ(vp, …) and its like put their arguments into a structure and go
 * through VOP_READ_APV() (kern/vnode_if.c), where vfs:vop:vop_read:entry, :return and fsinfo:::read fire.
 * Included by sys/vnode.h.
 */
#ifndef _SYS_VNODE_IF_H_
#define	_SYS_VNODE_IF_H_

struct vop_lookup_args {
	struct vnode	*a_dvp;
	struct vnode	**a_vpp;
	struct componentname *a_cnp;
};

struct vop_cachedlookup_args {
	struct vnode	*a_dvp;
	struct vnode	**a_vpp;
	struct componentname *a_cnp;
};

struct vop_getattr_args {
	struct vnode	*a_vp;
	struct vattr	*a_vap;
	struct ucred	*a_cred;
};

struct vop_open_args {
	struct vnode	*a_vp;
	int		a_mode;
	struct thread	*a_td;
	struct file	*a_fp;
};

struct vop_close_args {
	struct vnode	*a_vp;
	int		a_fflag;
	struct ucred	*a_cred;
	struct thread	*a_td;
};

struct vop_ioctl_args {
	struct vnode	*a_vp;
	u_long		a_command;
	void		*a_data;
	int		a_fflag;
	struct ucred	*a_cred;
	struct thread	*a_td;
};

struct vop_read_args {
	struct vnode	*a_vp;
	struct uio	*a_uio;
	int		a_ioflag;
	struct ucred	*a_cred;
};

struct vop_write_args {
	struct vnode	*a_vp;
	struct uio	*a_uio;
	int		a_ioflag;
	struct ucred	*a_cred;
};

struct vop_readdir_args {
	struct vnode	*a_vp;
	struct uio	*a_uio;
	struct ucred	*a_cred;
};

struct vop_readlink_args {
	struct vnode	*a_vp;
	struct uio	*a_uio;
	struct ucred	*a_cred;
};

int	VOP_LOOKUP_APV(const struct vop_vector *vop, struct vop_lookup_args *a);
int	VOP_CACHEDLOOKUP_APV(const struct vop_vector *vop, struct vop_cachedlookup_args *a);
int	VOP_GETATTR_APV(const struct vop_vector *vop, struct vop_getattr_args *a);
int	VOP_OPEN_APV(const struct vop_vector *vop, struct vop_open_args *a);
int	VOP_CLOSE_APV(const struct vop_vector *vop, struct vop_close_args *a);
int	VOP_IOCTL_APV(const struct vop_vector *vop, struct vop_ioctl_args *a);
int	VOP_READ_APV(const struct vop_vector *vop, struct vop_read_args *a);
int	VOP_WRITE_APV(const struct vop_vector *vop, struct vop_write_args *a);
int	VOP_READDIR_APV(const struct vop_vector *vop, struct vop_readdir_args *a);
int	VOP_READLINK_APV(const struct vop_vector *vop, struct vop_readlink_args *a);

#define	VOP_LOOKUP(dvp, vpp, cnp)						\
	VOP_LOOKUP_APV((dvp)->v_op, &(struct vop_lookup_args){ (dvp), (vpp), (cnp) })
#define	VOP_CACHEDLOOKUP(dvp, vpp, cnp)						\
	VOP_CACHEDLOOKUP_APV((dvp)->v_op, &(struct vop_cachedlookup_args){ (dvp), (vpp), (cnp) })
#define	VOP_GETATTR(vp, vap, cred)						\
	VOP_GETATTR_APV((vp)->v_op, &(struct vop_getattr_args){ (vp), (vap), (cred) })
#define	VOP_OPEN(vp, mode, td, fp)						\
	VOP_OPEN_APV((vp)->v_op, &(struct vop_open_args){ (vp), (mode), (td), (fp) })
#define	VOP_CLOSE(vp, fflag, cred, td)						\
	VOP_CLOSE_APV((vp)->v_op, &(struct vop_close_args){ (vp), (fflag), (cred), (td) })
#define	VOP_IOCTL(vp, com, data, fflag, cred, td)				\
	VOP_IOCTL_APV((vp)->v_op, &(struct vop_ioctl_args){ (vp), (com), (data), (fflag), (cred), (td) })
#define	VOP_READ(vp, uio, flag, cred)						\
	VOP_READ_APV((vp)->v_op, &(struct vop_read_args){ (vp), (uio), (flag), (cred) })
#define	VOP_WRITE(vp, uio, flag, cred)						\
	VOP_WRITE_APV((vp)->v_op, &(struct vop_write_args){ (vp), (uio), (flag), (cred) })
#define	VOP_READDIR(vp, uio, cred)						\
	VOP_READDIR_APV((vp)->v_op, &(struct vop_readdir_args){ (vp), (uio), (cred) })
#define	VOP_READLINK(vp, uio, cred)						\
	VOP_READLINK_APV((vp)->v_op, &(struct vop_readlink_args){ (vp), (uio), (cred) })

#endif
