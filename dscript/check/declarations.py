# SPDX-License-Identifier: GPL-2.0-or-later
"""Declarations outside clauses: ``int x;``, ``self string s;``, ``int a[int, string];``."""

from __future__ import annotations

from dscript import nodes
from dscript.check import names
from dscript.check.scope import Scope
from dscript.check.typenames import base_type, derive
from dscript.ctype import CType, PointerType, StringType, StructType, VoidType
from dscript.errors import Problem


def check_declaration(declaration: nodes.Declaration, scope: Scope) -> None:
    """Enter the declared variables into the scope; problems are collected."""
    if not declaration.declarators:
        raise Problem("D_DECL_USELESS", declaration.span, "useless declaration: no name is declared")
    storage = [i.text for i in declaration.specifiers.items if isinstance(i, nodes.Word) and i.kind == "STORAGE"]
    where = storage[0] if storage else "global"
    if where in ("static", "register", "auto", "extern", "typedef"):
        raise Problem("D_DECL_BADCLASS", declaration.span, f"storage class {where} is not supported for D variables")
    for declarator in declaration.declarators:
        try:
            _declare(declaration, declarator, where, scope)
        except Problem as problem:
            scope.poisoned.add((where, declarator.name))
            scope.report(problem)


def _declare(declaration: nodes.Declaration, declarator: nodes.Declarator, where: str, scope: Scope) -> None:
    span, name = declarator.span, declarator.name
    first = declarator.derived[0] if declarator.derived else None
    keys = None
    if isinstance(first, nodes.Keys):
        keys = tuple(_key_type(k, scope) for k in first.parameters)
    rest = declarator.derived[1:] if isinstance(first, nodes.Keys | nodes.Array) else declarator.derived
    kind = derive(base_type(declaration.specifiers), rest)
    if isinstance(kind, VoidType):
        raise Problem("D_DECL_VOIDOBJ", span, f"cannot declare {name} with type void")
    if isinstance(kind, StructType):
        raise Problem("D_DECL_INCOMPLETE", span, f"cannot declare {name}: the members of {kind} are not known here")
    if isinstance(first, nodes.Array):
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


def _key_type(name: nodes.Parameter, scope: Scope) -> CType:
    kind = derive(base_type(name.specifiers), name.declarator.derived if name.declarator else ())
    if isinstance(kind, StringType):
        return scope.string
    if isinstance(kind, VoidType | StructType) or (isinstance(kind, PointerType) and kind.size == 0):
        raise Problem("D_KEY_TYPE", name.span, f'"{kind}" cannot be the type of a key')
    return kind
