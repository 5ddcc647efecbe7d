/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Statically defined tracing, as FreeBSD's: a probe is declared where its code lives and fired beside
 * the event.  SDT_PROVIDER_DEFINE() once for each provider, SDT_PROBE_DEFINEn() for each probe with n
 * arguments (their C types as strings; _XLATE pairs each with the type args[] has after translation),
 * SDT_PROBEn() to fire.  "__" in a name becomes "-".  A site is a nop, which enabling the probe turns
 * into a branch to where the arguments are worked out: off, a probe costs that one instruction.
 *
 * Locking: none; the provider (dtrace/sdt.c) stores ids and instructions whole.
 */
#ifndef _SYS_SDT_H_
#define	_SYS_SDT_H_

#include <sys/types.h>

struct sdt_provider {
	const char	*name;
};

/* Laid out as struct dtrace_argtype of abi/dprog.h: the host reads the array where it is. */
struct sdt_argtype {
	const char	*type;		/* what the kernel passes */
	const char	*xtype;		/* what a script sees, NULL: the same */
	u_int		mapping;	/* the argument it is made of */
};

struct sdt_probe {
	u_int		id;		/* 0 while nobody listens */
	u_int		nargs;
	const struct sdt_provider *prov;
	const char	*mod;		/* "": the kernel */
	const char	*func;		/* "": none */
	const char	*name;
	const struct sdt_argtype *args;
};

/* One place where a probe fires: the nop, and where to go when the probe is on. */
struct sdt_site {
	uint32_t	*nop;
	uint32_t	*target;
	const struct sdt_probe *probe;
};

/* dtrace/sdt.c: the first passes everything in registers, to keep the functions that fire small. */
void	sdt_fire(const struct sdt_probe *probe, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2);
void	sdt_fire_more(const struct sdt_probe *probe, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2, uintptr_t arg3,
	    uintptr_t arg4);

#define	_SDT_NAME(prov, mod, func, name)	sdt_##prov##_##mod##_##func##_##name
#define	_SDT_ARGS(prov, mod, func, name)	sdt_##prov##_##mod##_##func##_##name##_args

#define	SDT_PROVIDER_DEFINE(prov)	struct sdt_provider sdt_provider_##prov[1] = {{ #prov }}
#define	SDT_PROVIDER_DECLARE(prov)	extern struct sdt_provider sdt_provider_##prov[1]
#define	SDT_PROBE_DECLARE(prov, mod, func, name)	extern struct sdt_probe _SDT_NAME(prov, mod, func, name)[1]

#define	_SDT_DEFINE(prov, mod, func, name, nargs, args)			\
	SDT_PROVIDER_DECLARE(prov);					\
	struct sdt_probe _SDT_NAME(prov, mod, func, name)[1] = {{	\
		0, (nargs), sdt_provider_##prov, #mod, #func, #name, (args)	\
	}};								\
	static struct sdt_probe *const sdt_##prov##_##mod##_##func##_##name##_p	\
	    __attribute__((section("set_sdt_probes_set"), used)) = _SDT_NAME(prov, mod, func, name)
#define	_SDT_DEFINE_ARGS(prov, mod, func, name, nargs, ...)		\
	static const struct sdt_argtype _SDT_ARGS(prov, mod, func, name)[] = { __VA_ARGS__ };	\
	_SDT_DEFINE(prov, mod, func, name, nargs, _SDT_ARGS(prov, mod, func, name))

#define	SDT_PROBE_DEFINE0(prov, mod, func, name)	_SDT_DEFINE(prov, mod, func, name, 0, NULL)
#define	SDT_PROBE_DEFINE1(prov, mod, func, name, t0)			\
	_SDT_DEFINE_ARGS(prov, mod, func, name, 1, { t0, NULL, 0 })
#define	SDT_PROBE_DEFINE2(prov, mod, func, name, t0, t1)		\
	_SDT_DEFINE_ARGS(prov, mod, func, name, 2, { t0, NULL, 0 }, { t1, NULL, 1 })
