# SPDX-License-Identifier: GPL-2.0-or-later
"""What can go wrong with the machine.

SimError
├── ConfigError       a machine file or an override is wrong
├── LoadError         kernel, root file or request does not fit or is malformed
├── CoreError         the native core is missing or failed
└── GuestError        the guest got into trouble
    ├── GuestPanic    the kernel panicked
    └── GuestHang     the guest waits for an interrupt that nothing will raise
"""

from __future__ import annotations


class SimError(Exception):
    """Base of everything this package raises on purpose."""


class ConfigError(SimError):
    """A machine file or an override is wrong; the text names file, key, value and what was expected."""


class LoadError(SimError):
    """Kernel, root file or request is malformed or does not fit into the guest."""


class CoreError(SimError):
    """The native core is missing or met something it cannot emulate."""


class GuestError(SimError):
    """The guest got into trouble; ``console`` is the end of what it printed."""

    def __init__(self, message: str, console: str = "") -> None:
        super().__init__(message)
        self.console = console


class GuestPanic(GuestError):  # noqa: N818 - named for what happened in the guest
    """The guest kernel panicked; the text is its message."""


class GuestHang(GuestError):  # noqa: N818 - named for what happened in the guest
    """The guest waits for an interrupt that nothing will raise."""
