/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stack unwinding by the ARM EABI's exception tables.
 *
 * Every return address needs its function's entry in an index table; which table is the question
 * unwind_mode answers.  `modules` does what FreeBSD did in 2015: it walks the linker's files under
 * kld_sx, held exclusively, and asks the one that holds the address for the symbols __exidx_start
 * or exidx_start, __exidx_end or exidx_end, by name.  `static` knows the kernel's own table only;
 * `cached` is the later repair: the tables are noted when a file is loaded.
 * Locking: kld_sx in mode `modules`, taken only if it is free (a probe may have interrupted its
 * holder, or run with interrupts off); the list of `cached` is append-only.
 * The small steps of a walk are inlined, as the compiler did with FreeBSD's.
 */
#include <sys/systm.h>
#include <sys/kenv.h>
#include <sys/linker.h>
#include <machine/stack.h>

#define EXIDX_CANTUNWIND	1

struct unwind_idx {
	uint32_t	offset;		/* prel31: start of the function */
	uint32_t	insn;		/* directives, or prel31 to them */
};

extern const struct unwind_idx _exidx_start[], _exidx_end[];

#define UNWIND_MAXMODULES	8
struct unwind_module {
	uint32_t	start, end;
	const struct unwind_idx *exidx, *exidx_end;
};
static struct unwind_module unwind_modules[UNWIND_MAXMODULES];
static u_int unwind_nmodules;
int	unwind_mode;

void
unwind_init(void)
{
	char mode[16];

	unwind_mode = UNWIND_MODE_MODULES;
	if (!getenv_string("debug.unwind", mode, sizeof(mode)))
		return;
	if (strcmp(mode, "static") == 0)
		unwind_mode = UNWIND_MODE_STATIC;
	else if (strcmp(mode, "cached") == 0)
		unwind_mode = UNWIND_MODE_CACHED;
	else if (strcmp(mode, "modules") != 0)
		printf("debug.unwind=%s: expected modules, static or cached; using modules\n", mode);
}

/* Notes a file's address range and table for mode `cached`. */
void
unwind_module_loaded(uint32_t start, uint32_t end, uint32_t exidx, uint32_t exidx_end)
{
	struct unwind_module *m = &unwind_modules[unwind_nmodules];

	if (unwind_nmodules == UNWIND_MAXMODULES)
		return;
	m->start = start;
	m->end = end;
	m->exidx = (const struct unwind_idx *)(uintptr_t)exidx;
	m->exidx_end = (const struct unwind_idx *)(uintptr_t)exidx_end;
	unwind_nmodules++;
}

/* Returns the address a 31-bit offset from its own place means. */
static __always_inline uint32_t
unwind_prel31_address(const uint32_t *place)
{

	return ((uint32_t)(uintptr_t)place + (uint32_t)((int32_t)(*place << 1) >> 1));
}

struct unwind_search {
	uint32_t	addr;
	const struct unwind_idx *start, *end;
};

/* Looks one symbol up by either of two names; returns its value, 0 if the file has neither. */
uintptr_t
unwind_module_symbol(linker_file_t lf, const char *name, const char *other)
{
	c_linker_sym_t sym;
	linker_symval_t val;

	if (LINKER_LOOKUP_SYMBOL(lf, name, &sym) != 0 && LINKER_LOOKUP_SYMBOL(lf, other, &sym) != 0)
		return (0);
	if (LINKER_SYMBOL_VALUES(lf, sym, &val) != 0)
		return (0);
	return ((uintptr_t)val.value);
}

/* The linker's predicate: stops at the file that holds the address, with its table's bounds. */
int
unwind_module_search(linker_file_t lf, void *context)
{
	struct unwind_search *search = context;
	uintptr_t start = (uintptr_t)lf->address, first, last;

	if (search->addr < start || search->addr > start + lf->size)
		return (0);
	first = unwind_module_symbol(lf, "__exidx_start", "exidx_start");
	last = unwind_module_symbol(lf, "__exidx_end", "exidx_end");
	search->start = (const struct unwind_idx *)first;
	search->end = (const struct unwind_idx *)last;
	return (1);
}

void
unwind_cached_search(struct unwind_search *search)
{

	for (u_int n = 0; n < unwind_nmodules; n++) {
		if (search->addr < unwind_modules[n].start || search->addr >= unwind_modules[n].end)
			continue;
		search->start = unwind_modules[n].exidx;
		search->end = unwind_modules[n].exidx_end;
		return;
	}
}

/* Returns the last entry that starts at or before the address; NULL if the table has none. */
static __always_inline const struct unwind_idx *
unwind_search_table(const struct unwind_search *search)
{
	uint32_t low = 0, high = (uint32_t)(search->end - search->start), mid;

	if (high == 0 || search->start == NULL || search->addr < unwind_prel31_address(&search->start[0].offset))
		return (NULL);
	while (high - low > 1) {
		mid = low + (high - low) / 2;
		if (unwind_prel31_address(&search->start[mid].offset) <= search->addr)
			low = mid;
		else
			high = mid;
	}
	return (&search->start[low]);
}

const struct unwind_idx *
unwind_find_index(struct unwind_state *state, int can_lock)
{
	struct unwind_search search = { state->registers[UNWIND_PC], _exidx_start, _exidx_end };

	if (unwind_mode == UNWIND_MODE_MODULES && can_lock) {
		if (linker_busy()) {
			state->fault = UNWIND_BUSY;
			return (NULL);
		}
		linker_file_foreach(unwind_module_search, &search);
	} else if (unwind_mode == UNWIND_MODE_CACHED)
		unwind_cached_search(&search);
	return (unwind_search_table(&search));
}

