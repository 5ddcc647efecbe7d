/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Families and kinds of sockets, for scripts under dtrace -C.
 */
#ifndef _SYS_SOCKET_H_
#define _SYS_SOCKET_H_

#define AF_UNSPEC	0
#define AF_UNIX		1
#define AF_LOCAL	AF_UNIX
#define AF_INET		2
#define AF_INET6	28
#define SOCK_STREAM	1
#define SOCK_DGRAM	2
#define SOCK_RAW	3

#endif
