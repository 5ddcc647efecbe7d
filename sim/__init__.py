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
    GrabFailed,
    Loaded,
    Lost,
    Mapped,
    Mark,
    Rejected,
    Report,
)
from sim.loader import image_hash, root_paths
from sim.machine import Machine
from sim.request import Request
from sim.symbols import Symbol, SymbolTable

__all__ = [
    "DEFAULT_MACHINE",
    "Activity",
    "BenchFigures",
    "BufferKind",
    "BufferReady",
    "Config",
    "ConfigError",
    "ConsoleOutput",
    "CoreError",
    "Done",
    "Event",
    "ExecFailed",
    "GrabFailed",
    "GuestError",
    "GuestHang",
    "GuestPanic",
    "LoadError",
    "Loaded",
    "Lost",
    "Machine",
    "Mapped",
    "Mark",
    "Rejected",
    "Report",
    "Request",
    "SimError",
    "Symbol",
    "SymbolTable",
    "image_hash",
    "list_machines",
    "load_config",
    "parse_override",
    "root_paths",
    "run_bench",
]
