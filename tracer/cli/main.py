# SPDX-License-Identifier: GPL-2.0-or-later
"""``dtrace``: reads the command line, boots the machine, compiles, then lists or runs.

``main`` returns the exit status: 0, 1 for anything that failed, 2 for a command line that cannot be read, or what
the D program's exit() says. Expected errors are one ``dtrace: …`` line; what was printed before them stays printed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from dscript import CompileError, DScriptError
from sim import SimError
from tracer.cli.job import Job
from tracer.cli.usage import USAGE, CommandLine, UsageError, parse_command_line
from tracer.errors import TracerError
from tracer.sink import Streams

VERSION = "dtrace: probelab 0.1.0, D language 1.13\n"
FAILURE, USAGE_FAILURE, INTERRUPTED = 1, 2, 130


def _say(text: str) -> None:
    sys.stderr.write(f"dtrace: {text}\n")
    sys.stderr.flush()


@contextmanager
def _interruptible(job: Job) -> Iterator[None]:
    """Lets ^C end the trace, not the process; a second ^C gives up."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        if not job.interrupt():
            raise KeyboardInterrupt

    try:
        previous = signal.signal(signal.SIGINT, handle)
    except ValueError:  # not the main thread: leave signals alone
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


def _run(line: CommandLine) -> int:
    """Does what the command line asks and returns the exit status."""
    trace = open(line.output, "ab") if line.output else None  # noqa: SIM115  # closed below
    try:
        sys.stdout.flush()
        job = Job(line, Streams(sys.stdout.buffer, sys.stderr.buffer, trace))
        with _interruptible(job):
            return job.run()
    finally:
        if trace is not None:
            trace.close()


def _describe(error: Exception) -> str:
    """Returns an expected error's text."""
    if isinstance(error, CompileError):
        return error.message()
    if isinstance(error, OSError):
        return f"failed to open {error.filename}: {error.strerror}" if error.filename else str(error.strerror)
    return str(error)


def _quiet_pipe() -> None:
    """Points standard output at nothing, so that the interpreter's last flush has no complaint."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        line = parse_command_line(arguments)
        if line.help or line.version:
            sys.stdout.write(USAGE if line.help else VERSION)
            return 0
        if not arguments:
            raise UsageError("no probes specified")
        return _run(line)
    except UsageError as error:
        _say(str(error))
        sys.stderr.write(USAGE)
        return USAGE_FAILURE
    except BrokenPipeError:
        _quiet_pipe()
        return 0
    except (TracerError, DScriptError, SimError, OSError) as error:
        _say(_describe(error))
        return FAILURE
    except KeyboardInterrupt:
        return INTERRUPTED
