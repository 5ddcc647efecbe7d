/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DTrace's published numbers, and what the rest of the kernel sees of the tracing module.
 *
 * The hooks are NULL until the module is initialised; whoever calls one tests it first.
 * No locks: hooks are set once at boot, and everything behind them runs with interrupts off.
 */
#ifndef SYS_DTRACE_H
#define SYS_DTRACE_H

#include <sys/types.h>

struct thread;
struct trapframe;
struct sysent;
struct syscall_args;

typedef uint32_t dtrace_id_t;
typedef uint32_t dtrace_epid_t;
typedef uint32_t dif_instr_t;

/* Hooks called by the kernel. */
#define SYSTRACE_ENTRY		0
#define SYSTRACE_RETURN		1
extern int	(*dtrace_invop_jump_addr)(struct trapframe *);
extern int	(*dtrace_trap_func)(struct trapframe *, u_int);
extern void	(*systrace_probe_func)(struct thread *, struct sysent *, struct syscall_args *, int, int);
/* Called by the scheduler just before it leaves curthread for the thread given (on-CPU time). */
extern void	(*dtrace_vtime_switch_func)(struct thread *);

void	dtrace_init(void);		/* at boot, once malloc, devfs and the linker work */
uint64_t dtrace_gethrtime(void);	/* ns since boot, without a call that could be probed */
void	dtrace_wakeup(void);		/* the host asked to stop, or a child exited: wake DTRACEIOC_WAIT */

/* The word fbt writes over an instruction: permanently undefined on ARM. */
#define DTRACE_BREAKPOINT	0xe7f000f0

/* DIF opcodes. */
#define DIF_OP_OR	1
#define DIF_OP_XOR	2
#define DIF_OP_AND	3
#define DIF_OP_SLL	4
#define DIF_OP_SRL	5
#define DIF_OP_SUB	6
#define DIF_OP_ADD	7
#define DIF_OP_MUL	8
#define DIF_OP_SDIV	9
#define DIF_OP_UDIV	10
#define DIF_OP_SREM	11
#define DIF_OP_UREM	12
#define DIF_OP_NOT	13
#define DIF_OP_MOV	14
#define DIF_OP_CMP	15
#define DIF_OP_TST	16
#define DIF_OP_BA	17
#define DIF_OP_BE	18
#define DIF_OP_BNE	19
#define DIF_OP_BG	20
#define DIF_OP_BGU	21
#define DIF_OP_BGE	22
#define DIF_OP_BGEU	23
#define DIF_OP_BL	24
#define DIF_OP_BLU	25
#define DIF_OP_BLE	26
#define DIF_OP_BLEU	27
#define DIF_OP_LDSB	28
#define DIF_OP_LDSH	29
#define DIF_OP_LDSW	30
#define DIF_OP_LDUB	31
#define DIF_OP_LDUH	32
#define DIF_OP_LDUW	33
#define DIF_OP_LDX	34
#define DIF_OP_RET	35
#define DIF_OP_NOP	36
#define DIF_OP_SETX	37
#define DIF_OP_SETS	38
#define DIF_OP_SCMP	39
#define DIF_OP_LDGA	40
#define DIF_OP_LDGS	41
#define DIF_OP_STGS	42
#define DIF_OP_LDTA	43
#define DIF_OP_LDTS	44
#define DIF_OP_STTS	45
#define DIF_OP_SRA	46
#define DIF_OP_CALL	47
#define DIF_OP_PUSHTR	48
#define DIF_OP_PUSHTV	49
#define DIF_OP_POPTS	50
#define DIF_OP_FLUSHTS	51
#define DIF_OP_LDGAA	52
#define DIF_OP_LDTAA	53
#define DIF_OP_STGAA	54
#define DIF_OP_STTAA	55
#define DIF_OP_LDLS	56
#define DIF_OP_STLS	57
#define DIF_OP_ALLOCS	58
#define DIF_OP_COPYS	59
#define DIF_OP_STB	60
#define DIF_OP_STH	61
#define DIF_OP_STW	62
#define DIF_OP_STX	63
#define DIF_OP_ULDSB	64
#define DIF_OP_ULDSH	65
#define DIF_OP_ULDSW	66
#define DIF_OP_ULDUB	67
#define DIF_OP_ULDUH	68
#define DIF_OP_ULDUW	69
#define DIF_OP_ULDX	70
#define DIF_OP_RLDSB	71
#define DIF_OP_RLDSH	72
#define DIF_OP_RLDSW	73
#define DIF_OP_RLDUB	74
#define DIF_OP_RLDUH	75
#define DIF_OP_RLDUW	76
#define DIF_OP_RLDX	77
#define DIF_OP_XLATE	78
#define DIF_OP_XLARG	79
#define DIF_NOPS	80

