/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Addresses of the Internet as inet_ntoa(), inet_ntoa6() and inet_ntop() take them, and the families of inet_ntop().
 */
inline int AF_UNSPEC = 0;
inline int AF_UNIX = 1;
inline int AF_INET = 2;
inline int AF_INET6 = 28;

typedef uint32_t in_addr_t;
typedef in_addr_t ipaddr_t;
typedef uint16_t in_port_t;

struct in_addr {
	in_addr_t s_addr;
};

struct in6_addr {
	union {
		uint8_t __u6_addr8[16];
		uint16_t __u6_addr16[8];
		uint32_t __u6_addr32[4];
	} __u6_addr;
};

typedef struct in6_addr in6_addr_t;
