# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's symbols by address and by name, as the host sees them.

The tracing code between ``dtrace_module_start`` and ``dtrace_module_end`` is module ``dtrace``, the rest
is ``kernel``. The made-up names the loader pads the guest's table with are not in here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sim.elf import STB_GLOBAL, STT_FUNC, STT_NOTYPE, STT_OBJECT, ElfSymbol


@dataclass(frozen=True)
class Symbol:
    """A function or object of the kernel; ``size`` is 0 if the file does not tell."""

    name: str
    address: int
    size: int
    module: str


class SymbolTable:
    """Symbols of one kernel file."""

    def __init__(self, symbols: Iterable[ElfSymbol], module: str = "kernel") -> None:
        entries = [entry for entry in symbols if _is_named(entry)]
        values = {entry.name: entry.value for entry in entries}
        start, end = values.get("dtrace_module_start", 0), values.get("dtrace_module_end", 0)
        entries.sort(key=lambda entry: (entry.value, entry.kind == STT_FUNC, entry.binding == STB_GLOBAL, entry.size))
        self._symbols = [
            Symbol(entry.name, entry.value, entry.size, "dtrace" if start <= entry.value < end else module)
            for entry in entries
        ]
        self._names = {symbol.name: symbol for symbol in self._symbols}
        self._starts = [symbol.address for symbol in self._symbols]

    def __iter__(self) -> Iterator[Symbol]:
        """Yield all symbols by address."""
        return iter(self._symbols)

    def find(self, address: int) -> Symbol | None:
        """Return the symbol that covers ``address``, or None; one without a size reaches to the next."""
        index = bisect_right(self._starts, address) - 1
        if index < 0:
            return None
        symbol = self._symbols[index]
        if symbol.size and address >= symbol.address + symbol.size:
            return None
        return symbol

    def find_name(self, name: str) -> Symbol | None:
        """Return the symbol of that name, or None."""
        return self._names.get(name)


def _is_named(entry: ElfSymbol) -> bool:
    defined = 0 < entry.shndx < 0xFF00 or entry.shndx == 0xFFF1
    return bool(entry.name) and entry.name[0] != "$" and defined and entry.kind in (STT_NOTYPE, STT_OBJECT, STT_FUNC)
