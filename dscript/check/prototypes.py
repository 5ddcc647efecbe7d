# SPDX-License-Identifier: GPL-2.0-or-later
"""Arguments against prototypes, with DTrace's rules and wording.

The words of a prototype (idents.py): ``any`` everything; ``chars`` a string, pointer to characters or null;
``address`` any pointer, string or null; ``pointer`` the same but no string; ``lock`` a pointer or an integer;
any other word is the name of an integer type, which takes every integer.
"""

from __future__ import annotations

from collections.abc import Sequence

from dscript import tree
from dscript.ctype import ArrayType, CType, EnumType, IntType, PointerType, StringType, is_scalar, is_string_like
from dscript.errors import Problem
from dscript.idents import Prototype
from dscript.source import Span

_SHOWN = {"chars": "const char *", "address": "void *", "pointer": "pointer", "lock": "pointer"}


def check_length(name: str, span: Span, given: int, prototype: Prototype) -> None:
    """Raise D_PROTO_LEN unless the number of arguments suits."""
    most = len(prototype.arguments)
    least = most - prototype.optional
    if given >= least and (prototype.variadic or given <= most):
        return
    bound = ""
    if prototype.variadic or prototype.optional:
        bound = "at least " if given < least else "at most "
    raise length_problem(name, span, given, f"{bound}{least if given < least else most}")


def length_problem(name: str, span: Span, given: int, expected: str, tag: str = "D_PROTO_LEN") -> Problem:
    """The error for a wrong number of arguments."""
    args = "arg" if given == 1 else "args"
    return Problem(tag, span, f"{name}( ) prototype mismatch: {given} {args} passed, {expected} expected")


def check_arguments(name: str, arguments: Sequence[tree.Expr], prototype: Prototype) -> None:
    """Raise D_PROTO_ARG for the first argument whose type does not suit; the number of them does."""
    for number, (argument, wanted) in enumerate(zip(arguments, prototype.arguments, strict=False), 1):
        if not _suits(argument, wanted):
            raise argument_problem(name, number, argument, _SHOWN.get(wanted, wanted))


def argument_problem(name: str, number: int, argument: tree.Expr, wanted: str, tag: str = "D_PROTO_ARG") -> Problem:
    """The error for an argument of the wrong type."""
    return Problem(tag, argument.span, mismatch(name, number, wanted, str(argument.type)))


def mismatch(name: str, number: int, wanted: str, given: str) -> str:
    """``name( ) argument #n is incompatible with prototype``, both types below each other."""
    return f"{name}( ) argument #{number} is incompatible with prototype:\n\tprototype: {wanted}\n\t argument: {given}"


def is_integer(kind: CType) -> bool:
    """True for integers and enumerations."""
    return isinstance(kind, IntType | EnumType)


def is_positive_constant(value: tree.Expr) -> bool:
    """True for an integer constant above 0."""
    return isinstance(value, tree.IntConst) and is_integer(value.type) and value.value > 0


def _suits(argument: tree.Expr, wanted: str) -> bool:
    kind = argument.type
    null = isinstance(argument, tree.IntConst) and argument.value == 0
    match wanted:
        case "any":
            return True
        case "chars":
            return null or is_string_like(kind) or _is_char_array(kind)
        case "address":
            return null or isinstance(kind, PointerType | StringType | ArrayType)
        case "pointer":
            return null or isinstance(kind, PointerType | ArrayType)
        case "lock":
            return is_scalar(kind)
        case _:
            return is_integer(kind)


def _is_char_array(kind: CType) -> bool:
    return isinstance(kind, ArrayType) and isinstance(kind.element, IntType) and kind.element.size == 1
