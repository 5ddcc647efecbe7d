/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every lock begins with, and how file and line travel to the lock functions.
 */
#ifndef SYS_LOCK_H
#define SYS_LOCK_H

#include <sys/types.h>

struct lock_object {
	const char	*lo_name;
	u_int		lo_flags;
};

#define LO_CLASS_MTX		0x01
#define LO_CLASS_SPIN		0x02
#define LO_CLASS_RW		0x04
#define LO_CLASS_SX		0x08
#define LO_RECURSABLE		0x10
#define LO_INITIALIZED		0x20

#define LOCK_FILE		__FILE__
#define LOCK_LINE		__LINE__

#endif
