/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel linker's list of files, and the walk over it.
 *
 * Locking: kld_sx guards linker_files.  linker_file_foreach() takes it exclusively, as FreeBSD's
 * did; linker_busy() tells a caller that must not sleep whether that would block.
 */
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/sx.h>
#include <sys/linker.h>
#include <machine/stack.h>

struct linker_file_list linker_files = TAILQ_HEAD_INITIALIZER(linker_files);
struct sx kld_sx;

/* Makes the list: the kernel first, then the tracing module. */
void
linker_init(void)
{

	sx_init(&kld_sx, "kernel linker");
	link_elf_init();
	unwind_init();
}

void
linker_add_file(linker_file_t lf)
{

	sx_xlock(&kld_sx);
	TAILQ_INSERT_TAIL(&linker_files, lf, link);
	sx_xunlock(&kld_sx);
	unwind_module_loaded((uint32_t)(uintptr_t)lf->address, (uint32_t)(uintptr_t)lf->address + lf->size,
	    lf->exidx_addr, lf->exidx_addr + lf->exidx_size);
}

/* True if kld_sx is held by anybody: on one CPU with interrupts off the answer stays true. */
int
linker_busy(void)
{

	return (kld_sx.sx_lock != SX_UNLOCKED);
}

/* Calls the predicate for the files in order until it returns nonzero; returns that value, or 0. */
int
linker_file_foreach(linker_predicate_t *predicate, void *context)
{
	linker_file_t lf;
	int found = 0;

	sx_xlock(&kld_sx);
	TAILQ_FOREACH(lf, &linker_files, link) {
		found = predicate(lf, context);
		if (found != 0)
			break;
	}
	sx_xunlock(&kld_sx);
	return (found);
}

/* Copies the name of the symbol at or before an address; 0, or ENOENT. */
int
linker_search_symbol_name(caddr_t value, char *buf, u_int buflen, long *offset)
{
	c_linker_sym_t sym, best = NULL;
	linker_file_t lf, bestlf = NULL;
	linker_symval_t val;
	long diff, bestdiff = 0x7fffffff;

	TAILQ_FOREACH(lf, &linker_files, link) {
		if (LINKER_SEARCH_SYMBOL(lf, value, &sym, &diff) != 0 || sym == NULL || diff >= bestdiff)
			continue;
		best = sym;
		bestlf = lf;
		bestdiff = diff;
	}
	if (best == NULL || LINKER_SYMBOL_VALUES(bestlf, best, &val) != 0)
		return (ENOENT);
	strlcpy(buf, val.name, buflen);
	*offset = bestdiff;
	return (0);
}
