# SPDX-License-Identifier: GPL-2.0-or-later
"""What the compiler asks about the machine: the ``TypeEnv`` Protocol and an instant fake of it.

The tracer answers with the guest's probe table and symbols; ``EmptyEnv`` knows nothing but accepts
every probe description, which is enough to compile for the reference interpreter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dscript.program import ProbeDescription


@dataclass(frozen=True)
class KernelSymbol:
    """A kernel variable: its address, size in bytes, and C type name if it is known (``int``, ``char *`` …)."""

    name: str
    address: int
    size: int = 4
    type_name: str | None = None


class TypeEnv(Protocol):
    """The questions a compilation asks."""

    def match(self, description: ProbeDescription) -> Sequence[int]:
        """The ids of the probes that the description matches, in order; empty if none."""
        ...

    def find_symbol(self, name: str, module: str | None = None) -> KernelSymbol | None:
        """The kernel symbol `name (of one module if given), or None."""
        ...


class EmptyEnv:
    """An environment with every probe (each description gets the next number) and no symbols."""

    def __init__(self, symbols: Sequence[KernelSymbol] = ()) -> None:
        self._symbols = {symbol.name: symbol for symbol in symbols}
        self._ids: dict[str, int] = {}

    def match(self, description: ProbeDescription) -> Sequence[int]:
        """One invented id for each different description."""
        if description.id is not None:
            return [description.id]
        return [self._ids.setdefault(str(description), len(self._ids) + 1)]

    def find_symbol(self, name: str, module: str | None = None) -> KernelSymbol | None:
        """A symbol given to the constructor."""
        return self._symbols.get(name) if module in (None, "kernel") else None
