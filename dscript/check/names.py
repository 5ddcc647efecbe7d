# SPDX-License-Identifier: GPL-2.0-or-later
"""What a name means: builtin variables, the script's variables of three scopes, kernel symbols."""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.scope import Declared, Scope
from dscript.check.typenames import type_of
from dscript.ctype import CType, IntType, PointerType, StringType
from dscript.errors import Problem
from dscript.idents import (
    ACTIONS,
    AGGREGATING,
    ARRAYS,
    BUILTINS,
    SUBROUTINES,
    UNSUPPORTED_FUNCTIONS,
    UNSUPPORTED_VARIABLES,
    find_similar,
)  # fmt: skip
from dscript.program import DifVariable
from dscript.source import Span
from dscript.versions import INTRODUCED

_ARROWS = {"self": "self->", "this": "this->", "global": ""}


def split(target: nodes.Name | nodes.Scoped) -> tuple[str, str]:
    """The scope and the name."""
    return ("global", target.name) if isinstance(target, nodes.Name) else (target.scope, target.name)


def show(scope: str, name: str) -> str:
    """A variable as the script writes it."""
    return _ARROWS[scope] + name


def find_declared(target: nodes.Name | nodes.Scoped, scope: Scope) -> Declared | None:
    """The script's variable, or None; stays silent about names that failed before."""
    key = split(target)
    if key in scope.poisoned:
        raise Problem("D_VAR_UNDEF", target.span, "")
    return scope.variables.get(key)


def is_reserved(name: str) -> bool:
    """True if D itself defines the name, so that a script's variable cannot have it."""
    return (
        name in BUILTINS or name in ARRAYS or name in SUBROUTINES or name in ACTIONS or name in AGGREGATING
        or name in UNSUPPORTED_FUNCTIONS or name in UNSUPPORTED_VARIABLES
    )  # fmt: skip


def read_scalar(target: nodes.Name | nodes.Scoped, scope: Scope) -> tree.Expr:
    """The value of a name used by itself."""
    where, name = split(target)
    if where == "global" and is_reserved(name):
        return _builtin(name, target.span, scope)
    declared = find_declared(target, scope)
    if declared is None:
        raise undefined(target, scope)
    return as_scalar(declared, target)


def as_scalar(declared: Declared, target: nodes.Name | nodes.Scoped) -> tree.Variable:
    """The scalar variable itself; raises Problem if it is an array."""
    if declared.keys is not None:
        raise Problem("D_ARR_BADREF", target.span, f"{show(*split(target))} is an associative array and needs its keys")
    return tree.Variable(declared.type, target.span, declared.variable)


def _builtin(name: str, span: Span, scope: Scope) -> tree.Expr:
    if name in BUILTINS and not scope.hides(name):
        kind = type_of(BUILTINS[name].type_name)
        kind = scope.string if isinstance(kind, StringType) else kind
        variable = DifVariable(name, BUILTINS[name].number, 1, 0, scope.value_type(kind))
        return tree.Variable(kind, span, variable)
    if scope.hides(name):
        raise _hidden(name, span)
    if name in ARRAYS:
        raise Problem("D_ARR_BADREF", span, f"{name} is an array and needs an index")
    if name in UNSUPPORTED_VARIABLES:
        raise Problem("D_VAR_UNSUP", span, f"variable {name} is not available on this machine")
    raise Problem("D_IDENT_BADREF", span, f"{name} is a function; expected a variable", f"call it: {name}( )")


def _hidden(name: str, span: Span) -> Problem:
    since = ".".join(map(str, INTRODUCED[name][:2]))
    return Problem(
        "D_IDENT_UNDEF", span, f"failed to resolve {name}: Unknown variable name", f"D has it since version {since}"
    )


def read_builtin_array(name: str, span: Span) -> tree.Expr:
    """``args[n]`` and its kin: refused until argument types are known."""
    if name == "args":
        raise Problem(
            "D_ARGS_NONE", span, "args[ ] is not available: the probes' argument types are not known", "use arg0 … arg9"
        )
    raise Problem("D_VAR_UNSUP", span, f"{name}[ ] is not available on this machine")


def undefined(target: nodes.Name | nodes.Scoped, scope: Scope) -> Problem:
    """The error for a name that nothing defined, with the closest name that exists."""
    where, name = split(target)
    known = [n for s, n in scope.variables if s == where]
    shown = show(where, name)
    if where != "global":
        return Problem(
            "D_VAR_UNDEF", target.span, f"{shown} has not yet been declared or assigned", find_similar(name, known)
        )
    return Problem(
        "D_IDENT_UNDEF",
        target.span,
        f"failed to resolve {name}: Unknown variable name",
        find_similar(name, known + list(BUILTINS)) or _scoped_hint(name, scope),
    )


def _scoped_hint(name: str, scope: Scope) -> str | None:
    for where in ("self", "this"):
        if (where, name) in scope.variables:
            return f"did you mean {show(where, name)}?"
    return f"a kernel variable is written `{name}" if scope.env.find_symbol(name) else None


def read_symbol(node: nodes.Symbol, scope: Scope, *, address: bool = False) -> tree.Expr:
    """A kernel variable's value, or its address."""
    symbol = scope.env.find_symbol(node.name, node.module)
    if symbol is None:
        where = f"{node.module}`" if node.module else "`"
        raise Problem("D_IDENT_UNDEF", node.span, f"failed to resolve {where}{node.name}: Unknown symbol name")
    kind = _symbol_type(symbol.type_name, symbol.size)
    if kind is None and not address:
        raise Problem(
            "D_SYM_NOTYPES",
            node.span,
            f"no type is known for symbol {node.name} of {symbol.size} bytes",
            f"take its address and cast it: *(int *)&`{node.name}",
        )
    pointer = PointerType(kind or type_of("void"))
    place = tree.IntConst(pointer, node.span, symbol.address)
    if address or kind is None:
        return place
    if isinstance(kind, StringType):
        return tree.Sequence(scope.string, node.span, (place,))
    return tree.Load(kind, node.span, place)


def _symbol_type(text: str | None, size: int) -> CType | None:
    if text is not None:
        try:
            kind = type_of(text)
        except Problem:
            kind = None
        if isinstance(kind, IntType | PointerType | StringType):
            return kind
    return {1: type_of("uint8_t"), 2: type_of("uint16_t"), 4: type_of("int"), 8: type_of("int64_t")}.get(size)
