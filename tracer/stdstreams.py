# SPDX-License-Identifier: GPL-2.0-or-later
"""The three standard streams of a process, when one is closed or its reader has gone.

``open_closed_streams()`` comes first in a command, ``abandon_output()`` last, when standard output failed.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_STDIN, _STDOUT, _STDERR = 0, 1, 2


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


def abandon_output() -> None:
    """Point standard output at nothing, so that the interpreter's last flush has no complaint."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
