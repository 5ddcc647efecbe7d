# SPDX-License-Identifier: GPL-2.0-or-later
"""The checks: from the syntax tree to typed clauses, collecting every problem on the way.

Passes over each item, in source order: declarations (declarations.py), probe descriptions (probes.py),
the predicate and the statements (statements.py with expressions.py, actions.py, aggregations.py, printf.py), the
clause's stability (stability.py). At the end the pragmas that speak of names (pragmas.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from dscript import nodes, tree
from dscript.check.arithmetic import require_truth
from dscript.check.conditional import settle
from dscript.check.declarations import check_declaration
from dscript.check.expressions import cook
from dscript.check.inlines import define_inline
from dscript.check.library import Loader
from dscript.check.order import check_order
from dscript.check.probes import check_descriptions
from dscript.check.providers import define_provider
from dscript.check.scope import MAX_PROBLEMS, Scope
from dscript.check.stability import find_stability
from dscript.check.statements import check_statement, waits_for_definitions
from dscript.check.translators import define_translator
from dscript.check.unseen import attempt, check_waiting
from dscript.errors import Problem
from dscript.library import Library
from dscript.program import ProbeDescription
from dscript.record import replace
from dscript.source import Span
from dscript.stability import Attributes

__all__ = ["CheckedClause", "Scope", "check_script", "define", "use_library"]


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


def check_script(script: nodes.Script, scope: Scope) -> list[CheckedClause]:
    """The typed clauses; problems are in ``scope.diagnostics``."""
    scope.cook = lambda node: cook(node, scope)
    clauses: dict[int, list[CheckedClause]] = {}
    waiting: dict[int, nodes.Clause] = {}
    for number, item in enumerate(script.items):
        try:
            if not isinstance(item, nodes.Clause):
                define(item, scope)
            elif (checked := attempt(item, scope, _check_clauses)) is not None:
                clauses[number] = checked
            else:
                waiting[number] = item
        except Problem as problem:
            scope.report(problem)
        if len(scope.diagnostics) >= MAX_PROBLEMS:
            break
    clauses |= check_waiting(waiting, scope, _check_clauses)
    return [clause for number in sorted(clauses) for clause in clauses[number]]


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


def _check_clauses(clause: nodes.Clause, scope: Scope) -> list[CheckedClause]:
    """The typed clause; one for each description if their probes have different arguments and args[ ] is used."""
    problems, poisoned = len(scope.diagnostics), set(scope.poisoned)
    checked = [_check_clause(clause, scope)]
    disagree = any(problem.tag == "D_ARGS_MULTI" for problem in scope.diagnostics[problems:])
    if disagree and len(clause.descriptions) > 1:
        del scope.diagnostics[problems:]
        scope.poisoned = poisoned
        checked = [_check_clause(replace(clause, descriptions=(one,)), scope) for one in clause.descriptions]
    return checked


def _check_clause(clause: nodes.Clause, scope: Scope) -> CheckedClause:
    scope.region = None
    descriptions, probes = check_descriptions(clause, scope)
    scope.probes = probes
    scope.region = "predicate"
    predicate = None if clause.predicate is None else _check_predicate(clause.predicate, scope)
    scope.region = "action list"
    statements = _check_body(clause.body or (), scope)
    scope.region, scope.probes, scope.offered = None, None, []
    stability = find_stability(clause, descriptions, scope)
    return CheckedClause(clause.span, descriptions, probes, predicate, statements, *stability, clause.silent)


def _check_body(body: tuple[nodes.Statement, ...], scope: Scope) -> tuple[tree.TypedStatement, ...]:
    checked: dict[int, tree.TypedStatement] = {}
    settled = _settle_body(body, scope)
    for index in sorted(settled, key=lambda i: waits_for_definitions(settled[i])):
        try:
            checked[index] = check_statement(settled[index], scope)
        except Problem as problem:
            scope.report(problem)
    statements = tuple(checked[index] for index in sorted(checked))
    try:
        check_order(zip(statements, (body[index].span for index in sorted(checked)), strict=True))
    except Problem as problem:
        scope.report(problem)
    return statements


def _settle_body(body: tuple[nodes.Statement, ...], scope: Scope) -> dict[int, nodes.Expr]:
    """The statements by their place, of those under a constant condition what it chooses."""
    settled: dict[int, nodes.Expr] = {}
    for index, node in enumerate(body):
        assert not isinstance(node, nodes.If), "if is rewritten before anything is checked"
        try:
            settled[index] = settle(node, scope)
        except Problem as problem:
            scope.report(problem)
    return settled


def _check_predicate(node: nodes.Expr, scope: Scope) -> tree.Expr | None:
    try:
        value = cook(node, scope)
        require_truth(value, "predicate result must be", "D_PRED_SCALAR")
    except Problem as problem:
        scope.report(problem)
        return None
    return value
