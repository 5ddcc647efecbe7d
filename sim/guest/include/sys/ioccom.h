/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The encoding of ioctl commands that carry a direction and a size; plain numbers carry neither. */
#ifndef _SYS_IOCCOM_H_
#define	_SYS_IOCCOM_H_

#define	IOCPARM_MASK	0x1fff
#define	IOCPARM_LEN(x)	(((x) >> 16) & IOCPARM_MASK)
#define	IOC_VOID	0x20000000
#define	IOC_OUT		0x40000000
#define	IOC_IN		0x80000000
#define	IOC_DIRMASK	(IOC_VOID | IOC_OUT | IOC_IN)
#define	_IOC(inout, group, num, len)	\
	((unsigned long)((inout) | (((len) & IOCPARM_MASK) << 16) | ((group) << 8) | (num)))
#define	_IO(g, n)	_IOC(IOC_VOID, (g), (n), 0)
#define	_IOR(g, n, t)	_IOC(IOC_OUT, (g), (n), sizeof(t))
#define	_IOW(g, n, t)	_IOC(IOC_IN, (g), (n), sizeof(t))

#define	FIODTYPE	_IOR('f', 122, int)
#define	D_TTY		0x0004

#endif
