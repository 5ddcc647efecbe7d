# SPDX-License-Identifier: GPL-2.0-or-later
"""Where output goes: what was traced, what the guest wrote, and messages for the user.

``Sink`` is the Protocol; ``Capture`` keeps everything in memory, ``Tee`` a copy; ``Streams`` writes to binary streams
in the order it is told, and flushes, so that lines appear as buffers are drained.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path
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

    def run(self, command: str) -> None:
        """Runs a command of the host's shell (system()) after all output so far."""

    def reopen(self, path: str) -> None:
        """Sends tracing output to the end of a file from here on (freopen()), "" to where it went at first.

        Raises OSError or ValueError if the file cannot be opened.
        """

    def truncate(self) -> None:
        """Empties the file that tracing output goes to, if it is one (ftruncate())."""


class Capture:
    """Keeps output in memory: ``output`` (traced), ``stdout`` and ``console`` (the guest's), ``messages``.

    ``files`` holds what freopen() sent elsewhere; system()'s commands are noted in ``commands``, not run.
    """

    def __init__(self) -> None:
        self.output = ""
        self.stdout = b""
        self.console = b""
        self.messages: list[str] = []
        self.files: dict[str, str] = {}
        self.commands: list[str] = []
        self._file = ""

    def trace(self, text: str) -> None:
        """Appends to ``output``, or to the file of freopen()."""
        if self._file:
            self.files[self._file] += text
        else:
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

    def run(self, command: str) -> None:
        """Appends to ``commands``."""
        self.commands.append(command)

    def reopen(self, path: str) -> None:
        """Appends to that entry of ``files`` from here on."""
        self._file = path
        if path:
            self.files.setdefault(path, "")

    def truncate(self) -> None:
        """Empties the entry of ``files``."""
        if self._file:
            self.files[self._file] = ""


class Tee:
    """Passes output on and keeps a copy: traced text, the guest's bytes with their descriptor, messages."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.output: list[str] = []
        self.guest_output: list[tuple[int, bytes]] = []
        self.messages: list[str] = []

    def trace(self, text: str) -> None:
        """Keeps and passes on."""
        self.output.append(text)
        self._sink.trace(text)

    def guest(self, fd: int, data: bytes) -> None:
        """Keeps and passes on."""
        self.guest_output.append((fd, data))
        self._sink.guest(fd, data)

    def message(self, text: str) -> None:
        """Keeps and passes on."""
        self.messages.append(text)
        self._sink.message(text)

    def run(self, command: str) -> None:
        """Passes on."""
        self._sink.run(command)

    def reopen(self, path: str) -> None:
        """Passes on."""
        self._sink.reopen(path)

    def truncate(self) -> None:
        """Passes on."""
        self._sink.truncate()

    def collect(self, *, stdout: bool) -> bytes:
        """Returns what the guest wrote to one of its outputs."""
        return b"".join(data for fd, data in self.guest_output if (fd == STDOUT_FD) is stdout)


class Streams:
    """Writes to binary streams; ``trace`` is the -o file or standard output.

    What cannot be written raises OutputError, or BrokenPipeError when the reader has gone; standard error is written
    to as well as it can be.
    """

    def __init__(self, out: BinaryIO, err: BinaryIO, trace: BinaryIO | None = None) -> None:
        self._out = out
        self._err = err
        self._first = out if trace is None else trace
        self._reopened: BinaryIO | None = None

    @property
    def _trace(self) -> BinaryIO:
        return self._first if self._reopened is None else self._reopened

    def trace(self, text: str) -> None:
        """Writes traced text; every byte of a traced string comes out as it was."""
        self._write(self._trace, text.encode("utf-8", "surrogateescape"))

    def guest(self, fd: int, data: bytes) -> None:
        """Writes the guest's bytes unchanged."""
        if fd == STDOUT_FD:
            self._write(self._out, data)
        else:
            self._complain(data)

    def message(self, text: str) -> None:
        """Writes one message line."""
        self._complain(f"dtrace: {text}\n".encode("utf-8", "surrogateescape"))

    def run(self, command: str) -> None:
        """Runs the command with the standard output that dtrace's own has become."""
        target = self._trace if self._first is self._out else self._out
        if "\0" in command:
            command = command[: command.index("\0")]
        with suppress(OSError):
            subprocess.run(["/bin/sh", "-c", command], stdout=target, check=False)

    def reopen(self, path: str) -> None:
        """Appends to another file from here on, "" to the first again."""
        opened = Path(path).open("ab", buffering=0) if path else None
        if self._reopened is not None:
            self._reopened.close()
        self._reopened = opened

    def truncate(self) -> None:
        """Empties the file; what is no file stays as it is."""
        with suppress(OSError, ValueError):
            os.ftruncate(self._trace.fileno(), 0)
            self._trace.seek(0)

    def close(self) -> None:
        """Closes what freopen() opened."""
        self.reopen("")

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
