# SPDX-License-Identifier: GPL-2.0-or-later
"""The tracing framework: what turns a D program and a machine into printed data.

``Session.boot(config)`` boots a machine; ``Session.compile`` and ``Session.run`` trace a command on it;
``run(machine, command, text)`` does both at once; ``%load_ext tracer`` gives notebooks ``%%dtrace``. Modules are
imported when a name of theirs is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dscript import CompileError
    from tracer.consumer import AggregationEntry
    from tracer.enabling import Enabling
    from tracer.errors import DataError, LoadError, OptionError, OutputError, ProbeError, TracerError, WorkloadError
    from tracer.frames import Trace
    from tracer.machine import Machine
    from tracer.magic import load_ipython_extension
    from tracer.options import Options
    from tracer.registry import Probe, Registry
    from tracer.results import RunResult
    from tracer.session import Session, run
    from tracer.sink import Capture, Sink, Streams
    from tracer.stdstreams import abandon_output, open_closed_streams
    from tracer.workload import LECTURE_COMMAND, has_program

__all__ = [
    "LECTURE_COMMAND",
    "AggregationEntry",
    "Capture",
    "CompileError",
    "DataError",
    "Enabling",
    "LoadError",
    "Machine",
    "OptionError",
    "Options",
    "OutputError",
    "Probe",
    "ProbeError",
    "Registry",
    "RunResult",
    "Session",
    "Sink",
    "Streams",
    "Trace",
    "TracerError",
    "WorkloadError",
    "abandon_output",
    "has_program",
    "load_ipython_extension",
    "open_closed_streams",
    "run",
]

_MODULES = {
    "dscript": "CompileError",
    "tracer.consumer": "AggregationEntry",
    "tracer.enabling": "Enabling",
    "tracer.errors": "DataError LoadError OptionError OutputError ProbeError TracerError WorkloadError",
    "tracer.frames": "Trace",
    "tracer.machine": "Machine",
    "tracer.magic": "load_ipython_extension",
    "tracer.options": "Options",
    "tracer.registry": "Probe Registry",
    "tracer.results": "RunResult",
    "tracer.session": "Session run",
    "tracer.sink": "Capture Sink Streams",
    "tracer.stdstreams": "abandon_output open_closed_streams",
    "tracer.workload": "LECTURE_COMMAND has_program",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
