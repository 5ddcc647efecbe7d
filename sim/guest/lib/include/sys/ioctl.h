/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ioctl() and the two requests the programs here make of ordinary devices.
 * The control devices' own requests are in abi/pvctl.h and abi/dprog.h.
 */
#ifndef _SYS_IOCTL_H_
#define _SYS_IOCTL_H_

#define FIODTYPE 0x4004667aUL	/* _IOR('f', 122, int): kind of a device */
#define TIOCGETA 0x402c7413UL	/* _IOR('t', 19, struct termios): answered by terminals only */

#define D_TAPE 0x0001	/* kinds FIODTYPE tells */
#define D_DISK 0x0002
#define D_TTY 0x0004
#define D_MEM 0x0008

int ioctl(int, unsigned long, ...);

#endif
