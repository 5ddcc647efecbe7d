/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Input and output: bufinfo_t, devinfo_t and fileinfo_t, which the io provider passes, and fds[ ], the open files of the
 * current process.
 */
#pragma D depends_on module kernel
#pragma D depends_on library unistd.d

/* b_flags */
inline int B_DONE = 0x00000002;
inline int B_ERROR = 0x00000004;
inline int B_PAGEIO = 0x00000010;
inline int B_PHYS = 0x00000020;
inline int B_READ = 0x00000040;
inline int B_WRITE = 0x00000100;
inline int B_ASYNC = 0x00000400;

typedef struct bufinfo {
	int b_flags;		/* B_* */
	size_t b_bcount;	/* bytes */
	caddr_t b_addr;		/* where in memory */
	uint64_t b_blkno;	/* block of the device, 512 bytes each */
	uint64_t b_lblkno;	/* block of the file, as far as it is known */
	size_t b_resid;		/* bytes not moved */
	size_t b_bufsize;
	caddr_t b_iodone;
	int b_error;		/* errno */
	dev_t b_edev;
} bufinfo_t;

translator bufinfo_t < struct bio *B > {
	b_flags = (B->bio_cmd == 1 ? B_READ : B_WRITE) | (B->bio_flags & 1 ? B_ERROR : 0) |
	    (B->bio_flags & 2 ? B_DONE : 0);
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
	int dev_major;
	int dev_minor;
	int dev_instance;
	string dev_name;	/* of the driver */
	string dev_statname;	/* of the device, as iostat(8) has it */
	string dev_pathname;
} devinfo_t;

translator devinfo_t < struct devstat *D > {
	dev_major = D == 0 ? 0 : D->device_number;
	dev_minor = D == 0 ? 0 : D->unit_number;
	dev_instance = D == 0 ? 0 : D->unit_number;
	dev_name = D == 0 ? "" : stringof(D->device_name);
	dev_statname = D == 0 ? "" : strjoin(stringof(D->device_name), lltostr(D->unit_number));
	dev_pathname = D == 0 ? "" : strjoin("/dev/", strjoin(stringof(D->device_name), lltostr(D->unit_number)));
};

typedef struct fileinfo {
	string fi_name;		/* last component */
	string fi_dirname;	/* directory */
	string fi_pathname;
	off_t fi_offset;	/* -1 if there is no open file */
	string fi_fs;		/* kind of file system */
	string fi_mount;	/* where it is mounted */
	int fi_oflags;		/* flags of open(2) */
} fileinfo_t;

translator fileinfo_t < struct vnode *V > {
	fi_name = V == 0 ? "<none>" : V->v_path == 0 ? "<unknown>" : basename(stringof(V->v_path));
	fi_dirname = V == 0 ? "<none>" : V->v_path == 0 ? "<unknown>" : dirname(stringof(V->v_path));
	fi_pathname = V == 0 ? "<none>" : V->v_path == 0 ? "<unknown>" : stringof(V->v_path);
	fi_offset = -1;
	fi_fs = V == 0 ? "<none>" : stringof(V->v_tag);
	fi_mount = V == 0 ? "<none>" : V->v_mount == 0 ? "<none>" : stringof(V->v_mount->mnt_on);
	fi_oflags = 0;
};

translator fileinfo_t < struct file *F > {
	fi_name = F == 0 ? "<none>" : xlate < fileinfo_t > (F->f_vnode).fi_name;
	fi_dirname = F == 0 ? "<none>" : xlate < fileinfo_t > (F->f_vnode).fi_dirname;
	fi_pathname = F == 0 ? "<none>" : xlate < fileinfo_t > (F->f_vnode).fi_pathname;
	fi_offset = F == 0 ? 0 : F->f_offset;
	fi_fs = F == 0 ? "<none>" : xlate < fileinfo_t > (F->f_vnode).fi_fs;
	fi_mount = F == 0 ? "<none>" : xlate < fileinfo_t > (F->f_vnode).fi_mount;
	fi_oflags = F == 0 ? 0 : F->f_flag & O_EXEC ? F->f_flag : F->f_flag - 1;
};

inline fileinfo_t fds[int fd] = xlate < fileinfo_t > (
    fd >= 0 && fd <= curthread->td_proc->p_fd->fd_lastfile ? curthread->td_proc->p_fd->fd_ofiles[fd].fde_file :
    (struct file *)0);
