/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Vnodes in general: making, locking and counting them, and their path names.
 *
 * Locking: v_interlock for the counts, v_lock as the vnode lock.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/filedesc.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/mount.h>
#include <sys/sysproto.h>
#include <sys/vnode.h>

MALLOC_DEFINE(M_VNODE, "vnodes", "vnode names");

struct vnode *rootvnode;

void
vnode_init(struct vnode *vp, const char *tag, enum vtype type, const struct vop_vector *ops, void *data)
{
	bzero(vp, sizeof(*vp));
	vp->v_tag = tag;
	vp->v_type = type;
	vp->v_op = ops;
	vp->v_data = data;
	mtx_init(&vp->v_interlock, "vnode interlock", NULL, MTX_DEF);
	sx_init(&vp->v_lock, tag);
}

/* Names the vnode for the tracing code; for good, as vnodes are. */
void
vnode_setpath(struct vnode *vp, const char *parent)
{
	size_t len = strlen(parent), bytes = len + 1 + strlen(vp->v_name) + 1;
	char *path;

	if (len == 1)
		len = 0;	/* the root's slash is the separator too */
	path = malloc(bytes, M_VNODE, M_WAITOK);
	bcopy(parent, path, len);
	path[len] = '/';
	strlcpy(path + len + 1, vp->v_name, bytes - len - 1);
	vp->v_path = path;
}

int
vn_lock(struct vnode *vp, int flags)
{
	if (flags & LK_EXCLUSIVE)
		sx_xlock(&vp->v_lock);
	else
		sx_slock(&vp->v_lock);
	return (0);
}

void
vn_unlock(struct vnode *vp)
{
	sx_unlock(&vp->v_lock);
}

void
vref(struct vnode *vp)
{
	mtx_lock(&vp->v_interlock);
	vp->v_usecount++;
	mtx_unlock(&vp->v_interlock);
}

void
vrele(struct vnode *vp)
{
	mtx_lock(&vp->v_interlock);
	KASSERT(vp->v_usecount > 0, ("vrele: %s has no references", vp->v_name));
	vp->v_usecount--;
	mtx_unlock(&vp->v_interlock);
}

/* vrele() of a locked vnode. */
void
vput(struct vnode *vp)
{
	vn_unlock(vp);
	vrele(vp);
}

/* The parent directory, across a mount point; NULL at the root. */
struct vnode *
vn_parent(struct vnode *vp)
{
	if (vp->v_mount != NULL && vp == vp->v_mount->mnt_root)
		vp = vp->v_mount->mnt_vnodecovered;
	return (vp != NULL ? vp->v_parent : NULL);
}

/* The name of the vnode in its directory, that of the mount point for a mounted root. */
const char *
vn_name(struct vnode *vp)
{
	if (vp->v_mount != NULL && vp == vp->v_mount->mnt_root && vp->v_mount->mnt_vnodecovered != NULL)
		vp = vp->v_mount->mnt_vnodecovered;
	return (vp->v_name);
}

/* The absolute path, built from the end of buf; *retbuf is where it starts. */
int
vn_fullpath(struct thread *td, struct vnode *vp, char *buf, size_t len, char **retbuf)
{
	const char *name;
	char *pos;
	size_t n;

	if (len < 2)
		return (ENAMETOOLONG);
	pos = buf + len;
	*--pos = '\0';
	while (vp != NULL && vp != rootvnode) {
		name = vn_name(vp);
		n = strlen(name);
		if (n + 1 > (size_t)(pos - buf))
			return (ENAMETOOLONG);
		pos -= n;
		bcopy(name, pos, n);
		*--pos = '/';
		vp = vn_parent(vp);
	}
	if (*pos == '\0')
		*--pos = '/';
	*retbuf = pos;
	return (0);
}

int
sys___getcwd(struct thread *td, struct __getcwd_args *uap)
{
	char path[256], *start;
	size_t bytes;
	int error;

	error = vn_fullpath(td, td->td_proc->p_fd->fd_cdir, path, sizeof(path), &start);
	if (error != 0)
		return (error);
	bytes = strlen(start) + 1;
	if (bytes > uap->buflen)
		return (ERANGE);
	return (copyout(start, uap->buf, bytes));
}
