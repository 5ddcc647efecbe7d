# SPDX-License-Identifier: GPL-2.0-or-later
"""What every printing function needs to know: who names addresses, and the options in force.

Options may change while records are printed (setopt()), so they are asked for each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracer.machine import NO_USERS, Symbols, UserSymbols
from tracer.options import Options


@dataclass
class Context:
    """The kernel's symbols, the processes' symbols, and the options."""

    symbols: Symbols
    options: Options
    users: UserSymbols = field(default=NO_USERS)
    target: int = 0  # the process that %A's bare addresses belong to ($target)

    @property
    def quiet(self) -> bool:
        """True if only what is traced explicitly is printed."""
        return self.options.flag("quiet")

    @property
    def raw(self) -> bool:
        """True if strings are dumped as bytes."""
        return self.options.flag("rawbytes")

    @property
    def stack_indent(self) -> int:
        """Columns before each frame of a stack."""
        return self.options.number("stackindent")

    @property
    def zoom(self) -> bool:
        """True if histograms are scaled to their highest bar."""
        return self.options.flag("aggzoom")

    @property
    def blocks(self) -> bool:
        """True if bars are drawn in block characters: only if the encoding was asked for."""
        return self.options.word("encoding") == "utf8"
