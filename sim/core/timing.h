/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The Cortex-A8 timing model's state.  Blocks are scheduled once (blocks.c, issue.c) and charged when
 * entered (hooks.c); caches, TLBs and the branch predictor add what they find on the way.
 */
#ifndef TIMING_H
#define TIMING_H

#include <stdbool.h>
#include <stdint.h>
#include <unicorn/unicorn.h>

#define	LINE_SHIFT	6	/* 64-byte lines at every level, as the A8 has */
#define	PAGE_SHIFT	12
#define	PAGE_LINES	64
#define	SECTION_FLAG	0x80000000u
#define	NO_LINE		UINT32_MAX

/* Set-associative tags.  A tag is line << 1 | dirty, NO_LINE when empty. */
struct cache {
	uint32_t	set_mask, ways;
	uint32_t	random;		/* replacement is pseudo-random */
	uint32_t	*tag;		/* [sets][ways] */
	uint32_t	*mru;		/* [sets]: the tag last hit, for the fast path */
};

/* Fully associative, replaced in turn. */
#define	TLB_MAX		128
#define	TLB_FILTER	64
struct tlb {
	uint32_t	entries, next;
	uint32_t	key[TLB_MAX];	/* 0 = empty */
	uint32_t	filter[TLB_FILTER];	/* pages known to be covered, for the fast path */
};

struct btb_entry {
	uint32_t	pc, target;	/* pc 0 = empty */
};

#define	RETURN_STACK_MAX	64
struct predictor {
	uint32_t	set_mask, ways;
	struct btb_entry *btb;		/* [sets][ways] */
	uint8_t		*victim;	/* [sets] */
	uint8_t		*ghb;
	uint32_t	ghb_mask, history, history_mask;
	uint32_t	stack[RETURN_STACK_MAX], depth, top;
};

/* How a block ends; flags. */
enum {
	END_BRANCH = 1,		/* may change the PC */
	END_CONDITIONAL = 2,
	END_CALL = 4,
	END_RETURN = 8,
	END_EXCEPTION = 16,	/* exception return: never predicted */
};

/* Words waiting to be written to a line that is not in L1. */
#define	COMBINE	4
struct combine {
	uint32_t	line;
	uint32_t	words;		/* bit mask of those written */
};

#define	DRAM_BANKS	16

/* A block's schedule, and what it has to do with its neighbours (register masks). */
struct shape {
	uint32_t	cycles;
	uint16_t	first, second;	/* needed in its cycle 0 by stage E1; by E2, or a cycle later by E1 */
	uint16_t	late, later;	/* results that come one, two or more cycles after its last in E1 */
};

/*
 * A step of finding a block's accesses (foresee.c, access.c).  Operands are values: registers 0 to 14 at the
 * block's start, VALUE_NONE for zero, VALUE_UOP + k for the result of step k; a + ca and (b + cb) shifted.
 */
#define	VALUE_NONE	15
#define	VALUE_UOP	16
enum { UOP_READ = 1, UOP_WRITE, UOP_ADD, UOP_SUB, UOP_RSB, UOP_AND, UOP_BIC, UOP_ORR, UOP_EOR, UOP_MUL, UOP_MULH, UOP_MOV, UOP_CMP, UOP_TST, UOP_MAINTAIN };
#define	COND_ALWAYS	14
#define	COND_AT_ENTRY	16	/* added to a condition on the flags the block starts with */
#define	COND_AT_END	32	/* ... on those it ends with */
#define	COND_COMPUTED	64	/* ... on those step `flags' computes */
#define	TAKE_SIGNED	0x80
struct uop {
	uint8_t		kind, a, b;
	uint8_t		shift;		/* of b: amount << 2 | ARM's type */
	uint32_t	ca, cb;
	uint8_t		words;		/* accessed; 0 for arithmetic; CRn of UOP_MAINTAIN */
	uint8_t		take;		/* bytes of the loaded value, 0 if it is not needed; maintenance_code() */
	uint8_t		cond, flags;
	uint8_t		insn;		/* number of the instruction in its block */
};
#define	UOPS		24
#define	INSNS		256		/* in a block: Unicorn's never leave a 1 KiB page */
#define	NO_HOOK		UINT32_MAX

