# SPDX-License-Identifier: GPL-2.0-or-later
"""Instruction words, made and taken apart.

``encode(Op.ADD, r1, r2, rd)``: the operands in the order of the layout's text in ``opcodes.Layout``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dscript.dif.opcodes import Layout, Op

# how far each operand of a layout is shifted up
_SHIFTS: dict[Layout, tuple[int, ...]] = {
    Layout.THREE: (16, 8, 0),
    Layout.TWO: (16, 0),
    Layout.COMPARE: (16, 8),
    Layout.TEST: (16,),
    Layout.BRANCH: (0,),
    Layout.LOAD: (16, 0),
    Layout.STORE: (16, 0),
    Layout.RETURN: (0,),
    Layout.NONE: (),
    Layout.INTEGER: (8, 0),
    Layout.STRING: (8, 0),
    Layout.ARRAY: (16, 8, 0),
    Layout.READ: (8, 0),
    Layout.WRITE: (8, 0),
    Layout.CALL: (8, 0),
    Layout.PUSH: (16, 8, 0),
}


def encode(op: Op, *operands: int) -> int:
    """The instruction word."""
    word = int(op) << 24
    for shift, operand in zip(_SHIFTS[op.layout], operands, strict=True):
        word |= operand << shift
    return word


@dataclass(frozen=True, slots=True)
class Fields:
    """The parts of an instruction word, each as its layout may use it."""

    op: int
    r1: int
    r2: int
    rd: int
    wide: int  # bits 23..8: variable, integer, string, subroutine
    label: int  # bits 23..0


def decode(word: int) -> Fields:
    """The parts of an instruction word, valid or not."""
    return Fields(word >> 24, word >> 16 & 0xFF, word >> 8 & 0xFF, word & 0xFF, word >> 8 & 0xFFFF, word & 0xFFFFFF)
