/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a D program touches memory: every load is checked, guarded and may fault softly; every
 * store must land in memory that is the program's own.
 *
 * A guarded load sets CPU_DTRACE_NOFAULT; if it aborts, dtrace_trap() notes BADADDR and skips it.
 * Interrupts are off.
 */
#include "dtrace/dtrace_impl.h"

/* Notes a fault; of several before anybody looks, the first one's value is told. */
void
dtrace_fault(u_int flag, uint64_t illval)
{

	if (!(dtrace_cpu.flags & CPU_DTRACE_FAULT))
		dtrace_cpu.illval = illval;
	dtrace_cpu.flags |= flag;
}

/* Returns 1 if a load of that size may be tried; otherwise the fault is already noted. */
int
dtrace_load_check(uintptr_t addr, size_t size)
{

	if (addr & (size - 1)) {
		dtrace_fault(CPU_DTRACE_BADALIGN, addr);
		return (0);
	}
	if (dtrace_toxic(addr, size)) {
		dtrace_fault(CPU_DTRACE_BADADDR, addr);
		return (0);
	}
	return (1);
}

uint8_t
dtrace_load8(uintptr_t addr)
{
	uint32_t v;

	if (!dtrace_load_check(addr, 1))
		return (0);
	dtrace_cpu.flags |= CPU_DTRACE_NOFAULT;
	v = dtrace_nofault_load8(addr);
	dtrace_cpu.flags &= ~CPU_DTRACE_NOFAULT;
	return ((uint8_t)v);
}

uint16_t
dtrace_load16(uintptr_t addr)
{
	uint32_t v;

	if (!dtrace_load_check(addr, 2))
		return (0);
	dtrace_cpu.flags |= CPU_DTRACE_NOFAULT;
	v = dtrace_nofault_load16(addr);
	dtrace_cpu.flags &= ~CPU_DTRACE_NOFAULT;
	return ((uint16_t)v);
}

uint32_t
dtrace_load32(uintptr_t addr)
{
	uint32_t v;

	if (!dtrace_load_check(addr, 4))
		return (0);
	dtrace_cpu.flags |= CPU_DTRACE_NOFAULT;
	v = dtrace_nofault_load32(addr);
	dtrace_cpu.flags &= ~CPU_DTRACE_NOFAULT;
	return (v);
}

uint64_t
dtrace_load64(uintptr_t addr)
{
	uint64_t v;

	if (!dtrace_load_check(addr, 8))
		return (0);
	dtrace_cpu.flags |= CPU_DTRACE_NOFAULT;
	v = dtrace_nofault_load32(addr);
	v |= (uint64_t)dtrace_nofault_load32(addr + 4) << 32;
	dtrace_cpu.flags &= ~CPU_DTRACE_NOFAULT;
	return (v);
}

uintptr_t
dtrace_load_pointer(uintptr_t addr)
{

	return (sizeof(uintptr_t) == 8 ? (uintptr_t)dtrace_load64(addr) : dtrace_load32(addr));
}

/* Loads 1, 2, 4 or 8 bytes of the current user's memory; a page that is not there is a bad address. */
uint64_t
dtrace_fuword(uintptr_t uaddr, u_int bytes)
{
	uint64_t v = 0;

	if (uaddr & (bytes - 1)) {
		dtrace_fault(CPU_DTRACE_BADALIGN, uaddr);
		return (0);
	}
	if (!dtrace_user_range(uaddr, bytes)) {
		dtrace_fault(CPU_DTRACE_BADADDR, uaddr);
		return (0);
	}
	dtrace_cpu.flags |= CPU_DTRACE_NOFAULT;
	if (bytes == 1)
		v = dtrace_nofault_load8(uaddr);
	else if (bytes == 2)
		v = dtrace_nofault_load16(uaddr);
	else
		v = dtrace_nofault_load32(uaddr);
	if (bytes == 8)
		v |= (uint64_t)dtrace_nofault_load32(uaddr + 4) << 32;
	dtrace_cpu.flags &= ~CPU_DTRACE_NOFAULT;
	return (v);
}

/* Returns the length of a string, at most lim; stops at a fault. */
size_t
dtrace_strlen(uintptr_t s, size_t lim)
{
	size_t len;

	for (len = 0; len < lim; len++)
		if (dtrace_load8(s + len) == '\0')
			break;
	return (len);
}

/* Compares at most lim bytes, unsigned; a null string is an empty one. */
int
dtrace_strncmp(uintptr_t a, uintptr_t b, size_t lim)
{
	uint8_t ca, cb;

	if (a == b)
		return (0);
	for (size_t n = 0; n < lim; n++) {
		ca = a == 0 ? '\0' : dtrace_load8(a + n);
		cb = b == 0 ? '\0' : dtrace_load8(b + n);
		if (dtrace_cpu.flags & CPU_DTRACE_FAULT)
			return (0);
		if (ca != cb || ca == '\0')
			return ((int)ca - (int)cb);
	}
	return (0);
}

void
dtrace_bcopy_safe(uintptr_t src, uint8_t *dst, size_t len)
{

	for (size_t n = 0; n < len && !(dtrace_cpu.flags & CPU_DTRACE_FAULT); n++)
		dst[n] = dtrace_load8(src + n);
}

/* Copies a string and its NUL; cut to len - 1 characters if it is longer. */
void
dtrace_strcpy_safe(uintptr_t src, uint8_t *dst, size_t len)
{
	size_t n;

	for (n = 0; n + 1 < len; n++)
		if ((dst[n] = dtrace_load8(src + n)) == '\0')
			return;
	if (len != 0)
		dst[n] = '\0';
}

void
dtrace_copyin(uintptr_t uaddr, uint8_t *kaddr, size_t size, int isstring)
{

	if (!dtrace_user_range(uaddr, isstring ? 1 : size)) {
		dtrace_fault(CPU_DTRACE_BADADDR, uaddr);
		return;
	}
	for (size_t n = 0; n < size && !(dtrace_cpu.flags & CPU_DTRACE_FAULT); n++) {
		kaddr[n] = (uint8_t)dtrace_fuword(uaddr + n, 1);
		if (isstring && kaddr[n] == '\0')
			return;
	}
	if (isstring && size != 0)
		kaddr[size - 1] = '\0';
}
