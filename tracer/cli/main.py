# SPDX-License-Identifier: GPL-2.0-or-later
"""``dtrace``: reads the command line, boots the machine, compiles, then lists or runs.

``main`` returns the exit status: 0, 1 for anything that failed, 2 for a command line that cannot be read, or what
the D program's exit() says. Expected errors are one ``dtrace: …`` line; what was printed before them stays printed.
The compiler and the machine are imported when they are needed, so that help is instant and ^C is always quiet.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

from tracer.cli.flags import CommandLine, RefusedError, UsageError, parse_command_line
from tracer.cli.usage import SYNOPSIS, USAGE
from tracer.errors import OutputError, TracerError
from tracer.stdstreams import abandon_output, open_closed_streams

if TYPE_CHECKING:
    from tracer.cli.job import Job

VERSION = "dtrace: Sun D 1.13 (probelab 0.1.0)\n"
FAILURE, USAGE_FAILURE, INTERRUPTED = 1, 2, 130


def _complain(text: str) -> None:
    """Writes to standard error, as well as that can be done."""
    with suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()


def _write(text: str) -> None:
    """Writes to standard output at once."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"failed to write to standard output: {error.strerror}") from error


@contextmanager
def _interruptible(job: Job) -> Iterator[None]:
    """Lets ^C (and SIGTERM) end the trace, not the process; a second one gives up. What is ignored stays ignored."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        if not job.interrupt():
            raise KeyboardInterrupt

    previous = {}
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) != signal.SIG_IGN:
                previous[number] = signal.signal(number, handle)
    except ValueError:  # not the main thread: leave signals alone
        yield
        return
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _run(line: CommandLine) -> int:
    """Does what the command line asks and returns the exit status."""
    from tracer.cli.job import Job
    from tracer.sink import Streams

    streams = Streams(sys.stdout.buffer, sys.stderr.buffer)
    try:
        job = Job(line, streams)
        with _interruptible(job):
            return job.run()
    except (TracerError, OSError):
        raise
    except Exception as error:
        from dscript import DScriptError
        from sim import SimError

        if isinstance(error, DScriptError | SimError):
            raise TracerError(str(error)) from error
        raise
    finally:
        streams.close()


def _describe(error: Exception) -> str:
    """Returns an expected error's text."""
    if isinstance(error, OSError):
        return f"failed to open {error.filename}: {error.strerror}" if error.filename else str(error.strerror)
    return str(error)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        open_closed_streams()
        line = parse_command_line(arguments)
        if line.help or line.version:
            _write(USAGE if line.help else VERSION)
            return 0
        if not arguments:
            raise UsageError("no probes specified")
        return _run(line)
    except UsageError as error:
        _complain(f"dtrace: {error}\n{SYNOPSIS}")
        return USAGE_FAILURE
    except RefusedError as error:
        _complain(f"dtrace: {error}\n")
        return USAGE_FAILURE
    except BrokenPipeError:
        abandon_output()
        return 0
    except (TracerError, OSError) as error:
        if isinstance(error, OutputError):
            abandon_output()
        _complain(f"dtrace: {_describe(error)}\n")
        return FAILURE
    except KeyboardInterrupt:
        abandon_output()
        return INTERRUPTED
