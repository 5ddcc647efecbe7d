# SPDX-License-Identifier: GPL-2.0-or-later
"""The types that a script can name: its own, D's, the library's and the kernel's, in that order.

One ``TypeScope`` belongs to a ``Scope``. Tags are kept with their kind (``struct proc``), as DTrace keeps them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dscript.ctype import TYPEDEFS, CType, EnumType, StructType
from dscript.env import TypeEnv


def _nothing(_name: str) -> CType | None:
    return None


@dataclass
class TypeScope:
    """Typedefs, tags and enumerators; ``library`` is asked for names that the script did not define."""

    env: TypeEnv
    library: Callable[[str], CType | None] = _nothing
    typedefs: dict[str, CType] = field(default_factory=dict)
    tags: dict[str, StructType | EnumType] = field(default_factory=dict)
    enumerators: dict[str, tuple[EnumType, int]] = field(default_factory=dict)
    externs: dict[str, CType] = field(default_factory=dict)

    def find(self, name: str) -> CType | None:
        """The typedef of that name, ``module`name`` for one of a kernel module, or None."""
        if name in self.typedefs:
            return self.typedefs[name]
        return TYPEDEFS.get(name) or self.library(name) or self._find_in_kernel(name)

    def find_tag(self, name: str) -> StructType | EnumType | None:
        """The type of ``struct tag``, ``union tag`` or ``enum tag``, complete if that is possible, or None."""
        known = self.tags.get(name)
        if known is not None and not (isinstance(known, StructType) and known.members is None):
            return known
        found = self.library(name) or self._find_in_kernel(name)
        return found if isinstance(found, StructType | EnumType) else known

    def _find_in_kernel(self, name: str) -> CType | None:
        kind, space, tag = name.rpartition(" ")
        module, scoped, rest = tag.rpartition("`")
        if scoped and not self.env.has_module(module):
            return None
        return self.env.find_type(kind + space + rest)

    def complete(self, kind: StructType) -> StructType | None:
        """The structure with its members, found by its name if ``kind`` only names it; None if nobody knows them."""
        if kind.members is not None:
            return kind
        found = self.find_tag(kind.name)
        return found if isinstance(found, StructType) and found.members is not None else None
