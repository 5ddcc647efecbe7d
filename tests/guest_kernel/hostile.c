/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A guest program that misbehaves as its argument says, or checks that memory works as it should.
 *
 * Static and free of libc, so that nothing but the kernel is between it and the machine.  It exits with 0 if
 * it survives and all is well; test_memory.py knows what each case should end in.
 */
typedef unsigned int u32;

#define SYS_EXIT	1
#define SYS_FORK	2
#define SYS_READ	3
#define SYS_WRITE	4
#define SYS_OPEN	5
#define SYS_WAIT4	7
#define SYS_EXECVE	59
#define SYS_MUNMAP	73
#define SYS_MPROTECT	74
#define SYS_MMAP	477
#define KERNEL		0xc0300000u
#define EFAULT		14
#define MAP_PRIVATE	0x1002	/* with MAP_ANON */
#define MAP_SHARED	0x1001

/* A system call: the result, or minus the errno. */
long	syscall7(long number, long a, long b, long c, long d, long e, long f, long g);
__asm(".globl syscall7\n"
    "syscall7: push {r4-r7, lr}\n"
    "	mov r7, r0\n	mov r0, r1\n	mov r1, r2\n	mov r2, r3\n"
    "	ldr r3, [sp, #20]\n	ldr r4, [sp, #24]\n	ldr r5, [sp, #28]\n	ldr r6, [sp, #32]\n	mov r12, #0\n"
    "	push {r4, r5, r6, r12}\n	svc #0\n	add sp, sp, #16\n	rsbcs r0, r0, #0\n"
    "	pop {r4-r7, pc}\n"
    ".globl _start\n"
    "_start: mov r0, sp\n	bic sp, sp, #7\n	bl start\n");

#define CALL(n, a, b, c)	syscall7((n), (long)(a), (long)(b), (long)(c), 0, 0, 0, 0)

static volatile int data = 7;
static volatile int words[3000];
static volatile int *volatile nowhere;

static void *
map(u32 bytes, int prot, int flags)
{
	return (void *)syscall7(SYS_MMAP, 0, (long)bytes, prot, flags, -1, 0, 0);
}

static int
wait_status(long pid)
{
	int status = -1;

	CALL(SYS_WAIT4, pid, &status, 0);
	return status;
}

static int
recurse(int depth)
{
	volatile char frame[1000];

	frame[0] = (char)depth;
	return depth > 0 ? recurse(depth - 1) + frame[0] : 0;
}

/* Every bad pointer a system call may get is EFAULT. */
static int
bad_pointers(void)
{
	static const u32 bad[] = { 0, 16, KERNEL, 0xfffffff0, 0x70000000 };
	long zero = CALL(SYS_OPEN, "/dev/zero", 0, 0);

	for (u32 i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (CALL(SYS_READ, zero, bad[i], 100) != -EFAULT || CALL(SYS_OPEN, bad[i], 0, 0) != -EFAULT)
			return 1;
		if (CALL(SYS_EXECVE, bad[i], 0, 0) != -EFAULT || CALL(SYS_WRITE, 1, bad[i], 100) != -EFAULT)
			return 2;
	}
	if (CALL(SYS_READ, zero, 0xbffffff0, 100) != -EFAULT)	/* from the stack's end into the kernel */
		return 4;
	return CALL(SYS_READ, zero, syscall7, 4) == -EFAULT ? 0 : 3;	/* text is read-only */
}

/* One generation of test_copies(): the child sees the parent's memory and changes its own. */
static int
generation(volatile int *pages, int n)
{
	long pid = CALL(SYS_FORK, 0, 0, 0);
	int good = data == 7;

	if (pid == 0) {
		for (int i = 0; i < 256; i++) {
			good &= pages[i * 1024] == i + n;
			pages[i * 1024] = -1;
		}
		data = 8;
		CALL(SYS_EXIT, !good, 0, 0);
	}
	for (int i = 0; i < 256 && (n & 1); i++)
		pages[i * 1024]++;
	good &= wait_status(pid) == 0 && data == 7;
	for (int i = 0; i < 256 && !(n & 1); i++)
		pages[i * 1024]++;
	for (int i = 0; i < 256; i++)
		good &= pages[i * 1024] == i + n + 1;
	return good;
}

