# SPDX-License-Identifier: GPL-2.0-or-later
"""The listing of DIF objects as ``dtrace -S`` prints it.

``disassemble`` lists one object, ``describe_code`` all of a program: of each clause the predicate, then the actions.
"""

from __future__ import annotations

from collections.abc import Callable

from dscript.dif.encode import Fields, decode
from dscript.dif.opcodes import LAYOUTS, SCOPE_OF, TYPE_STRING, Layout, Op
from dscript.idents import SUBROUTINE_NAMES
from dscript.program import Difo, Program, ValueKind, ValueType

_SCOPES = {0: "glb", 1: "tls", 2: "loc"}
_KINDS = {0: "arr", 1: "scl"}
_TYPE_NAMES = ("D type", "string")
_FIRST_ADDRESS, _ADDRESS_STEP = 0x1000, 0x80  # the objects have no addresses: each gets one to be told by


def describe_code(program: Program) -> str:
    """The listings of all objects of a program."""
    objects = []
    for clause in program.clauses:
        objects.append(clause.predicate)
        objects += [action.difo for action in clause.actions]
    listed = [difo for difo in objects if difo is not None]
    return "".join(disassemble(difo, _FIRST_ADDRESS + n * _ADDRESS_STEP) for n, difo in enumerate(listed))


def disassemble(difo: Difo, address: int = 0) -> str:
    """The whole listing, a blank line first: header, instructions, variable table."""
    lines = ["", f"DIFO {address:#x} returns {describe_value(difo.returns)}", "OFF OPCODE      INSTRUCTION"]
    lines += [f"{pc:02}: {word:08x}    {describe_word(word, difo)}" for pc, word in enumerate(difo.code)]
    if difo.variables:
        lines += ["", f"{'NAME':<16} {'ID':<4} {'KND':<3} {'SCP':<3} {'FLAG':<4} TYPE"]
        for v in difo.variables:
            flags = "/".join(letter for letter, on in (("r", v.read), ("w", v.written)) if on)
            lines.append(
                f"{v.name:<16} {v.id:<4x} {_KINDS[v.kind]:<3} {_SCOPES[v.scope]:<3} {flags:<4} {describe_value(v.type)}"
            )
    return "\n".join(lines) + "\n"


def describe_value(value: ValueType) -> str:
    """A type in a listing's words: what holds it, the kind of its C type, by reference or not, its size."""
    if value.kind == ValueKind.STRING:
        return f"string (unknown) by ref (size {value.size})"
    reference = "" if value.kind == ValueKind.INTEGER else " by ref"
    return f"D type ({_describe_kind(value)}){reference} (size {value.size})"


def _describe_kind(value: ValueType) -> str:
    if value.kind == ValueKind.INTEGER:
        return "pointer" if value.name.endswith("*") else "enum" if value.name.startswith("enum ") else "integer"
    if value.name.endswith("]"):
        return "array"
    first = value.name.partition(" ")[0]
    return first if first in ("struct", "union") else "array"


def describe_word(word: int, difo: Difo) -> str:
    """One instruction: mnemonic, operands, and what a table says about them."""
    fields = decode(word)
    if fields.op not in LAYOUTS:
        return "(illegal opcode)"
    op = Op(fields.op)
    if op.layout is Layout.NONE:
        return op.mnemonic
    return f"{op.mnemonic:<4} {_OPERANDS[op.layout](fields, difo)}"


def _variable_comment(number: int, op: int, difo: Difo) -> str:
    scope = SCOPE_OF.get(Op(op), 0)
    for variable in difo.variables:
        if (variable.id, variable.scope) == (number, scope):
            return f'\t\t! DT_VAR({number}) = "{variable.name}"'
    return ""


def _array(f: Fields, difo: Difo) -> str:
    return f"DT_VAR({f.r1}), %r{f.r2}, %r{f.rd}{_variable_comment(f.r1, f.op, difo)}"


def _read(f: Fields, difo: Difo) -> str:
    return f"DT_VAR({f.wide}), %r{f.rd}{_variable_comment(f.wide, f.op, difo)}"


def _write(f: Fields, difo: Difo) -> str:
    return f"%r{f.rd}, DT_VAR({f.wide}){_variable_comment(f.wide, f.op, difo)}"


def _string(f: Fields, difo: Difo) -> str:
    listed = f"DT_STRING[{f.wide}], %r{f.rd}"
    if f.wide >= len(difo.strings):
        return listed
    text = difo.strings[f.wide :].split(b"\0")[0].decode("utf-8", "backslashreplace")
    return f'{listed}\t\t! "{text}"'


def _integer(f: Fields, difo: Difo) -> str:
    listed = f"DT_INTEGER[{f.wide}], %r{f.rd}"
    return listed if f.wide >= len(difo.integers) else f"{listed}\t\t! {difo.integers[f.wide]:#x}"


def _push(f: Fields, _difo: Difo) -> str:
    by_value = Op(f.op) is Op.PUSHTV
    listed = f"DT_TYPE({f.r1}), %r{f.rd}" if by_value else f"DT_TYPE({f.r1}), %r{f.r2}, %r{f.rd}"
    if f.r1 > TYPE_STRING:
        return listed
    return f"{listed}{chr(9) * (2 if by_value else 1)}! DT_TYPE({f.r1}) = {_TYPE_NAMES[f.r1]}"


_OPERANDS: dict[Layout, Callable[[Fields, Difo], str]] = {
    Layout.THREE: lambda f, _d: f"%r{f.r1}, %r{f.r2}, %r{f.rd}",
    Layout.TWO: lambda f, _d: f"%r{f.r1}, %r{f.rd}",
    Layout.COMPARE: lambda f, _d: f"%r{f.r1}, %r{f.r2}",
    Layout.TEST: lambda f, _d: f"%r{f.r1}",
    Layout.BRANCH: lambda f, _d: f"{f.label}",
    Layout.LOAD: lambda f, _d: f"[%r{f.r1}], %r{f.rd}",
    Layout.STORE: lambda f, _d: f"%r{f.r1}, [%r{f.rd}]",
    Layout.RETURN: lambda f, _d: f"%r{f.rd}",
    Layout.INTEGER: _integer,
    Layout.STRING: _string,
    Layout.ARRAY: _array,
    Layout.READ: _read,
    Layout.WRITE: _write,
    Layout.CALL: lambda f, _d: f"DIF_SUBR({f.wide}), %r{f.rd}\t\t! {SUBROUTINE_NAMES.get(f.wide, 'unknown')}",
    Layout.PUSH: _push,
}
