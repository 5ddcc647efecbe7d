# SPDX-License-Identifier: GPL-2.0-or-later
"""Typing of expressions: ``cook(node, scope)`` gives the typed tree or raises the first Problem.

This file only walks; what operators, names and calls mean is in the files beside it. A variable that is assigned
before it is known takes the type of its first value, an array the types of its first keys.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check import arithmetic, calls, names
from dscript.check.convert import assign_convert, compatible_key, convert, retype
from dscript.check.scope import Declared, Scope, describe_type
from dscript.check.typenames import read_type, type_of
from dscript.ctype import (
    INT,
    INT64,
    CType,
    IntType,
    PointerType,
    StringType,
    VoidType,
    common,
    is_scalar,
    is_string_like,
)  # fmt: skip
from dscript.errors import Problem
from dscript.idents import ARRAYS
from dscript.source import Span


def cook(node: nodes.Expr, scope: Scope) -> tree.Expr:
    """The typed tree of an expression."""
    match node:
        case nodes.Integer(span=span, value=value, type_name=name):
            return tree.IntConst(type_of(name), span, value)
        case nodes.String(span=span, value=text):
            return tree.StrConst(scope.string, span, text.split(b"\0")[0])
        case nodes.Name() | nodes.Scoped():
            return names.read_scalar(node, scope)
        case nodes.Symbol():
            return names.read_symbol(node, scope)
        case nodes.Aggregate():
            raise _aggregation_in_expression(node)
        case nodes.Index():
            return _index(node, scope)
        case nodes.Call():
            routine = calls.get_subroutine(node, scope)
            return calls.call_subroutine(node, routine, tuple(cook(a, scope) for a in node.arguments), scope)
        case nodes.Binary(operator=operator, left=left, right=right):
            return arithmetic.binary(operator, cook(left, scope), cook(right, scope))
        case nodes.Unary():
            return _unary(node, scope)
        case nodes.Assign():
            return _assign(node, scope)
        case nodes.Step():
            return _step(node, scope)
        case nodes.Choose():
            return _choose(node, scope)
        case nodes.Cast():
            return _cast(node, scope)
        case nodes.Sizeof(operand=operand):
            return arithmetic.size_of(_sized(operand, scope), node.span)
        case nodes.Comma(items=items):
            cooked = tuple(cook(item, scope) for item in items)
            return tree.Sequence(cooked[-1].type, node.span, cooked)
        case nodes.Member():
            return _member(node, scope)
        case _:
            raise Problem("D_UNKNOWN", node.span, "expression has no meaning here")


def _aggregation_in_expression(node: nodes.Aggregate) -> Problem:
    return Problem(
        "D_OP_DYN",
        node.span,
        f"aggregation @{node.name} may not be used in an expression",
        "aggregations are written with @name[keys] = function( ) and printed at the end",
    )


def _sized(operand: nodes.TypeName | nodes.Expr, scope: Scope) -> CType:
    kind = read_type(operand) if isinstance(operand, nodes.TypeName) else cook(operand, scope).type
    return scope.string if isinstance(kind, StringType) else kind


def _member(node: nodes.Member, scope: Scope) -> tree.Expr:
    base = cook(node.base, scope)
    if node.operator == "->" and not isinstance(base.type, PointerType):
        raise Problem("D_OP_PTR", node.span, f'operator -> requires a pointer to a structure, not "{base.type}"')
    target = base.type.target if isinstance(base.type, PointerType) else base.type
    if is_scalar(target) or isinstance(target, StringType | VoidType):
        raise Problem("D_OP_SOU", node.span, f'operator {node.operator} requires a structure or union, not "{target}"')
    raise Problem("D_OP_INCOMPLETE", node.span, f"member {node.name}: the members of {target} are not known here")


# --- arrays


def _index(node: nodes.Index, scope: Scope) -> tree.Expr:
    match node.base:
        case nodes.Name(name=name) if name in ARRAYS:
            return names.read_builtin_array(name, node.span)
        case nodes.Name() | nodes.Scoped() if (
            declared := names.find_declared(node.base, scope)
        ) and declared.keys is not None:
            return element(node, declared, scope)
        case nodes.Aggregate():
            raise _aggregation_in_expression(node.base)
        case nodes.Scoped() | nodes.Name() if names.find_declared(node.base, scope) is None and not _is_builtin(
            node.base
        ):
            raise names.undefined(node.base, scope)
    base = cook(node.base, scope)
    if not isinstance(base.type, PointerType) or len(node.keys) != 1:
        raise Problem("D_ARR_BADREF", node.span, f'cannot use [ ] on "{base.type}": it is not an array')
    return arithmetic.dereference(arithmetic.binary("+", base, cook(node.keys[0], scope)), node.span)


def _is_builtin(base: nodes.Name | nodes.Scoped) -> bool:
    return isinstance(base, nodes.Name) and names.is_reserved(base.name)


def element(node: nodes.Index, declared: Declared, scope: Scope) -> tree.Element:
    """An element of an associative array that exists; keys are converted to the array's key types."""
    assert declared.keys is not None
    keys = match_keys(node, tuple(cook(k, scope) for k in node.keys), declared.keys, declared.variable.name)
    return tree.Element(declared.type, node.span, declared.variable, keys)


