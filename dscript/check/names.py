# SPDX-License-Identifier: GPL-2.0-or-later
"""What a name means: builtin variables, the script's variables of three scopes, kernel symbols."""

from __future__ import annotations

from contextlib import suppress

from dscript import nodes, tree
from dscript.check.places import at
from dscript.check.scope import Declared as Declared
from dscript.check.scope import Scope
from dscript.check.typenames import type_of
from dscript.ctype import INT, LONG, VOID, CType, FunctionType, PointerType, StringType
from dscript.env import KernelSymbol
from dscript.errors import Problem
from dscript.idents import (
    ARRAYS,
    BUILTINS,
    CONSTANTS,
    MACROS_ONLY,
    SAME_AS,
    SCOPE_NAMES,
    find_similar,
)  # fmt: skip
from dscript.idents import is_reserved as is_reserved
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
    declared = scope.variables.get(key)
    if declared is None and key in scope.waiting:
        scope.unseen = True
        raise Problem("D_VAR_UNDEF", target.span, "")
    return declared


def read_scalar(target: nodes.Name | nodes.Scoped, scope: Scope) -> tree.Expr:
    """The value of a name used by itself."""
    where, name = split(target)
    if where == "global" and name in scope.definitions.bound:
        return scope.definitions.bound[name]
    if where == "global" and is_reserved(name):
        return _builtin(name, target.span, scope)
    declared = find_declared(target, scope)
    if declared is not None:
        return as_scalar(declared, target)
    if where == "global" and name in scope.types.enumerators:
        kind, value = scope.types.enumerators[name]
        return tree.IntConst(kind, target.span, value)
    if where == "global" and name in scope.types.externs:
        return read_symbol(nodes.Symbol(target.span, 1, None, name), scope)
    if where == "global" and scope.load(name):
        return scope.cook(target)
    if where == "global" and name == "NULL":  # whatever libraries there are
        return tree.IntConst(LONG, target.span, 0)
    raise undefined(target, scope)


def is_known(target: nodes.Name | nodes.Scoped, scope: Scope) -> bool:
    """True if a name has a meaning that is not a variable of the script: one of D, an enumerator, a symbol."""
    if isinstance(target, nodes.Scoped):
        return False
    return is_reserved(target.name) or scope.is_named(target.name) or target.name in scope.types.externs


def as_scalar(declared: Declared, target: nodes.Name | nodes.Scoped) -> tree.Variable:
    """The scalar variable itself; raises Problem if it is an array."""
    if declared.keys is not None:
        raise _not_scalar(*split(target), target.span)
    return tree.Variable(declared.type, target.span, declared.variable)


def _not_scalar(where: str, name: str, span: Span) -> Problem:
    """The error for an array without its keys; of a thread-local one DTrace misses the keys themselves."""
    if where != "global":
        message = f"{name}[ ] prototype mismatch: 0 keys passed"
        return Problem("D_PROTO_LEN", span, message, f"{show(where, name)} is an array")
    return Problem("D_IDENT_BADREF", span, f"associative array '{name}' may not be referenced as scalar")


def _builtin(name: str, span: Span, scope: Scope) -> tree.Expr:
    name = SAME_AS.get(name, name)
    if name in CONSTANTS:
        value = CONSTANTS[name]
        return tree.IntConst(INT, span, value) if isinstance(value, int) else _text(value, span, scope)
    if name in BUILTINS and not scope.hides(name):
        kind = type_of(BUILTINS[name].type_name)
        kind = scope.string if isinstance(kind, StringType) else kind
        variable = DifVariable(name, BUILTINS[name].number, 1, 0, scope.value_type(kind))
        return tree.Variable(kind, span, variable)
    if scope.hides(name):
        raise _hidden(name, span)
    if name in ARRAYS:
        raise _not_scalar("global", name, span)
    if name in SCOPE_NAMES:
        raise Problem("D_IDENT_BADREF", span, f"pointer '{name}' may not be referenced as scalar")
    raise Problem("D_IDENT_BADREF", span, f"{name} is a function; expected a variable", f"call it: {name}( )")


def _text(value: str, span: Span, scope: Scope) -> tree.Expr:
    return tree.StrConst(scope.string, span, value.encode())


def _hidden(name: str, span: Span) -> Problem:
    since = ".".join(map(str, INTRODUCED[name][:2]))
    return Problem(
        "D_IDENT_UNDEF", span, f"failed to resolve {name}: Unknown variable name", f"D has it since version {since}"
    )


def undefined(target: nodes.Name | nodes.Scoped, scope: Scope) -> Problem:
    """The error for a name that nothing defined, with the closest name that exists."""
    where, name = split(target)
    known = [n for s, n in scope.variables if s == where]
    shown = show(where, name)
    if where != "global" or name == scope.assigning:
        return Problem(
            "D_VAR_UNDEF", target.span, f"{shown} has not yet been declared or assigned", find_similar(name, known)
        )
    return Problem(
        "D_IDENT_UNDEF",
        target.span,
        f"failed to resolve {name}: Unknown variable name",
        _scoped_hint(name, scope) or find_similar(name, known + list(BUILTINS)),
    )


def _scoped_hint(name: str, scope: Scope) -> str | None:
    if name in MACROS_ONLY:
        return f"did you mean ${name}?"
    for where in ("self", "this"):
        if (where, name) in scope.variables:
            return f"did you mean {show(where, name)}?"
    return f"a kernel variable is written `{name}" if scope.env.find_symbol(name) else None


def read_symbol(node: nodes.Symbol, scope: Scope, *, address: bool = False) -> tree.Expr:
    """A kernel variable's value, or its address."""
    where = f"{node.module or ''}`{node.name}"
    module = node.module and node.module.removesuffix("`")  # of a user's symbol, written with two of them
    if module is not None and (not scope.env.has_module(module)):
        raise Problem("D_IDENT_UNDEF", node.span, f"failed to resolve {where}: No such module")
    symbol = scope.env.find_symbol(node.name, module)
    if symbol is None:
        raise Problem("D_IDENT_UNDEF", node.span, f"failed to resolve {where}: Unknown symbol name")
    if module != node.module:
        message = f"kernel module '{module}' symbol '{node.name}' may not be referenced as a user symbol"
        raise Problem("D_SYM_BADREF", node.span, message)
    kind = _symbol_type(symbol, scope)
    place = tree.IntConst(PointerType(kind or VOID), node.span, symbol.address)
    if address:
        return place
    if kind is None:
        raise Problem(
            "D_SYM_NOTYPES",
            node.span,
            f"no symbolic type information is available for {where} of {symbol.size} bytes",
            f"take its address and cast it: *(int *)&`{node.name}",
        )
    return at(kind, place, node.span, writable=False)


def _symbol_type(symbol: KernelSymbol, scope: Scope) -> CType | None:
    """What the script declared, what the kernel says, or an integer of the symbol's size."""
    if symbol.name in scope.types.externs:
        return scope.types.externs[symbol.name]
    if symbol.type is not None:
        return symbol.type
    if symbol.is_function:
        return FunctionType(type_of("int"))
    if symbol.type_name is not None:
        with suppress(Problem, KeyError):
            return type_of(symbol.type_name)
    return {1: type_of("uint8_t"), 2: type_of("uint16_t"), 4: type_of("int"), 8: type_of("int64_t")}.get(symbol.size)
