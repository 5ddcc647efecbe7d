/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fbt provider: an entry and a return probe for every function of the kernel.
 *
 * At boot the kernel's symbols are walked and each function's instructions are looked through for its
 * push and the pops that undo it.  Enabling a probe stores DTRACE_BREAKPOINT over its instructions;
 * the undefined-instruction trap ends in fbt_invop(), which fires the probe and emulates what was
 * displaced.  The tables are read-only after boot; one aligned store patches an instruction.
 */
#include <sys/systm.h>
#include <sys/linker.h>
#include <machine/frame.h>
#include "dtrace/fbt.h"

#define FBT_BUCKETS	0x8000
#define FBT_HASH(addr)	(((addr) >> 4) & (FBT_BUCKETS - 1))

static struct fbt_point **fbt_hash;

/*
 * Not probed, besides the tracing module itself, by the beginning of the name: the tracing code's
 * own and compiler support, which it divides with; the unwinder, which works for nobody else; and
 * what runs between an undefined instruction and fbt_invop(), where a breakpoint would trap again
 * before it could be recognised, for ever.
 */
static const char *const fbt_not_probed[] = { "dtrace_", "__", "unwind_", "undefinedinstruction" };

int
fbt_excluded(const char *name)
{

	if (strncmp(name, "dtrace_safe_", 12) == 0)
		return (0);
	for (u_int n = 0; n < nitems(fbt_not_probed); n++)
		if (strncmp(name, fbt_not_probed[n], strlen(fbt_not_probed[n])) == 0)
			return (1);
	return (0);
}

/* Returns the patch point at an address, or NULL. */
struct fbt_point *
fbt_find(uintptr_t address)
{
	struct fbt_point *point;

	for (point = fbt_hash[FBT_HASH(address)]; point != NULL; point = point->hash_next)
		if ((uintptr_t)point->address == address)
			return (point);
	return (NULL);
}

int
fbt_is_entry(uintptr_t address)
{
	struct fbt_point *point = fbt_find(address);

	return (point != NULL && point->entry);
}

u_int
fbt_entry_adjust(uintptr_t address)
{
	struct fbt_point *point = fbt_find(address);

	return (point != NULL ? point->adjust : 0);
}

struct fbt_point *
fbt_point_create(uint32_t *address, const linker_symval_t *sym, int entry)
{
	struct fbt_point *point = dtrace_alloc(sizeof(*point), 1);
	struct fbt_point **bucket = &fbt_hash[FBT_HASH((uintptr_t)address)];

	point->address = address;
	point->saved = *address;
	point->function = (uint32_t)(uintptr_t)sym->value;
	point->entry = (u_short)entry;
	point->hash_next = *bucket;
	*bucket = point;
	return (point);
}

void
fbt_store(struct fbt_point *point, uint32_t instr)
{

	for (; point != NULL; point = point->probe_next) {
		*point->address = instr == DTRACE_BREAKPOINT ? instr : point->saved;
		cpu_icache_sync_range((vm_offset_t)(uintptr_t)point->address, sizeof(uint32_t));
	}
}

void
fbt_enable(struct dtrace_probe *probe)
{

	fbt_store(probe->arg, DTRACE_BREAKPOINT);
}

void
fbt_disable(struct dtrace_probe *probe)
{

	fbt_store(probe->arg, 0);
}

static const struct dtrace_provider fbt_provider = { "fbt", fbt_enable, fbt_disable };

/* Makes the return probe: all pops that undo the push, as one probe. */
void
fbt_provide_return(const linker_symval_t *sym, uint32_t *push)
{
	uint32_t *end = (uint32_t *)(void *)(sym->value + sym->size);
	struct fbt_point *first = NULL, *last = NULL, *point;
	dtrace_id_t id;

	for (uint32_t *at = push + 1; at < end; at++) {
		if (!fbt_is_pop_of(*at, *push))
			continue;
		point = fbt_point_create(at, sym, 0);
		if (first == NULL)
			first = point;
		else
			last->probe_next = point;
		last = point;
	}
	if (first == NULL)
		return;
	id = dtrace_probe_create(&fbt_provider, "kernel", sym->name, "return", (uintptr_t)first->address, 2, first);
	for (point = first; point != NULL; point = point->probe_next)
		point->id = id;
}

/* Makes the probes of one function, if it begins as compiled code does. */
int
fbt_provide_function(const linker_symval_t *sym, void *arg)
{
	uint32_t *instr = (uint32_t *)(void *)sym->value;
	struct fbt_point *point;
	u_int adjust = 0;

	if (((uintptr_t)sym->value & 3) != 0 || sym->size < 8 || fbt_excluded(sym->name))
		return (0);
	if (fbt_is_sub_sp(*instr, &adjust))
		instr++;
	else
		adjust = 0;
	/* A second name for the same code gets no probes of its own. */
	if (!fbt_is_push(*instr) || fbt_find((uintptr_t)instr) != NULL)
		return (0);
	point = fbt_point_create(instr, sym, 1);
	point->adjust = (u_short)adjust;
	point->id = dtrace_probe_create(&fbt_provider, "kernel", sym->name, "entry", (uintptr_t)instr, 10, point);
	fbt_provide_return(sym, instr);
	return (0);
}

void
fbt_init(void)
{
	linker_file_t kernel = TAILQ_FIRST(&linker_files);

	fbt_hash = dtrace_alloc(FBT_BUCKETS * sizeof(fbt_hash[0]), 1);
	link_elf_each_function(kernel, fbt_provide_function, NULL);
}

static __always_inline void
fbt_fire(const struct fbt_point *point, struct trapframe *frame)
{
	uint32_t pc = (uint32_t)(uintptr_t)point->address;

	if (point->entry)
		dtrace_probe(point->id, (uintptr_t)frame->tf_r0, (uintptr_t)frame->tf_r1, (uintptr_t)frame->tf_r2,
		    (uintptr_t)frame->tf_r3, *(uint32_t *)(uintptr_t)(frame->tf_svc_sp + point->adjust));
	else
		dtrace_probe(point->id, pc - point->function, (uintptr_t)frame->tf_r0, (uintptr_t)frame->tf_r1, 0, 0);
}

/*
 * Handles an undefined instruction: fires the probe patched there and emulates what it displaced.
 * Returns 0 if it is none of ours.  The firing's frame is noted for stack() and the arguments; a
 * firing inside another's handling puts back the outer one's.
 */
int
fbt_invop(struct trapframe *frame)
{
	struct fbt_point *point = fbt_find((uintptr_t)frame->tf_pc);
	uintptr_t caller = dtrace_cpu.caller;
	u_int interrupt = dtrace_cpu.interrupt;
	struct trapframe *outer = dtrace_cpu.frame;
	u_int flags = dtrace_cpu.flags;

	if (point == NULL)
		return (0);
	if (fbt_condition(point->saved, (uint32_t)frame->tf_spsr)) {
		dtrace_cpu.caller = (uintptr_t)point->address;
		dtrace_cpu.frame = frame;
		dtrace_cpu.interrupt = 0;
		dtrace_cpu.flags &= ~CPU_DTRACE_NOFAULT;
		fbt_fire(point, frame);
		dtrace_cpu.flags = flags;
		dtrace_cpu.frame = outer;
		dtrace_cpu.interrupt = interrupt;
		dtrace_cpu.caller = caller;
	}
	fbt_emulate(frame, point->saved);
	return (1);
}
