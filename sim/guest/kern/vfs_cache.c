/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The name cache: what a name in a directory leads to, also that it leads nowhere, so that the file
 * system need not be asked again.  A file system that wants it has vfs_cache_lookup() as its
 * vop_lookup, its own search as vop_cachedlookup, and tells cache_enter() what it found.
 *
 * The entries are a fixed number, made at boot; when all are taken the oldest gives way.  Vnodes stay
 * for good and nothing is ever removed, so nothing is purged.
 *
 * Locking: cache_lock, over the entries, the hash chains and v_cache_dd.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/namei.h>
#include <sys/queue.h>
#include <sys/rwlock.h>
#include <sys/sdt.h>
#include <sys/vnode.h>

#define	NCACHE		256
#define	NCHASH		64	/* a power of two */

LIST_HEAD(nchead, namecache);

static struct namecache nc_entries[NCACHE];
static struct nchead nchashtbl[NCHASH];
static u_int nc_next;		/* the entry to use next: free, or the oldest */
static struct rwlock cache_lock;

SDT_PROVIDER_DECLARE(vfs);
SDT_PROBE_DEFINE3(vfs, namecache, enter, done, "struct vnode *", "char *", "struct vnode *");
SDT_PROBE_DEFINE2(vfs, namecache, enter_negative, done, "struct vnode *", "char *");
SDT_PROBE_DEFINE3(vfs, namecache, lookup, hit, "struct vnode *", "char *", "struct vnode *");
SDT_PROBE_DEFINE2(vfs, namecache, lookup, hit__negative, "struct vnode *", "char *");
SDT_PROBE_DEFINE2(vfs, namecache, lookup, miss, "struct vnode *", "struct componentname *");
SDT_PROBE_DEFINE1(vfs, namecache, purge, done, "struct vnode *");
SDT_PROBE_DEFINE1(vfs, namecache, purge_negative, done, "struct vnode *");
SDT_PROBE_DEFINE3(vfs, namecache, zap, done, "struct vnode *", "char *", "struct vnode *");
SDT_PROBE_DEFINE2(vfs, namecache, zap_negative, done, "struct vnode *", "char *");

void
nchinit(void *dummy)
{
	rw_init(&cache_lock, "Name Cache");
}
SYSINIT(vfs_cache, SI_SUB_VFS, SI_ORDER_FIRST, nchinit, NULL);

/* The chain of a name in a directory (FNV-1). */
struct nchead *
cache_chain(const struct vnode *dvp, const struct componentname *cnp)
{
	uint32_t hash = 2166136261u;

	for (long i = 0; i < cnp->cn_namelen; i++)
		hash = (hash * 16777619u) ^ (uint8_t)cnp->cn_nameptr[i];
	hash = (hash * 16777619u) ^ (uint32_t)((uintptr_t)dvp >> 4);
	return (&nchashtbl[hash & (NCHASH - 1)]);
}

/* The entry of a name, or NULL; cache_lock is held. */
struct namecache *
cache_find(struct vnode *dvp, const struct componentname *cnp)
{
	struct namecache *ncp;

	LIST_FOREACH(ncp, cache_chain(dvp, cnp), nc_hash) {
		if (ncp->nc_dvp == dvp && ncp->nc_nlen == cnp->cn_namelen &&
		    memcmp(ncp->nc_name, cnp->cn_nameptr, ncp->nc_nlen) == 0)
			return (ncp);
	}
	return (NULL);
}

/* -1 and the vnode if the name leads to one, ENOENT if it is known to lead nowhere, 0 if nothing is known. */
int
cache_lookup(struct vnode *dvp, struct vnode **vpp, struct componentname *cnp)
{
	struct namecache *ncp;
	int error = 0;

	rw_rlock(&cache_lock);
	ncp = cache_find(dvp, cnp);
	if (ncp == NULL)
		SDT_PROBE2(vfs, namecache, lookup, miss, dvp, cnp);
	else if (ncp->nc_vp == NULL) {
		SDT_PROBE2(vfs, namecache, lookup, hit__negative, dvp, ncp->nc_name);
		error = ENOENT;
	} else {
		SDT_PROBE3(vfs, namecache, lookup, hit, dvp, ncp->nc_name, ncp->nc_vp);
		*vpp = ncp->nc_vp;
		error = -1;
	}
	rw_runlock(&cache_lock);
	return (error);
}

/* Forgets an entry; cache_lock is held. */
void
cache_zap(struct namecache *ncp)
{
	if (ncp->nc_vp != NULL) {
		SDT_PROBE3(vfs, namecache, zap, done, ncp->nc_dvp, ncp->nc_name, ncp->nc_vp);
		if (ncp->nc_vp->v_cache_dd == ncp)
			ncp->nc_vp->v_cache_dd = NULL;
	} else
		SDT_PROBE2(vfs, namecache, zap_negative, done, ncp->nc_dvp, ncp->nc_name);
	LIST_REMOVE(ncp, nc_hash);
	ncp->nc_dvp = NULL;
}

/* Remembers that a name in dvp leads to vp, or nowhere (NULL); long names are not remembered. */
void
cache_enter(struct vnode *dvp, struct vnode *vp, struct componentname *cnp)
{
	struct namecache *ncp;

	if (cnp->cn_namelen > NC_NAMELEN)
		return;
	rw_wlock(&cache_lock);
	if (cache_find(dvp, cnp) == NULL) {
		ncp = &nc_entries[nc_next];
		nc_next = (nc_next + 1) % NCACHE;
		if (ncp->nc_dvp != NULL)
			cache_zap(ncp);
		ncp->nc_dvp = dvp;
		ncp->nc_vp = vp;
		ncp->nc_nlen = (uint8_t)cnp->cn_namelen;
		bcopy(cnp->cn_nameptr, ncp->nc_name, ncp->nc_nlen);
		ncp->nc_name[ncp->nc_nlen] = '\0';
		LIST_INSERT_HEAD(cache_chain(dvp, cnp), ncp, nc_hash);
		if (vp == NULL)
			SDT_PROBE2(vfs, namecache, enter_negative, done, dvp, ncp->nc_name);
		else {
			if (vp->v_type == VDIR)
				vp->v_cache_dd = ncp;
			SDT_PROBE3(vfs, namecache, enter, done, dvp, ncp->nc_name, vp);
		}
	}
	rw_wunlock(&cache_lock);
}

/* vop_lookup of a file system whose names are cached. */
int
vfs_cache_lookup(struct vnode *dvp, struct vnode **vpp, struct componentname *cnp)
{
	int error;

	error = cache_lookup(dvp, vpp, cnp);
	if (error == 0)
		return (VOP_CACHEDLOOKUP(dvp, vpp, cnp));
	return (error == -1 ? 0 : error);
}
