# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's C types, functions' signatures and variables' types, as sim/gentypes.py found them in its DWARF.

``load_kernel_types()`` opens sim/_build/kernel.types; types are numbered rows, looked up by C name, and become
objects one at a time when ``get`` asks for them. Nothing here needs a machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.errors import LoadError
from sim.loader import BUILD

FORMAT = 1
VOID = -1
_TAGS = {"struct": "s", "union": "u", "enum": "e"}
_AGGREGATES = {"s": "struct", "u": "union"}


@dataclass(frozen=True)
class BaseType:
    """An integer or floating type: ``kind`` is ``s`` (signed), ``u`` (unsigned) or ``f`` (floating)."""

    name: str
    size: int
    kind: str


@dataclass(frozen=True)
class Typedef:
    """Another name of a type."""

    name: str
    target: int


@dataclass(frozen=True)
class Pointer:
    """A pointer to a type; VOID for ``void *``."""

    target: int


@dataclass(frozen=True)
class Qualified:
    """A const, volatile or restrict type."""

    qualifier: str
    target: int


@dataclass(frozen=True)
class Array:
    """An array; ``count`` is 0 if it is open."""

    element: int
    count: int


@dataclass(frozen=True)
class Field:
    """A member of a structure or union; ``bits`` is the width of a bit-field, else 0."""

    name: str
    type: int
    offset_bits: int
    bits: int


@dataclass(frozen=True)
class Aggregate:
    """A structure or union: ``name`` is ``struct proc``, "" without a tag; ``fields`` is None if it is incomplete."""

    name: str
    size: int
    align: int
    fields: tuple[Field, ...] | None
    union: bool = False


@dataclass(frozen=True)
class Enumeration:
    """An enumeration and its values."""

    name: str
    size: int
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Signature:
    """A function: its result's type and its parameters, by name ("" if unknown) and type."""

    result: int
    parameters: tuple[tuple[str, int], ...]
    variadic: bool


KernelType = BaseType | Typedef | Pointer | Qualified | Array | Aggregate | Enumeration | Signature


class KernelTypes:
    """The tables of one kernel."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self._rows: list[list[Any]] = tables["types"]
        self._functions: dict[str, list[Any]] = tables["functions"]
        self._variables: dict[str, int] = tables["variables"]

    @cached_property
    def _names(self) -> dict[tuple[str, str], int]:
        """The first type of every (kind, name); later ones of the same name are private to a file."""
        names: dict[tuple[str, str], int] = {}
        for number, row in enumerate(self._rows):
            if row[0] in "btsue" and row[1]:
                names.setdefault((row[0], row[1]), number)
        return names

    def find(self, name: str) -> int | None:
        """Return the number of the type ``struct x``, ``union x``, ``enum x``, a typedef or base type, or None."""
        tag, _, rest = name.partition(" ")
        if tag in _TAGS:
            return self._names.get((_TAGS[tag], rest.strip()))
        typedef = self._names.get(("t", name))
        return self._names.get(("b", name)) if typedef is None else typedef

    def find_function(self, name: str) -> Signature | None:
        """Return the signature of the kernel function of that name, or None."""
        row = self._functions.get(name)
        return None if row is None else Signature(row[0], tuple((name, kind) for name, kind in row[1]), row[2])

    def find_variable(self, name: str) -> int | None:
        """Return the number of the kernel variable's type, or None."""
        return self._variables.get(name)

    def get(self, number: int) -> KernelType:
        """Return the type of that number; raises IndexError if there is none (VOID is not a row)."""
        if not 0 <= number < len(self._rows):
            raise IndexError(f"no type {number}")
        kind, *row = self._rows[number]
        match kind:
            case "b":
                return BaseType(*row)
            case "t":
                return Typedef(*row)
            case "*":
                return Pointer(*row)
            case "q":
                return Qualified(*row)
            case "a":
                return Array(*row)
            case "e":
                return Enumeration(
                    f"enum {row[0]}" if row[0] else "", row[1], tuple((name, value) for name, value in row[2])
                )
            case "f":
                return Signature(row[0], tuple(("", item) for item in row[1]), row[2])
        name, size, align, fields = row
        made = None if fields is None else tuple(Field(*field) for field in fields)
        return Aggregate(f"{_AGGREGATES[kind]} {name}" if name else "", size, align, made, kind == "u")

    def describe(self, number: int, declared: str = "") -> str:
        """Return the type as C spells it (``const char *``), around the declared name if one is given."""
        blank = f" {declared}" if declared else ""
        if number == VOID:
            return f"void{blank}"
        found = self.get(number)
        match found:
            case Pointer(target):
                inner = self._describe_pointed(target)
                return self.describe(target, f"(*{declared})" if inner else f"*{declared}")
            case Qualified(qualifier, target) if target != VOID and isinstance(self.get(target), Pointer):
                return self.describe(target, f" {qualifier}{blank}")
            case Qualified(qualifier, target):
                return f"{qualifier} {self.describe(target, declared)}"
            case Array(element, count):
                return self.describe(element, f"{declared}[{count or ''}]")
            case Signature(result, parameters, variadic):
                given = [self.describe(kind) for _, kind in parameters] + (["..."] if variadic else [])
                return self.describe(result, f"{declared}({', '.join(given) or 'void'})")
            case Aggregate(name="", union=union):
                return f"{'union' if union else 'struct'} {{...}}{blank}"
        return f"{found.name or 'enum {...}'}{blank}"

    def _describe_pointed(self, target: int) -> bool:
        """True if a pointer to the type needs parentheses."""
        return target != VOID and isinstance(self.get(target), Array | Signature)


def load_kernel_types(path: Path | None = None) -> KernelTypes:
    """Return the built kernel's types; raises LoadError if they are not built or not readable."""
    path = path or BUILD / "kernel.types"
    try:
        tables = json.loads(path.read_bytes())
    except OSError:
        raise LoadError(f"{path}: no kernel types; run python -m sim.build") from None
    except ValueError as error:
        raise LoadError(f"{path}: damaged: {error}") from None
    if not isinstance(tables, dict) or tables.get("format") != FORMAT:
        raise LoadError(f"{path}: not kernel types of format {FORMAT}; run python -m sim.build")
    return KernelTypes(tables)
