/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The EABI's compact personality routines, which every unwind table entry refers to.  C programs
 * here never throw; the tables serve tracers and debuggers, so being called is a mistake.
 */
#include <stdlib.h>

void __aeabi_unwind_cpp_pr0(void) __attribute__((noreturn));
void __aeabi_unwind_cpp_pr1(void) __attribute__((noreturn));
void __aeabi_unwind_cpp_pr2(void) __attribute__((noreturn));

void
__aeabi_unwind_cpp_pr0(void)
{
	abort();
}

void
__aeabi_unwind_cpp_pr1(void)
{
	abort();
}

void
__aeabi_unwind_cpp_pr2(void)
{
	abort();
}
