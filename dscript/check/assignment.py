# SPDX-License-Identifier: GPL-2.0-or-later
"""Assignments: ``=``, compound assignment, ``++`` and ``--``, and what can stand on their left side.

A variable that is assigned before it is known takes the type of its first value, an array the types of its first keys.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check import arithmetic, arrays, names, places
from dscript.check.arithmetic import incompatible
from dscript.check.convert import assign_convert
from dscript.check.definitions import DYNAMIC
from dscript.check.scope import Scope
from dscript.check.translated import as_value, own_text
from dscript.ctype import (
    INT,
    INT64,
    VOID,
    ArrayType,
    CType,
    FunctionType,
    IntType,
    PointerType,
    StringType,
    is_scalar,
)  # fmt: skip
from dscript.errors import Problem
from dscript.idents import AGGREGATING


def assign(node: nodes.Assign, scope: Scope) -> tree.Expr:
    """``target = value`` or ``target op= value``; types are judged before it is asked whether the target may change."""
    if _is_aggregation(node.target):
        return _nested_aggregation(node, scope)
    if node.operator is not None:
        return _compound(node, node.operator, scope)
    try:
        value = as_value(_cook_value(node, scope), scope)
    except Problem:
        _poison(node.target, scope)
        raise
    target = _target(node.target, value.type, scope)
    if isinstance(target.type, ArrayType | FunctionType):
        raise _not_for_arrays(target)
    if value.type in (VOID, DYNAMIC):
        raise incompatible("=", target, value)
    if isinstance(value, tree.Tracing) and value.type == target.type:
        return value
    converted = assign_convert(value, target.type, node.span)
    place = _require_modifiable(node.target, target, "=", scope)
    if isinstance(place, tree.Place) and isinstance(place.type, StringType):
        converted = own_text(converted, node.span, scope)
    return tree.Store(target.type, node.span, place, converted)


def _cook_value(node: nodes.Assign, scope: Scope) -> tree.Expr:
    """The value, in which a variable that the assignment makes is one that nothing has been assigned to."""
    before = scope.assigning
    scope.assigning = node.target.name if isinstance(node.target, nodes.Name) else None
    try:
        return scope.cook(node.value)
    finally:
        scope.assigning = before


def _is_aggregation(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Aggregate) or (
        isinstance(node, nodes.Index) and isinstance(node.base, nodes.Aggregate)
    )


def _nested_aggregation(node: nodes.Assign, scope: Scope) -> tree.Expr:
    """An aggregation filled inside an expression: nothing takes it, each in its own words."""
    value = scope.cook(node.value)
    if not isinstance(value, tree.Tracing) or value.name not in AGGREGATING:
        raise Problem("D_AGG_FUNC", node.span, "an aggregation must be assigned the result of an aggregating function")
    return tree.Dynamic(DYNAMIC, node.span)


def _compound(node: nodes.Assign, operator: str, scope: Scope) -> tree.Expr:
    """``target op= value``; unlike ``=`` and the steps it makes no variable."""
    arithmetic.refuse_zero(operator, node.value)
    target = _existing(node.target, scope)
    value = scope.cook(node.value)
    if operator in "+-":
        _check_sum(operator, target, value)
    elif not isinstance(target.type, IntType) or not isinstance(value.type, IntType):
        tag, wanted = ("D_OP_ARITH", "arithmetic") if operator in "*/" else ("D_OP_INT", "integral")
        raise Problem(tag, node.span, f"operator {operator}= requires operands of {wanted} type")
    elif operator in "/%" and isinstance(value, tree.IntConst) and value.value == 0:
        raise Problem("D_DIV_ZERO", node.span, "expression contains division by zero")
    return _update(node, _require_modifiable(node.target, target, f"{operator}=", scope), operator, value, old=False)


def _check_sum(operator: str, target: tree.Expr, value: tree.Expr) -> None:
    left, right = target.type, value.type
    if isinstance(left, StringType) or isinstance(right, StringType):
        raise incompatible(f"{operator}=", target, value)
    if isinstance(left, IntType) and isinstance(right, IntType):
        return
    if not isinstance(left, PointerType | ArrayType) or arithmetic.has_no_size(left):
        message = f"operator {operator}= requires left-hand scalar operand of known size"
        raise Problem("D_OP_VFPTR", target.span, message)
    if not isinstance(right, IntType):
        raise incompatible(f"{operator}=", target, value)


def _existing(node: nodes.Expr, scope: Scope) -> tree.Expr:
    """What a compound assignment changes; raises Problem D_VAR_UNDEF if it is a variable that is not there."""
    base = node.base if isinstance(node, nodes.Index) else node
    match base:
        case nodes.Name() | nodes.Scoped() if not names.is_known(base, scope):
            if names.find_declared(base, scope) is None:
                message = f"{names.show(*names.split(base))} has not yet been declared or assigned"
                raise Problem("D_VAR_UNDEF", node.span, message)
    return scope.cook(node)


def _poison(target: nodes.Expr, scope: Scope) -> None:
    base = target.base if isinstance(target, nodes.Index) else target
    if (
        isinstance(base, nodes.Name | nodes.Scoped)
        and names.split(base) not in scope.variables
        and not names.is_known(base, scope)
    ):
        scope.poisoned.add(names.split(base))


def _not_for_arrays(value: tree.Expr) -> Problem:
    return Problem("D_OP_ARRFUN", value.span, f'operator = may not be applied to operand of type "{value.type}"')


def _target(node: nodes.Expr, kind: CType, scope: Scope) -> tree.Expr:
    """What is assigned to; a variable or element that does not exist is made with type ``kind``."""
    match node:
        case nodes.Name() | nodes.Scoped() if not names.is_known(node, scope):
            declared = names.find_declared(node, scope) or _create(node, kind, scope)
            return names.as_scalar(declared, node)
        case nodes.Index(base=nodes.Name() | nodes.Scoped() as base) if not names.is_known(base, scope):
            if names.find_declared(base, scope) is None:
                return _create_element(node, base, kind, scope)
    return scope.cook(node)


def _require_modifiable(
    node: nodes.Expr, target: tree.Expr, operator: str, scope: Scope
) -> tree.Variable | tree.Element | tree.Memory:
    """The target, if it is something that can change; raises Problem D_OP_LVAL or D_OP_WRITE."""
    inline = scope.definitions.inlines.get(node.name) if isinstance(node, nodes.Name) else None
    if inline is not None and not inline.constant:  # to DTrace it is a variable, though nobody may write it
        raise Problem("D_OP_WRITE", target.span, f"operator {operator} can only be applied to a writable variable")
    if not isinstance(target, tree.Variable | tree.Element | tree.ArrayItem | tree.Memory):
        raise Problem("D_OP_LVAL", target.span, f"operator {operator} requires modifiable lvalue as an operand")
    if isinstance(target, tree.ArrayItem) or not places.is_writable(target):
        raise Problem("D_OP_WRITE", target.span, f"operator {operator} can only be applied to a writable variable")
    return target


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
    target = _target(node.operand, INT64, scope)
    if not is_scalar(target.type):
        message = f'operator {node.operator} requires operand of scalar type, not "{target.type}"'
        raise Problem("D_OP_SCALAR", node.span, message)
    if arithmetic.has_no_size(target.type):
        raise Problem("D_OP_VFPTR", node.span, f"operator {node.operator} requires an operand of known size")
    place = _require_modifiable(node.operand, target, node.operator, scope)
    return _update(node, place, node.operator[0], tree.IntConst(INT, node.span, 1), old=not node.prefix)
