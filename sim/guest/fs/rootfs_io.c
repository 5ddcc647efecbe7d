/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The io provider.  The root image is a memory disk, md0, so its transfers are the machine's only ones:
 * a read of file data, or of a page that a mapping needs.  Each begins and ends in the thread that
 * wants it; nobody ever waits, so io:::wait-start and wait-done never fire.
 *
 * Locking: none; the struct bio is the caller's.
 */
#include <sys/systm.h>
#include <sys/sdt.h>
#include "fs/rootfs.h"

#define	ROOTFS_BLOCK	512

SDT_PROVIDER_DEFINE(io);
SDT_PROBE_DEFINE3_XLATE(io, , , start, "struct bio *", "bufinfo_t *", "struct devstat *", "devinfo_t *",
    "struct vnode *", "fileinfo_t *");
SDT_PROBE_DEFINE3_XLATE(io, , , done, "struct bio *", "bufinfo_t *", "struct devstat *", "devinfo_t *",
    "struct vnode *", "fileinfo_t *");
SDT_PROBE_DEFINE3_XLATE(io, , , wait__start, "struct bio *", "bufinfo_t *", "struct devstat *", "devinfo_t *",
    "struct vnode *", "fileinfo_t *");
SDT_PROBE_DEFINE3_XLATE(io, , , wait__done, "struct bio *", "bufinfo_t *", "struct devstat *", "devinfo_t *",
    "struct vnode *", "fileinfo_t *");
SDT_PROBE_DEFINE1(sysinfo, , rootfs_io_start, bread, "int");
SDT_PROBE_DEFINE1(sysinfo, , rootfs_io_start, lread, "int");

static const struct devstat rootfs_devstat = { "md", 0, 0 };

/* Describes a transfer of count bytes at offset of the file, which lie at data. */
void
rootfs_io_start(struct bio *bp, struct vnode *vp, const void *data, off_t offset, u_int count)
{
	bp->bio_cmd = BIO_READ;
	bp->bio_flags = 0;
	bp->bio_offset = offset;
	bp->bio_pblkno = offset / ROOTFS_BLOCK;
	bp->bio_bcount = bp->bio_resid = (long)count;
	bp->bio_length = (off_t)count;
	bp->bio_data = __DECONST(void *, data);
	bp->bio_error = 0;
	SDT_PROBE1(sysinfo, , rootfs_io_start, lread, 1);
	SDT_PROBE1(sysinfo, , rootfs_io_start, bread, 1);
	SDT_PROBE3(io, , , start, bp, &rootfs_devstat, vp);
}

void
rootfs_io_done(struct bio *bp, struct vnode *vp, int error)
{
	bp->bio_flags = BIO_DONE | (error != 0 ? BIO_ERROR : 0);
	bp->bio_error = error;
	if (error == 0)
		bp->bio_resid = 0;
	SDT_PROBE3(io, , , done, bp, &rootfs_devstat, vp);
}
