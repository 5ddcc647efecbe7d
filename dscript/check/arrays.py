# SPDX-License-Identifier: GPL-2.0-or-later
"""``x[…]``: elements of associative arrays, and of C arrays and pointers, which are ``*(x + i)``."""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check import names, places
from dscript.check.convert import compatible_key, decayed, retype
from dscript.check.definitions import DYNAMIC
from dscript.check.scope import Declared, Scope, describe_type
from dscript.ctype import VOID, CType, FloatType, is_string_like
from dscript.errors import Problem


def read_index(node: nodes.Index, scope: Scope) -> tree.Expr:
    """The element that an index expression reads."""
    base = node.base
    if isinstance(base, nodes.Aggregate):
        scope.mentioned.add(base.name)
        return tree.Dynamic(DYNAMIC, node.span)
    if isinstance(base, nodes.Name | nodes.Scoped):
        declared = names.find_declared(base, scope)
        if declared is not None and declared.keys is not None:
            return element(node, declared, scope)
        if declared is None and not names.is_known(base, scope):
            scope.unseen = scope.unseen or isinstance(base, nodes.Name)
            message = f"{names.show(*names.split(base))} has not yet been declared or assigned"
            raise Problem("D_VAR_UNDEF", node.span, message)
    return _indexed(node, scope.cook(base), scope)


def _indexed(node: nodes.Index, base: tree.Expr, scope: Scope) -> tree.Expr:
    if len(node.keys) != 1:
        raise Problem(
            "D_ARR_BADREF", node.span, f'cannot use "{base.type}" as an associative array: it has no tuple of keys'
        )
    return places.index(base, scope.cook(node.keys[0]), node.span, scope)


def element(node: nodes.Index, declared: Declared, scope: Scope) -> tree.Element:
    """An element of an associative array that exists; keys are converted to the array's key types."""
    assert declared.keys is not None
    given = tuple(scope.cook(k) for k in node.keys)
    keys = match_keys(node, given, declared.keys, declared.variable.name)
    return tree.Element(declared.type, node.span, declared.variable, keys)


def match_keys(
    node: nodes.Expr, given: tuple[tree.Expr, ...], wanted: tuple[CType, ...], name: str
) -> tuple[tree.Expr, ...]:
    """The keys converted to the types of the array's first use; raises Problem on a mismatch."""
    if len(given) != len(wanted):
        keys = "key" if len(given) == 1 else "keys"
        raise Problem(
            "D_PROTO_LEN",
            node.span,
            f"{name}[ ] prototype mismatch: {len(given)} {keys} passed, {len(wanted)} expected",
        )
    converted = []
    for number, (key, kind) in enumerate(zip(given, wanted, strict=True), 1):
        value = compatible_key(key, kind)
        if value is None:
            raise Problem(
                "D_PROTO_ARG",
                key.span,
                f"{name}[ ] key #{number} is incompatible with prototype:\n\tprototype: {describe_type(kind)}\n"
                f"\t      key: {key.type}",
            )
        converted.append(value)
    return tuple(converted)


def first_keys(node: nodes.Index, scope: Scope) -> tuple[tree.Expr, ...]:
    """The keys of an array's first use, which give it its key types; raises Problem on what cannot be a key."""
    keys = []
    for number, key in enumerate(node.keys, 1):
        value = scope.cook(key)
        if value.type in (VOID, DYNAMIC) or isinstance(value.type, FloatType):
            raise Problem(
                "D_KEY_TYPE", value.span, f"{value.type} expression may not be used as array index: key #{number}"
            )
        keys.append(retype(value, scope.string) if _is_text(value, scope) else decayed(value))
    return tuple(keys)


def _is_text(value: tree.Expr, scope: Scope) -> bool:
    """A character array as a key stands for its text."""
    return is_string_like(value.type) and isinstance(value, tree.Place) and value.type != scope.string
