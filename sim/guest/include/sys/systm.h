/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The services every part of the kernel uses: printf, panic, copying to and from users,
 * sleeping, critical sections.  Who implements what is noted per group.
 */
#ifndef SYS_SYSTM_H
#define SYS_SYSTM_H

#include <sys/param.h>
#include <sys/queue.h>
#include <sys/libkern.h>
#include <machine/stdarg.h>
#include <machine/atomic.h>
#include <machine/cpufunc.h>

struct lock_object;

extern int	cold;			/* nonzero until the scheduler runs */
extern const char *panicstr;		/* panic message, or NULL */
extern const char	version[];
extern const char	ostype[], osrelease[];
extern int	osreldate;

/* kern/subr_prf.c, kern/kern_shutdown.c */
int	printf(const char *fmt, ...) __printflike(1, 2);
int	vprintf(const char *fmt, __va_list ap) __printflike(1, 0);
int	snprintf(char *buf, size_t size, const char *fmt, ...) __printflike(3, 4);
int	sprintf(char *buf, const char *fmt, ...) __printflike(2, 3);
int	vsnprintf(char *buf, size_t size, const char *fmt, __va_list ap) __printflike(3, 0);
int	kvprintf(const char *fmt, void (*put)(int, void *), void *arg, __va_list ap) __printflike(1, 0);
void	panic(const char *fmt, ...) __dead2 __printflike(1, 2);
void	kern_halt(void) __dead2;

#define KASSERT(exp, msg)	do {					\
	if (__predict_false(!(exp)))					\
		panic msg;						\
} while (0)
#define MPASS(exp)		KASSERT((exp), ("assertion %s failed at %s:%d", #exp, __FILE__, __LINE__))
#define CTASSERT(x)		_Static_assert(x, "compile-time assertion failed")

/* arm/bcopy.S: plain copies; bcopy and memmove allow overlap. */
void	bcopy(const void *src, void *dst, size_t len);
void	*memcpy(void *dst, const void *src, size_t len);
void	*memmove(void *dst, const void *src, size_t len);
void	bzero(void *buf, size_t len);
void	*memset(void *buf, int c, size_t len);

/* arm/copyio.S: 0 or EFAULT (ENAMETOOLONG for copyinstr); fetches return -1 on a fault. */
int	copyin(const void *uaddr, void *kaddr, size_t len);
int	copyout(const void *kaddr, void *uaddr, size_t len);
int	copyinstr(const void *uaddr, void *kaddr, size_t len, size_t *done);
int	copystr(const void *kfrom, void *kto, size_t len, size_t *done);
int	fubyte(const void *uaddr);
long	fuword(const void *uaddr);
int32_t	fuword32(const void *uaddr);
int	fueword32(const void *uaddr, int32_t *val);
int	subyte(void *uaddr, int byte);
int	suword(void *uaddr, long word);
int	suword32(void *uaddr, int32_t word);

/* Sleeping: the scheduler's side (kern_synch.c, subr_sleepqueue.c). */
int	_sleep(const void *chan, struct lock_object *lock, int pri, const char *wmesg, sbintime_t sbt);
int	msleep_spin(const void *chan, struct mtx *mtx, const char *wmesg, int timo);
int	pause(const char *wmesg, int timo);
void	wakeup(const void *chan);
void	wakeup_one(const void *chan);
extern int	hz, tick, stathz;
extern volatile int ticks;
#define SBT_1S			((sbintime_t)1 << 32)
#define tick_sbt		(SBT_1S / hz)
#define msleep(chan, mtx, pri, wmesg, timo)				\
	_sleep((chan), &(mtx)->lock_object, (pri), (wmesg), tick_sbt * (timo))
#define tsleep(chan, pri, wmesg, timo)					\
	_sleep((chan), NULL, (pri), (wmesg), tick_sbt * (timo))

/* Critical sections (no preemption) are the scheduler's; spinlock sections also mask interrupts. */
void	critical_enter(void);
void	critical_exit(void);
void	spinlock_enter(void);
void	spinlock_exit(void);

/* Start of everything machine independent; called by initarm's caller, does not return. */
void	mi_startup(void) __dead2;

#endif
