# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's functions called one by one on a bare CPU, and a booted machine with a hostile program on it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from unicorn import UC_ARCH_ARM, UC_MODE_ARM, Uc
from unicorn import arm_const as arm

import sim
from sim import build
from sim.elf import parse_elf
from sim.hooks import ConsoleOutput, Report

HERE = Path(__file__).parent
STOP = 0x1000
STACK = 0x20000
SCRATCH = 0x40000
HOSTILE_FLAGS = (
    "-target", "arm-linux-musleabi", "-mcpu=cortex_a8", "-marm", "-mfloat-abi=soft", "-nostdlib", "-static",
    "-ffreestanding", "-fno-builtin", "-O1", "-fno-sanitize=all", "-fno-stack-protector", "-Wl,--build-id=none",
)  # fmt: skip


class BareKernel:
    """The kernel's text and data at their addresses without MMU or devices: pure functions can be called."""

    def __init__(self, path: Path):
        elf = parse_elf(path.read_bytes(), str(path))
        self.symbols = {symbol.name: symbol.value for symbol in elf.symbols}
        self.uc = Uc(UC_ARCH_ARM, UC_MODE_ARM)
        self.uc.mem_map(0, 1 << 20)
        self.uc.mem_map(0xC0000000, 16 << 20)
        for segment in elf.segments:
            self.uc.mem_write(segment.vaddr, bytes(segment.data))

    def call(self, name: str, *args: int) -> int:
        """Call a function with 32-bit arguments and return r1:r0."""
        spill = args[4:]
        sp = STACK - 8 * ((len(spill) + 1) // 2)
        self.uc.mem_write(sp, b"".join(struct.pack("<I", word & 0xFFFFFFFF) for word in spill))
        for number, word in enumerate(args[:4]):
            self.uc.reg_write(arm.UC_ARM_REG_R0 + number, word & 0xFFFFFFFF)
        self.uc.reg_write(arm.UC_ARM_REG_SP, sp)
        self.uc.reg_write(arm.UC_ARM_REG_LR, STOP)
        self.uc.emu_start(self.symbols[name], STOP)
        return self.reg(0) | self.reg(1) << 32

    def reg(self, number: int) -> int:
        """Return a register."""
        return self.uc.reg_read(arm.UC_ARM_REG_R0 + number)

    def write(self, data: bytes, at: int = SCRATCH) -> int:
        """Write into scratch memory and return the address."""
        self.uc.mem_write(at, data)
        return at

    def read(self, at: int, count: int) -> bytes:
        """Return bytes of memory."""
        return bytes(self.uc.mem_read(at, count))

    def read_string(self, at: int) -> bytes:
        """Return the bytes up to a NUL."""
        return self.read(at, 4096).split(b"\0")[0]


@pytest.fixture(scope="session")
def kernel_path() -> Path:
    """The built kernel."""
    path = build.OUT / "kernel"
    if not path.is_file():
        build.build_kernel()
    return path


@pytest.fixture(scope="session")
def bare(kernel_path: Path) -> BareKernel:
    """The kernel's functions."""
    return BareKernel(kernel_path)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The hostile program, compiled."""
    target = tmp_path_factory.mktemp("hostile") / "hostile"
    build.zig("cc", *HOSTILE_FLAGS, str(HERE / "hostile.c"), "-o", str(target))
    return target.read_bytes()


class Guest:
    """One booted machine; requests follow each other on it."""

    def __init__(self, hostile: bytes):
        self.machine = sim.Machine(sim.load_config(), files={"/host/hostile": hostile}, timed=False)
        self.machine.boot()

    def run(self, *argv: str) -> tuple[int, bytes]:
        """Run a command; return its wait status and what the consoles said."""
        self.machine.submit(sim.Request(argv=("time", *argv), seed=1))
        status, said = -1, b""
        for event in self.machine.events():
            if isinstance(event, ConsoleOutput):
                said += event.data
            elif isinstance(event, Report):
                status = event.status
        return status, said

    def free_pages(self) -> int:
        """Return vm_cnt.v_free_count."""
        symbol = self.machine.symbols.find_name("vm_cnt")
        return struct.unpack_from("<I", self.machine.read_virtual(symbol.address + 8, 4))[0]


@pytest.fixture(scope="module")
def guest(kernel_path: Path, hostile: bytes):
    """A booted machine with /host/hostile in its root."""
    guest = Guest(hostile)
    yield guest
    guest.machine.close()
