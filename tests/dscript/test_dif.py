# SPDX-License-Identifier: GPL-2.0-or-later
"""DIF: golden encodings, the builder, the verifier and the listing."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dscript import DifError, Difo, EmptyEnv, ValueKind, ValueType, compile_program, disassemble, validate_difo
from dscript.dif import Builder, Op, OutOfRegistersError, decode, encode
from dscript.dif.opcodes import LAYOUTS, Layout

INT = ValueType(ValueKind.INTEGER, 4, True, "int")


def compile_predicate(text):
    """The DIF object of a predicate."""
    return compile_program(f"BEGIN /{text}/ {{ }}", EmptyEnv()).clauses[0].predicate


def show(difo):
    """The words of an object in hexadecimal."""
    return " ".join(f"{word:08x}" for word in difo.code)


def difo_of(*words, integers=(), strings=b"\0", variables=()):
    """An object made of words."""
    return Difo(words, integers, strings, variables, INT)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('execname == "csh"', "29011801 26000102 27010200 12000006 0e000001 11000007 25000001 23000001"),
        ("arg0", "29010601 23000001"),
        ("1", "25000001 23000001"),
        ("arg0 + arg1 * 2", "29010601 29010702 25000003 08020302 07010201 23000001"),
        ("!arg0", "29010601 10010000 12000005 0e000001 11000006 25000001 23000001"),
        ("(uint8_t)arg0", "29010601 25000002 04010201 05010201 23000001"),
    ],
)
def test_golden_code(text, words):
    """The code of published examples, word for word, and of our own by hand."""
    assert show(compile_predicate(text)) == words


def test_predicates_return_int():
    """A predicate's object returns an int."""
    assert compile_predicate("arg0").returns == INT


def test_arrays_push_their_keys():
    """An array reference flushes the tuple stack, pushes keys by value or by reference, and loads."""
    clause = compile_program('BEGIN { a["x", pid] = 1; trace(a["x", pid]) }', EmptyEnv()).clauses[0]
    assert show(clause.actions[1].difo) == "26000101 33000000 30010001 29011601 31000001 34050001 23000001"


def test_nested_calls_are_computed_before_the_tuple_is_touched():
    """No subroutine runs between a flushts and the instruction that uses the tuple."""
    clause = compile_program('BEGIN { trace(strjoin("a", strjoin("b", lltostr(1)))) }', EmptyEnv()).clauses[0]
    ops = [Op(decode(word).op) for word in clause.actions[0].difo.code]
    flushed = [op for op in ops if op in (Op.FLUSHTS, Op.CALL)]
    assert flushed == [Op.FLUSHTS, Op.CALL] * 3


@given(st.sampled_from(sorted(LAYOUTS)), st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_encode_and_decode_agree(op, a, b, c):
    """Fields come back as they went in, for every layout."""
    fields = {
        Layout.THREE: (a, b, c), Layout.TWO: (a, c), Layout.COMPARE: (a, b), Layout.TEST: (a,), Layout.BRANCH: (a,),
        Layout.LOAD: (a, c), Layout.STORE: (a, c), Layout.RETURN: (c,), Layout.NONE: (), Layout.INTEGER: (a, c),
        Layout.STRING: (a, c), Layout.ARRAY: (a, b, c), Layout.READ: (a, c), Layout.WRITE: (a, c),
        Layout.CALL: (a, c), Layout.PUSH: (a, b, c),
    }[op.layout]  # fmt: skip
    word = encode(op, *fields)
    f = decode(word)
    assert f.op == op
    values = {f.r1, f.r2, f.rd, f.wide, f.label}
    assert set(fields) <= values


def test_builder_shares_table_entries():
    """Equal constants and strings share one entry; the string table begins with the empty string."""
    b = Builder()
    assert [b.integer(5), b.integer(-1), b.integer(5)] == [0, 1, 0]
    assert [b.string(b"ab"), b.string(b""), b.string(b"ab")] == [1, 0, 1]


def test_builder_runs_out_of_registers():
    """There are seven registers to give out."""
    b = Builder()
    assert [b.take() for _ in range(7)] == [1, 2, 3, 4, 5, 6, 7]
    with pytest.raises(OutOfRegistersError):
        b.take()


RET = encode(Op.RET, 1)
MALFORMED = {
    "no instructions": difo_of(),
    "last instruction is not ret": difo_of(encode(Op.NOP)),
    "invalid opcode 0": difo_of(0, RET),
    "invalid opcode 78": difo_of(78 << 24, RET),
    "opcode ldta is reserved": difo_of(43 << 24, RET),
    "invalid register %r8": difo_of(encode(Op.ADD, 8, 1, 1), RET),
    "cannot write to %r0": difo_of(encode(Op.ADD, 1, 1, 0), RET),
    "reserved bits are not zero": difo_of(encode(Op.CMP, 1, 1) | 1, RET),
    "branch target 9 is outside": difo_of(encode(Op.BA, 9), RET),
    "backward branch to 0": difo_of(encode(Op.NOP), encode(Op.BA, 0), RET),
    "invalid integer index 0": difo_of(encode(Op.SETX, 0, 1), RET),
    "invalid string offset 1": difo_of(encode(Op.SETS, 1, 1), RET),
    "invalid variable 0x1": difo_of(encode(Op.LDGS, 1, 1), RET),
    "variable 0x500 is not in the variable table": difo_of(encode(Op.LDGS, 0x500, 1), RET),
    "invalid subroutine 55": difo_of(encode(Op.CALL, 55, 1), RET),
    "invalid reference type 2": difo_of(encode(Op.PUSHTR, 2, 0, 1), RET),
    "invalid array 3": difo_of(encode(Op.LDGA, 3, 1, 1), RET),
    "string table does not end with NUL": difo_of(RET, strings=b"x"),
    "invalid size 3": replace(difo_of(RET), returns=ValueType(ValueKind.INTEGER, 3)),
}


@pytest.mark.parametrize("reason", MALFORMED)
def test_verifier_refuses(reason):
    """Each malformed object is refused for its own reason."""
    with pytest.raises(DifError, match=reason):
        validate_difo(MALFORMED[reason])


@given(st.lists(st.integers(0, (1 << 32) - 1), max_size=6))
def test_verifier_and_listing_survive_anything(words):
    """Random words are verified or refused, and listed either way, without another exception."""
    difo = difo_of(*words, RET)
    disassemble(difo)
    with contextlib.suppress(DifError):
        validate_difo(difo)


def test_listing():
    """The listing has dtrace -S's columns."""
    lines = disassemble(compile_predicate('execname == "csh"')).splitlines()[1:]
    assert lines[:4] == [
        "DIFO 0x0 returns D type (integer) (size 4)",
        "OFF OPCODE      INSTRUCTION",
        '00: 29011801    ldgs DT_VAR(280), %r1\t\t! DT_VAR(280) = "execname"',
        '01: 26000102    sets DT_STRING[1], %r2\t\t! "csh"',
    ]
    assert lines[-2].split() == ["NAME", "ID", "KND", "SCP", "FLAG", "TYPE"]
    assert lines[-1] == "execname         118  scl glb r    string (unknown) by ref (size 256)"
