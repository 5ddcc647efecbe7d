/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The structures of the tracing module: probes, ECBs, buffers, and the state of the one enabling.
 *
 * Locking: everything a probe touches is per CPU or private to the enabling, and is touched with
 * interrupts off; the ioctls change it only while no probe can reach it, or with interrupts off
 * (dtrace_interrupt_disable).  There is one CPU and one consumer, so there is one of each.
 */
#ifndef DTRACE_IMPL_H
#define DTRACE_IMPL_H

#include <sys/param.h>
#include <sys/dtrace.h>
#include <abi/dprog.h>

#ifndef UINT8_MAX
#define UINT8_MAX	0xff
#define INT64_MAX	0x7fffffffffffffffLL
#define INT64_MIN	(-INT64_MAX - 1)
#endif

struct trapframe;
struct dtrace_probe;
struct dtrace_state;

/* What the CPU knows while it handles a probe. */
struct dtrace_cpu {
	volatile u_int	flags;		/* CPU_DTRACE_* */
	volatile uint64_t illval;	/* offending value of the last fault */
	u_int		in_probe;	/* the guard: a firing found set is refused */
	u_int		refused;	/* firings refused since the last report */
	uintptr_t	fp;		/* frame of the dtrace_probe() that handles the firing */
	uintptr_t	caller;		/* probe point (patched address), 0 if the probe is a call */
	struct trapframe *frame;	/* what the probe point interrupted, or NULL */
	u_int		interrupt;	/* the probe is the clock interrupt's; caller 0: the user was interrupted */
	uint64_t	chillmark;	/* when the second began that chill() is counted in, */
	uint64_t	chilled;	/* and its ns so far */
};
extern struct dtrace_cpu dtrace_cpu;

/* Probes.  Table entries (dprog.h) and these structures run in parallel, index id - 1. */
struct dtrace_provider {
	const char	*name;
	void	(*enable)(struct dtrace_probe *);
	void	(*disable)(struct dtrace_probe *);
};

struct dtrace_probe {
	dtrace_id_t	id;
	u_int		flags;			/* DTRACE_PROBE_* */
	struct dtrace_ecb *ecb, *ecb_last;	/* what to do when it fires */
	uint32_t	predcache;		/* the only ECB's cacheid: threads that have it noted are passed over */
	const struct dtrace_provider *provider;
	void		*arg;			/* the provider's own */
};
#define DTRACE_PROBE_SIGNED	0x1	/* arguments are signed 32-bit values */

extern struct dtrace_probe_entry *dtrace_probe_table;
extern u_int	dtrace_nprobes;
#define DTRACE_PROBEID_BEGIN	1
#define DTRACE_PROBEID_END	2
#define DTRACE_PROBEID_ERROR	3

dtrace_id_t	dtrace_probe_create(const struct dtrace_provider *, const char *mod, const char *func,
		    const char *name, uintptr_t address, u_int nargs, void *arg);
void	dtrace_probe_argtypes(dtrace_id_t id, const struct dtrace_argtype *types, u_int ntypes);
struct dtrace_probe *dtrace_probe_lookup(dtrace_id_t id);
void	dtrace_probe(dtrace_id_t id, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2, uintptr_t arg3,
	    uintptr_t arg4);

void	dtrace_fire(dtrace_id_t id, const uint64_t *args, u_int nargs, uint64_t timestamp);

/* DIF objects as loaded. */
struct dtrace_difo {
	const dif_instr_t *text;
	u_int		len;
	u_int		intlen;
	const uint64_t	*inttab;
	const char	*strtab;
	u_int		strbytes;
	u_int		rkind, rsize, rflags;	/* what it returns: DPROG_TYPE_*, bytes, DPROG_TF_* */
};

/* One action, and the clause whose ECBs share it. */
struct dtrace_action {
	u_int		kind;
	u_int		ntuple;
	u_int		aggid;
	u_int		intuple;	/* a key of the next aggregation */
	u_int		plain;		/* only stores what its DIFO returns */
	u_int		counted;	/* an aggregation whose increment the action before it has computed */
	struct dtrace_difo *difo;
	uint64_t	arg;
	u_int		offset;		/* from the record's start; of a key or value: from the tuple's start */
	u_int		size;
	u_int		tuple;		/* aggregations and keys: tuple's start, from the record's start */
};

struct dtrace_clause {
	struct dtrace_difo *predicate;
	struct dtrace_action *actions;
	u_int		nactions;
	u_int		size;		/* record bytes, 0 = none */
	u_int		needed;		/* size + tuple scratch */
	u_int		alignment;
	uint32_t	cacheid;	/* of the predicate, 0 = it may not be cached */
};

struct dtrace_ecb {
	dtrace_epid_t	epid;
	struct dtrace_clause *clause;
	struct dtrace_probe *probe;
	struct dtrace_ecb *next;	/* of the same probe, in order of creation */
};

