# SPDX-License-Identifier: GPL-2.0-or-later
"""One booted machine for all tests of the guest kernel, with the test program and odd files in its root."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim import build
from sim.config import load_config
from sim.hooks import ConsoleOutput, Done, ExecFailed
from sim.machine import Machine
from sim.request import Request

DD = "dd if=/dev/zero of=/dev/null bs=1m count=1 status=none"
# struct malloc_type of sys/malloc.h, and where its internals keep the counts
MALLOC_TYPE_BYTES, KS_HANDLE, MTS_NUMALLOCS = 16, 12, 24


@dataclass(frozen=True)
class Outcome:
    """What one request printed, its wait status, and all its events."""

    stdout: str
    stderr: str
    status: int
    events: list


class Guest:
    """A booted machine that runs commands and lets the kernel's own counts be read."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def run(self, command: str, seed: int = 1) -> Outcome:
        """Run one command line and return its outcome."""
        self.machine.submit(Request(tuple(command.split()), seed=seed))
        events = list(self.machine.events())
        text = {1: b"", 2: b""}
        for event in events:
            if isinstance(event, ConsoleOutput):
                text[event.fd] += event.data
        assert isinstance(events[-1], Done)
        return Outcome(text[1].decode("latin-1"), text[2].decode("latin-1"), events[-1].status, events)

    def words(self, name: str, count: int = 1, offset: int = 0) -> tuple[int, ...]:
        """Return 32-bit words of a kernel variable."""
        symbol = self.machine.symbols.find_name(name)
        assert symbol is not None
        return struct.unpack(f"<{count}I", self.machine.read_virtual(symbol.address + offset, 4 * count))

    def mallocs(self) -> dict[str, tuple[int, int]]:
        """Return (calls of malloc, calls of free) of every malloc type since boot."""
        found = {}
        for symbol in self.machine.symbols:
            if symbol.name.startswith("M_") and symbol.size == MALLOC_TYPE_BYTES:
                (internal,) = struct.unpack("<I", self.machine.read_virtual(symbol.address + KS_HANDLE, 4))
                found[symbol.name] = struct.unpack("<II", self.machine.read_virtual(internal + MTS_NUMALLOCS, 8))
        return found

    def leaks(self) -> dict[str, int]:
        """Return what grows if something is lost: processes, files, free pages, live mallocs."""
        found = {"processes": self.words("nprocs")[0], "files": self.words("openfiles")[0]}
        found["free pages"] = self.words("vm_cnt", 3)[2]
        return found | {name: calls - frees for name, (calls, frees) in self.mallocs().items()}


def build_test_program(folder: Path) -> bytes:
    """Link sim/guest/tests into one program against a copy of the built libc."""
    (folder / "lib").mkdir()
    shutil.copy(build.OUT / "root" / "lib" / "libc.so.7", folder / "lib")
    entry = {"path": "/host/kerntest", "sources": ["lib/csu/*", "tests/*.c"], "libs": ["/lib/libc.so.7"]}
    build.link_user("program", entry, folder)
    return (folder / "host" / "kerntest").read_bytes()


@pytest.fixture(scope="session")
def kerntest(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The test program's file."""
    build.build_user()
    return build_test_program(tmp_path_factory.mktemp("root"))


@pytest.fixture(scope="session")
def boot(kerntest: bytes) -> Callable[..., Guest]:
    """Boot a machine with more files in its root and other options: ``boot({"/host/x": data}, {"kernel.hz": 50})``."""

    def make(files: dict[str, bytes] | None = None, overrides: dict[str, object] | None = None) -> Guest:
        config = load_config(overrides={"noise.background": False, **(overrides or {})})
        machine = Machine(config, files={"/host/kerntest": kerntest, **(files or {})}, timed=False)
        machine.boot()
        return Guest(machine)

    return make


@pytest.fixture(scope="module")
def guest(boot: Callable[..., Guest]) -> Guest:
    """A booted machine; all tests of a module share it, one after the other."""
    return boot()


@pytest.fixture
def check(guest: Guest) -> Callable[[str], Outcome]:
    """Run one case of the test program and expect it to pass."""

    def run_case(case: str) -> Outcome:
        outcome = guest.run(f"/host/kerntest {case}")
        assert not any(isinstance(event, ExecFailed) for event in outcome.events)
        assert outcome.status == 0, outcome.stdout + outcome.stderr
        return outcome

    return run_case
