# SPDX-License-Identifier: GPL-2.0-or-later
"""Assignments: ``=``, compound assignment, ``++`` and ``--``, and what can stand on their left side.

A variable that is assigned before it is known takes the type of its first value, an array the types of its first keys.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check import arithmetic, arrays, names, places
from dscript.check.convert import assign_convert
from dscript.check.definitions import DYNAMIC
from dscript.check.scope import Scope
from dscript.ctype import INT, INT64, ArrayType, CType, FunctionType, StringType, VoidType, is_scalar
from dscript.errors import Problem


def assign(node: nodes.Assign, scope: Scope) -> tree.Expr:
    """``target = value`` or ``target op= value``."""
    if isinstance(node.target, nodes.Aggregate) or (
        isinstance(node.target, nodes.Index) and isinstance(node.target.base, nodes.Aggregate)
    ):
        raise Problem("D_AGG_FUNC", node.span, "an aggregation can only be assigned as a statement of its own")
    try:
        value = scope.cook(node.value)
    except Problem:
        _poison(node.target, scope)
        raise
    if node.operator is not None:
        target = _target(node.target, INT64, scope, f"{node.operator}=")
        return _update(node, target, node.operator, value, old=False)
    _require_storable(value)
    target = _target(node.target, value.type, scope, "=")
    if isinstance(target.type, ArrayType | FunctionType):
        raise _not_for_arrays(target)
    converted = assign_convert(value, target.type, node.span)
    if isinstance(target, tree.Place) and isinstance(target.type, StringType):
        raise Problem("D_OP_WRITE", node.span, "a string inside a structure cannot be assigned")
    return tree.Store(target.type, node.span, target, converted)


def _poison(target: nodes.Expr, scope: Scope) -> None:
    base = target.base if isinstance(target, nodes.Index) else target
    if (
        isinstance(base, nodes.Name | nodes.Scoped)
        and names.split(base) not in scope.variables
        and not names.is_known(base, scope)
    ):
        scope.poisoned.add(names.split(base))


def _require_storable(value: tree.Expr) -> None:
    if value.type == DYNAMIC:
        raise Problem("D_OP_DYN", value.span, "operator = may not be applied to an operand of dynamic type")
    if isinstance(value.type, VoidType):
        raise Problem("D_OP_VFPTR", value.span, "a void expression has no value to assign")


def _not_for_arrays(value: tree.Expr) -> Problem:
    return Problem("D_OP_ARRFUN", value.span, f'operator = may not be applied to operand of type "{value.type}"')


def _target(node: nodes.Expr, kind: CType, scope: Scope, operator: str) -> tree.Variable | tree.Element | tree.Memory:
    """What is assigned to; a variable or element that does not exist is made with type ``kind``."""
    match node:
        case nodes.Name() | nodes.Scoped() if not names.is_known(node, scope):
            declared = names.find_declared(node, scope) or _create(node, kind, scope)
            return names.as_scalar(declared, node)
        case nodes.Index(base=nodes.Name() | nodes.Scoped() as base) if not names.is_known(base, scope):
            if names.find_declared(base, scope) is None:
                return _create_element(node, base, kind, scope)
    target = scope.cook(node)
    if isinstance(target, tree.Variable | tree.Element | tree.ArrayItem | tree.Memory):
        if not isinstance(target, tree.ArrayItem) and places.is_writable(target):
            return target
        raise Problem("D_OP_WRITE", node.span, f"operator {operator} can only be applied to a writable variable")
    raise Problem("D_OP_LVAL", node.span, f"operator {operator} requires modifiable lvalue as an operand")


def _create(node: nodes.Name | nodes.Scoped, kind: CType, scope: Scope) -> names.Declared:
    if isinstance(kind, ArrayType | FunctionType):
        raise Problem("D_OP_ARRFUN", node.span, f'operator = may not be applied to operand of type "{kind}"')
    return scope.declare(*names.split(node), kind, None, node.span)


def _create_element(node: nodes.Index, base: nodes.Name | nodes.Scoped, kind: CType, scope: Scope) -> tree.Element:
    where, name = names.split(base)
    if where == "this":
        raise Problem(
            "D_ARR_LOCAL",
            node.span,
            f"local variables may not be used as associative arrays: {name}",
            "use self-> or a global array",
        )
    if isinstance(kind, ArrayType | FunctionType):
        raise Problem("D_OP_ARRFUN", node.span, f'operator = may not be applied to operand of type "{kind}"')
    keys = arrays.first_keys(node, scope)
    declared = scope.declare(where, name, kind, tuple(k.type for k in keys), node.span)
    return tree.Element(declared.type, node.span, declared.variable, keys)


def _update(
    node: nodes.Expr, target: tree.Variable | tree.Element | tree.Memory, operator: str, amount: tree.Expr, *, old: bool
) -> tree.Expr:
    # binary() judges the operand types and scales pointers; its result tells the type of the arithmetic
    result = arithmetic.binary(operator, target, amount)
    assert not isinstance(target, tree.Place)
    if isinstance(result, tree.Arithmetic):
        amount = result.right
    unsigned = not getattr(result.type, "signed", False)
    return tree.Update(target.type, node.span, target, operator, amount, unsigned, old)


def step(node: nodes.Step, scope: Scope) -> tree.Expr:
    """``++`` and ``--``."""
    target = _target(node.operand, INT64, scope, node.operator)
    if not is_scalar(target.type):
        raise Problem(
            "D_OP_SCALAR",
            node.span,
            f'operator {node.operator} requires operand of scalar type, not "{target.type}"',
        )
    return _update(node, target, node.operator[0], tree.IntConst(INT, node.span, 1), old=not node.prefix)
