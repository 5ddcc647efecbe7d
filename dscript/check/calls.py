# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls of subroutines inside expressions."""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.prototypes import check_arguments, check_length
from dscript.check.scope import Scope
from dscript.check.typenames import type_of
from dscript.ctype import VOID, CType, PointerType
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
        kind = "tracing" if name in ACTIONS else "aggregating"
        raise Problem(
            "D_CG_EXPR",
            span,
            f"{kind} function {name}( ) may not be called from a D expression (D program context required)",
        )
    raise unknown_function(call, scope)


def unknown_function(call: nodes.Call, scope: Scope) -> Problem:
    """The error for a function that does not exist or is not offered."""
    name, span = find_function(call), call.function.span
    if name in UNSUPPORTED_FUNCTIONS:
        return Problem("D_FUNC_UNDEF", span, f"undefined function name: {name} (D has it, this machine does not)")
    if name in BUILTINS or ("global", name) in scope.variables:
        return Problem("D_FUNC_IDKIND", span, f"{name} is a variable; expected a function")
    known = [*SUBROUTINES, *ACTIONS, *AGGREGATING]
    return Problem("D_FUNC_UNDEF", span, f"undefined function name: {name}", find_similar(name, known))


def call_subroutine(call: nodes.Call, routine: Subroutine, arguments: tuple[tree.Expr, ...], scope: Scope) -> tree.Expr:
    """The typed call; raises Problem on a wrong number or type of arguments."""
    name = find_function(call)
    check_length(name, call.span, len(arguments), routine.prototype)
    check_arguments(name, arguments, routine.prototype)
    return tree.Call(_result(routine.returns, scope), call.span, routine.number, name, arguments)


def _result(name: str, scope: Scope) -> CType:
    match name:
        case "address":
            return PointerType(VOID)
        case "memref":
            return PointerType(type_of("uintptr_t"))
        case "string":
            return scope.string
        case _:
            return type_of(name)
