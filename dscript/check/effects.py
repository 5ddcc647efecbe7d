# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions that act instead of recording: destructive ones, exit, speculations, setopt and ftruncate."""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.expressions import cook
from dscript.check.prototypes import argument_problem, check_arguments
from dscript.check.scope import Scope
from dscript.ctype import INT
from dscript.idents import ACTIONS
from dscript.program import ActionKind, StatementKind, ValueKind, ValueType

_INT = ValueType(ValueKind.INTEGER, 4, True, "int")
_NOTHING = ValueType(ValueKind.INTEGER, 0, True, "void")

_NUMBERS = {
    "exit": (StatementKind.EXIT, ActionKind.EXIT),
    "speculate": (StatementKind.SPECULATE, ActionKind.SPECULATE),
    "commit": (StatementKind.COMMIT, ActionKind.COMMIT),
    "discard": (StatementKind.DISCARD, ActionKind.DISCARD),
    "raise": (StatementKind.NONE, ActionKind.RAISE),
    "chill": (StatementKind.NONE, ActionKind.CHILL),
}
_PLAIN = {"stop": ActionKind.STOP, "panic": ActionKind.PANIC, "breakpoint": ActionKind.BREAKPOINT}


def check_number(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """An action of one integer: a status, a speculation, a signal, nanoseconds."""
    value = cook(call.arguments[0], scope)
    check_arguments(name, (value,), ACTIONS[name])
    statement, kind = _NUMBERS[name]
    records = _INT if statement == StatementKind.EXIT else _NOTHING
    return tree.TypedStatement(statement, (tree.TypedAction(kind, value, records=records),), name=name)


def check_plain(_call: nodes.Call, name: str, _scope: Scope) -> tree.TypedStatement:
    """An action without arguments."""
    return tree.TypedStatement(StatementKind.NONE, (tree.TypedAction(_PLAIN[name], records=_NOTHING),), name=name)


def check_setopt(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``setopt(option[, value])``; the tracer sets the option when it meets the record."""
    words = []
    for number, argument in enumerate(call.arguments, 1):
        value = cook(argument, scope)
        if not isinstance(value, tree.StrConst):
            raise argument_problem(name, number, value, "string constant")
        words.append(value.value.decode("utf-8", "surrogateescape"))
    return tree.TypedStatement(StatementKind.SETOPT, (_marker(call),), words=tuple(words), name=name)


def check_ftruncate(call: nodes.Call, name: str, _scope: Scope) -> tree.TypedStatement:
    """``ftruncate()``; the tracer cuts its output when it meets the record."""
    return tree.TypedStatement(StatementKind.FTRUNCATE, (_marker(call),), name=name)


def _marker(call: nodes.Call) -> tree.TypedAction:
    return tree.TypedAction(ActionKind.LIBACT, tree.IntConst(INT, call.span, 0), records=_INT)
