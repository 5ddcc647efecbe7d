# SPDX-License-Identifier: GPL-2.0-or-later
"""The verifier: what a DIF object must fulfil before anything runs it.

The guest applies the same rules when a program is loaded. ``validate_difo`` raises DifError at the first
instruction that breaks one; ``validate_together`` asks of several objects that they mean the same variables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dscript.dif.encode import Fields, decode
from dscript.dif.opcodes import LAYOUTS, REGISTERS, SCOPE_OF, TYPE_CTF, TYPE_STRING, Layout, Op
from dscript.errors import DifError
from dscript.idents import FIRST_USER_VARIABLE, LAST_SUBROUTINE, LAST_VARIABLE, NAMES_BY_NUMBER
from dscript.program import Difo, DifVariable, ValueKind

MAX_CODE_BYTES = 256 * 1024
MAX_STRING_BYTES = 0x10000
MAX_BYREF_STATIC = 16 * 1024  # a string or structure in a global or clause-local variable


def validate_difo(difo: Difo) -> None:
    """Return if the object may be run; raise DifError naming the instruction that may not."""
    if not difo.code:
        raise DifError(-1, "no instructions")
    if len(difo.code) * 4 > MAX_CODE_BYTES:
        raise DifError(-1, f"{len(difo.code) * 4} bytes of instructions; at most {MAX_CODE_BYTES}")
    for pc, word in enumerate(difo.code):
        _validate_word(pc, word, difo)
    if decode(difo.code[-1]).op != Op.RET:
        raise DifError(len(difo.code) - 1, "last instruction is not ret")
    _validate_tables(difo)


def _validate_word(pc: int, word: int, difo: Difo) -> None:
    if word >> 32 or not Op.OR <= (word >> 24) <= Op.RLDX:
        raise DifError(pc, f"invalid opcode {word >> 24}")
    fields = decode(word)
    op = Op(fields.op)
    if op == Op.LDTA:
        raise DifError(pc, "opcode ldta is reserved")
    _CHECKS[LAYOUTS[op]](pc, fields, difo)


def _register(pc: int, number: int, *, result: bool = False) -> None:
    if number >= REGISTERS:
        raise DifError(pc, f"invalid register %r{number}")
    if result and number == 0:
        raise DifError(pc, "cannot write to %r0")


def _zero(pc: int, bits: int) -> None:
    if bits:
        raise DifError(pc, "reserved bits are not zero")


def _three(pc: int, f: Fields, _difo: Difo) -> None:
    _register(pc, f.r1)
    _register(pc, f.r2)
    _register(pc, f.rd, result=True)


def _two(pc: int, f: Fields, _difo: Difo) -> None:
    _register(pc, f.r1)
    _zero(pc, f.r2)
    _register(pc, f.rd, result=True)


def _compare(pc: int, f: Fields, _difo: Difo) -> None:
    _register(pc, f.r1)
    _register(pc, f.r2)
    _zero(pc, f.rd)


def _test(pc: int, f: Fields, _difo: Difo) -> None:
    _register(pc, f.r1)
    _zero(pc, f.r2 | f.rd)


def _branch(pc: int, f: Fields, difo: Difo) -> None:
    if f.label >= len(difo.code):
        raise DifError(pc, f"branch target {f.label} is outside the object")
    if f.label <= pc:
        raise DifError(pc, f"backward branch to {f.label}")


def _store(pc: int, f: Fields, _difo: Difo) -> None:
    _register(pc, f.r1)
    _zero(pc, f.r2)
    _register(pc, f.rd, result=True)


def _return(pc: int, f: Fields, _difo: Difo) -> None:
    _zero(pc, f.r1 | f.r2)
    _register(pc, f.rd)


def _none(pc: int, f: Fields, _difo: Difo) -> None:
    _zero(pc, f.label)


def _integer(pc: int, f: Fields, difo: Difo) -> None:
    if f.wide >= len(difo.integers):
        raise DifError(pc, f"invalid integer index {f.wide}")
    _register(pc, f.rd, result=True)


def _string(pc: int, f: Fields, difo: Difo) -> None:
    if f.wide >= len(difo.strings):
        raise DifError(pc, f"invalid string offset {f.wide}")
    _register(pc, f.rd, result=True)


def _array(pc: int, f: Fields, _difo: Difo) -> None:
    if f.r1 not in (0, 1, 2):
        raise DifError(pc, f"invalid array {f.r1}")
    _register(pc, f.r2)
    _register(pc, f.rd, result=True)


def _variable(pc: int, f: Fields, difo: Difo, *, write: bool) -> None:
    op = Op(f.op)
    user = f.wide >= FIRST_USER_VARIABLE
    if not user and (write or op != Op.LDGS or f.wide not in NAMES_BY_NUMBER or f.wide < 0x100):
        raise DifError(pc, f"invalid variable {f.wide:#x}")
    kind = 0 if op.name.endswith("AA") else 1
    if not any((v.id, v.scope, v.kind) == (f.wide, SCOPE_OF[op], kind) for v in difo.variables):
        raise DifError(pc, f"variable {f.wide:#x} is not in the variable table")
    _register(pc, f.rd, result=not write)


def _read(pc: int, f: Fields, difo: Difo) -> None:
    _variable(pc, f, difo, write=False)


def _write(pc: int, f: Fields, difo: Difo) -> None:
    _variable(pc, f, difo, write=True)


def _call(pc: int, f: Fields, _difo: Difo) -> None:
    if f.wide > LAST_SUBROUTINE:
        raise DifError(pc, f"invalid subroutine {f.wide}")
    _register(pc, f.rd, result=True)


def _push(pc: int, f: Fields, _difo: Difo) -> None:
    if f.r1 > (TYPE_CTF if f.op == Op.PUSHTV else TYPE_STRING):
        raise DifError(pc, f"invalid {'val' if f.op == Op.PUSHTV else 'ref'} type {f.r1}")
    _register(pc, f.r2)
    _register(pc, f.rd)


_CHECKS: dict[Layout, Callable[[int, Fields, Difo], None]] = {
    Layout.THREE: _three, Layout.TWO: _two, Layout.COMPARE: _compare, Layout.TEST: _test, Layout.BRANCH: _branch,
    Layout.LOAD: _two, Layout.STORE: _store, Layout.RETURN: _return, Layout.NONE: _none, Layout.INTEGER: _integer,
    Layout.STRING: _string, Layout.ARRAY: _array, Layout.READ: _read, Layout.WRITE: _write, Layout.CALL: _call,
    Layout.PUSH: _push,
}  # fmt: skip


def _validate_tables(difo: Difo) -> None:
    if len(difo.strings) > MAX_STRING_BYTES + 0x10000:
        raise DifError(-1, "string table is too large")
    if difo.strings[-1:] != b"\0":
        raise DifError(-1, "string table does not end with NUL")
    if difo.returns.kind == ValueKind.INTEGER and difo.returns.size not in (0, 1, 2, 4, 8):
        raise DifError(-1, f"invalid size {difo.returns.size} of a returned value")
    for variable in difo.variables:
        _validate_variable(variable)


def _validate_variable(variable: DifVariable) -> None:
    if variable.scope not in (0, 1, 2):
        raise DifError(-1, f"unrecognized variable scope {variable.scope}")
    if variable.kind not in (0, 1):
        raise DifError(-1, f"unrecognized variable type {variable.kind}")
    if variable.id > LAST_VARIABLE:
        raise DifError(-1, f"{variable.id} exceeds variable id limit")
    if variable.id < FIRST_USER_VARIABLE or variable.type.kind == ValueKind.INTEGER:
        return
    if variable.type.size == 0:
        raise DifError(-1, f"zero-sized variable {variable.name}")
    if variable.scope != 1 and variable.kind and variable.type.size > MAX_BYREF_STATIC:
        raise DifError(-1, f"oversized by-ref static {variable.name}: {variable.type.size} bytes")


def validate_together(objects: Iterable[Difo]) -> None:
    """Return if the objects agree on their variables; raise DifError naming the one that two define differently."""
    known: dict[tuple[int, int], DifVariable] = {}
    for difo in objects:
        for variable in difo.variables:
            before = known.setdefault((variable.scope, variable.id), variable)
            if before is not variable and (before.kind, before.type) != (variable.kind, variable.type):
                raise DifError(-1, f"variable {variable.name} changed between two objects")