/* A conditional access that waits for the end of its block. */
struct pending {
	uint32_t	va;
	uint8_t		words, cond, write;
};
#define	PENDING		8

/*
 * A scheduled block.  Blocks lie one after the other in the order they were first met, in whole cache lines of the
 * host; block_find() looks them up by virtual address, and what they hold is checked again when its generation is over.
 */
#define	PLACES	65536		/* of the hash */
#define	BLOCK_LINES	(1u << 18)	/* host cache lines for blocks; all are forgotten when they are used up */
#define	BLOCK_LINE	64
struct slot {
	uint32_t	pc, generation;
	uint16_t	bytes;
	uint16_t	registers;	/* its accesses depend on */
	uint8_t		uops, room;	/* its steps; for how many there is space */
	uint8_t		end;		/* END_* of the last instruction */
	uint32_t	pa;
	struct shape	shape;
	uint32_t	page;		/* key in the instruction TLB */
	uint32_t	hook_from;	/* address from which accesses are charged as they come, or NO_HOOK */
	uint32_t	follows[2];	/* lines of the blocks that came next: elsewhere, directly behind */
	uint32_t	chain;		/* line of the next block in this place of the hash */
	uint32_t	sum;		/* of the instruction words */
	struct uop	step[];
};

/* Recent data translations, so that a foreseen access need not walk the tables. */
#define	RECENT	256
struct recent {
	uint32_t	page;		/* virtual page */
	uint32_t	generation;
	uint32_t	pa;		/* of the page, with its rights: UC_PROT_* */
	uint32_t	key;		/* in the data TLB */
};

/* The performance monitor (pmu.c); its last counter is that of cycles. */
#define	PMU_EVENTS	4
struct pmu {
	uint32_t	control, enabled, selected;
	uint32_t	event[PMU_EVENTS];
	uint32_t	value[PMU_EVENTS + 1];	/* when it was last settled ... */
	uint64_t	since[PMU_EVENTS + 1];	/* ... and what its source counted then */
};

/* A stretch of code whose loads and stores call hook_late() (late.c). */
struct late {
	uint32_t	va, pa, end;
};

struct timing {
	struct cache	l1i, l1d, l2;
	struct tlb	itlb, dtlb;
	struct predictor predictor;
	struct combine	combine[COMBINE];
	struct combine	*combine_last;
	uint32_t	combine_next;
	uint64_t	dram_free;	/* cycle at which queued DRAM writes are done */
	uint32_t	row[DRAM_BANKS];	/* open in each bank */
	uint32_t	filling;	/* the line read last, NO_LINE once it is known to be complete */
	uint64_t	filled;		/* when it is */
	uint32_t	last_line, last_page;	/* of instruction fetch */
	uint32_t	end, end_pc;	/* how the block before ended */
	bool		user;		/* user mode: looked up after exception returns */
	uint32_t	pending_count;
	struct pending	pending[PENDING];
	uint32_t	space;		/* generation of data translations */
	struct recent	recent[2][RECENT];	/* privileged, user */
	uint32_t	generation[2];	/* of user, of kernel text */
	struct shape	shape;		/* of the block before */
	struct slot	*current;
	uint8_t		*lines;		/* the blocks; the first line is an empty one */
	uint32_t	*place;		/* hash: line of the first block */
	uint32_t	lines_used;
	uint8_t		*text;		/* [RAM pages]: a scheduled block may lie in it */
	uint32_t	ttbr;		/* physical address of the first-level table, 0 while the MMU is off */
	uint32_t	hook_from;	/* of the running block: see struct slot */
	struct late	*late;		/* open hash of the stretches hooked, late_size (a power of two) of them */
	uint32_t	late_size, late_count;
	struct pmu	pmu;
	struct late	wanted;		/* the stretch to hook before going on */
	uint32_t	plain_insn;	/* with cpu.plain: the instruction in progress */
	uint32_t	plain_va;	/* ... its lowest address */
};

