# SPDX-License-Identifier: GPL-2.0-or-later
"""Stability attributes: how far a name and its data may be relied on, and what they depend on.

``Attributes`` are written ``Evolving/Private/Common``; ``minimum`` joins those of all that a clause uses. The tables
are the guide's: the attributes of D's names and of the providers' five parts. ``describe_stability`` is ``-v``'s text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from typing import Protocol


class Stability(IntEnum):
    """Levels, the weakest first."""

    Internal = 0
    Private = 1
    Obsolete = 2
    External = 3
    Unstable = 4
    Evolving = 5
    Stable = 6
    Standard = 7


class DependencyClass(IntEnum):
    """Classes, the narrowest first."""

    Unknown = 0
    CPU = 1
    Platform = 2
    Group = 3
    ISA = 4
    Common = 5


@dataclass(frozen=True)
class Attributes:
    """Stability of the name, of the data, and the dependency class."""

    name: Stability
    data: Stability
    depends: DependencyClass

    def __str__(self) -> str:
        return f"{self.name.name}/{self.data.name}/{self.depends.name}"

    def minimum(self, other: Attributes) -> Attributes:
        """The weaker of each part."""
        if other is self:
            return self
        return Attributes(min(self.name, other.name), min(self.data, other.data), min(self.depends, other.depends))

    def below(self, other: Attributes) -> bool:
        """True if any part is weaker than ``other``'s."""
        return self.name < other.name or self.data < other.data or self.depends < other.depends


_LEVELS = {level.name.lower(): level for level in Stability}
_CLASSES = {kind.name.lower(): kind for kind in DependencyClass}


def find_attributes(text: str) -> Attributes | None:
    """The attributes written ``name/data/class`` (in any case), or None."""
    parts = text.lower().split("/")
    if len(parts) != 3 or not {parts[0], parts[1]} <= _LEVELS.keys() or parts[2] not in _CLASSES:
        return None
    return Attributes(_LEVELS[parts[0]], _LEVELS[parts[1]], _CLASSES[parts[2]])


def _read(text: str) -> Attributes:
    attributes = find_attributes(text)
    assert attributes is not None, text
    return attributes


HIGHEST = _read("Standard/Standard/Common")
STABLE = _read("Stable/Stable/Common")
PRIVATE = _read("Private/Private/Unknown")  # the kernel's own symbols and types
_EVOLVING = _read("Evolving/Evolving/Common")

_EVOLVING_NAMES = """
ddi_pathname getmajor getminor mutex_owned mutex_owner mutex_type_adaptive mutex_type_spin rw_iswriter rw_read_held
rw_write_held sx_exclusive_held sx_isexclusive sx_shared_held
"""
_NAMES = dict.fromkeys(_EVOLVING_NAMES.split(), _EVOLVING) | {"curthread": _read("Stable/Private/Common")}

# provider, module, function, name, arguments: name and data Stable, Evolving, Unstable or Private; class Common, ISA or
# unKnown
_PROVIDERS_TEXT = """
dtrace SSC PPK PPK SSC SSC
fbt EEC PPK PPK EEC PPI
syscall EEC PPK UUI EEC UUI
profile EEC UUK PPK EEC EEC
lockstat EEC PPK PPK EEC EEC
sdt EEI PPK PPK PPI PPI
proc EEI PPK PPK EEI EEI
other UUC UUC UUC UUC UUC
"""
_LETTERS = {"S": Stability.Stable, "E": Stability.Evolving, "U": Stability.Unstable, "P": Stability.Private}
_CLASS_LETTERS = {"C": DependencyClass.Common, "I": DependencyClass.ISA, "K": DependencyClass.Unknown}
_SAME = {"tick": "profile"} | dict.fromkeys(("sched", "io", "vminfo", "sysinfo", "vfs", "fsinfo"), "proc")

ProviderAttributes = tuple[Attributes, Attributes, Attributes, Attributes, Attributes]


def _providers() -> dict[str, ProviderAttributes]:
    table: dict[str, ProviderAttributes] = {}
    for line in _PROVIDERS_TEXT.strip().splitlines():
        provider, module, function, name, arguments = (
            Attributes(_LETTERS[word[0]], _LETTERS[word[1]], _CLASS_LETTERS[word[2]]) for word in line.split()[1:]
        )
        table[line.split()[0]] = provider, module, function, name, arguments
    return table


PROVIDERS = _providers()


def get_provider(name: str) -> ProviderAttributes:
    """The attributes of a provider's five parts; a provider that publishes none is unstable."""
    return PROVIDERS.get(_SAME.get(name, name), PROVIDERS["other"])


def get_name(name: str) -> Attributes:
    """The attributes of a name that D defines."""
    return _NAMES.get(name, STABLE)


def join(attributes: Iterable[Attributes], start: Attributes = STABLE) -> Attributes:
    """The weakest of all."""
    return reduce(Attributes.minimum, attributes, start)


def _lines(attributes: Attributes) -> str:
    return (
        f"\t\tIdentifier Names: {attributes.name.name}\n"
        f"\t\tData Semantics:   {attributes.data.name}\n"
        f"\t\tDependency Class: {attributes.depends.name}\n"
    )


class Described(Protocol):
    """What has attributes: a clause of a program."""

    @property
    def description_attributes(self) -> Attributes:
        """The weakest of its probe descriptions."""
        ...

    @property
    def statement_attributes(self) -> Attributes:
        """The weakest of its statements."""
        ...


def describe_stability(clauses: Iterable[Described], what: str) -> str:
    """The report of ``dtrace -v`` on some clauses; ``what`` names them: ``description BEGIN``, ``script x.d``."""
    clauses = tuple(clauses)
    return (
        f"\nStability attributes for {what}:\n\n"
        "\tMinimum Probe Description Attributes\n"
        f"{_lines(join((clause.description_attributes for clause in clauses), HIGHEST))}\n"
        "\tMinimum Statement Attributes\n"
        f"{_lines(join((clause.statement_attributes for clause in clauses), HIGHEST))}"
    )


def describe_probe_stability(provider: str) -> str:
    """The report of ``dtrace -lv`` on a probe of a provider: of its description, and of its arguments."""
    *names, arguments = get_provider(provider)
    return (
        f"\n\tProbe Description Attributes\n{_lines(join(names, HIGHEST))}\n\tArgument Attributes\n{_lines(arguments)}"
    )
