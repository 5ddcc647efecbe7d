# SPDX-License-Identifier: GPL-2.0-or-later
"""From the words of a type to the type.

``read_type`` is for a type in an expression, ``base_type`` and ``derive`` for the two halves of a declaration;
structures and enumerations that are defined on the way are in ``structures.py``, C's words in ``wordtypes.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dscript import nodes, tree
from dscript.check import structures
from dscript.check.scope import Scope
from dscript.check.wordtypes import combine_words
from dscript.ctype import ArrayType, CType, FunctionType, PointerType, StringType, StructType, VoidType, decay, weigh
from dscript.errors import Problem
from dscript.source import NOWHERE, Span
from dscript.tokens import BASES

MAX_ARRAY_BYTES = 0x7FFFFFFF
MAX_WEIGHT = 400


def read_type(name: nodes.TypeName, scope: Scope) -> CType:
    """The type that a type name in an expression means; raises Problem if there is none."""
    return derive(base_type(name.specifiers, scope), name.derived, scope)


@lru_cache(maxsize=256)
def type_of(text: str) -> CType:
    """The type written as text, ``struct thread *`` or ``uint64_t``; structures are known by name only."""
    words = text.replace("*", " * ").split()
    kind: CType
    if words[0] in ("struct", "union"):
        kind = StructType(" ".join(words[:2]))
    else:
        kind = combine_words([w for w in words if w != "*"], NOWHERE)
    for _ in range(words.count("*")):
        kind = PointerType(kind)
    return kind


def base_type(specifiers: nodes.Specifiers, scope: Scope) -> CType:
    """The type that specifiers mean; they may name a structure that is defined later or never."""
    words: list[str] = []
    named: list[CType] = []
    if (extra := find_extra_string(specifiers)) is not None:
        raise Problem("D_DECL_IDENT", extra.span, "old-style declaration or incorrect type specified")
    for item in specifiers.items:
        match item:
            case nodes.Word(kind="TYPE_WORD", text=text):
                words.append(text)
            case nodes.Word(kind="TYPE_NAME", text=text, span=span):
                named.append(_typedef(text, scope, span))
            case nodes.Structure():
                named.append(structures.read_structure(item, scope, base_type, derive))
            case nodes.Enumeration():
                named.append(structures.read_enumeration(item, scope))
    return combine_words(words, specifiers.span, named)


def find_extra_string(specifiers: nodes.Specifiers) -> nodes.Word | None:
    """The word ``string`` behind another type: DTrace takes it for the name that is declared."""
    typed = False
    for item in specifiers.items:
        if typed and isinstance(item, nodes.Word) and (item.kind, item.text) == ("TYPE_NAME", "string"):
            return item
        typed = typed or not isinstance(item, nodes.Word) or item.kind == "TYPE_NAME" or item.text in BASES
    return None


def _typedef(name: str, scope: Scope, span: Span) -> CType:
    kind = scope.types.find(name)
    if kind is None:
        raise Problem("D_TYPE_ERR", span, f"failed to resolve type {name}: Unknown type name")
    return scope.string if isinstance(kind, StringType) else kind


def derive(kind: CType, derived: Sequence[nodes.Derivation], scope: Scope) -> CType:
    """The type that a declarator makes of a base type."""
    for step in reversed(derived):
        match step:
            case nodes.Pointer():
                kind = PointerType(kind)
            case nodes.Array():
                kind = _array(kind, step, scope)
            case nodes.Function():
                kind = _function(kind, step, scope)
            case nodes.Keys():
                raise Problem("D_DECL_DYNOBJ", step.span, "cannot declare array of, or object with, associative arrays")
    if derived and weigh(kind, MAX_WEIGHT) > MAX_WEIGHT:
        span = next((step.span for step in derived if not isinstance(step, nodes.Pointer)), NOWHERE)
        raise Problem("D_SYNTAX", span, f"type is too complicated; at most {MAX_WEIGHT} types in one")
    return kind


def _array(kind: CType, step: nodes.Array, scope: Scope) -> CType:
    if isinstance(kind, VoidType | FunctionType):
        raise Problem("D_DECL_VOIDOBJ", step.span, f'array elements cannot be of type "{kind}"')
    if step.size is None:
        return ArrayType(kind, 0)
    size = scope.cook(step.size)
    if not isinstance(size, tree.IntConst) or size.value <= 0:
        raise Problem(
            "D_DECL_ARRSUB",
            step.span.to(size.span),
            "positive integral constant expression or tuple signature expected as array declaration subscript",
        )
    if size.value > MAX_ARRAY_BYTES or size.value * kind.size > MAX_ARRAY_BYTES:
        raise Problem("D_DECL_ARRBIG", step.span.to(size.span), f"array dimension {size.value} is too big")
    return ArrayType(kind, size.value)


def _function(kind: CType, step: nodes.Function, scope: Scope) -> CType:
    if isinstance(kind, ArrayType | FunctionType):
        raise Problem("D_DECL_PROTO_TYPE", step.span, f'function may not return a value of type "{kind}"')
    if step.parameters is None:
        return FunctionType(kind, None, step.variadic)
    arguments = read_prototype(step.parameters, "function", scope, void=True)
    return FunctionType(kind, arguments, step.variadic)


def read_prototype(
    parameters: Sequence[nodes.Parameter],
    what: str,
    scope: Scope,
    *,
    void: bool = False,
    formals: Sequence[str] | None = None,
) -> tuple[CType, ...]:
    """The types of parameters or keys; ``void`` allows a sole void, which means none.

    With ``formals`` every parameter must have one of these names; else a name must be a new one.
    """
    types, names, voids = list[CType](), list[str](), 0
    for number, parameter in enumerate(parameters, 1):
        kind = _parameter(parameter, what, number, scope)
        name = parameter.declarator.name if parameter.declarator else ""
        is_void = isinstance(kind, VoidType)
        if is_void and not void:
            raise _unusable(parameter, what, number, kind)
        if is_void and name:
            raise Problem("D_DECL_PROTO_NAME", parameter.span, f"void parameter may not have a name: {name}")
        _check_formal(parameter, what, number, name, names if formals is None else formals, new=formals is None)
        if not name and not is_void and formals is not None:
            message = f"parameter declaration requires a name: parameter #{number}"
            raise Problem("D_DECL_PROTO_NAME", parameter.span, message)
        if isinstance(kind, StructType) and scope.types.complete(kind) is None and not void:
            raise _unusable(parameter, what, number, kind)
        names.append(name)
        voids += is_void
        types += [] if is_void else [kind]
    if voids and len(parameters) > 1:
        raise Problem("D_DECL_PROTO_VOID", parameters[0].span, "void must be sole parameter")
    return tuple(types)


def _unusable(parameter: nodes.Parameter, what: str, number: int, kind: object) -> Problem:
    message = f'{what} prototype may not use parameter of type "{kind}": parameter #{number}'
    return Problem("D_DECL_PROTO_TYPE", parameter.span, message)


def _check_formal(
    parameter: nodes.Parameter, what: str, number: int, name: str, known: Sequence[str], *, new: bool
) -> None:
    if name and (name in known) == new:
        state = "already" if new else "not"
        message = f"parameter is {state} declared in {what} prototype: {name}, parameter #{number}"
        raise Problem("D_DECL_PROTO_FORM", parameter.span, message)


def _parameter(parameter: nodes.Parameter, what: str, number: int, scope: Scope) -> CType:
    for item in parameter.specifiers.items:
        if isinstance(item, nodes.Word) and item.kind == "STORAGE" and item.text != "register":
            raise Problem(
                "D_DECL_PARMCLASS",
                item.span,
                f"inappropriate storage class for function or associative array parameter: {item.text}",
            )
    derived = parameter.declarator.derived if parameter.declarator else ()
    if any(isinstance(step, nodes.Keys) for step in derived):
        raise _unusable(parameter, what, number, "dynamic variable")
    return decay(derive(base_type(parameter.specifiers, scope), derived, scope))


def require_fixed(derivation: nodes.Keys | nodes.Function, what: str) -> None:
    """Raise unless the parameters are a list without ``...``."""
    if derivation.variadic:
        raise Problem(
            "D_DECL_PROTO_VARARGS", derivation.span, f"{what} prototype may not use a variable-length argument list"
        )
