/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lockstat provider's probes; they are fired by kern_mutex.c, kern_rwlock.c and kern_sx.c.
 *
 * -acquire fires when a lock has been got, -release when it has been given up, -block after a wait, with
 * its length in ns; recursion is neither.  For rw and sx arg1 of -acquire and -release says how, and
 * the further arguments of -block: ns, how it was wanted, whether a writer held it, how many readers did.
 */
#include <sys/systm.h>
#include <sys/dtrace.h>
#include <sys/lockstat.h>

SDT_PROVIDER_DEFINE(lockstat);

SDT_PROBE_DEFINE1(lockstat, , , adaptive__acquire, "struct mtx *");
SDT_PROBE_DEFINE1(lockstat, , , adaptive__release, "struct mtx *");
SDT_PROBE_DEFINE2(lockstat, , , adaptive__spin, "struct mtx *", "uint64_t");
SDT_PROBE_DEFINE2(lockstat, , , adaptive__block, "struct mtx *", "uint64_t");

SDT_PROBE_DEFINE1(lockstat, , , spin__acquire, "struct mtx *");
SDT_PROBE_DEFINE1(lockstat, , , spin__release, "struct mtx *");
SDT_PROBE_DEFINE2(lockstat, , , spin__spin, "struct mtx *", "uint64_t");

SDT_PROBE_DEFINE2(lockstat, , , rw__acquire, "struct rwlock *", "int");
SDT_PROBE_DEFINE2(lockstat, , , rw__release, "struct rwlock *", "int");
SDT_PROBE_DEFINE5(lockstat, , , rw__block, "struct rwlock *", "uint64_t", "int", "int", "int");
SDT_PROBE_DEFINE2(lockstat, , , rw__spin, "struct rwlock *", "uint64_t");
SDT_PROBE_DEFINE1(lockstat, , , rw__upgrade, "struct rwlock *");
SDT_PROBE_DEFINE1(lockstat, , , rw__downgrade, "struct rwlock *");

SDT_PROBE_DEFINE2(lockstat, , , sx__acquire, "struct sx *", "int");
SDT_PROBE_DEFINE2(lockstat, , , sx__release, "struct sx *", "int");
SDT_PROBE_DEFINE5(lockstat, , , sx__block, "struct sx *", "uint64_t", "int", "int", "int");
SDT_PROBE_DEFINE2(lockstat, , , sx__spin, "struct sx *", "uint64_t");
SDT_PROBE_DEFINE1(lockstat, , , sx__upgrade, "struct sx *");
SDT_PROBE_DEFINE1(lockstat, , , sx__downgrade, "struct sx *");

SDT_PROBE_DEFINE2(lockstat, , , thread__spin, "struct mtx *", "uint64_t");

u_int lockstat_enabled;

uint64_t
lockstat_nsecs(void)
{
	return (lockstat_enabled != 0 ? dtrace_gethrtime() : 0);
}
