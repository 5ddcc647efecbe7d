# SPDX-License-Identifier: GPL-2.0-or-later
"""Code for comparisons, logical operators and ``?:``: everything with branches.

``operand`` is the code of an expression in general (expressions.py). DIF branches go forward only.
Truth is materialised as DTrace does: 0 by a move from %r0, 1 by setx.
"""

from __future__ import annotations

from collections.abc import Callable

from dscript import tree
from dscript.dif.build import Builder
from dscript.dif.opcodes import Op

Operand = Callable[[tree.Expr, Builder], int]

_BRANCHES = {
    "signed": {"==": Op.BE, "!=": Op.BNE, "<": Op.BL, "<=": Op.BLE, ">": Op.BG, ">=": Op.BGE},
    "unsigned": {"==": Op.BE, "!=": Op.BNE, "<": Op.BLU, "<=": Op.BLEU, ">": Op.BGU, ">=": Op.BGEU},
}
_BRANCHES["string"] = _BRANCHES["signed"]


def value(expr: tree.Expr, b: Builder, operand: Operand) -> int:
    """Code for an expression with branches; the register of its value."""
    match expr:
        case tree.Compare(operator=operator, kind=kind, left=left, right=right):
            register, other = operand(left, b), operand(right, b)
            b.emit(Op.SCMP if kind == "string" else Op.CMP, register, other)
            b.give(other)
            return _materialise(_BRANCHES[kind][operator], register, b)
        case tree.Unary(operator="!", operand=inner):
            register = operand(inner, b)
            b.emit(Op.TST, register)
            return _materialise(Op.BE, register, b)
        case tree.Unary(operator=operator, operand=inner):
            register = operand(inner, b)
            if operator == "~":
                b.emit(Op.NOT, register, register)
            else:
                b.emit(Op.SUB, 0, register, register)
            return register
        case tree.Logic(operator="&&"):
            return _shortcut(expr, b, operand, stop=Op.BE, stopped=False)
        case tree.Logic(operator="||"):
            return _shortcut(expr, b, operand, stop=Op.BNE, stopped=True)
        case tree.Logic():
            return _exclusive(expr, b, operand)
        case tree.Choose():
            return _choose(expr, b, operand)
    raise AssertionError(f"no code for {type(expr).__name__}")


def _materialise(branch: Op, register: int, b: Builder) -> int:
    """1 in ``register`` if the branch is taken, else 0."""
    true, done = b.label(), b.label()
    b.emit(branch, true)
    b.emit(Op.MOV, 0, register)
    b.emit(Op.BA, done)
    b.place(true)
    b.emit(Op.SETX, b.integer(1), register)
    b.place(done)
    return register


def _shortcut(expr: tree.Logic, b: Builder, operand: Operand, *, stop: Op, stopped: bool) -> int:
    out, done = b.label(), b.label()
    for side in (expr.left, expr.right):
        register = operand(side, b)
        b.emit(Op.TST, register)
        b.emit(stop, out)
        b.give(register)
    register = b.take()
    _set(not stopped, register, b)
    b.emit(Op.BA, done)
    b.place(out)
    _set(stopped, register, b)
    b.place(done)
    return register


def _set(truth: bool, register: int, b: Builder) -> None:
    if truth:
        b.emit(Op.SETX, b.integer(1), register)
    else:
        b.emit(Op.MOV, 0, register)


def _exclusive(expr: tree.Logic, b: Builder, operand: Operand) -> int:
    registers = []
    for side in (expr.left, expr.right):
        register = operand(side, b)
        b.emit(Op.TST, register)
        registers.append(_materialise(Op.BNE, register, b))
    left, right = registers
    b.emit(Op.XOR, left, right, left)
    b.give(right)
    return left


def _choose(expr: tree.Choose, b: Builder, operand: Operand) -> int:
    no, done = b.label(), b.label()
    register = operand(expr.condition, b)
    b.emit(Op.TST, register)
    b.give(register)
    b.emit(Op.BE, no)
    register = operand(expr.yes, b)
    b.give(register)
    b.emit(Op.BA, done)
    b.place(no)
    again = operand(expr.no, b)
    assert again == register, "both arms must leave their value in one register"
    b.place(done)
    return register
