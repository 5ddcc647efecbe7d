/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Aborts: a load, store or instruction fetch the MMU refused.  The page is brought in, or the program
 * gets a signal, or a copy to or from a user fails with EFAULT, or the kernel panics.
 *
 * Locking: none on entry; vm_fault() takes the map's.
 */
#include <sys/systm.h>
#include <sys/dtrace.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <sys/sdt.h>
#include <sys/signalvar.h>
#include <machine/cpu.h>
#include <machine/machdep.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>

SDT_PROBE_DEFINE1(sysinfo, , abort_handler, trap, "int");

int	(*dtrace_trap_func)(struct trapframe *frame, u_int fsr);

uint64_t kstack_spare[KSTACK_SPARE_BYTES / sizeof(uint64_t)];

/* The kernel stack ran into the page below it; called on the spare one. */
void
kstack_overflow(u_int pc, u_int far, u_int sp)
{

	panic("kstack_overflow: the kernel stack ran over at 0x%08x, address 0x%08x, stack pointer 0x%08x", pc, far, sp);
}

/* A fault in the kernel that no page can mend: EFAULT for a copy, else the end. */
void
abort_fatal(struct trapframe *frame, u_int fsr, u_int far, int prefetch)
{

	if (curpcb != NULL && curpcb->pcb_onfault != NULL && !prefetch) {
		frame->tf_r0 = EFAULT;
		frame->tf_pc = (register_t)(uintptr_t)curpcb->pcb_onfault;
		return;
	}
	panic("abort_handler: %s abort at 0x%08x, address 0x%08x, status 0x%x, lr 0x%08x",
	    prefetch ? "prefetch" : "data", frame->tf_pc, far, fsr, frame->tf_svc_lr);
}

/* The signal for a user's fault, and back. */
void
abort_signal(struct trapframe *frame, u_int fsr, u_int far, int error)
{
	struct thread *td;

	td = curthread;
	if (FSR_TO_FAULT(fsr) == FAULT_ALIGN)
		trapsignal(td, SIGBUS, BUS_ADRALN, (void *)far);
	else if (error == KERN_RESOURCE_SHORTAGE)
		trapsignal(td, SIGKILL, 0, (void *)far);	/* out of memory */
	else
		trapsignal(td, SIGSEGV, error == KERN_PROTECTION_FAILURE ? SEGV_ACCERR : SEGV_MAPERR,
		    (void *)far);
	userret(td, frame);
}

/*
 * Brings the page in; KERN_*.  The process is held, so that its map stays while it sleeps;
 * a fault on the way would be the kernel's own, so pcb_onfault is put aside.  FreeBSD's abort_handler() does this itself.
 */
static __always_inline int
abort_fault(struct proc *p, vm_offset_t va, vm_prot_t ftype)
{
	struct pcb *pcb;
	void *onfault;
	int rv;

	pcb = curpcb;
	PROC_LOCK(p);
	p->p_lock++;
	PROC_UNLOCK(p);
	onfault = pcb->pcb_onfault;
	pcb->pcb_onfault = NULL;
	rv = vm_fault(&p->p_vmspace->vm_map, va, ftype, VM_FAULT_NORMAL);
	pcb->pcb_onfault = onfault;
	PROC_LOCK(p);
	p->p_lock--;
	PROC_UNLOCK(p);
	return (rv);
}

/* Can vm_fault() mend this one?  Only a translation or permission fault below the kernel can. */
int
abort_mendable(struct thread *td, u_int fsr, u_int far)
{

	switch (FSR_TO_FAULT(fsr)) {
	case FAULT_TRAN_L1:
	case FAULT_TRAN_L2:
	case FAULT_PERM_L1:
	case FAULT_PERM_L2:
	case FAULT_ACCESS_L1:
	case FAULT_ACCESS_L2:
		break;
	default:
		return (0);
	}
	return (far < VM_MAXUSER_ADDRESS && td->td_proc->p_vmspace != &vmspace0 &&
	    PCPU_GET(intr_nesting) == 0 && td->td_critnest == 0);
}

void
abort_handler(struct trapframe *frame, int prefetch)
{
	struct thread *td;
	vm_prot_t ftype;
	u_int fsr, far;
	int rv, usermode;

	fsr = prefetch ? cp15_ifsr_get() : cp15_dfsr_get();
	far = prefetch ? cp15_ifar_get() : cp15_dfar_get();
	usermode = TRAPF_USERMODE(frame);
	if (!usermode && dtrace_trap_func != NULL && (*dtrace_trap_func)(frame, fsr) != 0)
		return;
	td = curthread;
	PCPU_INC(v_trap);
	SDT_PROBE1(sysinfo, , abort_handler, trap, 1);
	if ((frame->tf_spsr & PSR_I) == 0)
		enable_interrupts(PSR_I | PSR_F);
	if (usermode)
		td->td_frame = frame;
	else if (curpcb->pcb_onfault == NULL || prefetch) {
		abort_fatal(frame, fsr, far, prefetch);
		return;
	}
	ftype = prefetch ? VM_PROT_EXECUTE : (fsr & FSR_WNR) != 0 ? VM_PROT_WRITE : VM_PROT_READ;
	rv = KERN_INVALID_ADDRESS;
	if (abort_mendable(td, fsr, far)) {
		if (pmap_fault_fixup(&td->td_proc->p_vmspace->vm_pmap, far, ftype, usermode))
			rv = KERN_SUCCESS;
		else
			rv = abort_fault(td->td_proc, trunc_page(far), ftype);
	}
	if (rv == KERN_SUCCESS) {
		if (usermode)
			userret(td, frame);
	} else if (usermode)
		abort_signal(frame, fsr, far, rv);
	else
		abort_fatal(frame, fsr, far, prefetch);
}
