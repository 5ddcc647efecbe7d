/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What lies under the tracing code: guarded access to memory, stacks and registers, time, events.
 *
 * Included by dtrace_impl.h.  All of it runs with interrupts off, but for dtrace_alloc() and dtrace_free().
 */
#ifndef DTRACE_MACHINE_H
#define DTRACE_MACHINE_H

/* Memory under a probe's feet: dtrace_access.c (checks, any machine), dtrace_asm.S (the loads). */
uint8_t	dtrace_load8(uintptr_t addr);
uint16_t dtrace_load16(uintptr_t addr);
uint32_t dtrace_load32(uintptr_t addr);
uint64_t dtrace_load64(uintptr_t addr);
uintptr_t dtrace_load_pointer(uintptr_t addr);
uint64_t dtrace_fuword(uintptr_t uaddr, u_int bytes);
size_t	dtrace_strlen(uintptr_t s, size_t lim);
int	dtrace_strncmp(uintptr_t a, uintptr_t b, size_t lim);
void	dtrace_copyin(uintptr_t uaddr, uint8_t *kaddr, size_t size, int isstring);
void	dtrace_bcopy_safe(uintptr_t src, uint8_t *dst, size_t len);
void	dtrace_strcpy_safe(uintptr_t src, uint8_t *dst, size_t len);
int	dtrace_canstore(uintptr_t addr, size_t size, struct dtrace_mstate *, const struct dtrace_state *);
void	*dtrace_scratch(struct dtrace_mstate *, size_t size);
uint32_t dtrace_nofault_load8(uintptr_t);
uint32_t dtrace_nofault_load16(uintptr_t);
uint32_t dtrace_nofault_load32(uintptr_t);
void	dtrace_nofault_ustore8(uintptr_t, uint32_t);
void	dtrace_copyout(const uint8_t *kaddr, uintptr_t uaddr, size_t size);
void	dtrace_fault(u_int flag, uint64_t illval);

/* Machine dependent: dtrace_asm.S, dtrace_isa.c, dtrace_subr.c. */
u_int	dtrace_interrupt_disable(void);
void	dtrace_interrupt_enable(u_int);
int	dtrace_toxic(uintptr_t addr, size_t size);
int	dtrace_user_range(uintptr_t addr, size_t size);
void	dtrace_getpcstack(uint32_t *pcs, u_int limit);
u_int	dtrace_getstackdepth(void);
u_int	dtrace_getupcstack(uint64_t *pcs, u_int limit);
void	dtrace_signal(int sig);
uintptr_t dtrace_caller(void);
uint64_t dtrace_getarg(u_int arg);
uint64_t dtrace_gethrtime(void);
void	dtrace_spin(void);
uint64_t dtrace_gethrestime(void);
uint64_t dtrace_vtime(uint64_t now);
uint64_t dtrace_getreg(u_int reg);
void	dtrace_event(u_int event, u_int nargs, const uint32_t *args);
void	*dtrace_alloc(size_t bytes, int zero);
void	dtrace_free(void *);
void	dtrace_bcopy(const void *src, void *dst, size_t len);
void	dtrace_bzero(void *, size_t len);

#endif
