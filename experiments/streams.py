# SPDX-License-Identifier: GPL-2.0-or-later
"""The standard streams of a command: what cannot be written is one line on standard error, never a traceback.

``guard("probelab", body)`` runs a command: a reader that has gone ends it quietly (status 141, as SIGPIPE would), a
full disk or a closed standard output with a message, ^C with status 130. ``write`` and ``complain`` print everything.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from experiments.errors import OutputError

FAILURE, INTERRUPTED, READER_GONE = 1, 130, 141
_STDIN, _STDOUT, _STDERR = 0, 1, 2


def guard(program: str, body: Callable[[], int]) -> int:
    """Return the status of ``body``, or of its failure to write; what it raises otherwise is raised."""
    open_closed_streams()
    try:
        try:
            return body()
        finally:
            write("")
    except BrokenPipeError:
        _abandon_output()
        return READER_GONE
    except OutputError as error:
        _abandon_output()
        complain(f"{program}: {error}\n")
        return FAILURE
    except KeyboardInterrupt:
        _abandon_output()
        return INTERRUPTED


def write(text: str) -> None:
    """Print on standard output, at once; bytes of a file's name pass unchanged. Raises OutputError, BrokenPipeError."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write to standard output: {error.strerror}") from None


def complain(text: str) -> None:
    """Print on standard error, as well as that can be done."""
    with suppress(OSError, ValueError):
        sys.stderr.buffer.write(text.encode("utf-8", "surrogateescape"))
        sys.stderr.flush()


def open_closed_streams() -> None:
    """Give a closed standard stream a file, so that no other file takes its number.

    Standard input is then empty, standard error goes nowhere, and writing to standard output fails as it should.
    """
    for number, mode in ((_STDIN, os.O_RDONLY), (_STDOUT, os.O_RDONLY), (_STDERR, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, mode)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
    if sys.stdin is None:
        sys.stdin = open(_STDIN, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(_STDOUT, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # as long as the process
    if sys.stderr is None:
        sys.stderr = open(_STDERR, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # as long as the process


def _abandon_output() -> None:
    """Point standard output at nothing, so that the interpreter's last flush has no complaint."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