def match_keys(
    node: nodes.Expr, given: tuple[tree.Expr, ...], wanted: tuple[CType, ...], name: str
) -> tuple[tree.Expr, ...]:
    """The keys converted to the types of the array's first use; raises Problem on a mismatch."""
    if len(given) != len(wanted):
        raise Problem(
            "D_PROTO_LEN", node.span, f"{name}[ ] prototype mismatch: {len(given)} keys passed, {len(wanted)} expected"
        )
    converted = []
    for number, (key, kind) in enumerate(zip(given, wanted, strict=True), 1):
        value = compatible_key(key, kind)
        if value is None:
            raise Problem(
                "D_PROTO_ARG",
                key.span,
                f"{name}[ ] key #{number} is incompatible with its prototype: "
                f'expected "{describe_type(kind)}", got "{key.type}"',
            )
        converted.append(value)
    return tuple(converted)


# --- assignment


def _assign(node: nodes.Assign, scope: Scope) -> tree.Expr:
    if isinstance(node.target, nodes.Aggregate) or (
        isinstance(node.target, nodes.Index) and isinstance(node.target.base, nodes.Aggregate)
    ):
        raise Problem("D_AGG_FUNC", node.span, "an aggregation can only be assigned as a statement of its own")
    try:
        value = cook(node.value, scope)
    except Problem:
        _poison(node.target, scope)
        raise
    if node.operator is not None:
        target = _target(node.target, INT64, scope)
        return _update(node, target, node.operator, value, old=False)
    _require_storable(value)
    target = _target(node.target, value.type, scope)
    return tree.Store(target.type, node.span, target, assign_convert(value, target.type, node.span))


def _poison(target: nodes.Expr, scope: Scope) -> None:
    base = target.base if isinstance(target, nodes.Index) else target
    if (
        isinstance(base, nodes.Name | nodes.Scoped)
        and names.split(base) not in scope.variables
        and not _is_builtin(base)
    ):
        scope.poisoned.add(names.split(base))


def _require_storable(value: tree.Expr) -> None:
    if isinstance(value.type, VoidType):
        raise Problem("D_OP_VFPTR", value.span, "a void expression has no value to assign")


def _target(node: nodes.Expr, kind: CType, scope: Scope) -> tree.Variable | tree.Element:
    """The variable or element assigned to, made with type ``kind`` if it does not exist."""
    match node:
        case nodes.Name() | nodes.Scoped():
            _require_writable(node)
            declared = names.find_declared(node, scope)
            declared = declared or scope.declare(*names.split(node), kind, None, node.span)
            return names.as_scalar(declared, node)
        case nodes.Index(base=nodes.Name() | nodes.Scoped() as base):
            return _target_element(node, base, kind, scope)
        case nodes.Symbol() | nodes.Unary(operator="*") | nodes.Member() | nodes.Index():
            raise Problem("D_OP_WRITE", node.span, "kernel memory is read-only to D programs")
        case _:
            raise Problem("D_OP_LVAL", node.span, "operator requires a modifiable lvalue as its left operand")


def _require_writable(node: nodes.Name | nodes.Scoped) -> None:
    if isinstance(node, nodes.Name) and names.is_reserved(node.name):
        raise Problem("D_OP_WRITE", node.span, f"{node.name} is defined by D and cannot be assigned")


def _target_element(node: nodes.Index, base: nodes.Name | nodes.Scoped, kind: CType, scope: Scope) -> tree.Element:
    _require_writable(base)
    where, name = names.split(base)
    declared = names.find_declared(base, scope)
    if declared is not None and declared.keys is None:
        raise Problem("D_ARR_BADREF", node.span, f"{names.show(where, name)} is not an associative array")
    if declared is None:
        if where == "this":
            raise Problem(
                "D_ARR_LOCAL", node.span, f"this->{name} cannot be an associative array", "use self-> or a global array"
            )
        keys = tuple(cook(k, scope) for k in node.keys)
        for key in keys:
            if not is_scalar(key.type) and not isinstance(key.type, StringType):
                raise Problem("D_KEY_TYPE", key.span, f'"{key.type}" cannot be the type of a key')
        declared = scope.declare(where, name, kind, tuple(k.type for k in keys), node.span)
    return element(node, declared, scope)


