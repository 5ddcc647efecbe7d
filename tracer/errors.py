# SPDX-License-Identifier: GPL-2.0-or-later
"""What can go wrong in the tracer; the message is what follows ``dtrace: `` on standard error.

TracerError
├── OptionError     a -x option or #pragma D option is unknown or has a bad value
├── ProbeError      a description that matches no probe
├── LoadError       the guest's kernel refused the program
├── WorkloadError   the traced command cannot be run
├── OutputError     standard output or the -o file cannot be written
└── DataError       a buffer, blob or table does not have the agreed layout
"""

from __future__ import annotations


class TracerError(Exception):
    """Base of every error the tracer reports to its user."""


class OptionError(TracerError):
    """An option is unknown, has a bad value, or is not available on this machine."""


class ProbeError(TracerError):
    """A probe description matches no probe."""


class LoadError(TracerError):
    """The guest's kernel refused the program."""


class WorkloadError(TracerError):
    """The traced command cannot be found, read or started."""


class OutputError(TracerError):
    """Standard output or the -o file cannot be written."""


class DataError(TracerError):
    """Bytes from the guest do not have the agreed layout (a fault of ours, not of the user's)."""
