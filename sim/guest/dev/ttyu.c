/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The serial lines as devices: /dev/console on unit 0 and /dev/ttyu1 on unit 1.  Output goes straight
 * to the (infinitely fast) UART.  Input is whatever the host has put there; when there is none, a read
 * says end of file rather than wait, so that no program hangs on a missing typist.
 *
 * Locking: none; output of one write is not interrupted by another thread's.
 */
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/errno.h>
#include <sys/ioccom.h>
#include <sys/kernel.h>
#include <sys/sdt.h>
#include <sys/uio.h>
#include <machine/machdep.h>

SDT_PROBE_DEFINE1(sysinfo, , ttyu_write, outch, "int");
SDT_PROBE_DEFINE1(sysinfo, , ttyu_read, rawch, "int");

#define	TTY_CHUNK	128
#define	TIOCGETA	_IOC(IOC_OUT, 't', 19, TERMIOS_BYTES)
#define	TERMIOS_BYTES	44

int
ttyu_write(struct cdev *dev, struct uio *uio, int ioflag)
{
	char buf[TTY_CHUNK];
	int error, i, n;

	error = 0;
	while (uio->uio_resid > 0 && error == 0) {
		n = (int)MIN(uio->uio_resid, TTY_CHUNK);
		error = uiomove(buf, n, uio);
		SDT_PROBE1(sysinfo, , ttyu_write, outch, n);
		for (i = 0; i < n && error == 0; i++)
			uart_putc(dev->si_unit, buf[i]);
	}
	return (error);
}

int
ttyu_read(struct cdev *dev, struct uio *uio, int ioflag)
{
	char ch;
	int c, error;

	error = 0;
	while (uio->uio_resid > 0 && error == 0 && (c = uart_getc(dev->si_unit)) != -1) {
		ch = (char)c;
		SDT_PROBE1(sysinfo, , ttyu_read, rawch, 1);
		error = uiomove(&ch, 1, uio);
		if (ch == '\n')
			break;
	}
	return (error);
}

/* Being asked for its settings is how a terminal is told from other devices: all zero, a raw line. */
int
ttyu_ioctl(struct cdev *dev, u_long cmd, void *data, int fflag, struct thread *td)
{
	if (cmd != TIOCGETA)
		return (ENOIOCTL);
	bzero(data, TERMIOS_BYTES);
	return (0);
}

static struct cdevsw ttyu_cdevsw = {
	.d_version = D_VERSION,
	.d_flags = D_TTY,
	.d_name = "ttyu",
	.d_read = ttyu_read,
	.d_write = ttyu_write,
	.d_ioctl = ttyu_ioctl,
};

void
ttyu_init(void *dummy)
{
	(void)make_dev(&ttyu_cdevsw, 0, 0, 0, 0600, "console");
	(void)make_dev(&ttyu_cdevsw, 1, 0, 0, 0600, "ttyu1");
}
SYSINIT(ttyu, SI_SUB_DRIVERS, SI_ORDER_SECOND, ttyu_init, NULL);
