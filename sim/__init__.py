# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine: an emulated, cycle-accounted BeagleBone Black with our kernel on it.

``Machine(load_config())`` is the way in; events are the dataclasses of ``sim.hooks``. What brings in the emulator is
imported when it is first asked for: a compilation needs the kernel's types and symbols, but no machine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sim.config import DEFAULT_MACHINE, Config, list_machines, load_config, parse_noise, parse_override
from sim.errors import ConfigError, CoreError, GuestError, GuestHang, GuestPanic, LoadError, SimError
from sim.hooks import (
    Activity,
    BufferKind,
    BufferReady,
    ConsoleOutput,
    Done,
    Event,
    ExecFailed,
    GrabFailed,
    Loaded,
    Lost,
    Mapped,
    Mark,
    Rejected,
    Report,
)
from sim.kerneltypes import (
    VOID,
    Aggregate,
    Array,
    BaseType,
    Enumeration,
    KernelType,
    KernelTypes,
    Pointer,
    Qualified,
    Signature,
    Typedef,
    load_kernel_types,
)
from sim.loader import image_hash, load_symbols, root_paths
from sim.request import Request
from sim.symbols import Symbol, SymbolTable
from sim.userprogram import UserProgram

if TYPE_CHECKING:
    from sim.bench import BenchFigures, run_bench
    from sim.growth import GrowthFigures, run_growth
    from sim.machine import Machine

__all__ = [
    "DEFAULT_MACHINE",
    "VOID",
    "Activity",
    "Aggregate",
    "Array",
    "BaseType",
    "BenchFigures",
    "BufferKind",
    "BufferReady",
    "Config",
    "ConfigError",
    "ConsoleOutput",
    "CoreError",
    "Done",
    "Enumeration",
    "Event",
    "ExecFailed",
    "GrabFailed",
    "GrowthFigures",
    "GuestError",
    "GuestHang",
    "GuestPanic",
    "KernelType",
    "KernelTypes",
    "LoadError",
    "Loaded",
    "Lost",
    "Machine",
    "Mapped",
    "Mark",
    "Pointer",
    "Qualified",
    "Rejected",
    "Report",
    "Request",
    "Signature",
    "SimError",
    "Symbol",
    "SymbolTable",
    "Typedef",
    "UserProgram",
    "image_hash",
    "list_machines",
    "load_config",
    "load_kernel_types",
    "load_symbols",
    "parse_noise",
    "parse_override",
    "root_paths",
    "run_bench",
    "run_growth",
]

_LATER = {
    "BenchFigures": "sim.bench",
    "GrowthFigures": "sim.growth",
    "Machine": "sim.machine",
    "run_bench": "sim.bench",
    "run_growth": "sim.growth",
}


def __getattr__(name: str) -> object:
    """Imports a name of ``_LATER`` from its module."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_LATER[name]), name)
    globals()[name] = value
    return value
