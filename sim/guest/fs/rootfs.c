/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The root file system: the image sim/rootfs.py packs (abi/rootfs.h), used where the loader put it.
 * Mounting checks every number in it once and makes a vnode for each inode; after that nothing changes.
 *
 * Locking: none needed, the image is constant.
 */
#include <sys/systm.h>
#include <sys/dirent.h>
#include <sys/errno.h>
#include <sys/filedesc.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/namei.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/vnode.h>
#include <machine/cpu.h>
#include <abi/rootfs.h>

#define	ROOTFS_FSID	1
#define	ROOTFS_MAXINODE	65536

MALLOC_DEFINE(M_ROOTFS, "rootfs", "vnodes of the root image");

static const struct rootfs_super *rootfs_sb;
static const struct rootfs_inode *rootfs_inodes;
static struct vnode *rootfs_vnodes;
static struct mount rootfs_mnt = { "rootfs", "/", NULL, NULL, ROOTFS_FSID, MNT_RDONLY };

#define	RTOI(vp)	((const struct rootfs_inode *)(vp)->v_data)

/* Kernel address of a byte of the image. */
const void *
rootfs_data(u_int off)
{
	return ((const char *)rootfs_sb + off);
}

int
rootfs_lookup(struct vnode *dvp, struct vnode **vpp, struct componentname *cnp)
{
	const struct rootfs_dirent *de;
	u_int low, high, mid;
	int cmp;

	de = rootfs_data(RTOI(dvp)->data_off);
	low = 0;
	high = RTOI(dvp)->size / sizeof(*de);
	while (low < high) {
		mid = (low + high) / 2;
		cmp = memcmp(cnp->cn_nameptr, rootfs_data(de[mid].name_off), MIN((u_int)cnp->cn_namelen, de[mid].name_len));
		if (cmp == 0)
			cmp = (int)cnp->cn_namelen - (int)de[mid].name_len;
		if (cmp == 0) {
			*vpp = &rootfs_vnodes[de[mid].ino];
			return (0);
		}
		if (cmp < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return (ENOENT);
}

int
rootfs_getattr(struct vnode *vp, struct vattr *vap, struct ucred *cred)
{
	const struct rootfs_inode *ip = RTOI(vp);

	vap->va_type = vp->v_type;
	vap->va_mode = (uint16_t)(ip->mode & 07777);
	vap->va_nlink = (uint16_t)ip->nlink;
	vap->va_uid = 0;
	vap->va_gid = 0;
	vap->va_fsid = ROOTFS_FSID;
	vap->va_fileid = (uint32_t)(ip - rootfs_inodes);
	vap->va_rdev = NODEV;
	vap->va_size = ip->size;
	vap->va_blocksize = ROOTFS_PAGE;
	vap->va_mtime.tv_sec = rootfs_sb->mtime;
	vap->va_mtime.tv_nsec = 0;
	return (0);
}

int
rootfs_open(struct vnode *vp, int mode, struct thread *td, struct file *fp)
{
	return (0);
}

int
rootfs_read(struct vnode *vp, struct uio *uio, int ioflag, struct ucred *cred)
{
	const struct rootfs_inode *ip = RTOI(vp);
	u_int left;

	if (vp->v_type != VREG)
		return (EINVAL);
	if (uio->uio_offset < 0 || uio->uio_offset >= ip->size)
		return (uio->uio_offset < 0 ? EINVAL : 0);
	left = ip->size - (u_int)uio->uio_offset;
	if (left > (u_int)uio->uio_resid)
		left = (u_int)uio->uio_resid;
	return (uiomove(__DECONST(void *, rootfs_data(ip->data_off + (u_int)uio->uio_offset)), (int)left, uio));
}

/* The offset counts entries: 0 is ".", 1 is "..". */
int
rootfs_readdir(struct vnode *vp, struct uio *uio, struct ucred *cred)
{
	static const uint8_t vtype_to_dt[] = { DT_UNKNOWN, DT_REG, DT_DIR, DT_CHR, DT_LNK };
	const struct rootfs_inode *ip = RTOI(vp);
	const struct rootfs_dirent *de;
	u_int i, n;
	int error;

	de = rootfs_data(ip->data_off);
	n = ip->size / sizeof(*de);
	error = 0;
	while (error == 0 && uio->uio_offset >= 0 && uio->uio_offset < (off_t)n + 2) {
		i = (u_int)uio->uio_offset;
		if (i == 0)
			error = vn_dirent(uio, (u_int)(ip - rootfs_inodes), DT_DIR, ".");
		else if (i == 1)
			error = vn_dirent(uio, ip->parent, DT_DIR, "..");
		else
			error = vn_dirent(uio, de[i - 2].ino, vtype_to_dt[rootfs_vnodes[de[i - 2].ino].v_type],
			    rootfs_data(de[i - 2].name_off));
	}
	return (error == -1 ? 0 : error);
}

int
rootfs_readlink(struct vnode *vp, struct uio *uio, struct ucred *cred)
{
	return (uiomove(__DECONST(void *, rootfs_data(RTOI(vp)->data_off)), (int)RTOI(vp)->size, uio));
}

/* File data lies in whole pages, so a page of the file is a page of the image. */
int
rootfs_getpage(struct vnode *vp, vm_ooffset_t off, vm_paddr_t *pa)
{
	const struct rootfs_inode *ip = RTOI(vp);

	if (vp->v_type != VREG || (off & PAGE_MASK) != 0)
		return (EINVAL);
	if (off < 0 || off >= ip->size)
		return (EFAULT);
	*pa = bootinfo.bi_root + ip->data_off + (u_int)off;
	return (0);
}

static const struct vop_vector rootfs_vops = {
	.vop_lookup = rootfs_lookup,
	.vop_getattr = rootfs_getattr,
	.vop_open = rootfs_open,
	.vop_read = rootfs_read,
	.vop_readdir = rootfs_readdir,
	.vop_readlink = rootfs_readlink,
	.vop_getpage = rootfs_getpage,
};

/* Panics if [off, off + bytes) is not inside the image. */
void
rootfs_check(u_int off, uint64_t bytes, const char *what)
{
	if (off > rootfs_sb->bytes || bytes > rootfs_sb->bytes - off)
		panic("rootfs_check: %s at %#x lies outside the image", what, off);
}

enum vtype
rootfs_vtype(u_int mode)
{
	switch (mode & ROOTFS_IFMT) {
	case ROOTFS_IFDIR:
		return (VDIR);
	case ROOTFS_IFREG:
		return (VREG);
	case ROOTFS_IFLNK:
		return (VLNK);
	default:
		panic("rootfs_vtype: inode mode %#x", mode);
	}
}

/* Checks one inode and makes its vnode. */
void
rootfs_make_vnode(u_int ino)
{
	const struct rootfs_inode *ip = &rootfs_inodes[ino];
	struct vnode *vp = &rootfs_vnodes[ino];

	vnode_init(vp, "rootfs", rootfs_vtype(ip->mode), &rootfs_vops, __DECONST(void *, ip));
	rootfs_check(ip->data_off, ip->size, "file");
	if (vp->v_type == VREG && (ip->data_off & PAGE_MASK) != 0)
		panic("rootfs_make_vnode: inode %u does not start on a page", ino);
	if (ip->parent == 0 || ip->parent >= rootfs_sb->ninode)
		panic("rootfs_make_vnode: inode %u has parent %u", ino, ip->parent);
	vp->v_mount = &rootfs_mnt;
	vp->v_usecount = 1;	/* the file system's own */
	vp->v_parent = ino == ROOTFS_ROOT ? NULL : &rootfs_vnodes[ip->parent];
}

/* Checks a directory's entries and gives their vnodes their names. */
void
rootfs_name_entries(u_int ino)
{
	const struct rootfs_dirent *de;
	u_int i;

	if (rootfs_vnodes[ino].v_type != VDIR)
		return;
	de = rootfs_data(rootfs_inodes[ino].data_off);
	for (i = 0; i < rootfs_inodes[ino].size / sizeof(*de); i++) {
		rootfs_check(de[i].name_off, (uint64_t)de[i].name_len + 1, "name");
		if (de[i].ino == 0 || de[i].ino >= rootfs_sb->ninode || de[i].name_len > ROOTFS_NAMEMAX)
			panic("rootfs_name_entries: bad entry %u in directory %u", i, ino);
		rootfs_vnodes[de[i].ino].v_name = rootfs_data(de[i].name_off);
	}
}

struct vnode *
rootfs_mount(void)
{
	u_int ino;

	rootfs_sb = (const struct rootfs_super *)PHYS_TO_KVA(bootinfo.bi_root);
	if (bootinfo.bi_root_bytes < sizeof(*rootfs_sb) || rootfs_sb->magic != ROOTFS_MAGIC ||
	    rootfs_sb->version != ROOTFS_VERSION || rootfs_sb->bytes > bootinfo.bi_root_bytes)
		panic("rootfs_mount: no root image at %#x", bootinfo.bi_root);
	if (rootfs_sb->ninode <= ROOTFS_ROOT || rootfs_sb->ninode > ROOTFS_MAXINODE)
		panic("rootfs_mount: %u inodes", rootfs_sb->ninode);
	rootfs_check(rootfs_sb->inode_off, (uint64_t)rootfs_sb->ninode * sizeof(struct rootfs_inode), "inode table");
	rootfs_inodes = rootfs_data(rootfs_sb->inode_off);
	rootfs_vnodes = malloc(rootfs_sb->ninode * sizeof(struct vnode), M_ROOTFS, M_WAITOK | M_ZERO);
	for (ino = ROOTFS_ROOT; ino < rootfs_sb->ninode; ino++)
		rootfs_make_vnode(ino);
	for (ino = ROOTFS_ROOT; ino < rootfs_sb->ninode; ino++)
		rootfs_name_entries(ino);
	if (rootfs_vnodes[ROOTFS_ROOT].v_type != VDIR)
		panic("rootfs_mount: the root is no directory");
	rootfs_mnt.mnt_root = &rootfs_vnodes[ROOTFS_ROOT];
	return (rootfs_mnt.mnt_root);
}

/* Looks at `count` vnodes in turn, going on where it stopped: what the syncer does of an evening. */
void
rootfs_walk(u_int count)
{
	static u_int next = ROOTFS_ROOT;
	struct vattr va;
	struct vnode *vp;

	for (; count > 0; count--) {
		vp = &rootfs_vnodes[next];
		next = next + 1 < rootfs_sb->ninode ? next + 1 : ROOTFS_ROOT;
		vref(vp);
		vn_lock(vp, LK_SHARED);
		(void)VOP_GETATTR(vp, &va, curthread->td_ucred);
		vput(vp);
	}
}

/* Mounts / and /dev and makes them process 0's directories. */
void
vfs_mountroot(void *dummy)
{
	struct nameidata nd;
	struct filedesc *fdp;

	rootvnode = rootfs_mount();
	fdp = proc0.p_fd;
	vref(rootvnode);
	fdp->fd_cdir = rootvnode;
	vref(rootvnode);
	fdp->fd_rdir = rootvnode;
	NDINIT(&nd, LOOKUP, FOLLOW, UIO_SYSSPACE, "/dev", curthread);
	if (namei(&nd) != 0 || nd.ni_vp->v_type != VDIR)
		panic("vfs_mountroot: the root image has no directory /dev");
	NDFREE(&nd, NDF_ONLY_PNBUF);
	devfs_mount(nd.ni_vp);
}
SYSINIT(mountroot, SI_SUB_ROOT_CONF, SI_ORDER_FIRST, vfs_mountroot, NULL);
