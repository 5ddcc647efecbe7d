# SPDX-License-Identifier: GPL-2.0-or-later
"""Code for what lies in memory: loads, bit-fields, stores.

``operand`` is the code of an expression in general (expressions.py). An address is always computed once; whether it
may be written is decided by whoever runs the object.
"""

from __future__ import annotations

from collections.abc import Callable

from dscript import tree
from dscript.ctype import IntType, by_reference
from dscript.dif.build import Builder
from dscript.dif.opcodes import LOADS, STORES, Op

Operand = Callable[[tree.Expr, Builder], int]

_LOAD_OPS = {(size, signed): op for op, (size, signed) in LOADS.items() if Op.LDSB <= op <= Op.LDX} | {
    (8, True): Op.LDX
}
_STORE_OPS = {size: op for op, size in STORES.items()}


def _is_signed(expr: tree.Expr) -> bool:
    return isinstance(expr.type, IntType) and expr.type.signed


def load(expr: tree.Memory, address: int, register: int, b: Builder) -> None:
    """What lies at the address in one register, into another or the same."""
    match expr:
        case tree.Load():
            b.emit(_LOAD_OPS[expr.type.size, _is_signed(expr)], address, register)
        case tree.BitField(unit=unit, shift=shift, bits=bits):
            b.emit(_LOAD_OPS[unit, False], address, register)
            _shift(Op.SLL, 64 - bits - shift, register, b)
            _shift(Op.SRA if _is_signed(expr) else Op.SRL, 64 - bits, register, b)
        case _:
            if register != address:
                b.emit(Op.MOV, address, register)


def _shift(op: Op, count: int, register: int, b: Builder) -> None:
    if count:
        amount = b.take()
        b.emit(Op.SETX, b.integer(count), amount)
        b.emit(op, register, amount, register)
        b.give(amount)


def store(target: tree.Memory, value: int, address: int, b: Builder) -> None:
    """The value in a register to the address in another."""
    match target:
        case tree.BitField():
            _insert(target, value, address, b)
        case _ if by_reference(target.type):
            size = b.take()
            b.emit(Op.SETX, b.integer(target.type.size), size)
            b.emit(Op.COPYS, value, size, address)
            b.give(size)
        case _:
            b.emit(_STORE_OPS[target.type.size], value, address)


def _insert(target: tree.BitField, value: int, address: int, b: Builder) -> None:
    """Replace the field's bits in the integer that holds it."""
    mask = (1 << target.bits) - 1
    whole, piece = b.take(), b.take()
    b.emit(_LOAD_OPS[target.unit, False], address, whole)
    b.emit(Op.SETX, b.integer(~(mask << target.shift)), piece)
    b.emit(Op.AND, whole, piece, whole)
    b.emit(Op.SETX, b.integer(mask), piece)
    b.emit(Op.AND, value, piece, piece)
    _shift(Op.SLL, target.shift, piece, b)
    b.emit(Op.OR, whole, piece, whole)
    b.emit(_STORE_OPS[target.unit], whole, address)
    b.give(piece)
    b.give(whole)
