/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Open files: a file counts the descriptors and the operations in progress that refer to it, and is
 * closed when the count drops to nothing.
 *
 * Locking: f_count by atomic operations; f_offset by a pool mutex when read or written.  No operation on
 * a seekable file sleeps, so none sees another one's half-moved offset.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/ucred.h>
#include <vm/uma.h>

static uma_zone_t file_zone;
volatile int openfiles;
static struct mtx foffset_pool[8];	/* the slot is the file's address */

void
file_init(void)
{
	u_int i;

	file_zone = uma_zcreate("Files", sizeof(struct file), NULL, NULL, NULL, NULL, UMA_ALIGN_PTR, 0);
	for (i = 0; i < nitems(foffset_pool); i++)
		mtx_init(&foffset_pool[i], "mtxpool", NULL, MTX_DEF);
}

struct mtx *
foffset_mtx(struct file *fp)
{
	return (&foffset_pool[((uintptr_t)fp >> 6) % nitems(foffset_pool)]);
}

/* A new file with one reference and no operations. */
int
falloc_noinstall(struct thread *td, struct file **resultfp)
{
	struct file *fp;

	fp = uma_zalloc(file_zone, M_WAITOK | M_ZERO);
	atomic_add_int(&openfiles, 1);
	fp->f_count = 1;
	fp->f_cred = crhold(td->td_ucred);
	fp->f_ops = &badfileops;
	*resultfp = fp;
	return (0);
}

void
finit(struct file *fp, u_int flag, short type, void *data, struct fileops *ops)
{
	fp->f_data = data;
	fp->f_flag = flag;
	fp->f_type = type;
	fp->f_ops = ops;
}

void
fhold(struct file *fp)
{
	atomic_add_int(&fp->f_count, 1);
}

/* Drops a reference; the last one closes the file. */
int
fdrop(struct file *fp, struct thread *td)
{
	if (atomic_fetchadd_int(&fp->f_count, -1) > 1)
		return (0);
	return (_fdrop(fp, td));
}

int
_fdrop(struct file *fp, struct thread *td)
{
	int error;

	error = (*fp->f_ops->fo_close)(fp, td);
	crfree(fp->f_cred);
	uma_zfree(file_zone, fp);
	atomic_subtract_int(&openfiles, 1);
	return (error);
}

int
closef(struct file *fp, struct thread *td)
{
	return (fdrop(fp, td));
}

/* The offset to start at. */
off_t
foffset_lock(struct file *fp, int flags)
{
	off_t offset;

	if (flags & FOF_OFFSET)
		return (0);
	mtx_lock(foffset_mtx(fp));
	offset = fp->f_offset;
	mtx_unlock(foffset_mtx(fp));
	return (offset);
}

void
foffset_unlock(struct file *fp, off_t val, int flags)
{
	if (flags & FOF_OFFSET)
		return;
	mtx_lock(foffset_mtx(fp));
	fp->f_offset = val;
	mtx_unlock(foffset_mtx(fp));
}
