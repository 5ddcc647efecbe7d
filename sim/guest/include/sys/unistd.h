/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What <unistd.h> shares with the kernel: the standard values live in fcntl.h. */
#ifndef _SYS_UNISTD_H_
#define	_SYS_UNISTD_H_

#include <sys/fcntl.h>

#endif
