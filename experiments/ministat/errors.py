# SPDX-License-Identifier: GPL-2.0-or-later
"""The one error of this package: a message as ministat prints it, and the exit status.

MinistatError
└── UsageError    the message is followed by the usage text
"""

from __future__ import annotations


class MinistatError(Exception):
    """ministat gives up: ``str(error)`` goes to standard error, ``status`` is the exit status."""

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


class UsageError(MinistatError):
    """The command line is wrong."""