/* Buffers: two halves, filled and switched out. */
#define DTRACE_BUFPOLICY_SWITCH	0
#define DTRACE_BUFPOLICY_RING	1
#define DTRACE_BUFPOLICY_FILL	2
struct dtrace_rechdr {
	dtrace_epid_t	epid;
	uint32_t	timestamp_hi;
	uint32_t	timestamp_lo;
};
struct dtrace_buffer {
	uint8_t		*tomax;		/* active half */
	uint8_t		*xamot;		/* the other one */
	size_t		size;		/* of each */
	size_t		offset;
	u_int		policy;
	u_int		wrapped;	/* ring: the end has been reached once */
	u_int		full;		/* fill: nothing more is stored */
	size_t		wrap_end;	/* ring: end of valid data past offset */
	size_t		xamot_offset;	/* ring: oldest record */
	size_t		reserve;	/* fill: kept free for END */
	u_int		drops, errors;
};

/* Machine state of one firing. */
#define DTRACE_NARGS		10
struct dtrace_mstate {
	uintptr_t	scratch_base, scratch_ptr;
	size_t		scratch_size;
	struct dtrace_probe *probe;
	dtrace_epid_t	epid;
	u_int		present;	/* DTRACE_MSTATE_* */
	int		fltoffs;	/* DIF byte offset of the fault, or -1 */
	uint64_t	timestamp, walltimestamp, vtimestamp;
	uint64_t	stackdepth, caller, ustackdepth, ucaller;
	uintptr_t	strtok;		/* where strtok() goes on, with strtok_left bytes to look at */
	size_t		strtok_left;
	uint64_t	arg[DTRACE_NARGS];
};
#define DTRACE_MSTATE_ARGS		0x01	/* arg5..arg9 fetched */
#define DTRACE_MSTATE_WALLTIMESTAMP	0x02
#define DTRACE_MSTATE_VTIMESTAMP	0x04
#define DTRACE_MSTATE_STACKDEPTH	0x08
#define DTRACE_MSTATE_CALLER		0x10
#define DTRACE_MSTATE_UCALLER		0x20
#define DTRACE_MSTATE_USTACKDEPTH	0x40

/* Variables. */
struct dtrace_key {
	uint64_t	value;		/* or address, if size != 0 */
	uint64_t	size;
};
struct dtrace_statvar {
	struct dprog_var var;
	uint64_t	data;		/* by value; by reference: address of 8 bytes of header, then size bytes */
};
struct dtrace_scope {
	struct dtrace_statvar **var;	/* index id - DIF_VAR_OTHER_UBASE; NULL = no such variable */
	u_int		nvar;
};
struct dtrace_dynvar {
	uint32_t	hash;
	u_int		nkeys;
	struct dtrace_dynvar *next;
	void		*data;
	struct dtrace_key key[];
};
struct dtrace_dstate {
	uint8_t		*base;
	size_t		size, chunksize;
	struct dtrace_dynvar **hash;
	u_int		hashsize;
	uint8_t		*chunks, *fresh, *end;	/* first chunk; first never used; end of all */
	struct dtrace_dynvar *clean;	/* freed, and may be used again */
	struct dtrace_dynvar *dirty;	/* freed since the last cleaning */
	uint64_t	cleanrate, clean_next;	/* ns: between cleanings; when the next is due */
	u_int		drops, dirty_drops;
};
#define DTRACE_DSTATE_LEAST(chunk)	(roundup2(chunk, 8) + 8)	/* a bucket and a chunk */

/* Speculations; states as published. */
struct dtrace_speculation {
	u_int		state;
	uint64_t	clean_at;	/* when a busy one is free again */
	struct dtrace_buffer buffer;
};
#define DTRACESPEC_INACTIVE		0
#define DTRACESPEC_ACTIVE		1
#define DTRACESPEC_ACTIVEONE		2
#define DTRACESPEC_ACTIVEMANY		3
#define DTRACESPEC_COMMITTING		4
#define DTRACESPEC_COMMITTINGMANY	5
#define DTRACESPEC_DISCARDING		6

/* Activities of the enabling. */
#define DTRACE_ACTIVITY_INACTIVE	0
#define DTRACE_ACTIVITY_WARMUP		1
#define DTRACE_ACTIVITY_ACTIVE		2
#define DTRACE_ACTIVITY_DRAINING	3
#define DTRACE_ACTIVITY_COOLDOWN	4
#define DTRACE_ACTIVITY_STOPPED		5
#define DTRACE_ACTIVITY_KILLED		6

struct dtrace_state {
	volatile u_int	activity;
	int		exit_value;
	u_int		strsize, stackframes, destructive;
	uint64_t	switchrate_ns, aggrate_ns, statusrate_ns, cleanrate_ns;
	uint64_t	alive;			/* when the consumer was last heard of */
	uint64_t	switch_next, agg_next;	/* when the buffers are to be switched next */
	uint8_t		*blob;			/* private copy of the program; DIFOs point into it */
	struct dtrace_difo *difos;
	u_int		ndifos;
	struct dtrace_clause *clauses;
	u_int		nclauses;
	struct dtrace_action *actions;
	struct dtrace_ecb *ecbs;
	u_int		necbs;
	struct dtrace_scope scope[3];		/* DPROG_SCOPE_* */
	struct dtrace_statvar *vars;
	uint8_t		*statics;		/* by-reference scalars */
	size_t		statics_bytes;
	struct dtrace_dstate dstate;
	struct dtrace_buffer buffer, aggbuffer;
	struct dtrace_speculation *specs;
	u_int		nspec;
	u_int		spec_busy, spec_unavail;	/* since the last report */
	u_int		double_errors;		/* faults in clauses of ERROR, since the last report */
	u_int		uses_vtime, uses_spec, uses_user;
	uint32_t	rand;
};
extern struct dtrace_state dtrace_state;

