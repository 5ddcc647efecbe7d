/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The probe table: what the host reads (dtrace_probe_table, dtrace_nprobes) and, in parallel, what
 * the kernel works with.  Probes are created while booting and never go away.
 *
 * No lock: there is one thread at boot, and the table is read-only afterwards.
 */
#include <sys/systm.h>
#include "dtrace/dtrace_impl.h"

struct dtrace_probe_entry *dtrace_probe_table;
u_int	dtrace_nprobes;
static struct dtrace_probe **dtrace_probes;
static u_int dtrace_maxprobes;

/* Doubles both tables. */
void
dtrace_table_grow(void)
{
	u_int max = dtrace_maxprobes == 0 ? 256 : dtrace_maxprobes * 2;
	struct dtrace_probe_entry *table = dtrace_alloc(max * sizeof(*table), 1);
	struct dtrace_probe **probes = dtrace_alloc(max * sizeof(*probes), 1);

	for (u_int n = 0; n < dtrace_nprobes; n++) {
		table[n] = dtrace_probe_table[n];
		probes[n] = dtrace_probes[n];
	}
	dtrace_free(dtrace_probe_table);
	dtrace_free(dtrace_probes);
	dtrace_probe_table = table;
	dtrace_probes = probes;
	dtrace_maxprobes = max;
}

/* Creates a probe and returns its id; the strings must stay where they are. */
dtrace_id_t
dtrace_probe_create(const struct dtrace_provider *provider, const char *mod, const char *func, const char *name,
    uintptr_t address, u_int nargs, void *arg)
{
	struct dtrace_probe *probe;
	struct dtrace_probe_entry *entry;

	if (dtrace_nprobes == dtrace_maxprobes)
		dtrace_table_grow();
	probe = dtrace_alloc(sizeof(*probe), 1);
	probe->id = dtrace_nprobes + 1;
	probe->provider = provider;
	probe->arg = arg;
	entry = &dtrace_probe_table[dtrace_nprobes];
	entry->id = probe->id;
	entry->provider = (u_int)(uintptr_t)provider->name;
	entry->module = (u_int)(uintptr_t)mod;
	entry->function = (u_int)(uintptr_t)func;
	entry->name = (u_int)(uintptr_t)name;
	entry->address = (u_int)address;
	entry->nargs = nargs;
	dtrace_probes[dtrace_nprobes++] = probe;
	return (probe->id);
}

/* Says what types a probe's arguments have; the array must stay where it is. */
void
dtrace_probe_argtypes(dtrace_id_t id, const struct dtrace_argtype *types, u_int ntypes)
{

	dtrace_probe_table[id - 1].argtypes = (u_int)(uintptr_t)types;
	dtrace_probe_table[id - 1].nargtypes = ntypes;
}

/* Returns the probe of that id, or NULL. */
struct dtrace_probe *
dtrace_probe_lookup(dtrace_id_t id)
{

	return (id == 0 || id > dtrace_nprobes ? NULL : dtrace_probes[id - 1]);
}

void
dtrace_provider_nothing(struct dtrace_probe *probe)
{
}

/* The provider of BEGIN, END and ERROR, which must be the first three probes. */
void
dtrace_provider_init(void)
{
	static const struct dtrace_provider provider = {
		"dtrace", dtrace_provider_nothing, dtrace_provider_nothing
	};

	dtrace_probe_create(&provider, "", "", "BEGIN", 0, 1, NULL);
	dtrace_probe_create(&provider, "", "", "END", 0, 1, NULL);
	dtrace_probe_create(&provider, "", "", "ERROR", 0, 6, NULL);
}
