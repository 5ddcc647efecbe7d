/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The inside of a FILE.  A stream is in reading or writing use at a time; its buffer comes from
 * malloc at first use.  No locking: a process has one thread.
 */
#ifndef STDIO_LOCAL_H
#define STDIO_LOCAL_H

#include <stdio.h>

#define HIDDEN __attribute__((visibility("hidden")))

#define SF_OPEN 0x01
#define SF_UNBUFFERED 0x02
#define SF_LINE 0x04	/* flushed at each newline */
#define SF_EOF 0x08
#define SF_ERROR 0x10
#define SF_READ 0x20	/* the buffer holds input */

struct __sFILE {
	int fd;
	int flags;		/* SF_* */
	char *buffer;
	size_t size;		/* of the buffer */
	size_t used;		/* bytes in it */
	size_t next;		/* reading: the next one to hand out */
};

#define STREAMS_MAX 16

HIDDEN extern struct __sFILE streams[STREAMS_MAX];

HIDDEN size_t stream_write(FILE *, const char *, size_t);

#endif
