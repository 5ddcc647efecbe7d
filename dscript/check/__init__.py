# SPDX-License-Identifier: GPL-2.0-or-later
"""The checks: from the syntax tree to typed clauses, collecting every problem on the way.

First everything outside the clauses, in source order (declarations.py and those beside it), then the pragmas that
speak of names (pragmas.py). Then clause by clause: probe descriptions (probes.py), the statements and the predicate
(statements.py with expressions.py, actions.py, aggregations.py, printf.py), stability (stability.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dscript import nodes, tree
from dscript.check.arithmetic import require_truth
from dscript.check.declarations import check_declaration
from dscript.check.expressions import cook
from dscript.check.inlines import define_inline
from dscript.check.library import Loader
from dscript.check.order import check_order
from dscript.check.probes import check_descriptions, split_by_arguments
from dscript.check.providers import define_provider
from dscript.check.scope import MAX_PROBLEMS, Scope
from dscript.check.stability import find_stability
from dscript.check.statements import check_statement
from dscript.check.translators import define_translator
from dscript.check.unseen import attempt, check_waiting
from dscript.errors import Problem
from dscript.library import Library
from dscript.program import ProbeDescription
from dscript.source import Span
from dscript.stability import Attributes

__all__ = ["CheckedClause", "Scope", "check_clauses", "check_declarations", "define", "use_library"]


@dataclass(frozen=True)
class CheckedClause:
    """A clause whose every expression has a type."""

    span: Span
    descriptions: tuple[ProbeDescription, ...]
    probes: tuple[int, ...]
    predicate: tree.Expr | None
    statements: tuple[tree.TypedStatement, ...]
    description_attributes: Attributes
    statement_attributes: Attributes
    silent: bool = False
    continued: bool = False


def check_declarations(script: nodes.Script, scope: Scope) -> None:
    """Enter what stands outside the clauses, wherever it stands; problems are in ``scope.diagnostics``."""
    scope.cook = lambda node: cook(node, scope)
    for item in script.items:
        if not isinstance(item, nodes.Clause) and len(scope.diagnostics) < MAX_PROBLEMS:
            try:
                define(item, scope)
            except Problem as problem:
                scope.report(problem)


def check_clauses(script: nodes.Script, scope: Scope) -> list[CheckedClause]:
    """The typed clauses; problems are in ``scope.diagnostics``."""
    clauses: dict[int, CheckedClause] = {}
    waiting: dict[int, nodes.Clause] = {}
    for number, part in enumerate(_iter_parts(script, scope)):
        checked = attempt(part, scope, _check_clause)
        if checked is None:
            waiting[number] = part
        else:
            clauses[number] = checked
    clauses |= check_waiting(waiting, scope, _check_clause)
    return [clauses[number] for number in sorted(clauses)]


def _iter_parts(script: nodes.Script, scope: Scope) -> Iterator[nodes.Clause]:
    """The clauses, one whose probes have different args[ ] as several, until there are too many problems."""
    for item in script.items:
        if isinstance(item, nodes.Clause) and len(scope.diagnostics) < MAX_PROBLEMS:
            try:
                yield from split_by_arguments(item, scope)
            except Problem as problem:
                scope.report(problem)


def define(item: nodes.Item, scope: Scope) -> None:
    """Enter what a declaration declares into the scope; raises Problem."""
    match item:
        case nodes.Declaration():
            check_declaration(item, scope)
        case nodes.Inline():
            define_inline(item, scope)
        case nodes.Translator():
            define_translator(item, scope)
        case nodes.Provider():
            define_provider(item, scope)
        case _:
            raise Problem("D_SYNTAX", item.span, "a library cannot have probe clauses")


def use_library(library: Library, scope: Scope) -> None:
    """From now on names that the script does not define come from the D library."""
    loader = Loader(library, scope, define)
    scope.library, scope.types.library = loader, loader.find_type


def _check_clause(clause: nodes.Clause, scope: Scope) -> CheckedClause:
    scope.region = None
    descriptions, probes = check_descriptions(clause, scope)
    scope.probes = probes
    statements, predicate = _check_parts(clause, scope)
    scope.region, scope.probes, scope.offered = None, None, []
    stability = find_stability(clause, descriptions, scope)
    return CheckedClause(
        clause.span, descriptions, probes, predicate, statements, *stability, clause.silent, clause.continued
    )


_UNKNOWN = frozenset({"D_IDENT_UNDEF", "D_VAR_UNDEF"})

_Parts = tuple[tuple[tree.TypedStatement, ...], tree.Expr | None]


def _check_parts(clause: nodes.Clause, scope: Scope) -> _Parts:
    """The statements and the predicate: these first, unless they need a variable that the predicate makes."""
    if clause.predicate is None:
        return _check_body(clause.body or (), scope), None
    before, poisoned = list(scope.diagnostics), set(scope.poisoned)
    statements = _check_body(clause.body or (), scope)
    found = scope.diagnostics[len(before) :]
    if not found or found[0].tag not in _UNKNOWN:
        return statements, _check_predicate(clause.predicate, scope)
    scope.diagnostics, scope.poisoned = before, poisoned
    predicate = _check_predicate(clause.predicate, scope)
    return _check_body(clause.body or (), scope), predicate


def _check_body(body: tuple[nodes.Statement, ...], scope: Scope) -> tuple[tree.TypedStatement, ...]:
    scope.region = "action list"
    checked: list[tuple[tree.TypedStatement, Span]] = []
    for node in body:
        try:
            assert not isinstance(node, nodes.If), "if is rewritten before anything is checked"
            with scope.in_program():
                checked.append((check_statement(node, scope), node.span))
        except Problem as problem:
            scope.report(problem)
    try:
        check_order(checked)
    except Problem as problem:
        scope.report(problem)
    return tuple(statement for statement, _ in checked)


def _check_predicate(node: nodes.Expr, scope: Scope) -> tree.Expr | None:
    scope.region = "predicate"
    try:
        with scope.in_program():
            value = cook(node, scope)
            require_truth(value, "predicate result must be", "D_PRED_SCALAR")
    except Problem as problem:
        scope.report(problem)
        return None
    return value
