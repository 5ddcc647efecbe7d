# SPDX-License-Identifier: GPL-2.0-or-later
"""DTrace's fault numbers (DTRACEFLT_*), as the ERROR probe's arg4 carries them."""

from __future__ import annotations

from enum import IntEnum


class Fault(IntEnum):
    """Why a program was stopped."""

    UNKNOWN = 0
    BADADDR = 1
    BADALIGN = 2
    ILLOP = 3
    DIVZERO = 4
    NOSCRATCH = 5
    KPRIV = 6
    UPRIV = 7
    TUPOFLOW = 8
    BADSTACK = 9
