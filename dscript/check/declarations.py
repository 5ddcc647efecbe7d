# SPDX-License-Identifier: GPL-2.0-or-later
"""Declarations outside clauses: ``int x;``, ``self string s;``, ``int a[int, string];``."""

from __future__ import annotations

from dscript import nodes
from dscript.check import names
from dscript.check.scope import Scope
from dscript.check.typenames import read_type
from dscript.ctype import CType, PointerType, StringType, StructType, VoidType
from dscript.errors import Problem


def check_declaration(declaration: nodes.Declaration, scope: Scope) -> None:
    """Enter the declared variables into the scope; problems are collected."""
    where = declaration.storage or "global"
    if where in ("static", "register", "auto", "extern"):
        raise Problem("D_DECL_BADCLASS", declaration.span, f"storage class {where} is not supported for D variables")
    for declarator in declaration.declarators:
        try:
            _declare(declaration, declarator, where, scope)
        except Problem as problem:
            scope.poisoned.add((where, declarator.name))
            scope.report(problem)


def _declare(declaration: nodes.Declaration, declarator: nodes.Declarator, where: str, scope: Scope) -> None:
    span, name = declarator.span, declarator.name
    kind = read_type(declaration.type, declarator.pointers)
    keys = None if declarator.keys is None else tuple(_key_type(k, scope) for k in declarator.keys)
    if isinstance(kind, VoidType):
        raise Problem("D_DECL_VOIDOBJ", span, f"cannot declare {name} with type void")
    if isinstance(kind, StructType):
        raise Problem("D_DECL_INCOMPLETE", span, f"cannot declare {name}: the members of {kind} are not known here")
    if declarator.dimension:
        raise Problem(
            "D_DECL_ARRNULL",
            span,
            f"array {name} needs key types between its brackets",
            f"{kind} {name}[int] is an array with integer keys",
        )
    if keys is not None and where == "this":
        raise Problem("D_DECL_LOCASSC", span, f"this->{name} cannot be an associative array")
    if where == "global" and names.is_reserved(name):
        raise Problem("D_DECL_IDRED", span, f"identifier redeclared: {name} is defined by D")
    kind = scope.string if isinstance(kind, StringType) else kind
    _enter(where, name, kind, keys, declarator, scope)


def _enter(
    where: str, name: str, kind: CType, keys: tuple[CType, ...] | None, node: nodes.Declarator, scope: Scope
) -> None:
    before = scope.variables.get((where, name))
    if before is None:
        scope.declare(where, name, kind, keys, node.span)
    elif (before.type, before.keys) != (kind, keys):
        raise Problem(
            "D_DECL_IDRED", node.span, f"identifier redeclared: {names.show(where, name)} is {before.type}, not {kind}"
        )


def _key_type(name: nodes.TypeName, scope: Scope) -> CType:
    kind = read_type(name)
    if isinstance(kind, StringType):
        return scope.string
    if isinstance(kind, VoidType | StructType) or (isinstance(kind, PointerType) and kind.size == 0):
        raise Problem("D_KEY_TYPE", name.span, f'"{kind}" cannot be the type of a key')
    return kind
