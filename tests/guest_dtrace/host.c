/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tracing code's machine side, on this host: memory, a clock that steps, a thread, and events
 * kept for the test to read.  Addresses in [host_bad_low, host_bad_high) fault, as unmapped ones do.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/linker.h>
#include <sys/ucred.h>
#include <abi/pvctl.h>
#include <machine/stack.h>
#include "dtrace/dif.h"
#include "dtrace/dtrace_dev.h"

void	*calloc(size_t, size_t);
void	free(void *);
void	*memcpy(void *, const void *, size_t);
void	*memset(void *, int, size_t);
int	pipe(int fd[2]);
long	write(int fd, const void *, size_t);
long	read(int fd, void *, size_t);

const char *panicstr;
static struct { struct pargs head; char text[16]; } host_args = { { 1, 13, {} }, "dd\0bs=1\0if=/\0" };
static struct ucred host_cred = { 1001, { 20 } };
static struct proc host_init = { 1, NULL, NULL, "init" };
static struct proc host_proc = { 4321, &host_init, &host_args.head, "dd" };
struct thread host_thread = { &host_proc, 100077, 2, &host_cred, 0, 0 };
struct thread *curthread = &host_thread;

uintptr_t host_bad_low = 0, host_bad_high = 0x10000;
uint64_t host_clock;
uint8_t	host_out[1 << 20];
size_t	host_out_bytes, host_largest = 1 << 30;
u_int	host_drops, host_errors, host_refused, host_dynvar_drops, host_state, host_events;
u_int	host_lost[16], host_panics;
int	host_signal;
u_int	host_enabled;
u_int	clocksource_missed;

void *
dtrace_alloc(size_t bytes, int zero)
{

	return (bytes > host_largest ? NULL : calloc(1, bytes));
}

void
dtrace_free(void *p)
{

	free(p);
}

void
dtrace_bcopy(const void *src, void *dst, size_t len)
{

	memcpy(dst, src, len);
}

void
dtrace_bzero(void *p, size_t len)
{

	memset(p, 0, len);
}

/* Reads memory that may not be there: the system call fails where a load would kill the test. */
uint32_t
host_read(uintptr_t addr, size_t size)
{
	static int fd[2];
	uint32_t v = 0;

	if (fd[0] == 0 && pipe(fd) != 0)
		return (0);
	if ((addr >= host_bad_low && addr < host_bad_high) || write(fd[1], (const void *)addr, size) != (long)size)
		dtrace_fault(CPU_DTRACE_BADADDR, addr);
	else if (read(fd[0], &v, size) != (long)size)
		return (0);
	return (v);
}

uint32_t
dtrace_nofault_load8(uintptr_t addr)
{

	return (host_read(addr, 1));
}

uint32_t
dtrace_nofault_load16(uintptr_t addr)
{

	return (host_read(addr, 2));
}

uint32_t
dtrace_nofault_load32(uintptr_t addr)
{

	return (host_read(addr, 4));
}

/* The user's memory is this process's; nothing is stored where a read would fault. */
void
dtrace_nofault_ustore8(uintptr_t addr, uint32_t v)
{

	(void)host_read(addr, 1);
	if (!(dtrace_cpu.flags & CPU_DTRACE_FAULT))
		*(volatile uint8_t *)addr = (uint8_t)v;
}

u_int
dtrace_interrupt_disable(void)
{

	return (0);
}

void
dtrace_interrupt_enable(u_int cookie)
{
}

int
dtrace_toxic(uintptr_t addr, size_t size)
{

	return (addr + size < addr);
}

int
dtrace_user_range(uintptr_t addr, size_t size)
{

	return (addr + size >= addr);
}

void
dtrace_getpcstack(uint32_t *pcs, u_int limit)
{

	for (u_int n = 0; n < limit; n++)
		pcs[n] = n < 3 ? 0xc0200000 + 16 * n : 0;
}

u_int
dtrace_getstackdepth(void)
{

	return (3);
}

uintptr_t
dtrace_caller(void)
{

	return (0xc0200010);
}

