/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transfers, devices and files: bufinfo_t, devinfo_t and fileinfo_t from the kernel's struct bio, struct devstat,
 * struct vnode and struct file, and fds[], the current process's open files by descriptor.
 */
#pragma D depends_on module kernel

/* bufinfo_t.b_flags */
inline int B_BUSY = 0x00000001;
inline int B_DONE = 0x00000002;
inline int B_ERROR = 0x00000004;
inline int B_PAGEIO = 0x00000010;
inline int B_PHYS = 0x00000020;
inline int B_READ = 0x00000040;
inline int B_WRITE = 0x00000100;
inline int B_ASYNC = 0x00000400;

typedef struct bufinfo {
	int	b_flags;	/* B_* */
	size_t	b_bcount;	/* bytes to move */
	caddr_t	b_addr;		/* where in memory */
	uint64_t b_blkno;	/* block of 512 bytes on the device */
	uint64_t b_lblkno;	/* block in the file */
	size_t	b_resid;	/* bytes not moved */
	size_t	b_bufsize;	/* bytes of the buffer */
	caddr_t	b_iodone;	/* function called at the end: none */
	int	b_error;	/* errno */
	dev_t	b_edev;		/* device */
} bufinfo_t;

#pragma D binding "1.0" translator
translator bufinfo_t < struct bio *B > {
	b_flags = (B->bio_cmd == 1 ? B_READ : B_WRITE) | (B->bio_flags & 1 ? B_ERROR : 0) | (B->bio_flags & 2 ? B_DONE : 0);
	b_bcount = B->bio_bcount;
	b_addr = B->bio_data;
	b_blkno = B->bio_pblkno;
	b_lblkno = B->bio_pblkno;
	b_resid = B->bio_resid;
	b_bufsize = B->bio_bcount;
	b_iodone = 0;
	b_error = B->bio_error;
	b_edev = 0;
};

typedef struct devinfo {
	int	dev_major;	/* device number */
	int	dev_minor;	/* unit number */
	int	dev_instance;	/* the same */
	string	dev_name;	/* driver */
	string	dev_statname;	/* driver and unit */
	string	dev_pathname;	/* path of the device */
} devinfo_t;

#pragma D binding "1.0" translator
translator devinfo_t < struct devstat *D > {
	dev_major = D->device_number;
	dev_minor = D->unit_number;
	dev_instance = D->unit_number;
	dev_name = stringof(D->device_name);
	dev_statname = strjoin(stringof(D->device_name), lltostr(D->unit_number));
	dev_pathname = strjoin("/dev/", strjoin(stringof(D->device_name), lltostr(D->unit_number)));
};

typedef struct fileinfo {
	string	fi_name;	/* last component of the path */
	string	fi_dirname;	/* the path before it */
	string	fi_pathname;	/* the whole path */
	off_t	fi_offset;	/* position in the file */
	string	fi_fs;		/* name of the file system */
	string	fi_mount;	/* where it is mounted */
	int	fi_oflags;	/* open(2) flags */
} fileinfo_t;

#pragma D binding "1.0" translator
translator fileinfo_t < struct vnode *V > {
	fi_name = V == 0 || V->v_path == 0 ? "<none>" : basename(stringof(V->v_path));
	fi_dirname = V == 0 || V->v_path == 0 ? "<none>" : dirname(stringof(V->v_path));
	fi_pathname = V == 0 || V->v_path == 0 ? "<none>" : stringof(V->v_path);
	fi_offset = 0;
	fi_fs = V == 0 || V->v_mount == 0 ? "<none>" : stringof(V->v_mount->mnt_fstype);
	fi_mount = V == 0 || V->v_mount == 0 ? "<none>" : stringof(V->v_mount->mnt_on);
	fi_oflags = 0;
};

/* A pipe is open, but has no path. */
#pragma D binding "1.0" translator
translator fileinfo_t < struct file *F > {
	fi_name = F == 0 ? "<none>" : F->f_vnode == 0 ? "<unknown>" : basename(stringof(F->f_vnode->v_path));
	fi_dirname = F == 0 ? "<none>" : F->f_vnode == 0 ? "<unknown>" : dirname(stringof(F->f_vnode->v_path));
	fi_pathname = F == 0 ? "<none>" : F->f_vnode == 0 ? "<unknown>" : stringof(F->f_vnode->v_path);
	fi_offset = F == 0 ? 0 : F->f_offset;
	fi_fs = F == 0 ? "<none>" : F->f_vnode == 0 ? "<unknown>" : stringof(F->f_vnode->v_mount->mnt_fstype);
	fi_mount = F == 0 ? "<none>" : F->f_vnode == 0 ? "<unknown>" : stringof(F->f_vnode->v_mount->mnt_on);
	fi_oflags = F == 0 ? 0 : (F->f_flag & 3) == 0 ? (int)F->f_flag : (int)F->f_flag - 1;
};

inline fileinfo_t fds[int fd] = xlate <fileinfo_t> (
    fd >= 0 && fd <= curthread->td_proc->p_fd->fd_lastfile ?
    curthread->td_proc->p_fd->fd_ofiles[fd].fde_file : (struct file *)0);
#pragma D attributes Stable/Stable/Common fds
#pragma D binding "1.1" fds

inline string cwd = curthread->td_proc->p_fd->fd_cdir == 0 ? "<none>" :
    stringof(curthread->td_proc->p_fd->fd_cdir->v_path);
#pragma D attributes Stable/Stable/Common cwd
#pragma D binding "1.0" cwd
inline string root = "/";
#pragma D attributes Stable/Stable/Common root
#pragma D binding "1.0" root

/* fileinfo_t.fi_oflags: the access mode is a number, the others are bits. */
inline int O_ACCMODE = 0x0003;
#pragma D binding "1.1" O_ACCMODE
inline int O_RDONLY = 0x0000;
#pragma D binding "1.1" O_RDONLY
inline int O_WRONLY = 0x0001;
#pragma D binding "1.1" O_WRONLY
inline int O_RDWR = 0x0002;
#pragma D binding "1.1" O_RDWR
inline int O_NONBLOCK = 0x0004;
#pragma D binding "1.1" O_NONBLOCK
inline int O_NDELAY = 0x0004;
#pragma D binding "1.1" O_NDELAY
inline int O_APPEND = 0x0008;
#pragma D binding "1.1" O_APPEND
inline int O_SYNC = 0x0080;
#pragma D binding "1.1" O_SYNC
inline int O_CREAT = 0x0200;
#pragma D binding "1.1" O_CREAT
inline int O_TRUNC = 0x0400;
#pragma D binding "1.1" O_TRUNC
inline int O_EXCL = 0x0800;
#pragma D binding "1.1" O_EXCL
inline int O_NOCTTY = 0x8000;
#pragma D binding "1.1" O_NOCTTY
