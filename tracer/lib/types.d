/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The short names that kernels of the Solaris family, and the scripts written for them, have for the structures that
 * every kernel has.
 */
#pragma D depends_on module kernel

typedef struct proc proc_t;
typedef struct thread kthread_t;
typedef struct vnode vnode_t;
typedef struct file file_t;
typedef struct uio uio_t;
typedef struct iovec iovec_t;
typedef struct ucred cred_t;
typedef struct mtx kmutex_t;
typedef struct rwlock krwlock_t;