/* dtrace_load.c, dtrace_ecb.c, dtrace_layout.c, dtrace_vars.c, dif_verify.c: making an enabling of a program. */
struct dprog_errors {
	u_int		error, difo, pc;
};
void	*dprog_range(const struct dtrace_state *, u_int off, u_int count, size_t size, size_t align);
int	dprog_load_clauses(struct dtrace_state *, struct dprog_hdr *, struct dprog_errors *);
int	dtrace_program_load(struct dtrace_state *, struct dprog_hdr *, size_t bytes, struct dprog_errors *);
void	dtrace_program_free(struct dtrace_state *);
int	dprog_sizes_bound(struct dprog_hdr *);
int	dtrace_space_create(struct dtrace_state *, struct dprog_hdr *);
int	dtrace_scan(struct dtrace_state *);
int	dtrace_cacheable(const struct dtrace_difo *);
int	dtrace_clause_layout(struct dtrace_state *, struct dtrace_clause *, struct dprog_errors *);
int	dtrace_vars_create(struct dtrace_state *, const struct dprog_var *, u_int nvar);
void	dtrace_vars_free(struct dtrace_state *);
int	dtrace_ecb_create_all(struct dtrace_state *, struct dprog_hdr *, struct dprog_errors *);
void	dtrace_ecb_disable_all(struct dtrace_state *);
int	dif_verify(const struct dtrace_state *, const struct dtrace_difo *, u_int *pc);

/* dtrace_buffer.c, dtrace_aggregate.c, dtrace_aggfunc.c */
int	dtrace_buffer_alloc(struct dtrace_buffer *, size_t size, u_int policy);
void	dtrace_buffer_free(struct dtrace_buffer *);
long	dtrace_buffer_reserve(struct dtrace_buffer *, size_t needed, size_t align, struct dtrace_mstate *);
uint8_t	*dtrace_buffer_switch(struct dtrace_buffer *, size_t *bytes, u_int *drops, u_int *errors);
void	dtrace_agg_start(struct dtrace_buffer *);
uint8_t	*dtrace_aggbuffer_switch(struct dtrace_buffer *, size_t *bytes, u_int *drops);
void	dtrace_aggregate(struct dtrace_state *, const struct dtrace_clause *, const struct dtrace_action *,
	    const uint8_t *tuple, uint64_t value, uint64_t increment);
u_int	dtrace_agg_value_size(u_int kind, uint64_t arg);
void	dtrace_agg_init(u_int kind, uint64_t *data, uint64_t arg);
void	dtrace_agg_add(u_int kind, uint64_t *data, uint64_t value, uint64_t increment, uint64_t arg);

/* dtrace_action.c: runs an ECB's actions; what dtrace_probe() calls. */
void	dtrace_ecb_run(struct dtrace_state *, const struct dtrace_ecb *, struct dtrace_mstate *);
u_int	dtrace_flags_to_fault(u_int flags);

/* dtrace_speculation.c */
int	dtrace_speculation_create(struct dtrace_state *, const struct dprog_hdr *);
void	dtrace_speculation_free(struct dtrace_state *);
u_int	dtrace_speculation(struct dtrace_state *, uint64_t now);
struct dtrace_buffer *dtrace_speculation_buffer(struct dtrace_state *, uint64_t which);
void	dtrace_speculation_commit(struct dtrace_state *, uint64_t which, uint64_t now);
void	dtrace_speculation_discard(struct dtrace_state *, uint64_t which, uint64_t now);

/* dtrace_dynvar.c */
#define DTRACE_DYNVAR_NOALLOC	0
#define DTRACE_DYNVAR_ALLOC	1
#define DTRACE_DYNVAR_DEALLOC	2
int	dtrace_dstate_create(struct dtrace_dstate *, size_t size, size_t chunksize);
struct dtrace_dynvar *dtrace_dynvar(struct dtrace_dstate *, u_int nkeys, struct dtrace_key *, size_t dsize, int op,
	    uint64_t now);
size_t	dtrace_chunksize(const struct dtrace_state *);

/* Providers. */
void	dtrace_provider_init(void);
void	fbt_init(void);
void	profile_init(void);
int	profile_provide(const struct dtrace_state *);
u_int	profile_failures(void);
void	systrace_init(void);
uint64_t systrace_getarg(u_int arg);
void	sdt_init(void);
void	dtmalloc_init(void);

#include "dtrace/dtrace_machine.h"

#endif
