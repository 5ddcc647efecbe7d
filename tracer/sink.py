# SPDX-License-Identifier: GPL-2.0-or-later
"""Where output goes: what was traced, what the guest wrote, and messages for the user.

``Sink`` is the Protocol; ``Capture`` keeps everything in memory, ``Streams`` writes to binary streams in the order
it is told, and flushes, so that lines appear as buffers are drained.
"""

from __future__ import annotations

from contextlib import suppress
from typing import BinaryIO, Protocol

from tracer.errors import OutputError

STDOUT_FD = 1


class Sink(Protocol):
    """Takes output in order."""

    def trace(self, text: str) -> None:
        """Takes tracing output: rows, formatted text, aggregations."""

    def guest(self, fd: int, data: bytes) -> None:
        """Takes what the guest wrote: ``fd`` 1 for a user program's standard output, 2 for the console."""

    def message(self, text: str) -> None:
        """Takes a remark or an error for standard error; ``dtrace: `` is put before it."""


class Capture:
    """Keeps output in memory: ``output`` (traced), ``stdout`` and ``console`` (the guest's), ``messages``."""

    def __init__(self) -> None:
        self.output = ""
        self.stdout = b""
        self.console = b""
        self.messages: list[str] = []

    def trace(self, text: str) -> None:
        """Appends to ``output``."""
        self.output += text

    def guest(self, fd: int, data: bytes) -> None:
        """Appends to ``stdout`` or ``console``."""
        if fd == STDOUT_FD:
            self.stdout += data
        else:
            self.console += data

    def message(self, text: str) -> None:
        """Appends to ``messages``."""
        self.messages.append(text)


class Streams:
    """Writes to binary streams; ``trace`` is the -o file or standard output.

    What cannot be written raises OutputError, or BrokenPipeError when the reader has gone; standard error is written
    to as well as it can be.
    """

    def __init__(self, out: BinaryIO, err: BinaryIO, trace: BinaryIO | None = None) -> None:
        self._out = out
        self._err = err
        self._trace = out if trace is None else trace

    def trace(self, text: str) -> None:
        """Writes traced text."""
        self._write(self._trace, text.encode("utf-8", "backslashreplace"))

    def guest(self, fd: int, data: bytes) -> None:
        """Writes the guest's bytes unchanged."""
        if fd == STDOUT_FD:
            self._write(self._out, data)
        else:
            self._complain(data)

    def message(self, text: str) -> None:
        """Writes one message line."""
        self._complain(f"dtrace: {text}\n".encode("utf-8", "backslashreplace"))

    def _complain(self, data: bytes) -> None:
        with suppress(OSError):
            self._err.write(data)
            self._err.flush()

    def _write(self, stream: BinaryIO, data: bytes) -> None:
        try:
            stream.write(data)
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            name = "standard output" if stream is self._out else "the output file"
            raise OutputError(f"failed to write to {name}: {error.strerror}") from error
