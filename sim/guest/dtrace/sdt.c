/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sdt providers (proc, sched, lockstat, io, …): every SDT_PROBE_DEFINE() of the kernel becomes a probe.
 *
 * At boot the linker set of probes is walked; a probe without a module is the kernel's, one without a
 * function says "none".  Enabling a probe patches its sites, as fbt patches functions, but with a
 * branch: a firing is a call, not a trap.
 */
#include <sys/systm.h>
#include <sys/lockstat.h>
#include <machine/cpufunc.h>
#include "dtrace/dtrace_impl.h"

SDT_PROVIDER_DEFINE(sdt);

extern struct sdt_probe *const __start_set_sdt_probes_set[], *const __stop_set_sdt_probes_set[];
extern const struct sdt_site __start_set_sdt_sites_set[], __stop_set_sdt_sites_set[];

#define SDT_NOP			0xe320f000
#define SDT_BRANCH		0xea000000
#define SDT_BRANCH_OFFSET	0x00ffffff	/* in words, from two words behind the branch */

_Static_assert(sizeof(struct sdt_argtype) == sizeof(struct dtrace_argtype), "struct sdt_argtype is what the host reads");

/* A provider of the framework's for each of the kernel's. */
struct sdt_registered {
	struct dtrace_provider provider;
	const struct sdt_provider *of;
	struct sdt_registered *next;
};

static struct sdt_registered *sdt_providers;

/* The branch that takes a site from its nop to its target. */
uint32_t
sdt_branch(const struct sdt_site *site)
{

	return (SDT_BRANCH | ((uint32_t)(site->target - site->nop - 2) & SDT_BRANCH_OFFSET));
}

/* Stores the instruction of all sites of a probe. */
void
sdt_patch(const struct sdt_probe *probe, int on)
{

	for (const struct sdt_site *site = __start_set_sdt_sites_set; site < __stop_set_sdt_sites_set; site++) {
		if (site->probe != probe)
			continue;
		*site->nop = on ? sdt_branch(site) : SDT_NOP;
		cpu_icache_sync_range((vm_offset_t)(uintptr_t)site->nop, sizeof(uint32_t));
	}
}

void
sdt_enable(struct dtrace_probe *dprobe)
{
	struct sdt_probe *probe = dprobe->arg;

	if (probe->id != 0)
		return;
	if (strcmp(probe->prov->name, "lockstat") == 0)
		lockstat_enabled++;
	probe->id = dprobe->id;
	sdt_patch(probe, 1);
}

void
sdt_disable(struct dtrace_probe *dprobe)
{
	struct sdt_probe *probe = dprobe->arg;

	if (probe->id == 0)
		return;
	if (strcmp(probe->prov->name, "lockstat") == 0)
		lockstat_enabled--;
	sdt_patch(probe, 0);
	probe->id = 0;
}

const struct dtrace_provider *
sdt_provider_get(const struct sdt_provider *prov)
{
	struct sdt_registered *reg;

	for (reg = sdt_providers; reg != NULL; reg = reg->next)
		if (reg->of == prov)
			return (&reg->provider);
	reg = dtrace_alloc(sizeof(*reg), 1);
	reg->provider = (struct dtrace_provider){ prov->name, sdt_enable, sdt_disable };
	reg->of = prov;
	reg->next = sdt_providers;
	sdt_providers = reg;
	return (&reg->provider);
}

/* The probe's name as scripts write it: two underscores are a dash. */
const char *
sdt_name(const char *from)
{
	char *name = dtrace_alloc(strlen(from) + 1, 1), *to;

	for (to = name; *from != '\0'; from++) {
		if (from[0] == '_' && from[1] == '_') {
			*to++ = '-';
			from++;
		} else
			*to++ = *from;
	}
	return (name);
}

void
sdt_create(struct sdt_probe *probe)
{
	dtrace_id_t id;

	id = dtrace_probe_create(sdt_provider_get(probe->prov), *probe->mod != '\0' ? probe->mod : "kernel",
	    *probe->func != '\0' ? probe->func : "none", sdt_name(probe->name), 0, probe->nargs, probe);
	dtrace_probe_argtypes(id, (const struct dtrace_argtype *)(const void *)probe->args, probe->nargs);
}

void
sdt_init(void)
{

	for (struct sdt_probe *const *p = __start_set_sdt_probes_set; p < __stop_set_sdt_probes_set; p++)
		sdt_create(*p);
}

void
sdt_fire(const struct sdt_probe *probe, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2)
{

	dtrace_probe(probe->id, arg0, arg1, arg2, 0, 0);
}

void
sdt_fire_more(const struct sdt_probe *probe, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2, uintptr_t arg3, uintptr_t arg4)
{

	dtrace_probe(probe->id, arg0, arg1, arg2, arg3, arg4);
}
