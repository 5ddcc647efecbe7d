# SPDX-License-Identifier: GPL-2.0-or-later
"""Things in memory: ``*p``, ``p[i]``, ``p->m``, ``s.m``, ``&x``, ``sizeof``, ``offsetof``.

``at`` makes the expression for what lies at an address. As in DTrace, what is reached through a variable of the
program may be written (the kernel decides whether the address is the program's own); what is reached through a
cast, a builtin variable or a kernel symbol may not.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check import arithmetic
from dscript.check.convert import constant, decayed, retype
from dscript.check.scope import Scope
from dscript.ctype import (
    CHAR,
    UINT32,
    ArrayType,
    CType,
    FunctionType,
    IntType,
    Member,
    PointerType,
    StringType,
    StructType,
    VoidType,
    by_reference,
    describe,
)  # fmt: skip
from dscript.errors import Problem
from dscript.idents import FIRST_USER_VARIABLE, find_similar
from dscript.layout import container_of
from dscript.source import Span


def is_writable(value: tree.Expr) -> bool:
    """True if an expression may be assigned to, as far as the compiler can tell."""
    match value:
        case tree.Variable(variable=variable):
            return variable.id >= FIRST_USER_VARIABLE
        case tree.Element():
            return True
        case tree.Load() | tree.Place() | tree.BitField():
            return value.writable
    return False


def at(kind: CType, address: tree.Expr, span: Span, *, writable: bool) -> tree.Expr:
    """What lies at an address, as an expression of its type."""
    if isinstance(kind, VoidType):
        raise Problem("D_DEREF_VOID", span, "cannot dereference pointer to void")
    if by_reference(kind) or isinstance(kind, FunctionType):
        return tree.Place(kind, span, address, writable)
    return tree.Load(kind, span, address, writable)


def dereference(operand: tree.Expr, span: Span, scope: Scope) -> tree.Expr:
    """``*operand``."""
    pointer = operand.type
    if isinstance(pointer, StringType):
        return at(CHAR, retype(operand, PointerType(CHAR)), span, writable=_passes_on(operand))
    if isinstance(pointer, ArrayType):
        return at(pointer.element, operand, span, writable=_passes_on(operand))
    if not isinstance(pointer, PointerType):
        hint = "cast it first: *(int *)…" if isinstance(pointer, IntType) else None
        raise Problem("D_DEREF_NONPTR", span, f'cannot dereference non-pointer type "{pointer}"', hint)
    target = pointer.target
    if isinstance(target, FunctionType):
        raise Problem("D_DEREF_FUNC", span, "cannot dereference pointer to function")
    if isinstance(target, StructType):
        target = scope.types.complete(target) or target
    return at(target, operand, span, writable=_passes_on(operand))


def _passes_on(pointer: tree.Expr) -> bool:
    """True if what a pointer points to may be written: it is a variable, or one plus or minus something."""
    if isinstance(pointer, tree.Sequence) and len(pointer.items) == 1:  # the same under another type
        return _passes_on(pointer.items[0])
    if isinstance(pointer, tree.Arithmetic) and pointer.operator in ("+", "-"):
        return _passes_on(pointer.left)
    return is_writable(pointer)


def index(base: tree.Expr, key: tree.Expr, span: Span, scope: Scope) -> tree.Expr:
    """``base[key]`` of a C array or pointer: ``*(base + key)``."""
    return dereference(arithmetic.binary("+", base, key), span, scope)


# --- members


def member(node: nodes.Member, base: tree.Expr, scope: Scope) -> tree.Expr:
    """``base->name`` or ``base.name``."""
    kind = base.type
    if node.operator == "->":
        if not isinstance(kind, PointerType):
            raise Problem("D_OP_PTR", node.span, f'operator -> must be applied to a pointer, not "{kind}"')
        kind = kind.target
    structure = _structure(kind, f"operator {node.operator}", node.span, scope)
    found = find_member(structure, node.name, node.span)
    return pick(base, found, node.span, writable=is_writable(base))


def _structure(kind: CType, what: str, span: Span, scope: Scope, tag: str = "D_OP_SOU") -> StructType:
    if not isinstance(kind, StructType):
        raise Problem(tag, span, f'{what} must be applied to a struct or union, not "{kind}"')
    complete = scope.types.complete(kind)
    if complete is None:
        raise Problem(
            "D_OP_INCOMPLETE",
            span,
            f"{what} cannot be applied to a forward declaration: no {kind} definition is available",
        )
    return complete


def find_member(structure: StructType, name: str, span: Span) -> Member:
    """The member of that name; raises Problem D_TYPE_MEMBER."""
    found = structure.find_member(name)
    if found is None:
        known = [member.name for member in structure.members or () if member.name]
        raise Problem("D_TYPE_MEMBER", span, f"{name} is not a member of {structure}", find_similar(name, known))
    return found


def pick(base: tree.Expr, found: Member, span: Span, *, writable: bool) -> tree.Expr:
    """A member of the structure whose address ``base`` leaves in its register."""
    if not found.bits:
        return at(found.type, _offset(base, found.offset_bits // 8, found.type, span), span, writable=writable)
    start, shift = container_of(found)
    address = _offset(base, start, found.type, span)
    return tree.BitField(found.type, span, address, found.type.size, shift, found.bits, writable)


def _offset(base: tree.Expr, offset: int, kind: CType, span: Span) -> tree.Expr:
    pointer = PointerType(kind)
    if isinstance(base, tree.Place):
        base = base.address
    if isinstance(base, tree.IntConst):
        return constant(pointer, span, base.value + offset)
    if not offset:
        return retype(base, pointer)
    match base:
        case tree.Arithmetic(operator="+", left=left, right=tree.IntConst(value=before)):
            base, offset = left, offset + before
    return tree.Arithmetic(pointer, span, "+", base, constant(UINT32, span, offset))


# --- addresses and sizes


def address_of(value: tree.Expr, span: Span) -> tree.Expr:
    """``&value``."""
    match value:
        case tree.Variable() | tree.Element() | tree.ArrayItem() | tree.Dynamic():
            raise Problem("D_ADDROF_VAR", span, "cannot take address of dynamic variable")
        case tree.BitField():
            raise Problem("D_ADDROF_BITFIELD", span, "cannot take address of bit-field")
        case tree.Load(address=address) | tree.Place(address=address) if not isinstance(value.type, ArrayType):
            return retype(address, PointerType(value.type))
    raise Problem("D_ADDROF_LVAL", span, "unacceptable operand for unary & operator: it is not an lvalue")


def size_of(value: CType | tree.Expr, span: Span, scope: Scope) -> tree.IntConst:
    """``sizeof`` of a type or an expression, which is not evaluated."""
    if isinstance(value, tree.BitField):
        raise Problem("D_SIZEOF_BITFIELD", span, "cannot apply sizeof to a bit-field")
    if isinstance(value, tree.StrConst):
        return tree.IntConst(UINT32, span, len(value.value) + 1)
    kind = value.type if isinstance(value, tree.Expr) else value
    if isinstance(kind, StructType):
        kind = scope.types.complete(kind) or kind
    if isinstance(kind, VoidType | FunctionType) or not kind.size:
        raise Problem("D_SIZEOF_TYPE", span, f'cannot apply sizeof to operand of type "{describe(kind)}"')
    return tree.IntConst(UINT32, span, kind.size)


def offset_of(kind: CType, name: str, span: Span, scope: Scope) -> tree.IntConst:
    """``offsetof(type, member)``."""
    try:
        structure = _structure(kind, "offsetof", span, scope, "D_OFFSETOF_TYPE")
    except Problem as problem:
        raise Problem("D_OFFSETOF_TYPE", span, problem.diagnostic.message) from None
    found = structure.find_member(name)
    if found is None:
        raise Problem("D_UNKNOWN", span, f"failed to determine offset of {name}: {structure} has no such member")
    if found.bits:
        raise Problem("D_OFFSETOF_BITFIELD", span, f"cannot take offset of bit-field: {name}")
    return tree.IntConst(UINT32, span, found.offset_bits // 8)


def string_of(value: tree.Expr, span: Span, scope: Scope) -> tree.Expr:
    """``stringof value``: the characters at an address as a string."""
    value = decayed(value)
    if isinstance(value.type, IntType | PointerType) or value.type == scope.string:
        return retype(value, scope.string)
    raise Problem("D_STRINGOF_TYPE", span, f'cannot apply stringof to a value of type "{value.type}"')
