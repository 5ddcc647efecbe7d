/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The D program as the host hands it to the guest kernel, and what the guest publishes back.
 *
 * One contiguous blob, little endian, 8-aligned; offsets count from its start.  The guest
 * verifies everything, creates one ECB for every (statement group, probe) pair in order
 * (EPIDs 1, 2, 3 … in creation order: clause by clause, within a clause in the order of its
 * probe list), and writes the layouts it chose back into the fields marked [guest].
 * Action kinds, opcodes, variable numbers, fault codes are DTrace's published ones.
 * This file is read by the C compiler and by sim/abi.py: plain #defines of integers only.
 */
#ifndef ABI_DPROG_H
#define ABI_DPROG_H

#define DPROG_MAGIC		0x47525044	/* "DPRG" */
#define DPROG_VERSION		1
#define DPROG_NONE		0xffffffff	/* no DIFO, no predicate, no aggregation */

/* dprog_difo.rtype_kind, dprog_var.type_kind: DIF_TYPE_* */
#define DPROG_TYPE_CTF		0
#define DPROG_TYPE_STRING	1
/* dprog_difo.rtype_flags: */
#define DPROG_TF_BYREF		0x1
/* dprog_var.kind and scope: DIFV_* */
#define DPROG_VAR_ARRAY		0	/* associative array */
#define DPROG_VAR_SCALAR	1
#define DPROG_SCOPE_GLOBAL	0
#define DPROG_SCOPE_THREAD	1
#define DPROG_SCOPE_LOCAL	2

/* dprog_hdr.flags */
#define DPROG_F_RESIZE		0x1	/* halve bufsize, aggsize, dynvarsize until they fit, and say so in the header */

/* dprog_hdr.error */
#define DPROG_E_OK		0
#define DPROG_E_FORMAT		1	/* blob malformed (offsets, magic, counts) */
#define DPROG_E_DIF		2	/* DIFO refused by the verifier: error_difo, error_pc */
#define DPROG_E_PROBE		3	/* no such probe id: error_difo = the id */
#define DPROG_E_NOMEM		4	/* buffers or ECBs do not fit */
#define DPROG_E_ACTION		5	/* unknown action kind: error_difo = the kind */

#ifndef PV_NO_STRUCTS
struct dprog_hdr {
	unsigned int	magic, version, length, flags;
	unsigned int	nclause, clause_off;	/* struct dprog_clause[] */
	unsigned int	ndifo, difo_off;	/* struct dprog_difo[] */
	unsigned int	nvar, var_off;		/* struct dprog_var[] : user variables of the whole program */
	unsigned long long bufsize, aggsize, dynvarsize, specsize;	/* [guest] lowered, if DPROG_F_RESIZE */
	unsigned int	strsize, stackframes, nspec, bufpolicy;	/* bufpolicy: 0 switch, 1 ring, 2 fill */
	unsigned long long switchrate_ns, aggrate_ns;
	unsigned int	destructive, pad0;
	/* [guest] */
	unsigned int	error, error_difo, error_pc, necb;
};

struct dprog_clause {
	unsigned int	nprobe, probe_off;	/* u32 probe ids */
	unsigned int	predicate;		/* DIFO index or DPROG_NONE */
	unsigned int	naction, action_off;	/* struct dprog_action[] */
	unsigned int	first_epid;		/* [guest] */
	unsigned int	size;			/* [guest] bytes of one record incl. header; 0 = no data */
	unsigned int	needed;			/* [guest] size + aggregation tuple scratch */
};

struct dprog_action {
	unsigned int	kind;			/* DTRACEACT_* or DTRACEAGG_* (facts C.4) */
	unsigned int	difo;			/* index or DPROG_NONE */
	unsigned int	ntuple;			/* aggregations: number of preceding key actions */
	unsigned int	aggid;			/* aggregations: id from 1, host's numbering (the @name) */
	unsigned long long arg;			/* stack: nframes; lquantize: packed argument; … */
	unsigned int	rec_offset;		/* [guest] for plain data: offset from the record's start;
						   for a key or an aggregation: offset from the tuple's start (aggid word is at 0) */
	unsigned int	rec_size;		/* [guest] bytes; 0 = stores nothing */
};

struct dprog_difo {
	unsigned int	ninsn, insn_off;	/* u32 */
	unsigned int	nint, int_off;		/* u64, 8-aligned */
	unsigned int	str_bytes, str_off;	/* string table */
	unsigned int	rtype_kind, rtype_size, rtype_flags, pad;
};

struct dprog_var {
	unsigned int	id;			/* DIF variable number, >= 0x500 */
	unsigned int	kind, scope, type_kind, flags, size;
};

/*
 * Aggregation snapshot (PV_BUF_AGGREGATION): a run of entries, each
 *   { u32 bytes (whole entry, 8-aligned), u32 ntuple_bytes, u8 tuple[] } where tuple = [aggid u32][keys … at their rec_offset][value, 8-aligned, at the
 *   aggregating action's rec_offset].  Values: count/min/max/sum 8, avg 16 (count,sum), stddev 32, quantize 127*8 …
 * Principal snapshot (PV_BUF_PRINCIPAL): records { u32 epid, u32 ts_hi, u32 ts_lo, data … } as DTrace lays them; epid 0 = 4 bytes of padding.
 * Ring policy: data is already unwrapped, oldest first.
 */

/* The probe table the guest publishes: kernel symbols `dtrace_nprobes` (u32) and `dtrace_probe_table` (pointer to an array of these). */
struct dtrace_probe_entry {
	unsigned int	id;
	unsigned int	provider, module, function, name;	/* kernel addresses of strings */
	unsigned int	address;	/* patch or probe point, 0 if none */
	unsigned int	flags;
	unsigned int	nargs;
	unsigned int	argtypes, nargtypes;	/* kernel address of struct dtrace_argtype[], in the order of args[]; 0 if not typed */
};
struct dtrace_argtype {
	unsigned int	native, xlate;		/* kernel addresses of C type names; xlate 0: args[n] has the native type */
	unsigned int	mapping;		/* the argN it is made of */
};

/* ioctls of /dev/dtrace/dtrace */
#define DTRACEIOC_ENABLE	0x6401	/* loads the program of the request; PV_EV_LOADED or PV_EV_REJECTED (EINVAL) */
#define DTRACEIOC_GO		0x6402	/* BEGIN, then ACTIVE; returns DTRACEWAIT_DRAINING if BEGIN called exit(), else 0 */
#define DTRACEIOC_STOP		0x6403	/* END, then STOPPED; patches removed */
#define DTRACEIOC_BUFSNAP	0x6404	/* all CPUs: switch principal buffer, PV_EV_BUFFER */
#define DTRACEIOC_AGGSNAP	0x6405	/* same for the aggregation buffer */
#define DTRACEIOC_WAIT		0x6406	/* pointer to unsigned long long timeout_ns (0 = the program's switchrate); returns in retval why:
					   DTRACEWAIT_* bits */
#define DTRACEWAIT_CHILD	0x1	/* a child has exited */
#define DTRACEWAIT_DRAINING	0x2	/* exit() ran, or the tracing was killed */
#define DTRACEWAIT_INTERRUPT	0x4	/* the host asked to stop */
#define DTRACEWAIT_TIMEOUT	0x8
#endif

#endif
