# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls of subroutines inside expressions."""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.definitions import DYNAMIC
from dscript.check.prototypes import check_arguments, check_length
from dscript.check.scope import Scope
from dscript.check.typenames import type_of
from dscript.ctype import STACK, SYMBOL_ADDRESS, USER_ADDRESS, VOID, CType, PointerType, VoidType
from dscript.errors import Problem
from dscript.idents import (
    ACTIONS,
    AGGREGATING,
    AGGREGATING_PROTOTYPES,
    SUBROUTINES,
    UNSUPPORTED_FUNCTIONS,
    Subroutine,
    find_similar,
    is_reserved,
)  # fmt: skip
from dscript.versions import INTRODUCED


def find_function(call: nodes.Call) -> str:
    """The name that is called; raises Problem if what is called is no name."""
    if not isinstance(call.function, nodes.Name):
        raise Problem("D_FUNC_IDENT", call.function.span, "function designator is not of function type")
    return call.function.name


def call_function(call: nodes.Call, scope: Scope) -> tree.Expr:
    """The typed call; raises Problem if there is no such function, or on a wrong number or type of arguments."""
    name = find_function(call)
    if scope.hides(name) or not (name in SUBROUTINES or name in ACTIONS or name in AGGREGATING):
        raise unknown_function(call, scope)
    arguments = tuple(scope.cook(argument) for argument in call.arguments)
    if name in SUBROUTINES:
        return call_subroutine(call, SUBROUTINES[name], arguments, scope)
    return _tracing(call, name, arguments, scope)


_RESULTS: dict[str, VoidType] = {
    **dict.fromkeys(("stack", "ustack", "jstack"), STACK), **dict.fromkeys(("sym", "func", "mod"), SYMBOL_ADDRESS),
    **dict.fromkeys(("uaddr", "usym", "ufunc", "umod"), USER_ADDRESS), **dict.fromkeys(AGGREGATING, DYNAMIC),
}  # fmt: skip


def _tracing(call: nodes.Call, name: str, arguments: tuple[tree.Expr, ...], scope: Scope) -> tree.Expr:
    """A tracing function where a value is wanted: its type is judged first, then that it stands there at all."""
    kind, prototype = ("tracing", ACTIONS[name]) if name in ACTIONS else ("aggregating", AGGREGATING_PROTOTYPES[name])
    check_length(name, call.span, len(arguments), prototype)
    check_arguments(name, arguments, prototype)
    scope.tracing = scope.tracing or Problem(
        "D_CG_EXPR",
        call.function.span,
        f"{kind} function {name}( ) may not be called from a D expression (D program context required)",
    )
    return tree.Tracing(_RESULTS.get(name, VOID), call.span, name)


def unknown_function(call: nodes.Call, scope: Scope) -> Problem:
    """The error for a function that does not exist or is not offered."""
    name, span = find_function(call), call.function.span
    if scope.hides(name):
        since = ".".join(map(str, INTRODUCED[name][:2]))
        return Problem("D_FUNC_UNDEF", span, f"undefined function name: {name}", f"D has it since version {since}")
    if name in UNSUPPORTED_FUNCTIONS:
        return Problem("D_FUNC_UNDEF", span, f"undefined function name: {name} (D has it, this machine does not)")
    if is_reserved(name) or name in scope.declared or scope.is_named(name):
        return Problem("D_FUNC_IDKIND", span, f"scalar '{name}' may not be referenced as a function")
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
