/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The system call stubs, generated from abi/syscalls.tbl: number in r7, swi 0, and to cerror
 * when the kernel returns with the carry flag set.
 */
#include <syscall_stubs.S>
