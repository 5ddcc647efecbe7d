/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Moving bytes between the kernel and whoever a struct uio describes.  No locks: a uio belongs to
 * the thread that made it.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/uio.h>

MALLOC_DEFINE(M_IOV, "iov", "large iov's");

/* Moves up to n bytes between cp and the uio; 0 or EFAULT.  The uio is advanced by what was moved. */
int
uiomove(void *cp, int n, struct uio *uio)
{
	return (uiomove_faultflag(cp, n, uio, 0));
}

int
uiomove_faultflag(void *cp, int n, struct uio *uio, int nofault)
{
	struct iovec *iov;
	size_t cnt;
	int error;

	while (n > 0 && uio->uio_resid > 0) {
		iov = uio->uio_iov;
		cnt = iov->iov_len;
		if (cnt == 0) {
			uio->uio_iov++;
			uio->uio_iovcnt--;
			continue;
		}
		if (cnt > (size_t)n)
			cnt = (size_t)n;
		if (uio->uio_segflg == UIO_USERSPACE) {
			if (uio->uio_rw == UIO_READ)
				error = copyout(cp, iov->iov_base, cnt);
			else
				error = copyin(iov->iov_base, cp, cnt);
			if (error != 0)
				return (error);
		} else if (uio->uio_rw == UIO_READ)
			bcopy(cp, iov->iov_base, cnt);
		else
			bcopy(iov->iov_base, cp, cnt);
		iov->iov_base = (char *)iov->iov_base + cnt;
		iov->iov_len -= cnt;
		uio->uio_resid -= (ssize_t)cnt;
		uio->uio_offset += (off_t)cnt;
		cp = (char *)cp + cnt;
		n -= (int)cnt;
	}
	return (0);
}

/* Total of an iovec array in *resid; EINVAL if it does not fit. */
int
iov_total(const struct iovec *iov, u_int iovcnt, ssize_t *resid)
{
	uint64_t total;
	u_int i;

	total = 0;
	for (i = 0; i < iovcnt; i++)
		total += iov[i].iov_len;
	if (total > IOSIZE_MAX)
		return (EINVAL);
	*resid = (ssize_t)total;
	return (0);
}

/* Copies a user's iovec array into a uio of one allocation, to be freed with M_IOV. */
int
copyinuio(const struct iovec *iovp, u_int iovcnt, struct uio **uiop)
{
	struct uio *uio;
	struct iovec *iov;
	int error;

	*uiop = NULL;
	if (iovcnt > UIO_MAXIOV)
		return (EINVAL);
	uio = malloc(sizeof(*uio) + iovcnt * sizeof(struct iovec), M_IOV, M_WAITOK);
	iov = (struct iovec *)(uio + 1);
	error = copyin(iovp, iov, iovcnt * sizeof(struct iovec));
	if (error == 0)
		error = iov_total(iov, iovcnt, &uio->uio_resid);
	if (error != 0) {
		free(uio, M_IOV);
		return (error);
	}
	uio->uio_iov = iov;
	uio->uio_iovcnt = (int)iovcnt;
	uio->uio_segflg = UIO_USERSPACE;
	uio->uio_offset = -1;
	uio->uio_td = curthread;
	*uiop = uio;
	return (0);
}
