/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * panic(): says why on the console, tells the host through pvctl, and halts.  Never returns.
 *
 * A panic inside a panic only halts.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <machine/machdep.h>
#include <machine/vmparam.h>
#include <abi/pvctl.h>

const char *panicstr;
static char panic_message[256];

#define PV_REG(offset)	(*(volatile uint32_t *)(PV_BASE + DEVMAP_OFFSET + (offset)))

void
kern_halt(void)
{
	disable_interrupts(PSR_I | PSR_F);
	for (;;)
		cpu_sleep(0);
}

void
panic(const char *fmt, ...)
{
	va_list ap;

	disable_interrupts(PSR_I | PSR_F);
	if (panicstr == NULL) {
		va_start(ap, fmt);
		vsnprintf(panic_message, sizeof(panic_message), fmt, ap);
		va_end(ap);
		panicstr = panic_message;
		printf("panic: %s\n", panic_message);
		if (curthread != NULL && curthread->td_proc != NULL)
			printf("pid = %d (%s) tid = %d\n", curproc->p_pid, curproc->p_comm, curthread->td_tid);
	}
	PV_REG(PV_ARG0) = (uintptr_t)panic_message;
	PV_REG(PV_EVENT) = PV_EV_PANIC;
	kern_halt();
}
