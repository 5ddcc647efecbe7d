/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flags of open(2) and commands of fcntl(2); FreeBSD's values. */
#ifndef _SYS_FCNTL_H_
#define	_SYS_FCNTL_H_

#define	O_RDONLY	0x0000
#define	O_WRONLY	0x0001
#define	O_RDWR		0x0002
#define	O_ACCMODE	0x0003
#define	O_NONBLOCK	0x0004
#define	O_APPEND	0x0008
#define	O_CREAT		0x0200
#define	O_TRUNC		0x0400
#define	O_EXCL		0x0800
#define	O_NOFOLLOW	0x0100
#define	O_DIRECTORY	0x00020000
#define	O_EXEC		0x00040000
#define	O_CLOEXEC	0x00100000
#define	O_VERIFY	0x00200000

/* How the kernel keeps the access mode. */
#define	FREAD		0x0001
#define	FWRITE		0x0002
#define	FEXEC		O_EXEC
#define	FFLAGS(oflags)	(((oflags) & O_EXEC) ? (oflags) : (oflags) + 1)
#define	OFLAGS(fflags)	(((fflags) & O_EXEC) ? (fflags) : (fflags) - 1)

#define	F_DUPFD		0
#define	F_GETFD		1
#define	F_SETFD		2
#define	F_GETFL		3
#define	F_SETFL		4
#define	F_DUPFD_CLOEXEC	17
#define	FD_CLOEXEC	1

#define	AT_FDCWD	-100
#define	AT_SYMLINK_NOFOLLOW	0x200

#define	F_OK	0
#define	X_OK	0x01
#define	W_OK	0x02
#define	R_OK	0x04

#define	SEEK_SET	0
#define	SEEK_CUR	1
#define	SEEK_END	2

#endif