#define DIF_DIR_NREGS	8
#define DIF_DTR_NREGS	8
#define DIF_TYPE_CTF	0
#define DIF_TYPE_STRING	1

#define DIF_INSTR_OP(i)		(((i) >> 24) & 0xff)
#define DIF_INSTR_R1(i)		(((i) >> 16) & 0xff)
#define DIF_INSTR_R2(i)		(((i) >> 8) & 0xff)
#define DIF_INSTR_RD(i)		((i) & 0xff)
#define DIF_INSTR_LABEL(i)	((i) & 0xffffff)
#define DIF_INSTR_INDEX(i)	(((i) >> 8) & 0xffff)

/* Variable numbers. */
#define DIF_VAR_ARRAY_UBASE	0x0080
#define DIF_VAR_ARRAY_MAX	0x00ff
#define DIF_VAR_OTHER_MIN	0x0100
#define DIF_VAR_OTHER_UBASE	0x0500
#define DIF_VAR_OTHER_MAX	0xffff
#define DIF_VAR_ARGS		0x0000
#define DIF_VAR_REGS		0x0001
#define DIF_VAR_UREGS		0x0002
#define DIF_VAR_CURTHREAD	0x0100
#define DIF_VAR_TIMESTAMP	0x0101
#define DIF_VAR_VTIMESTAMP	0x0102
#define DIF_VAR_IPL		0x0103
#define DIF_VAR_EPID		0x0104
#define DIF_VAR_ID		0x0105
#define DIF_VAR_ARG0		0x0106
#define DIF_VAR_ARG9		0x010f
#define DIF_VAR_STACKDEPTH	0x0110
#define DIF_VAR_CALLER		0x0111
#define DIF_VAR_PROBEPROV	0x0112
#define DIF_VAR_PROBEMOD	0x0113
#define DIF_VAR_PROBEFUNC	0x0114
#define DIF_VAR_PROBENAME	0x0115
#define DIF_VAR_PID		0x0116
#define DIF_VAR_TID		0x0117
#define DIF_VAR_EXECNAME	0x0118
#define DIF_VAR_ZONENAME	0x0119
#define DIF_VAR_WALLTIMESTAMP	0x011a
#define DIF_VAR_USTACKDEPTH	0x011b
#define DIF_VAR_UCALLER		0x011c
#define DIF_VAR_PPID		0x011d
#define DIF_VAR_UID		0x011e
#define DIF_VAR_GID		0x011f
#define DIF_VAR_ERRNO		0x0120
#define DIF_VAR_EXECARGS	0x0121
#define DIF_VAR_CPU		0x0200

