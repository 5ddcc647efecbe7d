# SPDX-License-Identifier: GPL-2.0-or-later
"""Python's view of the native core (sim/core/api.c): one ``Core`` is one machine's CPU, RAM and devices.

Parameters are set by name, counters come back by name, RAM is a writable memoryview. Nothing here is on
a hot path: ``run()`` stays in C until the slice is over or the host is needed.
"""

from __future__ import annotations

import ctypes as ct
import importlib.util
from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from pathlib import Path

from sim.errors import CoreError

LIBRARY = Path(__file__).resolve().parent / "_build" / "libprobecore.so"
REGISTERS = (*(f"r{i}" for i in range(13)), "sp", "lr", "pc", "cpsr")


class Stop(IntEnum):
    """Why ``Core.run`` came back; mirrors enum stop in core.h."""

    NONE = 0
    SLICE = 1
    EVENT = 2
    CONSOLE = 3
    HANG = 4
    ERROR = 5


_FUNCTIONS: dict[str, tuple[object, list[object]]] = {
    "pc_new": (ct.c_void_p, []),
    "pc_set": (ct.c_bool, [ct.c_void_p, ct.c_char_p, ct.c_int64]),
    "pc_parameter": (ct.c_char_p, [ct.c_uint32]),
    "pc_open": (ct.c_bool, [ct.c_void_p]),
    "pc_close": (None, [ct.c_void_p]),
    "pc_reset": (None, [ct.c_void_p, ct.c_uint32, ct.c_uint32]),
    "pc_watch_text": (None, [ct.c_void_p, ct.c_uint32, ct.c_uint32, ct.c_uint32]),
    "pc_run": (ct.c_int, [ct.c_void_p, ct.c_uint64]),
    "pc_ram": (ct.c_void_p, [ct.c_void_p]),
    "pc_error": (ct.c_char_p, [ct.c_void_p]),
    "pc_event": (ct.c_bool, [ct.c_void_p, ct.c_void_p]),
    "pc_console_take": (ct.c_uint32, [ct.c_void_p, ct.c_void_p, ct.c_void_p]),
    "pc_console_bytes": (ct.c_uint32, []),
    "pc_input": (ct.c_uint32, [ct.c_void_p, ct.c_char_p, ct.c_uint32]),
    "pc_interrupt": (None, [ct.c_void_p]),
    "pc_translate": (ct.c_bool, [ct.c_void_p, ct.c_uint32, ct.c_void_p]),
    "pc_registers": (None, [ct.c_void_p, ct.c_void_p]),
    "pc_test_cache": (ct.c_bool, [ct.c_uint64, ct.c_uint64, ct.c_void_p, ct.c_uint32, ct.c_void_p]),
    "pc_test_tlb": (None, [ct.c_uint32, ct.c_void_p, ct.c_uint32, ct.c_void_p]),
    "pc_test_predictor": (ct.c_bool, [ct.c_void_p, ct.c_void_p, ct.c_uint32, ct.c_void_p]),
    "pc_test_memory": (None, [ct.c_void_p, ct.c_void_p, ct.c_uint32, ct.c_void_p]),
    "pc_test_exhaust": (None, [ct.c_void_p]),
    "pc_test_schedule": (ct.c_uint32, [ct.c_void_p, ct.c_void_p, ct.c_uint32]),
    "pc_counters": (None, [ct.c_void_p, ct.c_void_p]),
    "pc_counter_name": (ct.c_char_p, [ct.c_uint32]),
}


def find_unicorn() -> Path:
    """Return the unicorn package's shared library without importing the package."""
    spec = importlib.util.find_spec("unicorn")
    if spec is None or spec.origin is None:
        raise CoreError("the unicorn package is not installed; pip install unicorn")
    found = sorted((Path(spec.origin).parent / "lib").glob("libunicorn.so*"))
    if not found:
        raise CoreError(f"no libunicorn.so in {Path(spec.origin).parent / 'lib'}")
    return found[0]


@cache
def library(path: Path = LIBRARY) -> ct.CDLL:
    """Load the core; unicorn's library goes first so that the core's references find it."""
    if not path.exists():
        raise CoreError(f"{path} is not built; run python -m sim.build core")
    ct.CDLL(str(find_unicorn()))
    lib = ct.CDLL(str(path))
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    return lib


