/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The strings of an execve: gathered from the old program into a kernel buffer, then laid out on the
 * new program's stack together with what else lies at its top.
 *
 * From the top of the stack down: ps_strings, signal trampoline, path of the program, canary, page
 * sizes, [gap], strings, then (upwards again) argc, argv[], envp[], auxiliary vector.
 * Locking: there is one buffer, held by exec_args_lock from copying in to exec_free_args().
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/elf.h>
#include <sys/exec.h>
#include <sys/imgact.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/signalvar.h>
#include <sys/sx.h>
#include <sys/malloc.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>

#define	EXEC_ARGS_BYTES	(ARG_MAX + PATH_MAX)
#define	CANARY_BYTES	32

static struct sx exec_args_lock;
static char *exec_args_buf;
u_int exec_stackgap;		/* bytes, a multiple of 16: machine noise, set with the run's seed */
uint32_t exec_canary_seed = 0x5bd1e995;

/* Reserves the buffer; at boot. */
void
exec_args_init(void *dummy)
{
	sx_init(&exec_args_lock, "exec args");
	exec_args_buf = (char *)kmem_malloc(kmem_arena, EXEC_ARGS_BYTES, M_WAITOK);
}
SYSINIT(exec_args, SI_SUB_EXEC, SI_ORDER_FIRST, exec_args_init, NULL);

int
exec_alloc_args(struct image_args *args)
{
	sx_xlock(&exec_args_lock);
	bzero(args, sizeof(*args));
	args->buf = exec_args_buf;
	args->fname = args->buf + ARG_MAX;
	args->begin_argv = args->endp = args->buf;
	args->stringspace = ARG_MAX;
	return (0);
}

void
exec_free_args(struct image_args *args)
{
	if (args->buf == NULL)
		return;
	args->buf = NULL;
	sx_xunlock(&exec_args_lock);
}

/* Appends the strings of one vector; *count says how many.  E2BIG if they do not fit. */
int
exec_copyin_vector(struct image_args *args, char **vec, int *count)
{
	char *str;
	size_t len;
	int error;

	for (;;) {
		error = copyin(vec++, &str, sizeof(str));
		if (error != 0)
			return (error);
		if (str == NULL)
			return (0);
		error = copyinstr(str, args->endp, (size_t)args->stringspace, &len);
		if (error != 0)
			return (error == ENAMETOOLONG ? E2BIG : error);
		args->stringspace -= (int)len;
		args->endp += len;
		(*count)++;
	}
}

/* Gathers path, arguments and environment; on failure nothing is kept. */
int
exec_copyin_args(struct image_args *args, char *fname, enum uio_seg segflg, char **argv, char **envv)
{
	size_t len;
	int error;

	bzero(args, sizeof(*args));
	if (argv == NULL)
		return (EFAULT);
	error = exec_alloc_args(args);
	if (error != 0)
		return (error);
	if (segflg == UIO_SYSSPACE)
		error = copystr(fname, args->fname, PATH_MAX, &len);
	else
		error = copyinstr(fname, args->fname, PATH_MAX, &len);
	if (error == 0)
		error = exec_copyin_vector(args, argv, &args->argc);
	args->begin_envv = args->endp;
	if (error == 0 && envv != NULL)
		error = exec_copyin_vector(args, envv, &args->envc);
	if (error != 0)
		exec_free_args(args);
	return (error);
}

/* Copies len bytes to below *destp, aligned to a word; returns nonzero on a fault. */
int
exec_push(vm_offset_t *destp, const void *data, size_t len)
{
	*destp = (*destp - len) & ~(vm_offset_t)7;
	return (copyout(data, (void *)*destp, len));
}

/* The absolute path of the program as rtld wants to know it; a relative one is not told. */
int
exec_push_path(struct image_params *imgp, vm_offset_t *destp)
{
	if (imgp->args->fname[0] != '/')
		return (0);
	if (exec_push(destp, imgp->args->fname, strlen(imgp->args->fname) + 1) != 0)
		return (EFAULT);
	imgp->execpathp = *destp;
	return (0);
}

/* Random bytes for the stack protector; from a sequence, so that runs repeat exactly. */
int
exec_push_canary(struct image_params *imgp, vm_offset_t *destp)
{
	uint32_t canary[CANARY_BYTES / 4];
	u_int i;

	for (i = 0; i < nitems(canary); i++) {
		exec_canary_seed = exec_canary_seed * 1664525 + 1013904223;
		canary[i] = exec_canary_seed;
	}
	imgp->canarylen = CANARY_BYTES;
	if (exec_push(destp, canary, sizeof(canary)) != 0)
		return (EFAULT);
	imgp->canary = *destp;
	return (0);
}

/* Writes a vector of pointers to `count` consecutive strings, and its NULL. */
int
exec_push_vector(vm_offset_t *vectp, const char **kstr, vm_offset_t *ustr, int count)
{
	size_t len;

	for (; count > 0; count--) {
		if (suword((void *)*vectp, (long)*ustr) != 0)
			return (EFAULT);
		len = strlen(*kstr) + 1;
		*kstr += len;
		*ustr += len;
		*vectp += sizeof(char *);
	}
	if (suword((void *)*vectp, 0) != 0)
		return (EFAULT);
	*vectp += sizeof(char *);
	return (0);
}

/* Strings and the two vectors; returns where argv[] starts, or 0 on a fault. */
vm_offset_t
exec_push_strings(struct image_params *imgp, vm_offset_t destp, struct ps_strings *arginfo)
{
	struct image_args *args;
	const char *kstr;
	vm_offset_t ustr, vectp, base;
	size_t bytes;

	args = imgp->args;
	bytes = (size_t)(args->endp - args->begin_argv);
	destp -= exec_stackgap;
	if (exec_push(&destp, args->begin_argv, bytes) != 0)
		return (0);
	vectp = destp - (u_int)(args->argc + args->envc + 2 + AT_COUNT * 2) * sizeof(char *);
	base = vectp = ((vectp - sizeof(int)) & ~(vm_offset_t)7) + sizeof(int);	/* argc, below, is 8-aligned */
	kstr = args->begin_argv;
	ustr = destp;
	arginfo->ps_argvstr = (char **)vectp;
	arginfo->ps_nargvstr = (u_int)args->argc;
	if (exec_push_vector(&vectp, &kstr, &ustr, args->argc) != 0)
		return (0);
	arginfo->ps_envstr = (char **)vectp;
	arginfo->ps_nenvstr = (u_int)args->envc;
	if (exec_push_vector(&vectp, &kstr, &ustr, args->envc) != 0)
		return (0);
	return (base);
}

/* Lays out the top of the new stack; returns where argv[] is, or NULL if it could not be written. */
register_t *
exec_copyout_strings(struct image_params *imgp)
{
	static const u_long pagesizes[] = { PAGE_SIZE };
	struct ps_strings arginfo;
	vm_offset_t destp, base;

	destp = PS_STRINGS;
	imgp->ps_strings = destp;
	if (exec_push(&destp, sigcode, SIGCODE_BYTES) != 0 || exec_push_path(imgp, &destp) != 0 ||
	    exec_push_canary(imgp, &destp) != 0 || exec_push(&destp, pagesizes, sizeof(pagesizes)) != 0)
		return (NULL);
	imgp->pagesizes = destp;
	imgp->pagesizeslen = sizeof(pagesizes);
	base = exec_push_strings(imgp, destp, &arginfo);
	if (base == 0 || copyout(&arginfo, (void *)PS_STRINGS, sizeof(arginfo)) != 0)
		return (NULL);
	return ((register_t *)base);
}
