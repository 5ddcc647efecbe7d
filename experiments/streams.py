# SPDX-License-Identifier: GPL-2.0-or-later
"""The standard streams of a command: what cannot be written is one line on standard error, never a traceback.

``guard("probelab", body)`` runs a command: a reader that has gone ends it quietly (status 141, as SIGPIPE would), a
full disk or a closed standard output with a message, ^C with status 130. ``write`` and ``complain`` print everything.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress

from experiments.errors import OutputError
from tracer import abandon_output, open_closed_streams

FAILURE, INTERRUPTED, READER_GONE = 1, 130, 141


def guard(program: str, body: Callable[[], int]) -> int:
    """Return the status of ``body``, or of its failure to write; what it raises otherwise is raised."""
    open_closed_streams()
    try:
        try:
            return body()
        finally:
            write("")
    except BrokenPipeError:
        abandon_output()
        return READER_GONE
    except OutputError as error:
        abandon_output()
        complain(f"{program}: {error}\n")
        return FAILURE
    except KeyboardInterrupt:
        abandon_output()
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
