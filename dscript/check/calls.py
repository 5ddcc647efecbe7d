# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls of subroutines inside expressions."""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.scope import Scope
from dscript.check.typenames import type_of
from dscript.ctype import VOID, CType, IntType, PointerType, StringType, is_scalar, is_string_like
from dscript.errors import Problem
from dscript.idents import (
    ACTIONS,
    AGGREGATING,
    BUILTINS,
    SUBROUTINES,
    UNSUPPORTED_FUNCTIONS,
    Subroutine,
    find_similar,
)  # fmt: skip

_WANTED = {"int": "integer", "string": "string", "token": "string", "ptr": "address"}


def find_function(call: nodes.Call) -> str:
    """The name that is called; raises Problem if what is called is no name."""
    if not isinstance(call.function, nodes.Name):
        raise Problem("D_FUNC_IDENT", call.function.span, "function designator is not of function type")
    return call.function.name


def get_subroutine(call: nodes.Call, scope: Scope) -> Subroutine:
    """The subroutine called; raises Problem if it is an action, not offered, or unknown."""
    name, span = find_function(call), call.function.span
    if name in SUBROUTINES:
        return SUBROUTINES[name]
    if name in ACTIONS or name in AGGREGATING:
        raise Problem(
            "D_CG_EXPR", span, f"{name}( ) may not be called from a D expression (D program context required)"
        )
    raise unknown_function(call, scope)


def unknown_function(call: nodes.Call, scope: Scope) -> Problem:
    """The error for a function that does not exist or is not offered."""
    name, span = find_function(call), call.function.span
    if name in UNSUPPORTED_FUNCTIONS:
        return Problem("D_FUNC_UNDEF", span, f"{name}( ) is part of D but is not supported here")
    if name in BUILTINS or ("global", name) in scope.variables:
        return Problem("D_FUNC_IDKIND", span, f"{name} is a variable; expected a function")
    known = [*SUBROUTINES, *ACTIONS, *AGGREGATING]
    return Problem("D_FUNC_UNDEF", span, f"undefined function name: {name}", find_similar(name, known))


def call_subroutine(call: nodes.Call, routine: Subroutine, arguments: tuple[tree.Expr, ...], scope: Scope) -> tree.Expr:
    """The typed call; raises Problem on a wrong number or type of arguments."""
    name = find_function(call)
    most, least = len(routine.arguments), len(routine.arguments) - routine.optional
    if not least <= len(arguments) <= most:
        expected = str(most) if least == most else f"{least} to {most}"
        raise Problem(
            "D_PROTO_LEN", call.span, f"{name}( ) prototype mismatch: {len(arguments)} args passed, {expected} expected"
        )
    for number, (argument, wanted) in enumerate(zip(arguments, routine.arguments, strict=False), 1):
        null = wanted == "token" and isinstance(argument, tree.IntConst) and argument.value == 0
        if not null and not _suits(argument.type, wanted):
            raise Problem(
                "D_PROTO_ARG",
                argument.span,
                f"{name}( ) argument #{number} is incompatible with prototype: "
                f'expected {_WANTED[wanted]}, got "{argument.type}"',
            )
    return tree.Call(_result(routine.returns, scope), call.span, routine.number, name, arguments)


def _suits(kind: CType, wanted: str) -> bool:
    match wanted:
        case "string" | "token":
            return is_string_like(kind)
        case "int":
            return isinstance(kind, IntType)
        case _:
            return is_scalar(kind) or isinstance(kind, StringType)


def _result(name: str, scope: Scope) -> CType:
    if name == "address":
        return PointerType(VOID)
    return scope.string if name == "string" else type_of(name)