static int
test_copies(void)
{
	volatile int *pages = map(1 << 20, 3, MAP_PRIVATE), *shared = map(4096, 3, MAP_SHARED);
	long pid;

	for (int i = 0; i < 256; i++)
		pages[i * 1024] = i;
	for (int n = 0; n < 8; n++)
		if (!generation(pages, n))
			return 1;
	*shared = 1;
	pid = CALL(SYS_FORK, 0, 0, 0);
	if (pid == 0) {
		*shared = 42;
		CALL(SYS_EXIT, 0, 0, 0);
	}
	return wait_status(pid) == 0 && *shared == 42 ? 0 : 2;
}

/* Mapping, unmapping parts, protecting: zeroes where they should be, the rest untouched. */
static int
test_maps(void)
{
	for (u32 i = 0; i < 200; i++) {
		volatile char *p = map(0x10000 + i % 7 * 4096, 3, MAP_PRIVATE);

		if (p[0] != 0 || p[4096] != 0)
			return 1;
		p[0] = p[4096] = p[0x4000] = 1;
		if (CALL(SYS_MUNMAP, p + 4096, 8192, 0) != 0 || p[0] != 1 || p[0x4000] != 1)
			return 2;
		if (CALL(SYS_MPROTECT, p, 4096, 1) != 0 || p[0] != 1)
			return 3;
		if (i & 1)
			CALL(SYS_MUNMAP, p, 0x20000, 0);
	}
	return 0;
}

static int
run_code(int prot)
{
	u32 *code = map(4096, prot, MAP_PRIVATE);

	code[0] = 0xe3a0002a;	/* mov r0, #42 */
	code[1] = 0xe12fff1e;	/* bx lr */
	return ((int (*)(void))code)() == 42 ? 0 : 1;
}

static void
hog(void)
{
	volatile char *p = map(0x24000000, 3, MAP_PRIVATE);

	for (u32 i = 0; i < 0x24000000; i += 4096)
		p[i] = 1;
}

static int
equal(const char *a, const char *b)
{
	while (*a != '\0' && *a == *b)
		a++, b++;
	return *a == *b;
}

static int
misbehave(const char *what)
{
	if (equal(what, "write-null"))
		*nowhere = 1;
	if (equal(what, "jump-null"))
		((void (*)(void))(u32)nowhere)();
	if (equal(what, "write-kernel"))
		*(volatile int *)KERNEL = 1;
	if (equal(what, "read-kernel"))
		data = *(volatile int *)KERNEL;
	if (equal(what, "jump-kernel"))
		((void (*)(void))0xc0200000)();
	if (equal(what, "jump-vectors"))
		((void (*)(void))0xffff0008)();
	if (equal(what, "jump-data"))
		((void (*)(void))(u32)words)();
	if (equal(what, "write-text"))
		*(volatile int *)(u32)&syscall7 = 1;
	if (equal(what, "undefined"))
		__asm volatile(".word 0xe7f000f0");
	if (equal(what, "coprocessor"))
		__asm volatile("mcr p15, 0, r0, c2, c0, 0");
	if (equal(what, "recursion"))
		recurse(1000000);
	if (equal(what, "kernel-stack"))
		__asm volatile("mov sp, %0\n push {r0}" : : "r"(KERNEL));
	if (equal(what, "no-execute"))
		return run_code(3);
	if (equal(what, "hog"))
		hog();
	return 0;
}

void
start(long *stack)
{
	const char *what = stack[0] > 1 ? ((char **)(stack + 1))[1] : "";
	int bad = misbehave(what);

	if (equal(what, "mode"))
		__asm volatile("cpsid if\n msr cpsr_c, #0xd3");	/* both are ignored in user mode */
	if (equal(what, "execute"))
		bad = run_code(7);
	if (equal(what, "stack"))
		bad = recurse(4000) == 12345;
	if (equal(what, "pointers"))
		bad = bad_pointers();
	if (equal(what, "copies"))
		bad = test_copies();
	if (equal(what, "maps"))
		bad = test_maps();
	CALL(SYS_EXIT, bad, 0, 0);
}
