# SPDX-License-Identifier: GPL-2.0-or-later
"""Typing of expressions: ``cook(node, scope)`` gives the typed tree or raises the first Problem.

This file only walks; what operators, names, arrays, memory, assignments and calls mean is in the files beside it,
which come back here through ``scope.cook``.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check import arguments, arithmetic, arrays, assignment, calls, inlines, names, places, translators
from dscript.check.convert import assign_convert, convert, decayed, retype
from dscript.check.definitions import DYNAMIC, Inline, Translated
from dscript.check.scope import Scope
from dscript.check.typenames import read_type, type_of
from dscript.ctype import (
    CHAR,
    VOID,
    ArrayType,
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
from dscript.idents import ACTIONS
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
        case nodes.Aggregate(name=name):
            if name not in scope.aggregations and name not in scope.mentioned:
                raise Problem("D_IDENT_UNDEF", node.span, f"failed to resolve @{name}: Unknown variable name")
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
            return calls.call_function(node, scope)
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
        case nodes.Comma():
            return _comma(node, scope)
        case nodes.Member():
            return _member(node, scope)
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
    arithmetic.refuse_zero(node.operator, node.right)
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
            pointer = cook(node.operand, scope)
            if isinstance(pointer, Translated) and pointer.pointer:
                return Translated(DYNAMIC, node.span, pointer.translator, pointer.value, False)
            return places.dereference(pointer, node.span, scope)
        case "stringof":
            return places.string_of(cook(node.operand, scope), node.span, scope)
        case operator:
            return arithmetic.unary(operator, cook(node.operand, scope), node.span)


def _address_of(node: nodes.Unary, scope: Scope) -> tree.Expr:
    if isinstance(node.operand, nodes.Symbol):
        return names.read_symbol(node.operand, scope, address=True)
    return places.address_of(cook(node.operand, scope), node.span)


def _comma(node: nodes.Comma, scope: Scope) -> tree.Expr:
    cooked = tuple(cook(item, scope) for item in node.items)
    if any(value.type == DYNAMIC for value in cooked):
        raise Problem("D_OP_DYN", node.span, "operator , operands cannot be of dynamic type")
    if any(_is_action(value) for value in cooked):
        raise Problem("D_OP_ACT", node.span, "operator , operands cannot be actions")
    return tree.Sequence(cooked[-1].type, node.span, cooked)


def _member(node: nodes.Member, scope: Scope) -> tree.Expr:
    whole = arguments.read_base(node.base, scope)
    constant = scope.definitions.inlines.get(node.name)
    if node.name in scope.types.enumerators or (constant is not None and constant.constant):
        hint = f"{node.name} is a constant of the program: DTrace puts its value here"
        raise Problem("D_OP_IDENT", node.span, f"operator {node.operator} must be followed by an identifier", hint)
    if isinstance(whole, Translated):
        return translators.read_member(node, whole, scope)
    return places.member(node, whole, scope)


def _is_action(value: tree.Expr) -> bool:
    return isinstance(value, tree.Tracing) and value.name in ACTIONS


def _choose(node: nodes.Choose, scope: Scope) -> tree.Expr:
    condition = cook(node.condition, scope)
    if isinstance(condition, tree.IntConst):  # what is not chosen is not even looked at
        return cook(node.yes if condition.value else node.no, scope)
    yes, no = cook(node.yes, scope), cook(node.no, scope)
    arithmetic.require_truth(condition, "operator ?: requires a first operand")
    if DYNAMIC in (yes.type, no.type):
        raise Problem("D_OP_DYN", node.span, "operator ?: operands cannot be of dynamic type")
    kind = _chosen_type(yes, no, node, scope)
    if _is_action(yes) or _is_action(no):
        raise Problem("D_OP_ACT", node.span, "action cannot be used in a conditional context")
    if isinstance(kind, PointerType):
        yes, no = assign_convert(yes, kind, node.span, ":"), assign_convert(no, kind, node.span, ":")
    return tree.Choose(kind, node.span, condition, yes, no)


def _chosen_type(yes: tree.Expr, no: tree.Expr, node: nodes.Choose, scope: Scope) -> CType:
    left, right = decayed(yes).type, decayed(no).type
    match left, right:
        case IntType(), IntType():
            return common(left, right)
        case _ if is_string_like(left) and is_string_like(right):
            return scope.string if left != right or isinstance(left, StringType) else left
        case PointerType(), PointerType() if left.target == VOID:
            return right
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
        case StringType() if is_string_like(given) or is_scalar(decayed(value).type):
            return retype(decayed(value) if isinstance(given, ArrayType) else value, scope.string)
        case IntType() | PointerType() if is_scalar(given) or isinstance(given, FunctionType):
            return convert(decayed(value), kind)
        case PointerType() if isinstance(given, ArrayType):
            return convert(decayed(value), kind)
        case PointerType(target=target) if isinstance(given, StringType) and same_type(target, CHAR):
            return retype(value, kind)
        case StructType() if same_type(kind, given):
            return value
    raise Problem("D_CAST_INVAL", node.span, f'invalid cast expression: "{given}" to "{kind}"')