#define	SDT_PROBE_DEFINE3(prov, mod, func, name, t0, t1, t2)		\
	_SDT_DEFINE_ARGS(prov, mod, func, name, 3, { t0, NULL, 0 }, { t1, NULL, 1 }, { t2, NULL, 2 })
#define	SDT_PROBE_DEFINE4(prov, mod, func, name, t0, t1, t2, t3)	\
	_SDT_DEFINE_ARGS(prov, mod, func, name, 4, { t0, NULL, 0 }, { t1, NULL, 1 }, { t2, NULL, 2 }, { t3, NULL, 3 })
#define	SDT_PROBE_DEFINE5(prov, mod, func, name, t0, t1, t2, t3, t4)	\
	_SDT_DEFINE_ARGS(prov, mod, func, name, 5, { t0, NULL, 0 }, { t1, NULL, 1 }, { t2, NULL, 2 },	\
	    { t3, NULL, 3 }, { t4, NULL, 4 })

#define	SDT_PROBE_DEFINE1_XLATE(prov, mod, func, name, t0, x0)		\
	_SDT_DEFINE_ARGS(prov, mod, func, name, 1, { t0, x0, 0 })
#define	SDT_PROBE_DEFINE2_XLATE(prov, mod, func, name, t0, x0, t1, x1)	\
	_SDT_DEFINE_ARGS(prov, mod, func, name, 2, { t0, x0, 0 }, { t1, x1, 1 })
#define	SDT_PROBE_DEFINE3_XLATE(prov, mod, func, name, t0, x0, t1, x1, t2, x2)	\
	_SDT_DEFINE_ARGS(prov, mod, func, name, 3, { t0, x0, 0 }, { t1, x1, 1 }, { t2, x2, 2 })
#define	SDT_PROBE_DEFINE4_XLATE(prov, mod, func, name, t0, x0, t1, x1, t2, x2, t3, x3)	\
	_SDT_DEFINE_ARGS(prov, mod, func, name, 4, { t0, x0, 0 }, { t1, x1, 1 }, { t2, x2, 2 }, { t3, x3, 3 })

/* True if somebody listens: for what is only worth working out then. */
#define	SDT_PROBE_ENABLED(prov, mod, func, name) __extension__ ({	\
	__label__ sdt_on, sdt_done;					\
	int sdt_enabled = 0;						\
	__asm goto(							\
	    "1:	nop\n"							\
	    "	.pushsection set_sdt_sites_set, \"aw\"\n"		\
	    "	.word 1b, %l[sdt_on], %c0\n"				\
	    "	.popsection"						\
	    : : "i" (_SDT_NAME(prov, mod, func, name)) : : sdt_on);	\
	goto sdt_done;							\
sdt_on:									\
	sdt_enabled = 1;						\
sdt_done:								\
	sdt_enabled;							\
})

#define	SDT_PROBE0(prov, mod, func, name)	SDT_PROBE3(prov, mod, func, name, 0, 0, 0)
#define	SDT_PROBE1(prov, mod, func, name, a0)	SDT_PROBE3(prov, mod, func, name, a0, 0, 0)
#define	SDT_PROBE2(prov, mod, func, name, a0, a1)	SDT_PROBE3(prov, mod, func, name, a0, a1, 0)
#define	SDT_PROBE3(prov, mod, func, name, a0, a1, a2) do {		\
	if (__predict_false(SDT_PROBE_ENABLED(prov, mod, func, name)))	\
		sdt_fire(_SDT_NAME(prov, mod, func, name), (uintptr_t)(a0), (uintptr_t)(a1), (uintptr_t)(a2));	\
} while (0)
#define	SDT_PROBE4(prov, mod, func, name, a0, a1, a2, a3)	SDT_PROBE5(prov, mod, func, name, a0, a1, a2, a3, 0)
#define	SDT_PROBE5(prov, mod, func, name, a0, a1, a2, a3, a4) do {	\
	if (__predict_false(SDT_PROBE_ENABLED(prov, mod, func, name)))	\
		sdt_fire_more(_SDT_NAME(prov, mod, func, name), (uintptr_t)(a0), (uintptr_t)(a1), (uintptr_t)(a2),	\
		    (uintptr_t)(a3), (uintptr_t)(a4));			\
} while (0)

#endif
