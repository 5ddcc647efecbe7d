/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * /dev/null swallows, /dev/zero gives zeroes: from one constant region, 64 KiB at a time.  No state.
 */
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/kernel.h>
#include <sys/uio.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>

int
null_write(struct cdev *dev, struct uio *uio, int flags)
{
	uio->uio_resid = 0;
	return (0);
}

/* Reading the null device finds its end at once. */
int
null_read(struct cdev *dev, struct uio *uio, int flags)
{
	return (0);
}

int
zero_read(struct cdev *dev, struct uio *uio, int flags)
{
	void *zbuf;
	ssize_t len;
	int error;

	error = 0;
	zbuf = __DECONST(void *, zero_region);
	while (uio->uio_resid > 0 && error == 0) {
		len = uio->uio_resid;
		if (len > ZERO_REGION_SIZE)
			len = ZERO_REGION_SIZE;
		error = uiomove(zbuf, (int)len, uio);
	}
	return (error);
}

static struct cdevsw null_cdevsw = {
	.d_version = D_VERSION,
	.d_name = "null",
	.d_read = null_read,
	.d_write = null_write,
};

static struct cdevsw zero_cdevsw = {
	.d_version = D_VERSION,
	.d_flags = D_MMAP_ANON,
	.d_name = "zero",
	.d_read = zero_read,
	.d_write = null_write,
};

void
null_init(void *dummy)
{
	(void)make_dev(&null_cdevsw, 0, 0, 0, 0666, "null");
	(void)make_dev(&zero_cdevsw, 0, 0, 0, 0666, "zero");
}
SYSINIT(null, SI_SUB_DRIVERS, SI_ORDER_FIRST, null_init, NULL);
