# SPDX-License-Identifier: GPL-2.0-or-later
"""Code for expressions.

``value(expr, b)`` appends the code of an expression and gives the register that holds its value. That register
is always the lowest one that was free before, so that both arms of a branch leave their value in the same place.
"""

from __future__ import annotations

from dscript import tree
from dscript.ctype import IntType, PointerType, StringType, by_reference
from dscript.dif.build import Builder, OutOfTableError
from dscript.dif.opcodes import (
    ARRAY_READS,
    ARRAY_WRITES,
    SCOPE_READS,
    SCOPE_WRITES,
    TUPLE_REGISTERS,
    TYPE_CTF,
    TYPE_STRING,
    Op,
)  # fmt: skip
from dscript.errors import Problem
from dscript.gen import logic, memory
from dscript.program import DifVariable

_THREAD = 1  # scope
_SIGNED = {"/": Op.SDIV, "%": Op.SREM, ">>": Op.SRA}
_UNSIGNED = {
    "+": Op.ADD, "-": Op.SUB, "*": Op.MUL, "/": Op.UDIV, "%": Op.UREM, "<<": Op.SLL, ">>": Op.SRL, "&": Op.AND,
    "|": Op.OR, "^": Op.XOR,
}  # fmt: skip


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
        case tree.Load(address=address) | tree.Place(address=address) | tree.BitField(address=address):
            register = value(address, b)
            memory.load(expr, register, register, b)
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
            if isinstance(target, tree.Memory):
                where = value(target.address, b)
                memory.store(target, register, where, b)
                b.give(where)
            else:
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
    if str(expr.type) == "<DYN>":  # a translation of which no member is taken
        raise Problem("D_CG_DYN", expr.span, "expression cannot evaluate to result of dynamic type")
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
        push_tuple(target.keys, b, keys=True)
    register = b.take()
    b.emit(_read_op(variable), b.use(variable), register)
    if by_reference(target.type) and _is_dynamic(target):
        _make_present(target, register, b)
    return register


def _is_dynamic(target: tree.Variable | tree.Element) -> bool:
    """True for what is nowhere before it is stored: array elements, and structures of threads."""
    return isinstance(target, tree.Element) or (
        target.variable.scope == _THREAD and not isinstance(target.type, StringType)
    )


def _make_present(target: tree.Variable | tree.Element, register: int, b: Builder) -> None:
    """What is read by its address and was never stored is stored as zeroes and read again, as DTrace does."""
    variable, there = target.variable, b.label()
    writes = ARRAY_WRITES if isinstance(target, tree.Element) else SCOPE_WRITES
    b.emit(Op.TST, register)
    b.emit(Op.BNE, there)
    b.emit(Op.SETX, b.integer(target.type.size), register)
    b.emit(Op.ALLOCS, register, register)
    b.emit(writes[variable.scope], b.use(variable, write=True), register)
    b.emit(_read_op(variable), variable.id, register)
    b.place(there)


def _read_op(variable: DifVariable) -> Op:
    return SCOPE_READS[variable.scope] if variable.kind else ARRAY_READS[variable.scope]


def _write(target: tree.Variable | tree.Element, register: int, b: Builder) -> None:
    variable = target.variable
    if isinstance(target, tree.Element):
        push_tuple(target.keys, b, keys=True)
        b.emit(ARRAY_WRITES[variable.scope], b.use(variable, write=True), register)
    else:
        b.emit(SCOPE_WRITES[variable.scope], b.use(variable, write=True), register)


def _update(expr: tree.Update, b: Builder) -> int:
    """Read, operate, convert, write. An element's keys are evaluated twice, as DTrace does; an address once."""
    target = expr.target
    if isinstance(target, tree.Memory):
        return _update_memory(expr, target, b)
    old = _read(target, b)
    new = _updated(expr, old, b)
    _write(target, new, b)
    if expr.old:
        b.give(new)
    return old


def _update_memory(expr: tree.Update, target: tree.Memory, b: Builder) -> int:
    old = b.take()
    address = value(target.address, b)
    memory.load(target, address, old, b)
    new = _updated(expr, old, b)
    memory.store(target, new, address, b)
    b.give(address)
    if expr.old:
        b.give(new)
    return old


def _updated(expr: tree.Update, old: int, b: Builder) -> int:
    """The register of the new value: the old one's if the old value is not wanted any more."""
    new = old
    if expr.old:
        new = b.take()
        b.emit(Op.MOV, old, new)
    _operate(expr.operator, new, expr.amount, b, signed=not expr.unsigned)
    if expr.type.size < 8:
        _convert(expr.type, new, b)
    return new


def push_tuple(items: tuple[tree.Expr, ...], b: Builder, *, keys: bool = False) -> None:
    """Fill the tuple stack. Items that use the tuple stack themselves are computed before it is touched."""
    if len(items) > TUPLE_REGISTERS:
        raise OutOfTableError("Insufficient tuple registers to generate code")
    if any(uses_tuple(item) for item in items[1:]):
        registers = [value(item, b) for item in items]
        b.emit(Op.FLUSHTS)
        for item, register in zip(items, registers, strict=True):
            _push(item, register, b, keys=keys)
            b.give(register)
        return
    for number, item in enumerate(items):
        register = value(item, b)
        if number == 0:
            b.emit(Op.FLUSHTS)
        _push(item, register, b, keys=keys)
        b.give(register)
    if not items:
        b.emit(Op.FLUSHTS)


def _push(item: tree.Expr, register: int, b: Builder, *, keys: bool) -> None:
    """Strings go by reference with size 0, which stands for their own length; structures as keys by their size."""
    if isinstance(item.type, StringType):
        b.emit(Op.PUSHTR, TYPE_STRING, 0, register)
    elif keys and by_reference(item.type):
        size = b.take()
        b.emit(Op.SETX, b.integer(item.type.size), size)
        b.emit(Op.PUSHTR, TYPE_CTF, size, register)
        b.give(size)
    else:
        b.emit(Op.PUSHTV, TYPE_CTF, 0, register)


def uses_tuple(expr: tree.Expr) -> bool:
    """True if the code of the expression touches the tuple stack."""
    return isinstance(expr, tree.Element | tree.Call) or any(uses_tuple(inner) for inner in tree.iter_children(expr))
