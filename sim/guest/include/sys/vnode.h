/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Vnodes: the files of the root image and of devfs.  Both are memory-resident and fixed at boot, so
 * a vnode lives as long as the machine; v_usecount is kept so that leaks show.
 *
 * Locks: v_lock (sx) is the vnode lock, taken by vn_lock(); v_interlock guards the counts.
 */
#ifndef _SYS_VNODE_H_
#define	_SYS_VNODE_H_

#include <sys/types.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/sx.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/param.h>

struct cdev;
struct componentname;
struct namecache;
struct dirent;
struct file;
struct mount;
struct stat;
struct thread;
struct ucred;
struct vattr;
struct vm_object;
struct vnode;

enum vtype { VNON, VREG, VDIR, VCHR, VLNK };

/* What a file system can do with a vnode; the lock it is called under is in the comment. */
struct vop_vector {
	int	(*vop_lookup)(struct vnode *dvp, struct vnode **vpp, struct componentname *cnp); /* dvp shared */
	int	(*vop_cachedlookup)(struct vnode *dvp, struct vnode **vpp, struct componentname *cnp);	/* dvp shared */
	int	(*vop_getattr)(struct vnode *vp, struct vattr *vap, struct ucred *cred);	/* shared */
	int	(*vop_open)(struct vnode *vp, int mode, struct thread *td, struct file *fp);	/* exclusive */
	int	(*vop_close)(struct vnode *vp, int fflag, struct ucred *cred, struct thread *td);	/* exclusive */
	int	(*vop_ioctl)(struct vnode *vp, u_long com, void *data, int fflag, struct ucred *cred,
	    struct thread *td);									/* none */
	int	(*vop_read)(struct vnode *vp, struct uio *uio, int ioflag, struct ucred *cred);	/* shared */
	int	(*vop_write)(struct vnode *vp, struct uio *uio, int ioflag, struct ucred *cred);	/* exclusive */
	int	(*vop_readdir)(struct vnode *vp, struct uio *uio, struct ucred *cred);		/* shared */
	int	(*vop_readlink)(struct vnode *vp, struct uio *uio, struct ucred *cred);		/* shared */
	int	(*vop_getpage)(struct vnode *vp, vm_ooffset_t off, vm_paddr_t *pa);		/* none */
};

struct vnode {
	const char *v_tag;		/* file system's name */
	enum vtype v_type;
	const struct vop_vector *v_op;
	void	*v_data;		/* the file system's node */
	struct mount *v_mount;
	struct vnode *v_mountedhere;	/* root of the file system mounted here */
	struct vnode *v_parent;		/* directory, for __getcwd and '..' */
	const char *v_name;		/* last path component */
	const char *v_path;		/* whole path, for the tracing code */
	struct namecache *v_cache_dd;	/* VDIR: its own name in its directory, once looked up (cache_lock) */
	struct cdev *v_rdev;		/* VCHR */
	struct vm_object *v_object;	/* VREG, once mapped; set by vnode_pager_alloc */
	u_int	v_usecount;		/* references (v_interlock) */
	u_int	v_writecount;
	struct mtx v_interlock;
	struct sx v_lock;
};

struct vattr {
	enum vtype va_type;
	uint16_t va_mode;
	uint16_t va_nlink;
	uid_t	va_uid;
	gid_t	va_gid;
	uint32_t va_fsid;
	uint32_t va_fileid;
	uint32_t va_rdev;
	int64_t	va_size;
	long	va_blocksize;
	struct timespec va_mtime;
};

#define	LK_EXCLUSIVE	0x080000
#define	LK_SHARED	0x200000

#define	VEXEC	0000100
#define	VWRITE	0000200
#define	VREAD	0000400

#include <sys/vnode_if.h>

int	vn_lock(struct vnode *vp, int flags);
void	vn_unlock(struct vnode *vp);
#define	VOP_UNLOCK(vp, flags)	vn_unlock(vp)
void	vref(struct vnode *vp);
void	vrele(struct vnode *vp);
void	vput(struct vnode *vp);
void	vnode_init(struct vnode *vp, const char *tag, enum vtype type, const struct vop_vector *ops, void *data);
int	vn_stat(struct vnode *vp, struct stat *sb, struct ucred *cred, struct thread *td);
int	vn_fullpath(struct thread *td, struct vnode *vp, char *buf, size_t len, char **retbuf);
int	vn_open(const char *path, enum uio_seg seg, struct vnode *startdir, int fmode, struct thread *td, struct file *fp);
int	vn_seek(struct file *fp, off_t offset, int whence, struct thread *td);
int	vn_readdir(struct file *fp, struct uio *uio, struct thread *td);
int	vn_dirent(struct uio *uio, uint32_t fileno, int type, const char *name);	/* 0, or -1 if it does not fit */
int	vn_open_check(struct vnode *vp, int fmode);
int	vn_statfile(struct file *fp, struct stat *sb, struct ucred *cred, struct thread *td);
int	vn_close(struct vnode *vp, int fflag, struct ucred *cred, struct thread *td);
int	vop_null_close(struct vnode *vp, int fflag, struct ucred *cred, struct thread *td);
int	vop_enotty(struct vnode *vp, u_long com, void *data, int fflag, struct ucred *cred, struct thread *td);
int	vn_closefile(struct file *fp, struct thread *td);
void	vnode_setpath(struct vnode *vp, const char *parent);	/* v_path: the parent directory's, and its own name */
struct vnode *vn_parent(struct vnode *vp);
const char *vn_name(struct vnode *vp);

/*
 * For the vnode pager: the physical address of the page of file data at byte offset `off` (page
 * aligned; the rest of the last page is zero).  EFAULT past the end, EINVAL if not a mappable file.
 */
int	vnode_getpage_pa(struct vnode *vp, vm_ooffset_t off, vm_paddr_t *pa);
int	vnode_size(struct vnode *vp, vm_ooffset_t *size);

/* fs/vnode_pager.c: the file's memory object with a reference for the caller; NULL if it cannot be mapped. */
struct vm_object *vnode_pager_alloc(struct vnode *vp);

extern struct vnode *rootvnode;

#endif
