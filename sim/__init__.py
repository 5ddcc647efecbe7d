# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine: an emulated, cycle-accounted BeagleBone Black with our kernel on it.

``Machine(load_config())`` is the way in; events are the dataclasses of ``sim.hooks``.
"""

from __future__ import annotations

from sim.bench import BenchFigures, run_bench
from sim.config import DEFAULT_MACHINE, Config, list_machines, load_config, parse_override
from sim.errors import ConfigError, CoreError, GuestError, GuestHang, GuestPanic, LoadError, SimError
from sim.hooks import (
    Activity,
    BufferKind,
    BufferReady,
    ConsoleOutput,
    Done,
    Event,
    ExecFailed,
    Loaded,
    Lost,
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
from sim.machine import Machine
from sim.request import Request
from sim.symbols import Symbol, SymbolTable

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
    "GuestError",
    "GuestHang",
    "GuestPanic",
    "KernelType",
    "KernelTypes",
    "LoadError",
    "Loaded",
    "Lost",
    "Machine",
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
    "image_hash",
    "list_machines",
    "load_config",
    "load_kernel_types",
    "load_symbols",
    "parse_override",
    "root_paths",
    "run_bench",
]
