# SPDX-License-Identifier: GPL-2.0-or-later
"""Declarations outside clauses: variables of all scopes, typedefs, external symbols, and types for their own sake."""

from __future__ import annotations

from dscript import nodes
from dscript.check import names
from dscript.check.scope import Scope
from dscript.check.typenames import base_type, derive, find_extra_string, read_prototype, require_fixed
from dscript.ctype import (
    OWN_TYPEDEFS,
    ArrayType,
    CType,
    FunctionType,
    StringType,
    StructType,
    VoidType,
    describe,
    rename,
    same_type,
)  # fmt: skip
from dscript.errors import Problem

_UNSUITABLE = ("static", "register", "auto")


def check_declaration(declaration: nodes.Declaration, scope: Scope) -> None:
    """Enter what is declared into the scope; problems of single declarators are collected."""
    where = _storage(declaration.specifiers)
    extra = find_extra_string(declaration.specifiers)
    if extra is not None and (where == "typedef" or not declaration.declarators):
        raise Problem("D_DECL_IDRED", extra.span, "typedef identifier redeclared: string")
    base = base_type(declaration.specifiers, scope)
    if not declaration.declarators:
        _require_useful(declaration)
    for declarator in declaration.declarators:
        try:
            _declare(where, base, declarator, scope)
        except Problem as problem:
            scope.poisoned.add((where, declarator.name))
            scope.report(problem)


def _storage(specifiers: nodes.Specifiers) -> str:
    """``global``, ``self``, ``this``, ``extern`` or ``typedef``."""
    words = [i for i in specifiers.items if isinstance(i, nodes.Word) and i.kind == "STORAGE"]
    if len(words) > 1:
        raise Problem("D_DECL_CLASS", words[1].span, "only one storage class allowed in declaration")
    if words and words[0].text in _UNSUITABLE:
        raise Problem(
            "D_DECL_BADCLASS", words[0].span, f"specified storage class not appropriate in D: {words[0].text}"
        )
    return words[0].text if words else "global"


def _require_useful(declaration: nodes.Declaration) -> None:
    """A declaration without a name must at least name a structure, a union or an enumeration."""
    if not any(isinstance(i, nodes.Structure | nodes.Enumeration) for i in declaration.specifiers.items):
        raise Problem("D_DECL_USELESS", declaration.span, "useless declaration: no name is declared")


def _declare(where: str, base: CType, node: nodes.Declarator, scope: Scope) -> None:
    if "`" in node.name:
        raise Problem(
            "D_DECL_SCOPE", node.span, f"D scoping operator may not be used in a declaration name ({node.name})"
        )
    keys, derived = None, node.derived
    if where not in ("typedef", "extern") and derived and isinstance(derived[0], nodes.Keys):
        require_fixed(derived[0], "array")
        keys = read_prototype(derived[0].parameters, "array", scope)
        derived = derived[1:]
    kind = derive(base, derived, scope)
    if where == "typedef":
        _typedef(node, kind, scope)
    elif where == "extern" or isinstance(kind, FunctionType):
        _extern(where, node, kind, scope)
    else:
        _variable(where, node, kind, keys, scope)


def _typedef(node: nodes.Declarator, kind: CType, scope: Scope) -> None:
    name = node.name
    if names.is_reserved(name) or scope.is_global(name):
        raise Problem("D_DECL_IDRED", node.span, f"global variable identifier redeclared: {name}")
    if name in scope.types.typedefs or name in OWN_TYPEDEFS:
        raise Problem("D_DECL_IDRED", node.span, f"typedef redeclared: {name}")
    _require_dimension(node, kind)
    scope.types.typedefs[name] = rename(kind, name)


def _extern(where: str, node: nodes.Declarator, kind: CType, scope: Scope) -> None:
    """A symbol that is defined elsewhere: from here on it has this type."""
    if where in ("self", "this"):
        raise Problem("D_DECL_BADCLASS", node.span, f'{where} cannot be of type "{kind}"')
    before = scope.types.externs.get(node.name)
    if (before is not None and not same_type(before, kind)) or scope.is_global(node.name):
        raise _redeclared(node, describe(before) if before else "a D variable", describe(kind))
    scope.types.externs[node.name] = kind


def _require_object(node: nodes.Declarator, kind: CType) -> None:
    if isinstance(kind, VoidType):
        raise Problem("D_DECL_VOIDOBJ", node.span, f"cannot declare void object: {node.name}")


def _require_dimension(node: nodes.Declarator, kind: CType) -> None:
    while isinstance(kind, ArrayType):
        if not kind.count:
            raise Problem(
                "D_DECL_ARRNULL",
                node.span,
                f"array declaration requires array dimension or tuple signature: {node.name}",
                f"{describe(kind.element)} {node.name}[int] is an array with integer keys",
            )
        kind = kind.element


def _variable(where: str, node: nodes.Declarator, kind: CType, keys: tuple[CType, ...] | None, scope: Scope) -> None:
    span, name = node.span, node.name
    _require_object(node, kind)
    _require_dimension(node, kind)
    element = kind
    while isinstance(element, ArrayType):
        element = element.element
    if isinstance(element, StructType):
        if scope.types.complete(element) is None:
            raise Problem(
                "D_DECL_INCOMPLETE", span, f"incomplete struct/union/enum {element}: {name} cannot be of that type"
            )
        kind = scope.types.complete(element) or kind if kind is element else kind
    if keys is not None and where == "this":
        raise Problem("D_DECL_LOCASSC", span, f"local variables may not be associative arrays: this->{name}")
    if where == "global" and (names.is_reserved(name) or scope.is_named(name)):
        raise Problem("D_DECL_IDRED", span, f"identifier redeclared: {name} is already defined")
    if name in scope.types.typedefs or name in OWN_TYPEDEFS:
        raise Problem("D_DECL_IDRED", span, f"typedef identifier redeclared: {name}")
    kind = scope.string if isinstance(kind, StringType) else kind
    _enter(where, kind, keys, node, scope)


def _enter(where: str, kind: CType, keys: tuple[CType, ...] | None, node: nodes.Declarator, scope: Scope) -> None:
    before = scope.variables.get((where, node.name))
    if where == "global":
        scope.declared.add(node.name)
    if before is None:
        scope.declare(where, node.name, kind, keys, node.span)
    elif not same_type(before.type, kind) or not _same_keys(before.keys, keys):
        raise _redeclared(node, describe(before.type), describe(kind))


def _same_keys(one: tuple[CType, ...] | None, other: tuple[CType, ...] | None) -> bool:
    if one is None or other is None:
        return one is other
    return len(one) == len(other) and all(map(same_type, one, other))


def _redeclared(node: nodes.Declarator, before: str, now: str) -> Problem:
    return Problem("D_DECL_IDRED", node.span, f"identifier redeclared: {node.name} is {before}, not {now}")