def _names(function: ct._NamedFuncPointer) -> tuple[str, ...]:
    names: list[str] = []
    while (name := function(len(names))) is not None:
        names.append(name.decode())
    return tuple(names)


@cache
def parameter_names() -> tuple[str, ...]:
    """Return the names of all parameters the core takes."""
    return _names(library().pc_parameter)


@cache
def counter_names() -> tuple[str, ...]:
    """Return the names of the core's counters in their order."""
    return _names(library().pc_counter_name)


class Core:
    """One native machine; ``parameters`` must name every parameter of params.def."""

    def __init__(self, parameters: Mapping[str, int]) -> None:
        self._lib = library()
        self._handle = self._lib.pc_new()
        if missing := set(parameter_names()) - set(parameters):
            raise CoreError(f"core parameters not given: {', '.join(sorted(missing))}")
        for name, value in parameters.items():
            if not self._lib.pc_set(self._handle, name.encode(), value):
                raise CoreError(f"the core has no parameter {name}")
        if not self._lib.pc_open(self._handle):
            raise CoreError(self.error())
        self._ram_base = parameters["ram.base"]
        kind = ct.c_uint8 * parameters["ram.bytes"]
        self._ram = memoryview(kind.from_address(self._lib.pc_ram(self._handle))).cast("B")
        self._console = ct.create_string_buffer(self._lib.pc_console_bytes())

    def close(self) -> None:
        """Give the machine's memory back; the object must not be used afterwards."""
        if self._handle:
            self._ram.release()
            self._lib.pc_close(self._handle)
            self._handle = None

    def reset(self, pc: int, r2: int) -> None:
        """Power on at physical address ``pc`` with the boot information's address in r2."""
        self._lib.pc_reset(self._handle, pc, r2)

    def watch_text(self, va: int, pa: int, count: int) -> None:
        """Tell the core where kernel text lies, to find its cache and TLB maintenance instructions."""
        self._lib.pc_watch_text(self._handle, va, pa, count)

    def run(self, slice_cycles: int) -> Stop:
        """Run for about ``slice_cycles`` cycles and return why it stopped."""
        return Stop(self._lib.pc_run(self._handle, slice_cycles))

    def error(self) -> str:
        """Return what the core has to say after Stop.ERROR."""
        return str(self._lib.pc_error(self._handle).decode())

    def take_event(self) -> tuple[int, tuple[int, ...]] | None:
        """Return the next event's number and its eight arguments, or None."""
        words = (ct.c_uint32 * 9)()
        return (words[0], tuple(words[1:])) if self._lib.pc_event(self._handle, words) else None

    def take_console(self) -> tuple[int, bytes] | None:
        """Return the next run of output as (fd, bytes), or None."""
        fd = ct.c_uint32()
        count = self._lib.pc_console_take(self._handle, self._console, ct.byref(fd))
        return (fd.value, ct.string_at(self._console, count)) if count else None

    def feed_input(self, data: bytes) -> int:
        """Queue terminal input for UART1 and return how many bytes fitted."""
        return int(self._lib.pc_input(self._handle, data, len(data)))

    def interrupt(self) -> None:
        """Raise the control device's interrupt: the host's user asks to stop."""
        self._lib.pc_interrupt(self._handle)

    def find_physical(self, va: int) -> int | None:
        """Return the physical address of ``va`` under the current page tables, or None."""
        pa = ct.c_uint32()
        return pa.value if self._lib.pc_translate(self._handle, va, ct.byref(pa)) else None

    def memory(self, pa: int, count: int) -> memoryview:
        """Return RAM from physical address ``pa`` as a writable view; raises CoreError outside RAM."""
        start = pa - self._ram_base
        if start < 0 or count < 0 or start + count > len(self._ram):
            raise CoreError(f"physical address 0x{pa:08x}+{count} is not in RAM")
        return self._ram[start : start + count]

    def registers(self) -> dict[str, int]:
        """Return r0 to pc and cpsr by name."""
        words = (ct.c_uint32 * len(REGISTERS))()
        self._lib.pc_registers(self._handle, words)
        return dict(zip(REGISTERS, words, strict=True))

    def counters(self) -> dict[str, int]:
        """Return all counters by name."""
        names = counter_names()
        words = (ct.c_uint64 * len(names))()
        self._lib.pc_counters(self._handle, words)
        return dict(zip(names, words, strict=True))
