# SPDX-License-Identifier: GPL-2.0-or-later
"""Building a DIF object: instructions, labels, registers, and the integer, string and variable tables.

Registers are given out lowest first; tables hold each entry once; labels are resolved by ``finish``.
"""

from __future__ import annotations

from dataclasses import replace

from dscript.dif.encode import encode
from dscript.dif.opcodes import REGISTERS, Op
from dscript.program import Difo, DifVariable, ValueType

MAX_INSTRUCTIONS = 64 * 1024  # the published limit of 256 KiB per object


class OutOfRegistersError(Exception):
    """An expression needs more than the seven registers that DIF has."""


class OutOfTableError(Exception):
    """A table of the object is full; the message says which in DTrace's words."""


class Builder:
    """One DIF object in the making."""

    def __init__(self) -> None:
        self._code: list[tuple[Op, tuple[int, ...]]] = []
        self._labels: list[int | None] = []
        self._integers: dict[int, int] = {}
        self._strings: dict[bytes, int] = {b"": 0}
        self._string_bytes = bytearray(b"\0")
        self._variables: dict[tuple[int, int, int], DifVariable] = {}
        self._free = [True] * REGISTERS
        self._free[0] = False

    # registers

    def take(self) -> int:
        """The lowest free register."""
        for number, free in enumerate(self._free):
            if free:
                self._free[number] = False
                return number
        raise OutOfRegistersError

    def give(self, register: int) -> None:
        """Return a register; %r0 is nobody's."""
        if register:
            self._free[register] = True

    # code

    def emit(self, op: Op, *operands: int) -> None:
        """Append an instruction; a branch's operand is a label."""
        if len(self._code) >= MAX_INSTRUCTIONS:
            raise OutOfTableError("DIF program exceeds maximum program size")
        self._code.append((op, operands))

    def label(self) -> int:
        """A label that is not placed yet."""
        self._labels.append(None)
        return len(self._labels) - 1

    def place(self, label: int) -> None:
        """Put the label before the next instruction."""
        self._labels[label] = len(self._code)

    # tables

    def integer(self, value: int) -> int:
        """The index of a 64-bit constant."""
        index = self._integers.setdefault(value & (1 << 64) - 1, len(self._integers))
        return _bounded(index, "Integer constant table limit exceeded")

    def string(self, text: bytes) -> int:
        """The offset of a string."""
        if text not in self._strings:
            self._strings[text] = _bounded(len(self._string_bytes), "String constant table limit exceeded")
            self._string_bytes += text + b"\0"
        return self._strings[text]

    def use(self, variable: DifVariable, *, write: bool = False) -> int:
        """Note that the object reads or writes a variable; gives its number."""
        key = (variable.id, variable.scope, variable.kind)
        known = self._variables.get(key) or replace(variable, read=False, written=False)
        self._variables[key] = replace(known, read=known.read or not write, written=known.written or write)
        return variable.id

    def finish(self, returns: ValueType) -> Difo:
        """The object; the last instruction must be RET."""
        code = tuple(encode(op, *self._resolve(op, operands)) for op, operands in self._code)
        return Difo(code, tuple(self._integers), bytes(self._string_bytes), tuple(self._variables.values()), returns)

    def _resolve(self, op: Op, operands: tuple[int, ...]) -> tuple[int, ...]:
        if not Op.BA <= op <= Op.BLEU:
            return operands
        target = self._labels[operands[0]]
        assert target is not None
        return (target,)


def _bounded(index: int, failure: str) -> int:
    if index > 0xFFFF:
        raise OutOfTableError(failure)
    return index
