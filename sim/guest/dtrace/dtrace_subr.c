/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tracing code needs of this kernel and this machine: memory, address ranges, virtual time,
 * the trap hooks, and events to the host.
 *
 * The hooks are set once at boot; what they run has interrupts off, or switches them off.
 */
#include <sys/systm.h>
#include <sys/malloc.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <sys/signal.h>
#include <machine/cpufunc.h>
#include <machine/frame.h>
#include <machine/vmparam.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <abi/pvctl.h>
#include "dtrace/dtrace_dev.h"
#include "dtrace/fbt.h"

MALLOC_DEFINE(M_DTRACE, "dtrace", "tracing");

void	(*systrace_probe_func)(struct thread *, struct sysent *, struct syscall_args *, int, int);
void	(*dtrace_vtime_switch_func)(struct thread *);

/*
 * Requests above this may fail instead of waiting: they are buffers, whose size the user chose.  They
 * leave a quarter of memory free, or there would be nothing left to trace.
 */
#define DTRACE_ALLOC_WAITS	(64 * 1024)
#define DTRACE_ALLOC_LEAVES	(vm_cnt.v_page_count / 4)

void *
dtrace_alloc(size_t bytes, int zero)
{
	int wait = bytes <= DTRACE_ALLOC_WAITS ? M_WAITOK : M_NOWAIT;

	if (wait == M_NOWAIT && vm_cnt.v_free_count < bytes / PAGE_SIZE + DTRACE_ALLOC_LEAVES)
		return (NULL);
	return (malloc(bytes, M_DTRACE, wait | (zero ? M_ZERO : 0)));
}

void
dtrace_free(void *p)
{

	if (p != NULL)
		free(p, M_DTRACE);
}

/* Copying and clearing of the module's own: the kernel's are probed, and would fire half way through a switch of buffers. */
void
dtrace_bcopy(const void *src, void *dst, size_t len)
{
	const uint8_t *from = src;
	uint8_t *to = dst;

	while (len-- > 0)
		*to++ = *from++;
}

void
dtrace_bzero(void *p, size_t len)
{
	uint32_t *word = p;
	uint8_t *byte;

	for (; len >= sizeof(*word); len -= sizeof(*word))
		*word++ = 0;
	for (byte = (uint8_t *)word; len > 0; len--)
		*byte++ = 0;
}

/* Returns the nanoseconds curthread has been on the CPU, tracing left out. */
uint64_t
dtrace_vtime(uint64_t now)
{

	return (curthread->td_dtrace_vtime + (now - curthread->td_dtrace_start));
}

/* The scheduler leaves curthread for another: close its account, open the other's. */
void
dtrace_vtime_switch(struct thread *newtd)
{
	uint64_t now = dtrace_gethrtime();

	curthread->td_dtrace_vtime += now - curthread->td_dtrace_start;
	newtd->td_dtrace_start = now;
}

/* Keeps virtual time from here on, or no longer. */
void
dtrace_vtime_enable(int on)
{

	if (on && dtrace_vtime_switch_func == NULL)
		curthread->td_dtrace_start = dtrace_gethrtime();
	dtrace_vtime_switch_func = on ? dtrace_vtime_switch : NULL;
}

/* Where a kernel load must not go: the user's half (that is copyin's), and device registers, whose reading has effects. */
int
dtrace_toxic(uintptr_t addr, size_t size)
{
	uintptr_t last = addr + size - 1;

	if (last < addr || addr < KERNBASE)
		return (1);
	return (last >= DEVMAP_OFFSET + 0x40000000u && addr < ARM_VECTORS_HIGH);
}

int
dtrace_user_range(uintptr_t addr, size_t size)
{

	return (addr < VM_MAXUSER_ADDRESS && size <= VM_MAXUSER_ADDRESS - addr);
}

/* Called first for a data abort in the kernel: skips the guarded load that caused it. */
int
dtrace_trap(struct trapframe *frame, u_int fsr)
{
	uintptr_t pc = (uintptr_t)frame->tf_pc;

	if (!(dtrace_cpu.flags & CPU_DTRACE_NOFAULT))
		return (0);
	if (pc < (uintptr_t)dtrace_nofault_load8 || pc >= (uintptr_t)dtrace_interrupt_disable)
		return (0);
	dtrace_fault((fsr & 0xf) == 0x1 ? CPU_DTRACE_BADALIGN : CPU_DTRACE_BADADDR, cp15_dfar_get());
	frame->tf_pc += 4;
	return (1);
}

/* Has a signal sent to the current process on its way back to user mode; the consumer itself is left alone. */
void
dtrace_signal(int sig)
{
	struct thread *td = curthread;

	if (sig <= 0 || sig >= NSIG || (td->td_proc->p_flag & P_SYSTEM) || td->td_proc->p_pid == dtrace_consumer_pid())
		return;
	if (td->td_dtrace_sig == 0)
		td->td_dtrace_sig = sig;
	td->td_flags |= TDF_ASTPENDING;
}

/* The undefined-instruction hook: nonzero if it was a probe's breakpoint. */
int
dtrace_invop(struct trapframe *frame)
{
	u_int cookie = dtrace_interrupt_disable();
	int handled;

	handled = *(uint32_t *)(uintptr_t)frame->tf_pc == DTRACE_BREAKPOINT ? fbt_invop(frame) : 0;
	dtrace_interrupt_enable(cookie);
	return (handled);
}

/*
 * Tells the host something; it acts while the machine stands still.  The argument registers are put
 * back, as a probe may have interrupted another user of theirs.
 */
void
dtrace_event(u_int event, u_int nargs, const uint32_t *args)
{
	volatile uint32_t *reg = (volatile uint32_t *)(uintptr_t)(PV_BASE + DEVMAP_OFFSET);
	u_int cookie = dtrace_interrupt_disable();
	uint32_t saved[8];

	for (u_int n = 0; n < nargs; n++) {
		saved[n] = reg[PV_ARG0 / 4 + n];
		reg[PV_ARG0 / 4 + n] = args[n];
	}
	reg[PV_EVENT / 4] = event;
	for (u_int n = 0; n < nargs; n++)
		reg[PV_ARG0 / 4 + n] = saved[n];
	dtrace_interrupt_enable(cookie);
}
