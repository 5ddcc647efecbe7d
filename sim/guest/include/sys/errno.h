/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Error numbers: those of abi/errno.h, and a few that never leave the kernel.
 */
#ifndef SYS_ERRNO_H
#define SYS_ERRNO_H

#include <abi/errno.h>

/* Kernel only: never seen by a program. */
#define ERESTART	(-1)
#define EJUSTRETURN	(-2)
#define ENOIOCTL	(-3)

#endif
