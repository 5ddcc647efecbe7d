# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``inline`` and ``translator`` define, and the value of a translation before a member is taken of it.

Both are kept as syntax and typed again wherever they are used, with their parameters bound to what stands there
(``Bound``): DTrace substitutes in the same way. What they may grow to is limited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from dscript import nodes, tree
from dscript.ctype import CType, StructType, VoidType
from dscript.errors import Problem
from dscript.source import Span

MAX_EXPANSIONS = 20_000  # of inlines and translators in one program
MAX_DEPTH = 60  # definitions inside definitions
MAX_NODES = 200_000  # of one value
_TOO_MUCH = "inline definitions and translators expand to too much code"

DYNAMIC = VoidType("<DYN>")  # what DTrace calls the type of a translation: it has members and no value


@dataclass(frozen=True)
class Inline:
    """``inline type name = value``; ``parameters`` are the names and types of ``name[type a, type b]``, or None."""

    name: str
    type: CType
    parameters: tuple[tuple[str, CType], ...] | None
    value: nodes.Expr
    constant: bool = False  # its value is an integer constant


@dataclass(frozen=True)
class Translator:
    """``translator result < source name > { member = value; }``."""

    result: StructType
    source: CType
    name: str
    members: Mapping[str, nodes.Expr]


class Translated(tree.Expr):
    """A value seen through a translator: ``pointer`` says whether its members are taken with ``->``.

    ``native``: a probe's argument before the translation, which has what the translator's result has not.
    """

    translator: Translator
    value: tree.Expr
    pointer: bool
    native: tree.Expr | None = None


@dataclass
class Definitions:
    """The inlines and translators of one program, and what their parameters stand for at the moment."""

    inlines: dict[str, Inline] = field(default_factory=dict)
    translators: list[Translator] = field(default_factory=list)
    bound: Mapping[str, tree.Expr] = field(default_factory=dict)
    expansions: int = 0
    depth: int = 0
    _weights: dict[int, tuple[tree.Expr, int]] = field(default_factory=dict)

    @contextmanager
    def binding(self, bound: Mapping[str, tree.Expr]) -> Iterator[None]:
        """Parameters mean these values, and no others, until the end of the block."""
        before, self.bound = self.bound, bound
        try:
            yield
        finally:
            self.bound = before

    def expand(self, cook: Callable[[], tree.Expr], bound: Mapping[str, tree.Expr], span: Span) -> tree.Expr:
        """What ``cook`` makes of a definition used at ``span``; its problems are problems there."""
        self.expansions += 1
        if self.expansions > MAX_EXPANSIONS or self.depth >= MAX_DEPTH:
            raise Problem("D_UNKNOWN", span, _TOO_MUCH)
        self.depth += 1
        try:
            with self.binding(bound):
                value = cook()
        except Problem as problem:
            found = problem.diagnostic
            raise Problem(found.tag, span, found.message, found.hint) from None
        finally:
            self.depth -= 1
        if self._weigh(value) > MAX_NODES:
            raise Problem("D_UNKNOWN", span, _TOO_MUCH)
        return value

    def _weigh(self, value: tree.Expr) -> int:
        """How many nodes an expression has, each counted as often as it is used; parameters share theirs."""
        waiting = [value]
        while waiting:
            node = waiting[-1]
            children = list(tree.iter_children(node))
            unknown = [child for child in children if id(child) not in self._weights]
            if unknown:
                waiting += unknown
                continue
            self._weights[id(node)] = node, 1 + sum(self._weights[id(child)][1] for child in children)
            waiting.pop()
        return self._weights[id(value)][1]
