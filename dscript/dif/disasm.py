# SPDX-License-Identifier: GPL-2.0-or-later
"""The listing of a DIF object as ``dtrace -S`` prints it."""

from __future__ import annotations

from collections.abc import Callable

from dscript.dif.encode import Fields, decode
from dscript.dif.opcodes import LAYOUTS, SCOPE_OF, Layout, Op
from dscript.idents import NAMES_BY_NUMBER, SUBROUTINE_NAMES
from dscript.program import Difo, ValueKind, ValueType

_SCOPES = {0: "glb", 1: "tls", 2: "loc"}
_KINDS = {0: "arr", 1: "scl"}


def disassemble(difo: Difo, address: int = 0) -> str:
    """The whole listing: header, instructions, variable table."""
    lines = [f"DIFO {address:#x} returns {describe_value(difo.returns)}", "OFF OPCODE      INSTRUCTION"]
    lines += [f"{pc:02}: {word:08x}    {describe_word(word, difo)}" for pc, word in enumerate(difo.code)]
    if difo.variables:
        lines.append("")
        lines.append(f"{'NAME':<16} {'ID':<4} {'KND':<3} {'SCP':<3} {'FLAG':<4} TYPE")
        for v in difo.variables:
            flags = "/".join(letter for letter, on in (("r", v.read), ("w", v.written)) if on)
            lines.append(
                f"{v.name:<16} {v.id:<4x} {_KINDS[v.kind]:<3} {_SCOPES[v.scope]:<3} {flags:<4} {describe_value(v.type)}"
            )
    return "\n".join(lines) + "\n"


def describe_value(value: ValueType) -> str:
    """A type in a listing's words."""
    match value.kind:
        case ValueKind.STRING:
            return f"string (unknown) by ref (size {value.size})"
        case ValueKind.INTEGER if value.size == 0:
            return "D type (void) (size 0)"
        case ValueKind.INTEGER:
            return f"D type ({'pointer' if value.name.endswith('*') else 'integer'}) (size {value.size})"
        case _:
            return f"D type ({value.kind}) by ref (size {value.size})"


def describe_word(word: int, difo: Difo) -> str:
    """One instruction: mnemonic, operands, and what a table says about them."""
    fields = decode(word)
    if fields.op not in LAYOUTS:
        return f"(illegal opcode {fields.op})"
    op = Op(fields.op)
    return f"{op.mnemonic:<4} {_OPERANDS[op.layout](fields, difo)}".rstrip()


def _variable_name(f: Fields, difo: Difo) -> str:
    name = NAMES_BY_NUMBER.get(f.wide)
    scope = SCOPE_OF.get(Op(f.op), 0)
    for variable in difo.variables:
        if (variable.id, variable.scope) == (f.wide, scope):
            name = variable.name
    return f'! DT_VAR({f.wide}) = "{name}"' if name else f"! DT_VAR({f.wide})"


def _string(f: Fields, difo: Difo) -> str:
    text = difo.strings[f.wide :].split(b"\0")[0].decode("utf-8", "backslashreplace")
    return f'DT_STRING[{f.wide}], %r{f.rd}\t\t! "{text}"'


def _integer(f: Fields, difo: Difo) -> str:
    value = difo.integers[f.wide] if f.wide < len(difo.integers) else 0
    return f"DT_INTEGER[{f.wide}], %r{f.rd}\t\t! {value:#x}"


def _push(f: Fields, _difo: Difo) -> str:
    kind = {0: "D type", 1: "string"}.get(f.r1, str(f.r1))
    return f"DT_TYPE({f.r1}), %r{f.r2}, %r{f.rd}\t! DT_TYPE({f.r1}) = {kind}"


_OPERANDS: dict[Layout, Callable[[Fields, Difo], str]] = {
    Layout.THREE: lambda f, _d: f"%r{f.r1}, %r{f.r2}, %r{f.rd}",
    Layout.TWO: lambda f, _d: f"%r{f.r1}, %r{f.rd}",
    Layout.COMPARE: lambda f, _d: f"%r{f.r1}, %r{f.r2}",
    Layout.TEST: lambda f, _d: f"%r{f.r1}",
    Layout.BRANCH: lambda f, _d: f"{f.label}",
    Layout.LOAD: lambda f, _d: f"[%r{f.r1}], %r{f.rd}",
    Layout.STORE: lambda f, _d: f"%r{f.r1}, [%r{f.rd}]",
    Layout.RETURN: lambda f, _d: f"%r{f.rd}",
    Layout.NONE: lambda _f, _d: "",
    Layout.INTEGER: _integer,
    Layout.STRING: _string,
    Layout.ARRAY: lambda f, _d: f'DT_VAR({f.r1}), %r{f.r2}, %r{f.rd}\t! DT_VAR({f.r1}) = "{NAMES_BY_NUMBER.get(f.r1)}"',
    Layout.READ: lambda f, d: f"DT_VAR({f.wide}), %r{f.rd}\t\t{_variable_name(f, d)}",
    Layout.WRITE: lambda f, d: f"%r{f.rd}, DT_VAR({f.wide})\t\t{_variable_name(f, d)}",
    Layout.CALL: lambda f, _d: f"DIF_SUBR({f.wide}), %r{f.rd}\t\t! {SUBROUTINE_NAMES.get(f.wide, '?')}",
    Layout.PUSH: _push,
}
