/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ELF linker class: symbols of a file, by name and by address.
 *
 * By name: first the SysV hash over the dynamic symbols; on a miss, and if the file came with a full
 * symbol table of its own, every symbol of that table is compared, one after the other.  That is how
 * FreeBSD did it, and for the kernel's tens of thousands of symbols it is what a miss costs.
 * The tables are made at boot and read-only afterwards; no lock.
 */
#include <sys/systm.h>
#include <sys/elf.h>
#include <sys/linker.h>
#include <sys/malloc.h>
#include <machine/cpu.h>

typedef struct elf_file {
	struct linker_file lf;		/* must be first */
	const Elf32_Sym	*symtab;	/* dynamic symbols, under the hash */
	const char	*strtab;
	u_int		nsyms;
	const uint32_t	*buckets, *chains;
	u_int		nbuckets, nchains;
	const Elf32_Sym	*ddbsymtab;	/* all symbols; the same as symtab if there are no others */
	const char	*ddbstrtab;
	u_int		ddbsymcnt;
} *elf_file_t;

MALLOC_DEFINE(M_LINKER, "linker", "kernel linker");

extern const char dtrace_module_start[], dtrace_module_end[];
extern const char _etext[];
extern const uint32_t _exidx_start[], _exidx_end[];
/* A name the link script only provides exists if something refers to it. */
extern const uint32_t exidx_start[], exidx_end[];
const uint32_t *const link_elf_provided[] __used = { exidx_start, exidx_end };

static const struct linker_class link_elf_class = {
	"elf", link_elf_lookup_symbol, link_elf_symbol_values, link_elf_search_symbol
};
static struct elf_file link_elf_kernel = { .lf.filename = "kernel" };
static struct elf_file link_elf_dtrace = { .lf.filename = "dtrace.ko" };

uint32_t
elf_hash(const char *name)
{
	const u_char *p = (const u_char *)name;
	uint32_t h = 0, g;

	while (*p != '\0') {
		h = (h << 4) + *p++;
		g = h & 0xf0000000;
		if (g != 0)
			h ^= g >> 24;
		h &= ~g;
	}
	return (h);
}

/* Finds a symbol by name; 0, or ENOENT after having looked everywhere. */
int
link_elf_lookup_symbol(linker_file_t lf, const char *name, c_linker_sym_t *sym)
{
	elf_file_t ef = (elf_file_t)lf;
	const Elf32_Sym *symp;
	uint32_t symnum;

	symnum = ef->nbuckets == 0 ? 0 : ef->buckets[elf_hash(name) % ef->nbuckets];
	for (; symnum != 0 && symnum < ef->nchains; symnum = ef->chains[symnum]) {
		symp = ef->symtab + symnum;
		if (strcmp(name, ef->strtab + symp->st_name) == 0 && symp->st_shndx != SHN_UNDEF) {
			*sym = symp;
			return (0);
		}
	}
	if (ef->symtab == ef->ddbsymtab)
		return (ENOENT);
	symp = ef->ddbsymtab;
	for (u_int i = 0; i < ef->ddbsymcnt; i++, symp++) {
		if (strcmp(name, ef->ddbstrtab + symp->st_name) == 0 && symp->st_shndx != SHN_UNDEF) {
			*sym = symp;
			return (0);
		}
	}
	return (ENOENT);
}

int
link_elf_symbol_values(linker_file_t lf, c_linker_sym_t sym, linker_symval_t *val)
{
	elf_file_t ef = (elf_file_t)lf;
	const Elf32_Sym *es = sym;
	const char *strtab;

	if (es >= ef->symtab && es < ef->symtab + ef->nsyms)
		strtab = ef->strtab;
	else if (es >= ef->ddbsymtab && es < ef->ddbsymtab + ef->ddbsymcnt)
		strtab = ef->ddbstrtab;
	else
		return (ENOENT);
	val->name = strtab + es->st_name;
	val->value = (caddr_t)(uintptr_t)es->st_value;
	val->size = es->st_size;
	return (0);
}

/* Finds the symbol that starts closest before an address, and by how much. */
int
link_elf_search_symbol(linker_file_t lf, caddr_t value, c_linker_sym_t *sym, long *diffp)
{
	elf_file_t ef = (elf_file_t)lf;
	uint32_t off = (uint32_t)(uintptr_t)value, diff = off;
	const Elf32_Sym *es = ef->ddbsymtab, *best = NULL;

	for (u_int i = 0; i < ef->ddbsymcnt; i++, es++) {
		if (es->st_name == 0 || es->st_value > off || off - es->st_value >= diff)
			continue;
		diff = off - es->st_value;
		best = es;
	}
	*diffp = best == NULL ? (long)off : (long)diff;
	*sym = best;
	return (0);
}

int
link_elf_symbol_in(const Elf32_Sym *sym, uint32_t start, uint32_t end)
{

	return (sym->st_value >= start && sym->st_value < end);
}

/*
 * Calls fn for every function of the file, in the symbol table's order, until it answers nonzero.
 * What lies outside the file's range (the loader's padding) and has no size is passed over.
 */
int
link_elf_each_function(linker_file_t lf, int (*fn)(const linker_symval_t *, void *), void *arg)
{
	elf_file_t ef = (elf_file_t)lf;
	uint32_t start = (uint32_t)(uintptr_t)lf->address, end = start + lf->size;
	linker_symval_t val;
	int error;

	for (u_int i = 0; i < ef->ddbsymcnt; i++) {
		if (ELF32_ST_TYPE(ef->ddbsymtab[i].st_info) != STT_FUNC || ef->ddbsymtab[i].st_size == 0 ||
		    !link_elf_symbol_in(&ef->ddbsymtab[i], start, end))
			continue;
		link_elf_symbol_values(lf, &ef->ddbsymtab[i], &val);
		if ((error = fn(&val, arg)) != 0)
			return (error);
	}
	return (0);
}

