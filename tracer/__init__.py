# SPDX-License-Identifier: GPL-2.0-or-later
"""The tracing framework: what turns a D program and a machine into printed data.

``Session.boot(config)`` boots a machine; ``Session.compile`` and ``Session.run`` trace a command on it;
``run(machine, command, text)`` does both at once.
"""

from dscript import CompileError
from tracer.consumer import AggregationEntry
from tracer.enabling import Enabling
from tracer.errors import DataError, LoadError, OptionError, ProbeError, TracerError, WorkloadError
from tracer.machine import Machine
from tracer.options import Options
from tracer.registry import Probe, Registry
from tracer.results import RunResult
from tracer.session import Session, run
from tracer.sink import Capture, Sink, Streams
from tracer.workload import LECTURE_COMMAND

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
    "Probe",
    "ProbeError",
    "Registry",
    "RunResult",
    "Session",
    "Sink",
    "Streams",
    "TracerError",
    "WorkloadError",
    "run",
]
