# SPDX-License-Identifier: GPL-2.0-or-later
"""Code for clauses: each typed action becomes an Action with its DIF object, each statement a slice of them."""

from __future__ import annotations

from dscript import tree
from dscript.check import CheckedClause, Scope
from dscript.dif import Builder, Op, OutOfRegistersError, OutOfTableError, validate_difo
from dscript.errors import Problem
from dscript.gen import expressions
from dscript.program import Action, ActionKind, Clause, Difo, Statement, StatementKind, ValueKind, ValueType

_INT = ValueType(ValueKind.INTEGER, 4, True, "int")
_VOID = ValueType(ValueKind.INTEGER, 0, True, "void")


def generate_clause(clause: CheckedClause, scope: Scope, line: int) -> Clause:
    """The finished clause; raises Problem if an expression does not fit DIF."""
    predicate = None if clause.predicate is None else generate_difo(clause.predicate, _INT)
    actions: list[Action] = []
    statements: list[Statement] = []
    for typed in clause.statements:
        finished = [_action(action, typed.kind, scope) for action in typed.actions]
        types = tuple(value_type for _, value_type in finished)
        statements.append(Statement(typed.kind, len(actions), len(finished), typed.format, types, typed.aggid))
        actions += [action for action, _ in finished]
    return Clause(
        clause.descriptions,
        predicate,
        tuple(actions),
        tuple(statements),
        line,
        clause.probes,
        clause.description_attributes,
        clause.statement_attributes,
    )


def _action(action: tree.TypedAction, kind: StatementKind, scope: Scope) -> tuple[Action, ValueType]:
    """The action, and the type of what it records: for an aggregating action that of its argument."""
    recorded = _recorded(action, kind, scope)
    difo = None if action.value is None else generate_difo(action.value, recorded)
    return Action(action.kind, difo, action.ntuple, action.aggid, action.arg), recorded


def _recorded(action: tree.TypedAction, kind: StatementKind, scope: Scope) -> ValueType:
    match action.kind:
        case ActionKind.STACK:
            return ValueType(ValueKind.STACK, 4 * action.arg, False, "stack")
        case ActionKind.TRACEMEM:
            return ValueType(ValueKind.BYTES, action.arg, False, "bytes")
    if action.value is None or kind == StatementKind.NONE:
        return _VOID
    return scope.value_type(action.value.type)


def generate_difo(value: tree.Expr, returns: ValueType) -> Difo:
    """The DIF object of one expression, verified."""
    builder = Builder()
    try:
        register = expressions.value(value, builder)
    except OutOfRegistersError:
        raise Problem(
            "D_UNKNOWN",
            value.span,
            "insufficient registers to generate code",
            "split the expression: put parts of it into this-> variables",
        ) from None
    except OutOfTableError:
        raise Problem("D_UNKNOWN", value.span, "expression is too large for one DIF object") from None
    builder.emit(Op.RET, register)
    difo = builder.finish(returns)
    validate_difo(difo)
    return difo
