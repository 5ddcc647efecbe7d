# SPDX-License-Identifier: GPL-2.0-or-later
"""Typing of expressions: ``cook(node, scope)`` gives the typed tree or raises the first Problem.

This file only walks; what operators, names, arrays, memory, assignments and calls mean is in the files beside it,
which come back here through ``scope.cook``.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check import arguments, arithmetic, arrays, assignment, calls, inlines, names, places, translators
from dscript.check.conditional import acts
from dscript.check.convert import assign_convert, convert, decayed, retype
from dscript.check.definitions import DYNAMIC, Inline, Translated
from dscript.check.scope import Scope
from dscript.check.typenames import read_type, type_of
from dscript.ctype import (
    CType,
    EnumType,
    FunctionType,
    IntType,
    PointerType,
    StringType,
    StructType,
    VoidType,
    common,
    is_scalar,
    is_string_like,
    same_type,
)  # fmt: skip
from dscript.errors import Problem
from dscript.idents import AGGREGATING
from dscript.operators import COMPARISONS


def cook(node: nodes.Expr, scope: Scope) -> tree.Expr:
    """The typed tree of an expression."""
    match node:
        case nodes.Integer(span=span, value=value, type_name=name):
            return tree.IntConst(type_of(name), span, value)
        case nodes.String(span=span, value=text):
            return tree.StrConst(scope.string, span, text.split(b"\0")[0])
        case nodes.Name(name=name) if (found := find_inline(name, scope)) is not None:
            return inlines.read_inline(node, found, scope)
        case nodes.Name() | nodes.Scoped():
            return names.read_scalar(node, scope)
        case nodes.Symbol():
            return names.read_symbol(node, scope)
        case nodes.Aggregate():
            return tree.Dynamic(DYNAMIC, node.span)
        case nodes.Index(base=nodes.Name(name=name)) if arguments.is_array(name):
            return arguments.read_item(node, name, scope)
        case nodes.Index(base=nodes.Name(name=name)) if (
            found := find_inline(name, scope, load=True)
        ) is not None and found.parameters is not None:
            return inlines.read_indexed(node, found, scope)
        case nodes.Index():
            return arrays.read_index(node, scope)
        case nodes.Call():
            routine = calls.get_subroutine(node, scope)
            return calls.call_subroutine(node, routine, tuple(cook(a, scope) for a in node.arguments), scope)
        case nodes.Binary():
            return _binary(node, scope)
        case nodes.Unary():
            return _unary(node, scope)
        case nodes.Assign():
            return assignment.assign(node, scope)
        case nodes.Step():
            return assignment.step(node, scope)
        case nodes.Choose():
            return _choose(node, scope)
        case nodes.Cast():
            return _cast(node, scope)
        case nodes.Comma(items=items):
            cooked = tuple(cook(item, scope) for item in items)
            return tree.Sequence(cooked[-1].type, node.span, cooked)
        case nodes.Member(base=base):
            whole = cook(base, scope)
            if isinstance(whole, Translated):
                return translators.read_member(node, whole, scope)
            return places.member(node, whole, scope)
        case nodes.Xlate():
            return translators.translate(node, scope)
        case nodes.Sizeof(operand=nodes.TypeName() as kind):
            return places.size_of(read_type(kind, scope), node.span, scope)
        case nodes.Sizeof(operand=operand):
            assert isinstance(operand, nodes.Expr)
            return places.size_of(cook(operand, scope), node.span, scope)
        case nodes.Offsetof(type=kind, member=name):
            return places.offset_of(read_type(kind, scope), name, node.span, scope)
        case _:
            raise Problem("D_UNKNOWN", node.span, "expression has no meaning here")


def find_inline(name: str, scope: Scope, *, load: bool = False) -> Inline | None:
    """The inline of that name, unless the name is a parameter of the definition being expanded.

    With ``load`` the D library is asked too; a name that stands alone it is asked for when nothing else knows it.
    """
    if name in scope.definitions.bound:
        return None
    if load and name not in scope.definitions.inlines and not names.is_reserved(name) and not scope.is_variable(name):
        scope.load(name)
    return scope.definitions.inlines.get(name)


def _binary(node: nodes.Binary, scope: Scope) -> tree.Expr:
    if node.operator in COMPARISONS:
        left = _enumerator(node.left, node.right, node.operator, scope)
        right = _enumerator(node.right, node.left, node.operator, scope) if left is None else None
        if left or right:
            return arithmetic.binary(node.operator, left or cook(node.left, scope), right or cook(node.right, scope))
    return arithmetic.binary(node.operator, cook(node.left, scope), cook(node.right, scope))


def _enumerator(node: nodes.Expr, other: nodes.Expr, operator: str, scope: Scope) -> tree.Expr | None:
    """A name that is compared with an enumeration and is one of its enumerators."""
    if not isinstance(node, nodes.Name) or isinstance(other, nodes.Integer | nodes.String):
        return None
    if isinstance(other, nodes.Name) and not scope.is_variable(other.name):
        return None
    if names.is_reserved(node.name) or scope.is_named(node.name):
        return None
    kind = cook(other, scope).type
    value = kind.find_value(node.name) if isinstance(kind, EnumType) else None
    if value is None:
        return None
    if scope.is_variable(node.name):
        raise Problem(
            "D_IDENT_AMBIG",
            node.span,
            f"ambiguous use of operator {operator}: {node.name} is both a {kind} enum tag and a global variable",
        )
    return tree.IntConst(kind, node.span, value)


def _unary(node: nodes.Unary, scope: Scope) -> tree.Expr:
    match node.operator:
        case "&":
            return _address_of(node, scope)
        case "*":
            return places.dereference(cook(node.operand, scope), node.span, scope)
        case "stringof":
            return places.string_of(cook(node.operand, scope), node.span, scope)
        case operator:
            return arithmetic.unary(operator, cook(node.operand, scope), node.span)


def _address_of(node: nodes.Unary, scope: Scope) -> tree.Expr:
    if isinstance(node.operand, nodes.Symbol):
        return names.read_symbol(node.operand, scope, address=True)
    return places.address_of(cook(node.operand, scope), node.span)


def _is_aggregating(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.function, nodes.Name) and node.function.name in AGGREGATING


def _choose(node: nodes.Choose, scope: Scope) -> tree.Expr:
    condition = cook(node.condition, scope)
    arithmetic.require_truth(condition, "operator ?: requires a first operand")
    for part in (node.yes, node.no):
        if acts(part) or _is_aggregating(part):
            hint = None if isinstance(condition, tree.IntConst) else "only under a condition that is a constant"
            raise Problem("D_OP_ACT", part.span, "action cannot be used in a conditional context", hint)
    yes, no = cook(node.yes, scope), cook(node.no, scope)
    kind = _chosen_type(yes, no, node, scope)
    if isinstance(kind, PointerType):
        yes, no = assign_convert(yes, kind, node.span, ":"), assign_convert(no, kind, node.span, ":")
    if isinstance(condition, tree.IntConst):
        return retype(yes if condition.value else no, kind)
    return tree.Choose(kind, node.span, condition, yes, no)


def _chosen_type(yes: tree.Expr, no: tree.Expr, node: nodes.Choose, scope: Scope) -> CType:
    if isinstance(yes, tree.Dynamic) or isinstance(no, tree.Dynamic):
        raise Problem("D_OP_DYN", node.span, "operator ?: operands cannot be of dynamic type")
    left, right = decayed(yes).type, decayed(no).type
    match left, right:
        case IntType(), IntType():
            return common(left, right)
        case _ if is_string_like(left) and is_string_like(right):
            return scope.string if left != right or isinstance(left, StringType) else left
        case (PointerType(), _) if not isinstance(right, StringType):
            return left
        case (_, PointerType()) if not isinstance(left, StringType):
            return right
        case (StructType(), StructType()) | (VoidType(), VoidType()) if same_type(left, right):
            return left
    # DTrace takes 0 for a string that is not there
    for one, other in ((yes, no), (no, yes)):
        if isinstance(one.type, StringType) and isinstance(other, tree.IntConst) and other.value == 0:
            return scope.string
    raise Problem(
        "D_OP_INCOMPAT", node.span, f'operator ?: operands must have compatible types: "{yes.type}" : "{no.type}"'
    )


def _cast(node: nodes.Cast, scope: Scope) -> tree.Expr:
    kind, value = read_type(node.type, scope), cook(node.operand, scope)
    given = value.type
    match kind:
        case VoidType():
            return tree.Sequence(kind, node.span, (value,))
        case StringType() if is_string_like(given) or is_scalar(given):
            return retype(value, scope.string)
        case IntType() | PointerType() if is_scalar(decayed(value).type):
            return convert(decayed(value), kind)
        case PointerType() if isinstance(given, StringType | FunctionType):
            return retype(value, kind)
        case IntType() if isinstance(given, StringType | FunctionType) and kind.size >= 4:
            return convert(value, kind)
        case StructType() if same_type(kind, given):
            return value
    raise Problem("D_CAST_INVAL", node.span, f'invalid cast expression: "{given}" to "{kind}"')