def _update(
    node: nodes.Expr, target: tree.Variable | tree.Element, operator: str, amount: tree.Expr, *, old: bool
) -> tree.Expr:
    # binary() judges the operand types and scales pointers; its result tells the type of the arithmetic
    result = arithmetic.binary(operator, target, amount)
    if isinstance(result, tree.Arithmetic):
        amount = result.right
    unsigned = not getattr(result.type, "signed", False)
    return tree.Update(target.type, node.span, target, operator, amount, unsigned, old)


def _step(node: nodes.Step, scope: Scope) -> tree.Expr:
    target = _target(node.operand, INT64, scope)
    if not is_scalar(target.type):
        raise Problem(
            "D_OP_SCALAR",
            node.span,
            f'operator {node.operator} requires an operand of scalar type, not "{target.type}"',
        )
    return _update(node, target, node.operator[0], tree.IntConst(INT, node.span, 1), old=not node.prefix)


# --- the rest


def _unary(node: nodes.Unary, scope: Scope) -> tree.Expr:
    match node.operator:
        case "&":
            return _address_of(node, scope)
        case "*":
            return arithmetic.dereference(cook(node.operand, scope), node.span)
        case "stringof":
            return _stringof(cook(node.operand, scope), scope, node.span)
        case operator:
            return arithmetic.unary(operator, cook(node.operand, scope), node.span)


def _address_of(node: nodes.Unary, scope: Scope) -> tree.Expr:
    match node.operand:
        case nodes.Symbol() as symbol:
            return names.read_symbol(symbol, scope, address=True)
        case nodes.Unary(operator="*", operand=inner):
            return cook(inner, scope)
        case nodes.Name() | nodes.Scoped() | nodes.Index():
            raise Problem("D_ADDROF_VAR", node.span, "cannot take the address of a D variable")
        case _:
            raise Problem("D_ADDROF_LVAL", node.span, "operator & requires an lvalue")


def _stringof(value: tree.Expr, scope: Scope, span: Span) -> tree.Expr:
    if isinstance(value.type, StringType) or is_scalar(value.type):
        return retype(value, scope.string)
    raise Problem("D_STRINGOF_TYPE", span, f'cannot apply stringof to a value of type "{value.type}"')


def _choose(node: nodes.Choose, scope: Scope) -> tree.Expr:
    condition = cook(node.condition, scope)
    arithmetic.require_truth(condition, "operator ?: requires a first operand")
    yes, no = cook(node.yes, scope), cook(node.no, scope)
    match yes.type, no.type:
        case IntType() as left, IntType() as right:
            kind: CType = common(left, right)
        case (left, right) if is_string_like(left) and is_string_like(right):
            kind = scope.string if left != right or isinstance(left, StringType) else left
        case (PointerType() as left, _) if not isinstance(no.type, StringType):
            yes, no, kind = yes, assign_convert(no, left, node.span, ":"), left
        case (_, PointerType() as right) if not isinstance(yes.type, StringType):
            yes, no, kind = assign_convert(yes, right, node.span, ":"), no, right
        case (VoidType() as left, VoidType()):
            kind = left
        case _:
            raise Problem(
                "D_OP_INCOMPAT", node.span, f'operator ?: operands have incompatible types: "{yes.type}" : "{no.type}"'
            )
    if isinstance(condition, tree.IntConst):
        return retype(yes if condition.value else no, kind)
    return tree.Choose(kind, node.span, condition, yes, no)


def _cast(node: nodes.Cast, scope: Scope) -> tree.Expr:
    kind, value = read_type(node.type), cook(node.operand, scope)
    match kind:
        case VoidType():
            return tree.Sequence(kind, node.span, (value,))
        case StringType() if is_string_like(value.type) or is_scalar(value.type):
            return retype(value, scope.string)
        case IntType() | PointerType() if is_scalar(value.type):
            return convert(value, kind)
        case PointerType() if isinstance(value.type, StringType):
            return retype(value, kind)
        case IntType() if isinstance(value.type, StringType) and kind.size >= 4:
            return convert(value, kind)
    raise Problem("D_CAST_INVAL", node.span, f'invalid cast expression: "{value.type}" to "{kind}"')
