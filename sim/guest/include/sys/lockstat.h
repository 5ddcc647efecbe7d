/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lockstat: what the lock functions tell the tracing code (kern_lockstat.c).
 */
#ifndef _SYS_LOCKSTAT_H_
#define	_SYS_LOCKSTAT_H_

#include <sys/sdt.h>

SDT_PROBE_DECLARE(lockstat, , , adaptive__acquire);
SDT_PROBE_DECLARE(lockstat, , , adaptive__release);
SDT_PROBE_DECLARE(lockstat, , , adaptive__block);
SDT_PROBE_DECLARE(lockstat, , , spin__acquire);
SDT_PROBE_DECLARE(lockstat, , , spin__release);
SDT_PROBE_DECLARE(lockstat, , , rw__acquire);
SDT_PROBE_DECLARE(lockstat, , , rw__release);
SDT_PROBE_DECLARE(lockstat, , , rw__block);
SDT_PROBE_DECLARE(lockstat, , , rw__upgrade);
SDT_PROBE_DECLARE(lockstat, , , rw__downgrade);
SDT_PROBE_DECLARE(lockstat, , , sx__acquire);
SDT_PROBE_DECLARE(lockstat, , , sx__release);
SDT_PROBE_DECLARE(lockstat, , , sx__block);
SDT_PROBE_DECLARE(lockstat, , , sx__upgrade);
SDT_PROBE_DECLARE(lockstat, , , sx__downgrade);

/* How a lock that can be shared is held or wanted. */
#define	LOCKSTAT_WRITER	0
#define	LOCKSTAT_READER	1

/* Fire lockstat:::probe for a lock, with 0, 1 or 4 more arguments. */
#define	LOCKSTAT_RECORD0(probe, lock)	SDT_PROBE1(lockstat, , , probe, lock)
#define	LOCKSTAT_RECORD1(probe, lock, a1)	SDT_PROBE2(lockstat, , , probe, lock, a1)
#define	LOCKSTAT_RECORD4(probe, lock, a1, a2, a3, a4)	SDT_PROBE5(lockstat, , , probe, lock, a1, a2, a3, a4)

extern u_int lockstat_enabled;		/* lockstat probes that are on */
uint64_t lockstat_nsecs(void);		/* ns since boot, 0 while lockstat is off */

#endif
