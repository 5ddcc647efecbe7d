# SPDX-License-Identifier: GPL-2.0-or-later
"""``if``/``else``: a clause with it becomes several clauses that share hidden clause-local conditions.

``desugar_script`` rewrites a syntax tree, ``desugar(source)`` shows the result as D text (``dtrace -d``). Statements
keep their order, every condition is evaluated once where it stands, and what follows a fault is not run: each part
sets ``this->%error`` while it is at work. No name of a script has a ``%``, so the hidden ones are free.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dscript import nodes
from dscript.errors import CompileError, Problem
from dscript.idents import ACTIONS
from dscript.macros import Macros
from dscript.parse import parse
from dscript.source import Source, Span
from dscript.unparse import unparse

ERROR = "%error"
MAX_PARTS = 1000


def _looks_like_a_type(name: str) -> bool:
    return name.endswith("_t")


def desugar(
    source: str,
    *,
    filename: str | None = None,
    macro_args: Sequence[str] = (),
    macros: Mapping[str, int | str] | None = None,
    is_type_name: Callable[[str], bool] = _looks_like_a_type,
) -> str:
    """The script after the rewriting, as D text; raises CompileError if it does not follow the grammar.

    ``macro_args`` and ``macros`` are compile_program's, a missing one is 0; ``is_type_name`` says which names are types
    that neither D nor the script defines.
    """
    text = Source(source, filename)
    try:
        parsed = parse(text, Macros(macro_args, macros or {}, default=True), is_type_name)
        return unparse(desugar_script(parsed.script))
    except Problem as problem:
        raise CompileError(text, [problem.diagnostic]) from None


def desugar_script(script: nodes.Script) -> nodes.Script:
    """The script without ``if`` statements."""
    items: list[nodes.Item] = []
    for item in script.items:
        if isinstance(item, nodes.Clause) and _has_if(item.body or ()):
            items += _Splitter(item).split()
        else:
            items.append(item)
    return nodes.Script(tuple(items))


def _has_if(body: Sequence[nodes.Statement]) -> bool:
    return any(isinstance(statement, nodes.If) for statement in body)


def _records(statement: nodes.Expr) -> bool:
    """True for an action or an aggregation."""
    match statement:
        case nodes.Call(function=nodes.Name(name=name)):
            return name in ACTIONS
        case nodes.Assign(target=nodes.Aggregate() | nodes.Index(base=nodes.Aggregate())):
            return True
    return False


def _hidden(name: str, span: Span) -> nodes.Expr:
    return nodes.Scoped(span, 1, "this", name)


def _set(name: str, value: nodes.Expr) -> nodes.Expr:
    return nodes.Assign(value.span, value.depth + 1, None, _hidden(name, value.span), value)


def _integer(value: int, span: Span) -> nodes.Expr:
    return nodes.Integer(span, 1, value, "int")


def _not(value: nodes.Expr) -> nodes.Expr:
    return nodes.Unary(value.span, value.depth + 1, "!", value)


def _both(left: nodes.Expr, right: nodes.Expr) -> nodes.Expr:
    return nodes.Binary(right.span, max(left.depth, right.depth) + 1, "&&", left, right)


@dataclass
class _Splitter:
    """The parts of one clause: statements that run under the same condition, in order."""

    clause: nodes.Clause
    parts: list[tuple[str | None, list[nodes.Expr]]] = field(default_factory=list)
    conditions: int = 0
    records: bool = False

    def split(self) -> list[nodes.Clause]:
        guard = None
        if self.clause.predicate is not None:
            guard = self._condition(None, self.clause.predicate)
        self._block(guard, self.clause.body or ())
        return [self._part(number, guard, body) for number, (guard, body) in enumerate(self.parts)]

    def _block(self, guard: str | None, body: Sequence[nodes.Statement]) -> None:
        for statement in body:
            if isinstance(statement, nodes.If):
                self._if(guard, statement)
            else:
                self.records = self.records or _records(statement)
                self._add(guard, statement)

    def _if(self, guard: str | None, node: nodes.If) -> None:
        yes = self._condition(guard, node.condition)
        no = None
        if node.no:
            no = self._condition(guard, _not(_hidden(yes, node.condition.span)))
        self._block(yes, node.yes)
        self._block(no, node.no or ())

    def _condition(self, guard: str | None, value: nodes.Expr) -> str:
        """A new condition, worked out where the clause has come to; false where ``guard`` is."""
        self.conditions += 1
        name = f"%condition_{self.conditions}"
        truth = _not(_not(value)) if guard is None else _both(_hidden(guard, value.span), value)
        self._add(None, _set(name, truth))
        return name

    def _add(self, guard: str | None, statement: nodes.Expr) -> None:
        """Append a statement to the part that runs under ``guard``."""
        if not self.parts or self.parts[-1][0] != guard:
            self.parts.append((guard, []))
        if len(self.parts) > MAX_PARTS:
            hint = f"at most {MAX_PARTS} parts"
            raise Problem("D_SYNTAX", self.clause.span, "too many if statements in one clause", hint)
        self.parts[-1][1].append(statement)

    def _part(self, number: int, guard: str | None, body: list[nodes.Expr]) -> nodes.Clause:
        """A part as a clause; all are silent, except the first if the clause records nothing but that it ran."""
        span = self.clause.span
        predicate = None if number == 0 else _not(_hidden(ERROR, span))
        if guard is not None and predicate is not None:
            predicate = _both(predicate, _hidden(guard, span))
        started, done = _set(ERROR, _integer(1, span)), _set(ERROR, _integer(0, span))
        return nodes.Clause(
            span, self.clause.descriptions, predicate, (started, *body, done),
            silent=number > 0 or self.records, continued=number > 0,
        )  # fmt: skip
