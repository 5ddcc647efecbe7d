/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The dtmalloc provider: dtmalloc::TYPE:malloc and :free for every malloc type, its blanks underscores.
 *
 * Arguments are the type, its internals and statistics, the size taken from the zone, and the zone's
 * number.  Enabling stores the id where malloc(9) looks for it, in one piece; no lock.
 */
#include <sys/systm.h>
#include <sys/malloc.h>
#include <sys/sdt.h>
#include "dtrace/dtrace_impl.h"

extern struct malloc_type *const __start_set_malloc_types_set[], *const __stop_set_malloc_types_set[];

static const struct sdt_argtype dtmalloc_args[] = {
	{ "struct malloc_type *", NULL, 0 },
	{ "struct malloc_type_internal *", NULL, 1 },
	{ "struct malloc_type_stats *", NULL, 2 },
	{ "unsigned long", NULL, 3 },
	{ "int", NULL, 4 },
};

void
dtmalloc_enable(struct dtrace_probe *probe)
{

	*(uint32_t *)probe->arg = probe->id;
}

void
dtmalloc_disable(struct dtrace_probe *probe)
{

	*(uint32_t *)probe->arg = 0;
}

void
dtmalloc_create(const char *type, const char *name, uint32_t *id)
{
	static const struct dtrace_provider provider = { "dtmalloc", dtmalloc_enable, dtmalloc_disable };
	dtrace_id_t made = dtrace_probe_create(&provider, "", type, name, 0, nitems(dtmalloc_args), id);

	dtrace_probe_argtypes(made, SDT_ARGTYPES(dtmalloc_args), nitems(dtmalloc_args));
}

/* The type's name as a probe's function: no blanks. */
const char *
dtmalloc_name(const char *shortdesc)
{
	char *name = dtrace_alloc(strlen(shortdesc) + 1, 1), *to;

	for (to = name; *shortdesc != '\0'; shortdesc++)
		*to++ = *shortdesc == ' ' || *shortdesc == '\t' ? '_' : *shortdesc;
	return (name);
}

void
dtmalloc_init(void)
{
	const char *name;

	for (struct malloc_type *const *p = __start_set_malloc_types_set; p < __stop_set_malloc_types_set; p++) {
		name = dtmalloc_name((*p)->ks_shortdesc);
		dtmalloc_create(name, "malloc", &(*p)->ks_handle->mti_probes[DTMALLOC_PROBE_MALLOC]);
		dtmalloc_create(name, "free", &(*p)->ks_handle->mti_probes[DTMALLOC_PROBE_FREE]);
	}
	dtrace_malloc_probe = dtrace_probe;
}
