# SPDX-License-Identifier: GPL-2.0-or-later
"""A kernel's user interface, faked in a few lines of Python over a bare Unicorn CPU.

It maps a program and its interpreter as execve would, builds the initial stack, and answers the system
calls that single programs make. So rtld, libc and the programs are tested without the guest kernel:
``FakeKernel(root).execute("/bin/dd", argv, environ)`` returns exit status, output and the calls made.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from elftools.elf.elffile import ELFFile
from unicorn import UC_ARCH_ARM, UC_HOOK_INTR, UC_MODE_ARM, Uc
from unicorn.arm_const import (
    UC_ARM_REG_CPSR,
    UC_ARM_REG_R0,
    UC_ARM_REG_R1,
    UC_ARM_REG_R2,
    UC_ARM_REG_R3,
    UC_ARM_REG_R7,
    UC_ARM_REG_SP,
)

PAGE = 4096
STACK_TOP = 0xC0000000
STACK_BYTES = 1 << 20
INTERPRETER_BASE = 0x20014000
MAP_START = 0x20100000
CARRY = 1 << 29
MAP_FIXED, MAP_ANON = 0x10, 0x1000
S_IFCHR, S_IFREG = 0o020000, 0o100000


class ProgramExit(Exception):  # noqa: N818 — an exit is no error
    """The program ended with this status."""


@dataclass
class Result:
    """What a run left behind: status, both outputs, files by path, and the calls in order."""

    status: int
    stdout: bytes
    stderr: bytes
    files: dict[str, bytes]
    calls: list[str]


@dataclass
class Open:
    """An open file: a path, where the next byte is, and its contents unless it is a device."""

    path: str
    offset: int = 0


@dataclass
class FakeKernel:
    """One process's world; ``root`` is the folder of built files, ``files`` are laid over it."""

    root: Path
    files: dict[str, bytes] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    fork_result: int = 0  # what fork returns: 0 plays the child, a pid the parent
    child_status: int = 0
    answers: dict[int, list[int]] = field(default_factory=dict)  # ioctl request → results in turn, then 0
    ioctls: list[tuple[int, int]] = field(default_factory=list)  # requests to control devices, with arguments
    kills: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.uc = Uc(UC_ARCH_ARM, UC_MODE_ARM)
        self.uc.hook_add(UC_HOOK_INTR, lambda _uc, _number, _data: self.trap())
        self.next_map = MAP_START
        self.clock_ns = 10**9
        self.open: dict[int, Open] = {0: Open("/dev/null"), 1: Open("<stdout>"), 2: Open("<stderr>")}
        self.files |= {"<stdout>": b"", "<stderr>": b""}
        self.mapped: list[tuple[int, int]] = []

    # Memory and execve

    def load(self, path: str) -> bytes:
        """Return a file's bytes; raises FileNotFoundError."""
        if path in self.files:
            return self.files[path]
        return (self.root / path.lstrip("/")).read_bytes()

    def map_pages(self, address: int, size: int, data: bytes = b"") -> None:
        """Map zeroed pages over [address, address + size), replacing what is there, and fill them with data."""
        start, end = address & -PAGE, (address + size + PAGE - 1) & -PAGE
        for page in range(start, end, PAGE) if self.overlaps(start, end) else []:
            if self.overlaps(page, page + PAGE):
                self.uc.mem_unmap(page, PAGE)
        self.uc.mem_map(start, end - start)
        if data:
            self.uc.mem_write(address, data)

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether any mapping touches [start, end)."""
        return any(low < end and start <= high for low, high, _ in self.uc.mem_regions())

    def map_elf(self, path: str, base: int) -> ELFFile:
        """Map an ELF file's segments at base and return it."""
        elf = ELFFile(BytesIO(self.load(path)))
        for segment in elf.iter_segments("PT_LOAD"):
            self.map_pages(base + segment["p_vaddr"], segment["p_memsz"], segment.data())
        return elf

    def execute(self, path: str, argv: tuple[str, ...], environ: Mapping[str, str]) -> Result:
        """Run a program to its end."""
        elf = self.map_elf(path, 0)
        interpreter = next((s.get_interp_name() for s in elf.iter_segments("PT_INTERP")), None)
        entry, base = elf["e_entry"], 0
        if interpreter is not None:
            base = INTERPRETER_BASE
            entry = base + self.map_elf(interpreter, base)["e_entry"]
        phdr = next(s["p_vaddr"] for s in elf.iter_segments("PT_PHDR"))
        aux = {3: phdr, 4: 32, 5: elf["e_phnum"], 6: PAGE, 7: base, 9: elf["e_entry"]}
        self.map_pages(STACK_TOP - STACK_BYTES, STACK_BYTES)
        self.uc.reg_write(UC_ARM_REG_CPSR, 0x10)  # user mode, which has its own stack pointer
        self.uc.reg_write(UC_ARM_REG_SP, self.build_stack(path, argv, environ, aux))
        with suppress(ProgramExit):
            self.uc.emu_start(entry, 0)
        return Result(self.status, self.files["<stdout>"], self.files["<stderr>"], self.files, self.calls)

    def build_stack(self, path: str, argv: tuple[str, ...], environ: Mapping[str, str], aux: dict[int, int]) -> int:
        """Write strings and vectors below the stack's top; return the stack pointer."""
        at = STACK_TOP

        def push(text: str) -> int:
            nonlocal at
            at -= len(text.encode()) + 1
            self.uc.mem_write(at, text.encode() + b"\0")
            return at

        aux = aux | {15: push(path)}
        words = [len(argv), *[push(text) for text in argv], 0]
        words += [*[push(f"{name}={value}") for name, value in environ.items()], 0]
        words += [word for pair in aux.items() for word in pair] + [0, 0]
        sp = (at - 4 * len(words)) & ~7
        self.uc.mem_write(sp, struct.pack(f"<{len(words)}I", *words))
        return sp

    # System calls

    def trap(self) -> None:
        """Answer one system call: number in r7, result in r0 and r1, carry set for an error."""
        registers = [self.uc.reg_read(r) for r in (UC_ARM_REG_R0, UC_ARM_REG_R1, UC_ARM_REG_R2, UC_ARM_REG_R3)]
        stack = struct.unpack("<4I", self.uc.mem_read(self.uc.reg_read(UC_ARM_REG_SP), 16))
        name, handler = CALLS.get(self.uc.reg_read(UC_ARM_REG_R7), ("?", None))
        self.calls.append(name)
        flags = self.uc.reg_read(UC_ARM_REG_CPSR)
        try:
            value = handler(self, *registers, *stack) if handler else -errno.ENOSYS
        except OSError as error:
            value = -(error.errno or errno.EIO)
        failed = -4096 < value < 0
        self.uc.reg_write(UC_ARM_REG_R0, -value if failed else value & 0xFFFFFFFF)
        self.uc.reg_write(UC_ARM_REG_R1, (value >> 32) & 0xFFFFFFFF)
        self.uc.reg_write(UC_ARM_REG_CPSR, flags | CARRY if failed else flags & ~CARRY)

    def text(self, address: int) -> str:
        """Return the C string at an address."""
        data = b""
        while b"\0" not in data:
            data += bytes(self.uc.mem_read(address + len(data), 1))
        return data[:-1].decode()

    def sys_exit(self, status: int, *_: int) -> int:
        self.status = status
        raise ProgramExit(status)

    def sys_read(self, fd: int, address: int, size: int, *_: int) -> int:
        file = self.open[fd]
        if file.path == "/dev/zero":
            self.uc.mem_write(address, bytes(size))
            return size
        if file.path == "/dev/null":
            return 0
        if file.path == "/dev/bad":
            return -errno.EIO
        data = self.load(file.path)[file.offset : file.offset + size]
        self.uc.mem_write(address, data)
        file.offset += len(data)
        return len(data)

    def sys_write(self, fd: int, address: int, size: int, *_: int) -> int:
        file = self.open[fd]
        if file.path.startswith("/dev/"):
            return size
        if file.path.startswith("<"):
            file.offset = len(self.files[file.path])
        old = self.files.get(file.path, b"").ljust(file.offset, b"\0")
        data = bytes(self.uc.mem_read(address, size))
        self.files[file.path] = old[: file.offset] + data + old[file.offset + size :]
        file.offset += size
        return size

    def sys_open(self, path_address: int, flags: int, *_: int) -> int:
        path = self.text(path_address)
        exists = path in self.files or path.startswith("/dev/") or (self.root / path.lstrip("/")).is_file()
        if path == "/dev/missing" or (not exists and not flags & 0x200):
            return -errno.ENOENT
        if not exists or (flags & 0x400 and not path.startswith("/dev/")):
            self.files[path] = b""
        fd = next(n for n in range(100) if n not in self.open)
        self.open[fd] = Open(path)
        return fd

    def sys_close(self, fd: int, *_: int) -> int:
        del self.open[fd]
        return 0

    def sys_fstat(self, fd: int, address: int, *_: int) -> int:
        path = self.open[fd].path
        device = path.startswith(("/dev/", "<"))
        size = 0 if device else len(self.load(path))
        head = struct.pack("<IIHHIII", 1, 1, (S_IFCHR if device else S_IFREG) | 0o644, 1, 0, 0, 0)
        self.uc.mem_write(address, head + bytes(48) + struct.pack("<qqIIIi", size, 0, PAGE, 0, 0, 0) + bytes(16))
        return 0

    def sys_ioctl(self, fd: int, request: int, address: int, *_: int) -> int:
        if request == 0x4004667A and self.open[fd].path.startswith("/dev/"):
            self.uc.mem_write(address, struct.pack("<I", 8))
            return 0
        if self.open[fd].path not in ("/dev/pvctl", "/dev/dtrace/dtrace"):
            return -errno.ENOTTY
        self.ioctls.append((request, address))
        return self.answers[request].pop(0) if self.answers.get(request) else 0

    def sys_mmap(self, address: int, size: int, _prot: int, flags: int, fd: int, _pad: int, low: int, high: int) -> int:
        if size > 1 << 30:
            return -errno.ENOMEM
        data, start = b"", low | high << 32
        if not flags & MAP_ANON:
            data = self.load(self.open[fd].path)[start : start + ((size + PAGE - 1) & -PAGE)]
        if not flags & MAP_FIXED:
            address = self.next_map
            self.next_map += (size + PAGE - 1) & -PAGE
            self.mapped.append((address, size))
        self.map_pages(address, size, data)
        return address

    def sys_munmap(self, address: int, size: int, *_: int) -> int:
        self.uc.mem_unmap(address, (size + PAGE - 1) & -PAGE)
        return 0

    def sys_lseek(self, fd: int, _pad: int, low: int, high: int, whence: int, *_: int) -> int:
        file, offset = self.open[fd], low | high << 32
        if file.path.startswith("<"):
            return -errno.ESPIPE
        file.offset = offset + (0, file.offset, len(self.files.get(file.path, b"")))[whence]
        return file.offset

    def sys_pread(self, fd: int, address: int, size: int, _pad: int, low: int, *_: int) -> int:
        data = self.load(self.open[fd].path)[low : low + size]
        self.uc.mem_write(address, data)
        return len(data)

    def sys_ftruncate(self, fd: int, _pad: int, low: int, *_: int) -> int:
        path = self.open[fd].path
        self.files[path] = self.files[path][:low].ljust(low, b"\0")
        return 0

    def sys_clock_gettime(self, _clock: int, address: int, *_: int) -> int:
        self.clock_ns += 12_345_000
        self.uc.mem_write(address, struct.pack("<qii", self.clock_ns // 10**9, self.clock_ns % 10**9, 0))
        return 0

    def sys_fork(self, *_: int) -> int:
        return self.fork_result

    def sys_wait4(self, _pid: int, status: int, _options: int, rusage: int, *_: int) -> int:
        self.uc.mem_write(status, struct.pack("<i", self.child_status))
        if rusage:  # user 0.01 s, system 0.18 s, then 14 counters of which the fifth is minor faults
            times = struct.pack("<qi4xqi4x", 0, 10_000, 0, 180_000)
            self.uc.mem_write(rusage, times + struct.pack("<14i", 0, 0, 0, 0, 5120, *[0] * 7, 3, 4))
        return self.fork_result

    def sys_kill(self, pid: int, sig: int, *_: int) -> int:
        self.kills.append((pid, sig))
        return 0

    def sys_execve(self, *_: int) -> int:
        return -errno.ENOENT

    def sys_nothing(self, *_: int) -> int:
        return 0


CALLS: dict[int, tuple[str, Callable[..., int]]] = {
    1: ("exit", FakeKernel.sys_exit),
    2: ("fork", FakeKernel.sys_fork),
    3: ("read", FakeKernel.sys_read),
    4: ("write", FakeKernel.sys_write),
    5: ("open", FakeKernel.sys_open),
    6: ("close", FakeKernel.sys_close),
    7: ("wait4", FakeKernel.sys_wait4),
    37: ("kill", FakeKernel.sys_kill),
    54: ("ioctl", FakeKernel.sys_ioctl),
    59: ("execve", FakeKernel.sys_execve),
    73: ("munmap", FakeKernel.sys_munmap),
    189: ("fstat", FakeKernel.sys_fstat),
    232: ("clock_gettime", FakeKernel.sys_clock_gettime),
    240: ("nanosleep", FakeKernel.sys_nothing),
    253: ("issetugid", FakeKernel.sys_nothing),
    416: ("sigaction", FakeKernel.sys_nothing),
    475: ("pread", FakeKernel.sys_pread),
    477: ("mmap", FakeKernel.sys_mmap),
    478: ("lseek", FakeKernel.sys_lseek),
    480: ("ftruncate", FakeKernel.sys_ftruncate),
}
