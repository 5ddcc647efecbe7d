# SPDX-License-Identifier: GPL-2.0-or-later
"""Code for expressions.

``value(expr, b)`` appends the code of an expression and gives the register that holds its value. That register
is always the lowest one that was free before, so that both arms of a branch leave their value in the same place.
"""

from __future__ import annotations

from dscript import tree
from dscript.ctype import IntType, PointerType, StringType
from dscript.dif.build import Builder, OutOfTableError
from dscript.dif.opcodes import (
    ARRAY_READS,
    ARRAY_WRITES,
    LOADS,
    SCOPE_READS,
    SCOPE_WRITES,
    TUPLE_REGISTERS,
    TYPE_CTF,
    TYPE_STRING,
    Op,
)  # fmt: skip
from dscript.gen import logic
from dscript.program import DifVariable

_SIGNED = {"/": Op.SDIV, "%": Op.SREM, ">>": Op.SRA}
_UNSIGNED = {
    "+": Op.ADD, "-": Op.SUB, "*": Op.MUL, "/": Op.UDIV, "%": Op.UREM, "<<": Op.SLL, ">>": Op.SRL, "&": Op.AND,
    "|": Op.OR, "^": Op.XOR,
}  # fmt: skip
_LOAD_OPS = {(size, signed): op for op, (size, signed) in LOADS.items() if Op.LDSB <= op <= Op.LDX} | {
    (8, True): Op.LDX
}


def value(expr: tree.Expr, b: Builder) -> int:
    """Code for an expression; the register of its value."""
    match expr:
        case tree.IntConst(value=number):
            register = b.take()
            b.emit(Op.SETX, b.integer(number), register)
            return register
        case tree.StrConst(value=text):
            register = b.take()
            b.emit(Op.SETS, b.string(text), register)
            return register
        case tree.Variable() | tree.Element():
            return _read(expr, b)
        case tree.ArrayItem(variable=variable, index=index):
            register = value(index, b)
            b.emit(Op.LDGA, b.use(variable), register, register)
            return register
        case tree.Load(address=address):
            register = value(address, b)
            b.emit(_LOAD_OPS[expr.type.size, _is_signed(expr)], register, register)
            return register
        case tree.Arithmetic(operator=operator, left=left, right=right):
            register = value(left, b)
            _operate(operator, register, right, b, signed=_is_signed(expr))
            return register
        case tree.Unary() | tree.Compare() | tree.Logic() | tree.Choose():
            return logic.value(expr, b, value)
        case tree.Convert(operand=operand):
            register = value(operand, b)
            _convert(expr.type, register, b)
            return register
        case tree.Store(target=target, value=new):
            register = value(new, b)
            _write(target, register, b)
            return register
        case tree.Update():
            return _update(expr, b)
        case tree.Call(number=number, arguments=arguments):
            push_tuple(arguments, b)
            register = b.take()
            b.emit(Op.CALL, number, register)
            return register
        case tree.Sequence(items=items):
            for item in items[:-1]:
                b.give(value(item, b))
            return value(items[-1], b)
    raise AssertionError(f"no code for {type(expr).__name__}")


def _is_signed(expr: tree.Expr) -> bool:
    return isinstance(expr.type, IntType) and expr.type.signed


def _operate(operator: str, register: int, right: tree.Expr, b: Builder, *, signed: bool) -> None:
    other = value(right, b)
    op = _SIGNED.get(operator, _UNSIGNED[operator]) if signed else _UNSIGNED[operator]
    b.emit(op, register, other, register)
    b.give(other)


def _convert(kind: object, register: int, b: Builder) -> None:
    """Cut to the size of the type and extend again: shift up, shift down."""
    assert isinstance(kind, IntType | PointerType)
    count = b.take()
    b.emit(Op.SETX, b.integer(64 - 8 * kind.size), count)
    b.emit(Op.SLL, register, count, register)
    b.emit(Op.SRA if kind.signed else Op.SRL, register, count, register)
    b.give(count)


def _read(target: tree.Variable | tree.Element, b: Builder) -> int:
    variable = target.variable
    if isinstance(target, tree.Element):
        push_tuple(target.keys, b)
    register = b.take()
    b.emit(_read_op(variable), b.use(variable), register)
    return register


def _read_op(variable: DifVariable) -> Op:
    return SCOPE_READS[variable.scope] if variable.kind else ARRAY_READS[variable.scope]


def _write(target: tree.Variable | tree.Element, register: int, b: Builder) -> None:
    variable = target.variable
    if isinstance(target, tree.Element):
        push_tuple(target.keys, b)
        b.emit(ARRAY_WRITES[variable.scope], b.use(variable, write=True), register)
    else:
        b.emit(SCOPE_WRITES[variable.scope], b.use(variable, write=True), register)


def _update(expr: tree.Update, b: Builder) -> int:
    """Read, operate, convert, write. An element's keys are evaluated twice, as DTrace does."""
    old = _read(expr.target, b)
    new = old
    if expr.old:
        new = b.take()
        b.emit(Op.MOV, old, new)
    _operate(expr.operator, new, expr.amount, b, signed=not expr.unsigned)
    if expr.type.size < 8:
        _convert(expr.type, new, b)
    _write(expr.target, new, b)
    if expr.old:
        b.give(new)
    return old


def push_tuple(items: tuple[tree.Expr, ...], b: Builder) -> None:
    """Fill the tuple stack. Items that use the tuple stack themselves are computed before it is touched."""
    if len(items) > TUPLE_REGISTERS:
        raise OutOfTableError("Insufficient tuple registers to generate code")
    if any(uses_tuple(item) for item in items[1:]):
        registers = [value(item, b) for item in items]
        b.emit(Op.FLUSHTS)
        for item, register in zip(items, registers, strict=True):
            _push(item, register, b)
            b.give(register)
        return
    for number, item in enumerate(items):
        register = value(item, b)
        if number == 0:
            b.emit(Op.FLUSHTS)
        _push(item, register, b)
        b.give(register)
    if not items:
        b.emit(Op.FLUSHTS)


def _push(item: tree.Expr, register: int, b: Builder) -> None:
    """Strings go by reference with size 0, which stands for the string's own length."""
    if isinstance(item.type, StringType):
        b.emit(Op.PUSHTR, TYPE_STRING, 0, register)
    else:
        b.emit(Op.PUSHTV, TYPE_CTF, 0, register)


def uses_tuple(expr: tree.Expr) -> bool:
    """True if the code of the expression touches the tuple stack."""
    match expr:
        case tree.Element() | tree.Call():
            return True
        case tree.Store(target=target, value=new):
            return uses_tuple(target) or uses_tuple(new)
        case tree.Update(target=target, amount=amount):
            return uses_tuple(target) or uses_tuple(amount)
        case (
            tree.Arithmetic(left=left, right=right)
            | tree.Compare(left=left, right=right)
            | tree.Logic(left=left, right=right)
        ):
            return uses_tuple(left) or uses_tuple(right)
        case tree.Choose(condition=condition, yes=yes, no=no):
            return uses_tuple(condition) or uses_tuple(yes) or uses_tuple(no)
        case (
            tree.Unary(operand=inner)
            | tree.Convert(operand=inner)
            | tree.Load(address=inner)
            | tree.ArrayItem(index=inner)
        ):
            return uses_tuple(inner)
        case tree.Sequence(items=items):
            return any(uses_tuple(item) for item in items)
    return False
