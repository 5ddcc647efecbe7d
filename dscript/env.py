# SPDX-License-Identifier: GPL-2.0-or-later
"""What the compiler asks about the machine: the ``TypeEnv`` Protocol and an instant fake of it.

The tracer answers with the guest's probe table and symbols; ``EmptyEnv`` knows nothing but accepts
every probe description, which is enough to compile for the reference interpreter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dscript.ctype import CType
from dscript.program import ProbeDescription


@dataclass(frozen=True)
class KernelSymbol:
    """A kernel variable: its address, size in bytes, and C type if it is known (``type_name`` a simple one by name)."""

    name: str
    address: int
    size: int = 4
    type_name: str | None = None
    type: CType | None = None
    is_function: bool = False


@dataclass(frozen=True)
class ProbeArgument:
    """One typed argument of a probe: the type the kernel passes, and the type ``args[n]`` has after translation.

    ``source`` is the register argument (argN) it is made from; ``translated`` is None if no translator applies.
    """

    native: CType
    translated: str | None = None
    source: int = 0


class TypeEnv(Protocol):
    """The questions a compilation asks."""

    def match(self, description: ProbeDescription) -> Sequence[int]:
        """The ids of the probes that the description matches, in order; empty if none."""
        ...

    def find_native(self, description: ProbeDescription) -> ProbeDescription | None:
        """What a description that matches nothing is on this machine if it is in another system's names, or None."""
        ...

    def suggest(self, description: ProbeDescription) -> str | None:
        """``did you mean …?`` for a description that matches nothing, or None."""
        ...

    def find_symbol(self, name: str, module: str | None = None) -> KernelSymbol | None:
        """The kernel symbol `name (of one module if given), or None."""
        ...

    def find_type(self, name: str) -> CType | None:
        """The kernel's type of that name (``struct proc``, ``union u``, ``enum e`` or a typedef's name), or None."""
        ...

    def has_module(self, name: str) -> bool:
        """True if the kernel has a module of that name."""
        ...

    def find_arguments(self, probe: int) -> tuple[ProbeArgument, ...] | None:
        """The typed arguments of a probe (by id), None if they are not known."""
        ...


class EmptyEnv:
    """An environment with every probe (each description gets the next number) and only what it is given."""

    def __init__(
        self,
        symbols: Sequence[KernelSymbol] = (),
        types: Mapping[str, CType] | None = None,
        arguments: Mapping[int, tuple[ProbeArgument, ...]] | None = None,
    ) -> None:
        self._types = types or {}
        self._arguments = arguments or {}
        self._symbols = {symbol.name: symbol for symbol in symbols}
        self._ids: dict[str, int] = {}

    def match(self, description: ProbeDescription) -> Sequence[int]:
        """One invented id for each different description."""
        if description.id is not None:
            return [description.id]
        return [self._ids.setdefault(str(description), len(self._ids) + 1)]

    def find_native(self, description: ProbeDescription) -> ProbeDescription | None:  # noqa: ARG002
        """None: there is nothing foreign."""
        return None

    def suggest(self, description: ProbeDescription) -> str | None:  # noqa: ARG002
        """Nothing: every description matches here."""
        return None

    def find_symbol(self, name: str, module: str | None = None) -> KernelSymbol | None:
        """A symbol given to the constructor."""
        return self._symbols.get(name) if module in (None, "kernel") else None

    def find_type(self, name: str) -> CType | None:
        """A type given to the constructor."""
        return self._types.get(name)

    def has_module(self, name: str) -> bool:
        """True for ``kernel``."""
        return name == "kernel"

    def find_arguments(self, probe: int) -> tuple[ProbeArgument, ...] | None:
        """The arguments given to the constructor for that probe."""
        return self._arguments.get(probe)