struct core;

/* timing.c */
bool		timing_open(struct core *);
void		timing_close(struct core *);
void		timing_exception(struct core *);
void		*sparse(size_t bytes);
void		discard(void *memory, size_t bytes);

/* cache.c */
bool		cache_open(struct cache *, uint64_t bytes, uint64_t ways);
void		cache_close(struct cache *);
uint32_t	*cache_find(struct cache *, uint32_t set, uint32_t line);
uint32_t	cache_fill(struct cache *, uint32_t set, uint32_t line, bool dirty);
bool		cache_drop(struct cache *, uint32_t set, uint32_t line);

/* memory.c */
void		memory_read(struct core *, uint32_t set, uint32_t line);
void		memory_write(struct core *, uint32_t set, uint32_t pa, uint32_t words);
void		memory_fetch(struct core *, uint32_t line);
void		memory_walk(struct core *, uint32_t pa);
void		memory_clean(struct core *, uint32_t line, bool to_memory, bool invalidate);

/* dram.c */
void		dram_read(struct core *, uint32_t line);
void		dram_wait(struct core *);
void		dram_write(struct core *, uint32_t line);

/* tlb.c */
bool		tlb_lookup(struct tlb *, uint32_t key);
void		tlb_flush(struct tlb *);
void		tlb_remove(struct tlb *, uint32_t key);
void		tlb_data(struct core *, uint32_t va, uint32_t key);
void		tlb_fetch(struct core *, uint32_t key, uint32_t va);

/* predict.c */
bool		predictor_open(struct predictor *, uint64_t entries, uint64_t ways, uint64_t ghb, uint64_t history_bits, uint64_t depth);
void		predictor_close(struct predictor *);
bool		predict(struct predictor *, uint32_t end, uint32_t pc, uint32_t actual);

/* issue.c, decode.c */
struct op {
	uint16_t	need[4];	/* [stage]: registers needed by that stage */
	uint16_t	result;		/* registers written */
	uint16_t	base;		/* base register written back by the address unit */
	uint8_t		stage;		/* of the result */
	uint8_t		cycles;
	uint8_t		end;		/* END_* */
	bool		memory, multiply, serial, sets_flags, needs_flags;
};
void		decode(struct core *, uint32_t insn, struct op *);
void		schedule(struct core *, const uint32_t *insns, uint32_t count, struct shape *);
uint32_t	handover(const struct shape *before, const struct shape *block);

/* access.c */
struct recent	*locate(struct core *, uint32_t va, bool write);
bool		charge(struct core *, uint32_t va, uint32_t words, bool write, uint32_t *last);
bool		holds(uint32_t cond, uint32_t cpsr);

/* foresee.c, foreseen.c */
uint32_t	foresee(struct core *, uint32_t pc, const uint32_t *insns, uint32_t count, struct uop steps[UOPS], uint32_t *hook_from);
uint32_t	charge_foreseen(struct core *, const struct slot *);
void		charge_pending(struct core *);

/* transfer.c */
struct transfer {
	uint32_t	va;		/* of the lowest word */
	uint32_t	reads, writes;	/* words; both for SWP */
};
bool		transfer_of(struct core *, uint32_t pc, uint32_t insn, struct transfer *);

/* pmu.c */
bool		is_pmu(uint32_t insn);
void		pmu_access(struct core *, uint32_t pc, uint32_t insn);

/* late.c */
bool		late_known(struct core *, uint32_t from, const struct slot *);
bool		late_open(struct core *);
bool		late_install(struct core *);
uc_err		plain_install(struct core *);

/* blocks.c */
bool		blocks_open(struct timing *);
void		blocks_close(struct timing *);
struct slot	*block_find(struct timing *, uint32_t pc, uint32_t bytes);
struct slot	*block_fill(struct core *, struct slot *, uint32_t pc, uint32_t bytes);

static inline struct slot *
block_at(const struct timing *t, uint32_t line)
{
	return (struct slot *)(t->lines + (size_t)line * BLOCK_LINE);
}

#endif
