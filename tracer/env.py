# SPDX-License-Identifier: GPL-2.0-or-later
"""What the compiler may ask about the machine (dscript's ``TypeEnv``), answered from probe table, symbols and types.

Each of the three is fetched when the first question needs it; only probes need a booted machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from dscript import CType, KernelSymbol, ProbeArgument, ProbeDescription
from tracer.arguments import find_arguments
from tracer.foreign import find_native, find_native_symbol
from tracer.machine import Symbols
from tracer.registry import Registry
from tracer.suggest import suggest
from tracer.types import TypeBook, load_types

MODULES = ("kernel", "dtrace")
LAST_FIXED_PROBE = 3  # BEGIN, END and ERROR have the same ids everywhere, and no typed arguments


class TracerEnv:
    """Answers the compiler's questions; the machine is booted only when the first one needs it.

    Types come from ``get_types`` (the built kernel's, unless another is given) and never need a machine.
    """

    def __init__(
        self,
        get_registry: Callable[[], Registry],
        get_symbols: Callable[[], Symbols],
        get_types: Callable[[], TypeBook] = load_types,
    ) -> None:
        self._get_registry = get_registry
        self._get_symbols = get_symbols
        self._get_types = get_types

    @cached_property
    def _types(self) -> TypeBook:
        return self._get_types()

    def match(self, description: ProbeDescription) -> Sequence[int]:
        """Returns the ids of the probes the description matches."""
        return [probe.id for probe in self._get_registry().match(description)]

    def find_native(self, description: ProbeDescription) -> ProbeDescription | None:
        """Returns the description in this machine's names if it is in Solaris's, or None."""
        return find_native(description)

    def suggest(self, description: ProbeDescription) -> str | None:
        """Returns what somebody may have meant by a description that matches nothing, None if that cannot be said."""
        return suggest(self._get_registry(), description)

    def find_symbol(self, name: str, module: str | None = None) -> KernelSymbol | None:
        """Returns the kernel variable or function of that name, with its type if the kernel's DWARF has it, or None."""
        symbol = self._get_symbols().find_name(name)
        if symbol is None and (native := find_native_symbol(name)) is not None:
            return self.find_symbol(native, module)
        if symbol is None or module not in (None, symbol.module):
            return None
        function = self._types.find_function(name)
        kind = function or self._types.find_variable(name)
        size = kind.size if kind is not None and not function else 4
        return KernelSymbol(symbol.name, symbol.address, size, type=kind, is_function=function is not None)

    def find_type(self, name: str) -> CType | None:
        """Returns the kernel's type of that name, or None."""
        return self._types.find(name)

    def has_module(self, name: str) -> bool:
        """True if the kernel has a module of that name."""
        return name in MODULES

    def find_arguments(self, probe: int) -> tuple[ProbeArgument, ...] | None:
        """Returns the typed arguments of a probe; none for one that has no typed arguments."""
        if probe <= LAST_FIXED_PROBE:
            return ()
        return find_arguments(self._get_registry().get(probe), self._types)
