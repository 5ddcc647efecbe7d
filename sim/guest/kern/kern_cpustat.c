/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sysinfo and vminfo providers: a probe for each event that the system's statistics count, with the
 * amount in arg0.  They are fired beside the events, by the function their third part names.
 *
 * Here are those that no event of this machine can fire, as on any other that has one CPU, no swap space
 * and nothing to page out: a script that asks for them runs, and sees none.
 */
#include <sys/systm.h>
#include <sys/sdt.h>

SDT_PROVIDER_DEFINE(sysinfo);
SDT_PROVIDER_DEFINE(vminfo);

SDT_PROBE_DEFINE1(sysinfo, , , xcalls, "int");
SDT_PROBE_DEFINE1(sysinfo, , , intrblk, "int");
SDT_PROBE_DEFINE1(sysinfo, , , bwrite, "int");
SDT_PROBE_DEFINE1(sysinfo, , , lwrite, "int");
SDT_PROBE_DEFINE1(sysinfo, , , phread, "int");
SDT_PROBE_DEFINE1(sysinfo, , , phwrite, "int");
SDT_PROBE_DEFINE1(sysinfo, , , modload, "int");
SDT_PROBE_DEFINE1(sysinfo, , , modunload, "int");

SDT_PROBE_DEFINE1(vminfo, , , anonfree, "int");
SDT_PROBE_DEFINE1(vminfo, , , anonpgin, "int");
SDT_PROBE_DEFINE1(vminfo, , , anonpgout, "int");
SDT_PROBE_DEFINE1(vminfo, , , dfree, "int");
SDT_PROBE_DEFINE1(vminfo, , , execfree, "int");
SDT_PROBE_DEFINE1(vminfo, , , execpgin, "int");
SDT_PROBE_DEFINE1(vminfo, , , execpgout, "int");
SDT_PROBE_DEFINE1(vminfo, , , fsfree, "int");
SDT_PROBE_DEFINE1(vminfo, , , fspgout, "int");
SDT_PROBE_DEFINE1(vminfo, , , kernel_asflt, "int");
SDT_PROBE_DEFINE1(vminfo, , , pgfrec, "int");
SDT_PROBE_DEFINE1(vminfo, , , pgout, "int");
SDT_PROBE_DEFINE1(vminfo, , , pgpgout, "int");
SDT_PROBE_DEFINE1(vminfo, , , pgrec, "int");
SDT_PROBE_DEFINE1(vminfo, , , pgrrun, "int");
SDT_PROBE_DEFINE1(vminfo, , , pgswapin, "int");
SDT_PROBE_DEFINE1(vminfo, , , pgswapout, "int");
SDT_PROBE_DEFINE1(vminfo, , , rev, "int");
SDT_PROBE_DEFINE1(vminfo, , , scan, "int");
SDT_PROBE_DEFINE1(vminfo, , , softlock, "int");
SDT_PROBE_DEFINE1(vminfo, , , swapin, "int");
SDT_PROBE_DEFINE1(vminfo, , , swapout, "int");
