/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * errno; its values are in abi/errno.h.
 * One thread a process, so errno is a plain variable.
 */
#ifndef _ERRNO_H_
#define _ERRNO_H_

#include <abi/errno.h>

extern int errno;

#endif
