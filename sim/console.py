# SPDX-License-Identifier: GPL-2.0-or-later
"""The last lines of the guest's console, kept for error messages."""

from __future__ import annotations

LIMIT = 2000


class ConsoleTail:
    """Remembers the end of what was written to the console (fd 2)."""

    def __init__(self) -> None:
        self._data = b""

    def add(self, fd: int, data: bytes) -> None:
        """Take output of either descriptor; only the console's is kept."""
        if fd == 2:
            self._data = (self._data + data)[-LIMIT:]

    def text(self) -> str:
        """Return the kept output, starting at a line's start if some was dropped."""
        kept = self._data
        if len(kept) == LIMIT:
            kept = kept.partition(b"\n")[2]
        return kept.decode("utf-8", "replace")