/* Where the directives of one entry are read: the word, how many are left, the next byte of it. */
struct unwind_code {
	const uint32_t	*insn;
	u_int		entries, byte;
};

/* Returns the next directive byte; 0xb0 (finish) once they are used up. */
static __always_inline uint8_t
unwind_next_byte(struct unwind_code *code)
{
	uint8_t b;

	if (code->entries == 0)
		return (0xb0);
	b = (uint8_t)(*code->insn >> (code->byte * 8));
	if (code->byte-- == 0) {
		code->byte = 3;
		code->insn++;
		code->entries--;
	}
	return (b);
}

static __always_inline int
unwind_bad(struct unwind_state *state)
{

	state->fault = UNWIND_BADCODE;
	return (1);
}

/* Pops the registers of a mask, lowest first, within the stack's bounds; a popped sp takes effect at the end. */
int
unwind_pop_mask(struct unwind_state *state, u_int mask)
{
	uint32_t vsp = state->registers[UNWIND_SP], low = state->stack_low, last = state->stack_high - 4;

	if ((vsp & 3) != 0)
		goto outside;
	for (u_int left = mask; left != 0; left &= left - 1) {
		if (vsp < low || vsp > last)
			goto outside;
		state->registers[__builtin_ctz(left)] = *(const uint32_t *)(uintptr_t)vsp;
		vsp += 4;
	}
	if (!(mask & 1u << UNWIND_SP))
		state->registers[UNWIND_SP] = vsp;
	state->update_mask |= (uint16_t)mask;
	return (0);
outside:
	state->fault = UNWIND_BADREAD;
	return (1);
}

/* The directives above 0xa0: pops with r4 upwards, finish, low registers, large moves of vsp. */
static __always_inline int
unwind_exec_high(struct unwind_state *state, struct unwind_code *code, uint8_t b)
{
	uint8_t mask;

	if (b < 0xb0)
		return (unwind_pop_mask(state, ((2u << (b & 7)) - 1) << 4 | ((b & 8) ? 1u << UNWIND_LR : 0)));
	if (b == 0xb1) {
		mask = unwind_next_byte(code);
		if (mask == 0 || (mask & 0xf0) != 0)
			return (unwind_bad(state));
		return (unwind_pop_mask(state, mask));
	}
	if (b == 0xb2) {
		mask = unwind_next_byte(code);
		if (mask & 0x80)
			return (unwind_bad(state));
		state->registers[UNWIND_SP] += 0x204 + ((uint32_t)mask << 2);
		return (0);
	}
	return (unwind_bad(state));
}

/* Executes one directive; 1 if it cannot be. */
static __always_inline int
unwind_exec(struct unwind_state *state, struct unwind_code *code, uint8_t b)
{
	u_int mask;

	if ((b & 0x80) == 0) {
		if (b & 0x40)
			state->registers[UNWIND_SP] -= ((uint32_t)(b & 0x3f) << 2) + 4;
		else
			state->registers[UNWIND_SP] += ((uint32_t)(b & 0x3f) << 2) + 4;
		return (0);
	}
	if ((b & 0xf0) == 0x80) {
		mask = (u_int)(b & 0xf) << 8 | unwind_next_byte(code);
		return (mask == 0 ? unwind_bad(state) : unwind_pop_mask(state, mask << 4));
	}
	if ((b & 0xf0) == 0x90) {
		if ((b & 0xf) == 13 || (b & 0xf) == 15)
			return (unwind_bad(state));
		state->registers[UNWIND_SP] = state->registers[b & 0xf];
		return (0);
	}
	return (unwind_exec_high(state, code, b));
}

/* Points the interpreter at an entry's directives; 1 if there is nothing to execute. */
static __always_inline int
unwind_start(struct unwind_state *state, struct unwind_code *code, const struct unwind_idx *index)
{
	const uint32_t *words = &index->insn;

	if (index->insn == EXIDX_CANTUNWIND)
		return (1);
	if ((index->insn & 0x80000000) == 0)
		words = (const uint32_t *)(uintptr_t)unwind_prel31_address(&index->insn);
	code->insn = words;
	if ((*words >> 24) == 0x80) {		/* short: three bytes in this word */
		code->entries = 1;
		code->byte = 2;
	} else if ((*words >> 24) == 0x81) {	/* long: two bytes here, and so many more words */
		code->entries = ((*words >> 16) & 0xff) + 1;
		code->byte = 1;
	} else
		return (unwind_bad(state));
	return (0);
}

/*
 * Steps to the caller: registers become those of the frame outside.  Returns nonzero if there is
 * none or the step failed; the registers are then not to be used.
 */
int
unwind_stack_one(struct unwind_state *state, int can_lock)
{
	const struct unwind_idx *index;
	struct unwind_code code;
	uint8_t b;

	state->update_mask = 0;
	state->fault = UNWIND_OK;
	if ((index = unwind_find_index(state, can_lock)) == NULL)
		return (1);
	state->start_pc = unwind_prel31_address(&index->offset);
	if (unwind_start(state, &code, index))
		return (1);
	while ((b = unwind_next_byte(&code)) != 0xb0)
		if (unwind_exec(state, &code, b))
			return (1);
	if (!(state->update_mask & 1u << UNWIND_PC))
		state->registers[UNWIND_PC] = state->registers[UNWIND_LR];
	return (state->registers[UNWIND_PC] == 0);
}
