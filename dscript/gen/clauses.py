# SPDX-License-Identifier: GPL-2.0-or-later
"""Code for clauses: each typed action becomes an Action with its DIF object, each statement a slice of them."""

from __future__ import annotations

from dscript import tree
from dscript.check import CheckedClause, Scope
from dscript.dif import Builder, Op, OutOfRegistersError, OutOfTableError, validate_difo
from dscript.errors import DifError, Problem
from dscript.gen import expressions
from dscript.program import Action, ActionKind, Clause, Difo, Statement, ValueKind, ValueType

_INT = ValueType(ValueKind.INTEGER, 4, True, "int")
_VOID = ValueType(ValueKind.INTEGER, 0, True, "void")
_ADDRESS = ValueType(ValueKind.INTEGER, 8, False, "uint64_t")
# actions whose record is not what their DIF object returns
_RETURNS = dict.fromkeys((ActionKind.SYM, ActionKind.MOD, ActionKind.UADDR, ActionKind.USYM, ActionKind.UMOD), _ADDRESS)


def generate_clause(clause: CheckedClause, scope: Scope, line: int) -> Clause:
    """The finished clause; raises Problem if an expression does not fit DIF."""
    predicate = None if clause.predicate is None else generate_difo(clause.predicate, _INT)
    actions: list[Action] = []
    statements: list[Statement] = []
    for typed in clause.statements:
        finished = [_action(action, scope) for action in typed.actions]
        types = tuple(record for _, record in finished)
        statements.append(
            Statement(
                typed.kind, len(actions), len(finished), typed.format, types,
                typed.aggid, typed.aggids, typed.ctype, typed.words, typed.name,
            )
        )  # fmt: skip
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
        clause.silent,
        clause.continued,
    )


def _action(action: tree.TypedAction, scope: Scope) -> tuple[Action, ValueType]:
    """The action, and the type of what it records: for an aggregating action that of its argument."""
    recorded = action.records
    if recorded is None:
        recorded = _VOID if action.value is None else scope.value_type(action.value.type)
    difo = None if action.value is None else generate_difo(action.value, _RETURNS.get(action.kind, recorded))
    return Action(action.kind, difo, action.ntuple, action.aggid, action.arg), recorded


def generate_difo(value: tree.Expr, returns: ValueType) -> Difo:
    """The DIF object of one expression, verified."""
    builder = Builder()
    try:
        register = expressions.value(value, builder)
        builder.emit(Op.RET, register)
        difo = builder.finish(returns)
        validate_difo(difo)
    except OutOfRegistersError:
        raise Problem(
            "D_UNKNOWN",
            value.span,
            "Insufficient registers to generate code",
            "split the expression: put parts of it into this-> variables",
        ) from None
    except OutOfTableError as error:
        raise Problem("D_UNKNOWN", value.span, str(error)) from None
    except DifError as error:
        raise Problem("D_UNKNOWN", value.span, f"DIF program content is invalid: {error}") from None
    return difo