/* Subroutine numbers. */
#define DIF_SUBR_RAND			0
#define DIF_SUBR_MUTEX_OWNED		1
#define DIF_SUBR_MUTEX_OWNER		2
#define DIF_SUBR_MUTEX_TYPE_ADAPTIVE	3
#define DIF_SUBR_MUTEX_TYPE_SPIN	4
#define DIF_SUBR_RW_READ_HELD		5
#define DIF_SUBR_RW_WRITE_HELD		6
#define DIF_SUBR_RW_ISWRITER		7
#define DIF_SUBR_COPYIN			8
#define DIF_SUBR_COPYINSTR		9
#define DIF_SUBR_PROGENYOF		11
#define DIF_SUBR_STRLEN			12
#define DIF_SUBR_ALLOCA			15
#define DIF_SUBR_BCOPY			16
#define DIF_SUBR_COPYINTO		17
#define DIF_SUBR_STRJOIN		23
#define DIF_SUBR_LLTOSTR		24
#define DIF_SUBR_BASENAME		25
#define DIF_SUBR_DIRNAME		26
#define DIF_SUBR_CLEANPATH		27
#define DIF_SUBR_STRCHR			28
#define DIF_SUBR_STRRCHR		29
#define DIF_SUBR_STRSTR			30
#define DIF_SUBR_STRTOK			31
#define DIF_SUBR_SUBSTR			32
#define DIF_SUBR_INDEX			33
#define DIF_SUBR_RINDEX			34
#define DIF_SUBR_HTONS			35
#define DIF_SUBR_HTONL			36
#define DIF_SUBR_HTONLL			37
#define DIF_SUBR_NTOHS			38
#define DIF_SUBR_NTOHL			39
#define DIF_SUBR_NTOHLL			40
#define DIF_SUBR_INET_NTOA		42
#define DIF_SUBR_TOUPPER		44
#define DIF_SUBR_TOLOWER		45
#define DIF_SUBR_SX_SHARED_HELD		48
#define DIF_SUBR_SX_EXCLUSIVE_HELD	49
#define DIF_SUBR_SX_ISEXCLUSIVE		50
#define DIF_SUBR_STRTOLL		54
#define DIF_SUBR_MAX			54

/* Action kinds. */
#define DTRACEACT_DIFEXPR	1
#define DTRACEACT_EXIT		2
#define DTRACEACT_PRINTF	3
#define DTRACEACT_PRINTA	4
#define DTRACEACT_LIBACT	5
#define DTRACEACT_TRACEMEM	6
#define DTRACEACT_STACK		0x401
#define DTRACEACT_SYM		0x402
#define DTRACEACT_MOD		0x403
#define DTRACEAGG_COUNT		0x701
#define DTRACEAGG_MIN		0x702
#define DTRACEAGG_MAX		0x703
#define DTRACEAGG_AVG		0x704
#define DTRACEAGG_SUM		0x705
#define DTRACEAGG_STDDEV	0x706
#define DTRACEAGG_QUANTIZE	0x707
#define DTRACEAGG_LQUANTIZE	0x708
#define DTRACEAGG_LLQUANTIZE	0x709
#define DTRACEACT_ISAGG(k)	((k) >= DTRACEAGG_COUNT)

/* Per-CPU flags while a probe is handled, and the fault codes they become. */
#define CPU_DTRACE_NOFAULT	0x0001
#define CPU_DTRACE_DROP		0x0002
#define CPU_DTRACE_BADADDR	0x0004
#define CPU_DTRACE_BADALIGN	0x0008
#define CPU_DTRACE_DIVZERO	0x0010
#define CPU_DTRACE_ILLOP	0x0020
#define CPU_DTRACE_NOSCRATCH	0x0040
#define CPU_DTRACE_KPRIV	0x0080
#define CPU_DTRACE_UPRIV	0x0100
#define CPU_DTRACE_TUPOFLOW	0x0200
#define CPU_DTRACE_BADSTACK	0x1000
#define CPU_DTRACE_FAULT	(CPU_DTRACE_BADADDR | CPU_DTRACE_BADALIGN | CPU_DTRACE_DIVZERO | \
	CPU_DTRACE_ILLOP | CPU_DTRACE_NOSCRATCH | CPU_DTRACE_KPRIV | CPU_DTRACE_UPRIV | \
	CPU_DTRACE_TUPOFLOW | CPU_DTRACE_BADSTACK)
#define CPU_DTRACE_ERROR	(CPU_DTRACE_FAULT | CPU_DTRACE_DROP)

#define DTRACEFLT_UNKNOWN	0
#define DTRACEFLT_BADADDR	1
#define DTRACEFLT_BADALIGN	2
#define DTRACEFLT_ILLOP		3
#define DTRACEFLT_DIVZERO	4
#define DTRACEFLT_NOSCRATCH	5
#define DTRACEFLT_KPRIV		6
#define DTRACEFLT_UPRIV		7
#define DTRACEFLT_TUPOFLOW	8
#define DTRACEFLT_BADSTACK	9

#endif
