/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ioctl(2) commands: see ioccom.h for the encoding. */
#ifndef _SYS_IOCTL_H_
#define	_SYS_IOCTL_H_

#include <sys/ioccom.h>

#endif
