/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The handful of sysctl names that programs ask for, as a table; all are read-only.  No locks.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/sysproto.h>
#include <machine/cpu.h>
#include <vm/vm_extern.h>

const char ostype[] = "FreeBSD";
const char osrelease[] = "11.0-CURRENT";
const char version[] = "FreeBSD 11.0-CURRENT like kernel of probelab\n";
char hostname[] = "beaglebone";
int osreldate = __FreeBSD_version;
static const int page_size = PAGE_SIZE;
int mp_ncpus = 1;
static const u_long usrstack = USRSTACK;
static u_long physmem_bytes;

/* One name: what it reads; size 0 means a string. */
struct sysctl_leaf {
	int	top, leaf;
	const void *value;
	size_t	size;
};

static const struct sysctl_leaf leaves[] = {
	{ CTL_KERN, KERN_OSTYPE, ostype, 0 },
	{ CTL_KERN, KERN_OSRELEASE, osrelease, 0 },
	{ CTL_KERN, KERN_VERSION, version, 0 },
	{ CTL_KERN, KERN_HOSTNAME, hostname, 0 },
	{ CTL_KERN, KERN_OSRELDATE, &osreldate, sizeof(osreldate) },
	{ CTL_KERN, KERN_USRSTACK, &usrstack, sizeof(usrstack) },
	{ CTL_HW, HW_MACHINE, MACHINE, 0 },
	{ CTL_HW, HW_NCPU, &mp_ncpus, sizeof(mp_ncpus) },
	{ CTL_HW, HW_PHYSMEM, &physmem_bytes, sizeof(physmem_bytes) },
	{ CTL_HW, HW_PAGESIZE, &page_size, sizeof(page_size) },
};

const struct sysctl_leaf *
sysctl_find(const int *name)
{
	u_int i;

	for (i = 0; i < nitems(leaves); i++)
		if (leaves[i].top == name[0] && leaves[i].leaf == name[1])
			return (&leaves[i]);
	return (NULL);
}

/* Copies the value out as far as the user's buffer goes; ENOMEM if that is not all. */
int
sysctl_out(const struct sysctl_leaf *leaf, void *old, size_t *oldlenp)
{
	size_t size, room;
	int error;

	size = leaf->size != 0 ? leaf->size : strlen(leaf->value) + 1;
	error = copyin(oldlenp, &room, sizeof(room));
	if (error == 0 && old != NULL)
		error = copyout(leaf->value, old, MIN(size, room));
	if (error == 0)
		error = copyout(&size, oldlenp, sizeof(size));
	if (error == 0 && old != NULL && room < size)
		error = ENOMEM;
	return (error);
}

int
sys___sysctl(struct thread *td, struct __sysctl_args *uap)
{
	const struct sysctl_leaf *leaf;
	int error, name[2];

	if (uap->namelen < 2 || uap->namelen > 24)
		return (EINVAL);
	error = copyin(uap->name, name, sizeof(name));
	if (error != 0)
		return (error);
	if (name[0] == CTL_MACHDEP && uap->namelen == 2)
		return (pmu_sysctl(td, name[1], uap->old, uap->oldlenp, uap->new, uap->newlen));
	leaf = uap->namelen == 2 ? sysctl_find(name) : NULL;
	if (leaf == NULL)
		return (ENOENT);
	if (uap->new != NULL)
		return (EPERM);
	physmem_bytes = physmem * PAGE_SIZE;
	return (uap->oldlenp != NULL ? sysctl_out(leaf, uap->old, uap->oldlenp) : 0);
}
