# SPDX-License-Identifier: GPL-2.0-or-later
"""Solaris's names for probes and kernel variables, which many published scripts use, and what they are called here.

Only what is the same thing is here: a system call that does the same, a probe whose place in the kernel has another
name, a variable with the same content and scale. Nothing is asked that the machine knows by the name as written.
"""

from __future__ import annotations

from dscript import ProbeDescription

_SYSCALLS = {
    "exece": "execve", "exec": "execve", "rexit": "exit", "forksys": "fork", "fork1": "fork", "forkall": "fork",
    "open64": "open", "openat64": "openat", "stat64": "stat", "lstat64": "lstat", "fstat64": "fstat",
    "mmap64": "mmap", "pread64": "pread", "pwrite64": "pwrite", "llseek": "lseek", "ftruncate64": "ftruncate",
    "getdents": "getdirentries", "getdents64": "getdirentries", "getcwd": "__getcwd", "yield": "sched_yield",
    "lwp_sigmask": "sigprocmask", "waitsys": "wait4", "waitid": "wait4",
}  # fmt: skip

# Modules of Solaris's kernel proper, and the functions in which its probes are, by provider and probe.
_MODULES = frozenset({"genunix", "unix"})
_STATIC = frozenset({"io", "proc", "sched", "sysinfo", "vminfo", "fsinfo", "sdt"})
_FUNCTIONS = {
    ("io", "start"): ("bdev_strategy", "default_physio"),
    ("io", "done"): ("biodone",),
    ("io", "wait-start"): ("biowait",),
    ("io", "wait-done"): ("biowait",),
    ("proc", "create"): ("cfork",),
    ("proc", "exec-success"): ("exec_common",),
    ("proc", "exit"): ("proc_exit",),
    ("proc", "lwp-exit"): ("lwp_exit",),
    ("proc", "signal-send"): ("sigtoproc",),
    ("sched", "on-cpu"): ("resume",),
    ("sched", "off-cpu"): ("swtch",),
}

_SYMBOLS = {"ncpus_online": "mp_ncpus", "ncpus": "mp_ncpus", "_pagesize": "page_size", "mpid": "lastpid"}


def find_native(description: ProbeDescription) -> ProbeDescription | None:
    """Returns the description in this machine's names, or None if there is nothing to translate in it."""
    provider, module, function, name = description.provider, description.module, description.function, description.name
    if provider == "syscall" and function in _SYSCALLS:
        return ProbeDescription(provider, module, _SYSCALLS[function], name)
    if provider not in _STATIC:
        return None
    foreign_module = module in _MODULES
    foreign_function = function in _FUNCTIONS.get((provider, name), ())
    if not foreign_module and not foreign_function:
        return None
    return ProbeDescription(provider, "" if foreign_module else module, "" if foreign_function else function, name)


def find_native_symbol(name: str) -> str | None:
    """Returns what a kernel variable of Solaris is called here, or None."""
    return _SYMBOLS.get(name)