/* The kernel's tables are the loader's; its range ends where the tracing module's begins. */
void
link_elf_init_kernel(elf_file_t ef)
{
	const uint32_t *hash = (const uint32_t *)PHYS_TO_KVA(bootinfo.bi_hash);
	extern const char _start[];

	ef->symtab = (const Elf32_Sym *)PHYS_TO_KVA(bootinfo.bi_dynsym);
	ef->strtab = (const char *)PHYS_TO_KVA(bootinfo.bi_dynstr);
	ef->nsyms = bootinfo.bi_dynsym_count;
	ef->nbuckets = hash[0];
	ef->nchains = hash[1];
	ef->buckets = hash + 2;
	ef->chains = ef->buckets + ef->nbuckets;
	ef->ddbsymtab = (const Elf32_Sym *)PHYS_TO_KVA(bootinfo.bi_symtab);
	ef->ddbstrtab = (const char *)PHYS_TO_KVA(bootinfo.bi_strtab);
	ef->ddbsymcnt = bootinfo.bi_symtab_count;
	ef->lf.ops = &link_elf_class;
	ef->lf.address = __DECONST(caddr_t, _start);
	ef->lf.size = (size_t)(dtrace_module_start - _start);
	ef->lf.exidx_addr = (uintptr_t)_exidx_start;
	ef->lf.exidx_size = (size_t)((uintptr_t)_exidx_end - (uintptr_t)_exidx_start);
}

/* Returns the first entry of the kernel's unwind table whose function starts at or after an address. */
const uint32_t *
link_elf_exidx_after(uint32_t addr)
{
	const uint32_t *e;

	for (e = _exidx_start; e < _exidx_end; e += 2)
		if ((uint32_t)(uintptr_t)e + (uint32_t)((int32_t)(*e << 1) >> 1) >= addr)
			break;
	return (e);
}

void
link_elf_set_symbol(Elf32_Sym *sym, const char *strtab, const char *name, const uint32_t *value)
{

	sym->st_name = (Elf32_Word)((uintptr_t)name - (uintptr_t)strtab);
	sym->st_value = (Elf32_Addr)(uintptr_t)value;
	sym->st_info = STB_GLOBAL << 4 | STT_NOTYPE;
	sym->st_shndx = 1;
}

/* Enters symbol number n in a hash with one chain per bucket head. */
void
link_elf_hash_enter(uint32_t *buckets, uint32_t nbuckets, uint32_t *chains, const char *name, uint32_t n)
{
	uint32_t *head = &buckets[elf_hash(name) % nbuckets];

	chains[n] = *head;
	*head = n;
}

/* Gives a file the kernel's symbols of an address range as its full table. */
void
link_elf_copy_range(elf_file_t ef, const struct elf_file *kernel, uint32_t start, uint32_t end)
{
	Elf32_Sym *copy;
	u_int n = 0;

	for (u_int i = 0; i < kernel->nsyms; i++)
		n += (u_int)link_elf_symbol_in(&kernel->symtab[i], start, end);
	copy = malloc((n + 1) * sizeof(*copy), M_LINKER, M_WAITOK | M_ZERO);
	ef->ddbsymtab = copy;
	ef->ddbstrtab = kernel->strtab;
	ef->ddbsymcnt = n;
	for (u_int i = 0; i < kernel->nsyms; i++)
		if (link_elf_symbol_in(&kernel->symtab[i], start, end))
			*copy++ = kernel->symtab[i];
}

/*
 * The tracing module is linked into the kernel's image, so its tables are made here: the symbols of
 * its address range, and the two its own linker script would have defined.
 */
void
link_elf_init_dtrace(elf_file_t ef, const struct elf_file *kernel)
{
	static const char names[] = "\0__exidx_start\0__exidx_end";
	uint32_t start = (uint32_t)(uintptr_t)dtrace_module_start, end = (uint32_t)(uintptr_t)dtrace_module_end;
	static Elf32_Sym own[3];
	static uint32_t hash[2 + 3];

	link_elf_set_symbol(&own[1], names, names + 1, link_elf_exidx_after(start));
	link_elf_set_symbol(&own[2], names, names + 1 + sizeof("__exidx_start"), link_elf_exidx_after(end));
	link_elf_hash_enter(hash, 2, hash + 2, names + own[1].st_name, 1);
	link_elf_hash_enter(hash, 2, hash + 2, names + own[2].st_name, 2);
	ef->symtab = own;
	ef->strtab = names;
	ef->nsyms = ef->nchains = 3;
	ef->nbuckets = 2;
	ef->buckets = hash;
	ef->chains = hash + 2;
	link_elf_copy_range(ef, kernel, start, end);
	ef->lf.ops = &link_elf_class;
	ef->lf.address = __DECONST(caddr_t, dtrace_module_start);
	ef->lf.size = end - start;
	ef->lf.exidx_addr = own[1].st_value;
	ef->lf.exidx_size = own[2].st_value - own[1].st_value;
}

void
link_elf_init(void)
{

	link_elf_init_kernel(&link_elf_kernel);
	linker_add_file(&link_elf_kernel.lf);
	link_elf_init_dtrace(&link_elf_dtrace, &link_elf_kernel);
	linker_add_file(&link_elf_dtrace.lf);
}
