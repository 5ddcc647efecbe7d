# SPDX-License-Identifier: GPL-2.0-or-later
"""``inline type name = value;`` and ``inline type name[type a, type b] = value;``.

The value is checked where it is defined, with parameters of which only the type is known, and typed again at every
use. An inline is known from its semicolon on, so it cannot contain itself.
"""

from __future__ import annotations

from dataclasses import replace

from dscript import nodes, tree
from dscript.check import arrays, names
from dscript.check.convert import assign_convert
from dscript.check.definitions import DYNAMIC, Inline, Translated
from dscript.check.places import at
from dscript.check.scope import Scope
from dscript.check.typenames import base_type, derive, read_prototype, require_fixed
from dscript.ctype import CType, PointerType, StructType, VoidType, describe, same_type
from dscript.errors import Problem
from dscript.idents import BUILTINS
from dscript.program import DifVariable, ValueKind, ValueType
from dscript.source import Span

_ARGUMENT = ValueType(ValueKind.INTEGER, 8)


def define_inline(node: nodes.Inline, scope: Scope) -> None:
    """Check a definition and enter it."""
    name, derived = node.declarator.name, node.declarator.derived
    try:
        _require_new(node, scope)
        parameters = None
        if derived and isinstance(derived[0], nodes.Keys):
            parameters, derived = _parameters(derived[0], scope), derived[1:]
        if derived and isinstance(derived[0], nodes.Array):
            message = f"inline declaration requires array tuple signature: {name}"
            raise Problem("D_DECL_ARRNULL", node.span, message)
        kind = derive(base_type(node.specifiers, scope), derived, scope)
        if isinstance(kind, VoidType):
            raise Problem("D_DECL_VOIDOBJ", node.span, f"cannot declare void inline: {name}")
        if isinstance(kind, StructType) and scope.types.complete(kind) is None:
            raise Problem("D_DECL_INCOMPLETE", node.span, f"incomplete struct/union/enum {kind}: {name}")
        inline = Inline(name, kind, parameters, node.value)
        bound = {parameter: stand_in(kind, node.span) for parameter, kind in parameters or ()}
        with scope.definitions.binding(bound):
            value = scope.cook(node.value)
            _as_declared(value, inline, node.span)
        if isinstance(value, tree.IntConst) and parameters is None:
            inline = replace(inline, constant=True)
    except Problem:
        scope.poisoned.add(("global", name))
        raise
    scope.definitions.inlines[name] = inline


def _require_new(node: nodes.Inline, scope: Scope) -> None:
    name = node.declarator.name
    for item in node.specifiers.items:
        if isinstance(item, nodes.Word) and item.kind == "STORAGE":
            raise Problem("D_DECL_BADCLASS", item.span, f"invalid storage class for inline {name}: {item.text}")
    if names.is_reserved(name) or scope.is_global(name) or scope.is_named(name):
        raise Problem("D_DECL_IDRED", node.span, f"identifier redefined: {name}\n\t current: inline definition")


def _parameters(keys: nodes.Keys, scope: Scope) -> tuple[tuple[str, CType], ...]:
    require_fixed(keys, "inline")
    types = read_prototype(keys.parameters, "array", scope)
    written = [parameter.declarator.name if parameter.declarator else "" for parameter in keys.parameters]
    return tuple(zip(written, types, strict=True))


def stand_in(kind: CType, span: Span) -> tree.Expr:
    """An expression of a type, for a parameter while nobody has given it a value."""
    variable = DifVariable("arg0", BUILTINS["arg0"].number, 1, 0, _ARGUMENT)
    if isinstance(kind, StructType):
        return at(kind, tree.Variable(PointerType(kind), span, variable), span, writable=False)
    return tree.Variable(kind, span, variable)


def _as_declared(value: tree.Expr, inline: Inline, span: Span) -> tree.Expr:
    """The value under the type of the inline; raises Problem D_OP_INCOMPAT."""
    if isinstance(value, Translated):
        wanted = PointerType(value.translator.result) if value.pointer else value.translator.result
        if same_type(inline.type, wanted):
            return value
    elif value.type != DYNAMIC:
        try:
            return assign_convert(value, inline.type, span)
        except Problem:
            pass
    raise Problem(
        "D_OP_INCOMPAT",
        span,
        f'inline {inline.name} definition uses incompatible types: "{describe(inline.type)}" = "{value.type}"',
    )


def read_inline(node: nodes.Name, inline: Inline, scope: Scope) -> tree.Expr:
    """The value of an inline used as a scalar."""
    if inline.parameters is not None:
        message = f"associative array '{inline.name}' may not be referenced as scalar"
        raise Problem("D_IDENT_BADREF", node.span, message)
    return _expand(inline, {}, node.span, scope)


def read_indexed(node: nodes.Index, inline: Inline, scope: Scope) -> tree.Expr:
    """The value of ``name[argument, argument]``."""
    assert inline.parameters is not None
    given = tuple(scope.cook(key) for key in node.keys)
    wanted = tuple(kind for _, kind in inline.parameters)
    values = arrays.match_keys(node, given, wanted, inline.name)
    bound = {name: value for (name, _), value in zip(inline.parameters, values, strict=True)}
    return _expand(inline, bound, node.span, scope)


def _expand(inline: Inline, bound: dict[str, tree.Expr], span: Span, scope: Scope) -> tree.Expr:
    value = scope.definitions.expand(lambda: scope.cook(inline.value), bound, span)
    return _as_declared(value, inline, span)