u_int
dtrace_getupcstack(uint64_t *pcs, u_int limit)
{

	for (u_int n = 0; pcs != NULL && n < limit; n++)
		pcs[n] = n == 0 ? 4321 : n < 4 ? 0x8000 + 4 * n : 0;
	return (3);
}

void
dtrace_signal(int sig)
{

	host_signal = sig;
}

void
panic(const char *fmt, ...)
{

	host_panics++;
}

void
dtrace_mapping_enable(int on)
{
}

int
profile_provide(const struct dtrace_state *state)
{

	return (0);
}

u_int
profile_failures(void)
{

	return (0);
}

uint64_t
dtrace_getarg(u_int arg)
{

	return (1000 + arg);
}

uint64_t
dtrace_getreg(u_int reg)
{

	return (reg);
}

uint64_t
dtrace_gethrtime(void)
{

	return (host_clock += 1000);
}

void
dtrace_spin(void)
{

	host_clock += 1000000;
}

uint64_t
dtrace_gethrestime(void)
{

	return (host_clock + 1400000000000000000ull);
}

uint64_t
dtrace_vtime(uint64_t now)
{

	return (curthread->td_dtrace_vtime + now - curthread->td_dtrace_start);
}

void
dtrace_vtime_enable(int on)
{
}

void
dtrace_event(u_int event, u_int nargs, const uint32_t *args)
{
	struct dtrace_buffer *buf = &dtrace_state.buffer;
	const uint8_t *data = buf->xamot;

	host_events |= 1u << event;
	switch (event) {
	case PV_EV_BUFFER:
		if (args[0] == PV_BUF_AGGREGATION)
			data = dtrace_state.aggbuffer.xamot;
		memcpy(host_out, data, args[3]);
		host_out_bytes = args[3];
		host_drops = args[4];
		host_errors = args[5];
		break;
	case PV_EV_LOST:
		host_lost[args[0] & 15] += args[1];
		if (args[0] == PV_LOST_RECURSION)
			host_refused += args[1];
		else if (args[0] == PV_LOST_DYNVAR)
			host_dynvar_drops += args[1];
		break;
	case PV_EV_ACTIVITY:
		host_state = args[0];
		break;
	}
}

void
host_enable(struct dtrace_probe *probe)
{

	host_enabled++;
}

void
host_disable(struct dtrace_probe *probe)
{

	host_enabled--;
}

/* Creates the three probes of the dtrace provider and n of a provider "test". */
void
host_init_probes(u_int n)
{
	static const struct dtrace_provider provider = { "test", host_enable, host_disable };

	if (dtrace_nprobes != 0)
		return;
	dtrace_provider_init();
	while (n-- > 0)
		dtrace_probe_create(&provider, "kernel", "function", "entry", 0, 5, NULL);
}

/* Fires a probe as if from within another's handling. */
void
host_fire_nested(u_int id)
{

	dtrace_cpu.in_probe = 1;
	dtrace_probe(id, 0, 0, 0, 0, 0);
	dtrace_cpu.in_probe = 0;
}

/* The unwinder's surroundings: one file that covers all addresses, its table where the test put it. */
const uint32_t _exidx_start[2], _exidx_end[1];
uint32_t host_exidx, host_exidx_end;
u_int	host_lookups;

int
host_lookup(linker_file_t lf, const char *name, c_linker_sym_t *sym)
{

	host_lookups++;
	*sym = strcmp(name, "exidx_start") == 0 ? &host_exidx : strcmp(name, "exidx_end") == 0 ? &host_exidx_end : NULL;
	return (*sym == NULL ? ENOENT : 0);
}

int
host_values(linker_file_t lf, c_linker_sym_t sym, linker_symval_t *val)
{

	val->value = (caddr_t)(uintptr_t)*(const uint32_t *)sym;
	return (0);
}

int	host_linker_busy;

int
linker_busy(void)
{

	return (host_linker_busy);
}

int
linker_file_foreach(linker_predicate_t *predicate, void *context)
{
	static const struct linker_class class = { "host", host_lookup, host_values, NULL };
	struct linker_file lf = { .ops = &class, .filename = "host", .size = 0xffffffff };

	return (predicate(&lf, context));
}

int
getenv_string(const char *name, char *data, int size)
{

	return (0);
}
