/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The name cache's probes.  There is no name cache: every look-up asks the file system, which keeps its
 * vnodes for good.  So a script that asks for these runs, and sees none.
 */
#include <sys/systm.h>
#include <sys/sdt.h>
#include <sys/vnode.h>

SDT_PROBE_DEFINE3(vfs, namecache, enter, done, "struct vnode *", "char *", "struct vnode *");
SDT_PROBE_DEFINE2(vfs, namecache, enter_negative, done, "struct vnode *", "char *");
SDT_PROBE_DEFINE3(vfs, namecache, lookup, hit, "struct vnode *", "char *", "struct vnode *");
SDT_PROBE_DEFINE2(vfs, namecache, lookup, miss, "struct vnode *", "char *");
SDT_PROBE_DEFINE1(vfs, namecache, purge, done, "struct vnode *");
SDT_PROBE_DEFINE1(vfs, namecache, purge_negative, done, "struct vnode *");
