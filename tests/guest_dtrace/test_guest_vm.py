# SPDX-License-Identifier: GPL-2.0-or-later
"""The guest's interpreter against the reference one: the same random programs leave the same data.

One machine; hundreds of expressions a run, each a clause of its own at BEGIN, so that one that faults hides no other.
Operands come from variables: the compiler cannot compute the answer itself.
"""

import random

import pytest
from traced import Guest

from dscript import ActionKind, EmptyEnv, compile_program
from dscript.vm import Run, signed
from tracer import Options

pytestmark = pytest.mark.guest

EDGES = [
    0, 1, -1, 2, 7, -7, 10, 31, 32, 63, 64, 65, 127, 128, 255, 256, 1 << 15, 1 << 31, (1 << 31) - 1, -(1 << 31),
    1 << 32, (1 << 32) - 1, 1 << 62, -(1 << 62), (1 << 63) - 1, -(1 << 63), -(1 << 63) + 1, 0x1234567890ABCDEF,
]  # fmt: skip
BINARY = ["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "<", "<=", ">", ">=", "==", "!=", "&&", "||", "^^"]
CASTS = ["int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t", "int64_t", "uint64_t"]
TEXTS = [
    "", "a", "/", "//", "a/b", "/usr/./lib//x/../y", "..", "a,b;c", ",;,", "Mixed CASE 09", "0x1fz", " -42", "777",
    "exactly thirty-one characters..", "a string of more than thirty-one characters", "\x80\xff\x01", "\xe9t\xe9",
    "aaa", "aaab", "lastslash/", "b",
]  # fmt: skip
STRSIZE = 32


@pytest.fixture(scope="module")
def guest():
    """One machine for all programs."""
    return Guest()


def compare(guest, text, strsize=256):
    """Run a program of BEGIN clauses in both interpreters; the records and faults must be the same."""
    options = Options()
    options.set("strsize", str(strsize))
    options.set("dynvarsize", "4m")
    program = compile_program(text.encode(), EmptyEnv(), options=options.written)
    reference = Run(program, strsize=strsize)
    reference.fire("dtrace:::BEGIN")
    outcome = guest.run(program, [[guest.probe("dtrace:::BEGIN")]] * len(program.clauses), options)
    assert outcome.losses == []
    faults = [[(e.clause, e.action, e.fault.fault, e.fault.pc) for e in run.errors] for run in (outcome, reference)]
    assert faults[0] == faults[1], text
    bad = {fault[0] for fault in faults[0]}
    lines = enumerate(text.splitlines()[-len(program.clauses) :])
    shown = [line for n, line in lines if n not in bad and "trace(" in line]
    for line, got, want in zip(shown, outcome.records, reference.records, strict=True):
        assert got.values == want.values, line
    return outcome, reference


def constant(value):
    """A signed 64-bit number as D writes it; the lowest one has no constant of its own."""
    if value == -(1 << 63):
        return f"(int64_t){constant(value + 1)} - 1"
    return f"-{-value}LL" if value < 0 else f"{value}LL"


def expression(dice, depth):
    """A random expression over the variables v0 … and u0 …"""
    if depth == 0 or dice.random() < 0.1:
        return f"{dice.choice('vu')}{dice.randrange(len(EDGES))}"
    inner = [expression(dice, depth - 1) for _ in range(3)]
    match dice.randrange(8):
        case 0:
            return f"{dice.choice('-~!')}({inner[0]})"
        case 1:
            return f"({dice.choice(CASTS)})({inner[0]})"
        case 2:
            return f"({inner[0]} ? {inner[1]} : {inner[2]})"
        case _:
            return f"({inner[0]} {dice.choice(BINARY)} {inner[1]})"


def define_edges():
    """The clause that sets signed and unsigned variables to the edge values."""
    sets = [f"v{n} = (int64_t){constant(v)}; u{n} = (uint64_t){constant(v)};" for n, v in enumerate(EDGES)]
    return f"BEGIN {{ {' '.join(sets)} }}"


def test_every_operator_on_every_edge(guest):
    """Each operator on pairs of edge values, signed and unsigned: shifts past 63, INT64_MIN / -1, division by zero."""
    dice = random.Random(4)
    pairs = [(a, b) for a in range(len(EDGES)) for b in range(len(EDGES))]
    clauses = [define_edges()]
    for operator in BINARY:
        for a, b in dice.sample(pairs, 20):
            clauses.append(f"BEGIN {{ trace({dice.choice('vu')}{a} {operator} {dice.choice('vu')}{b}); }}")
    low, minus = EDGES.index(-(1 << 63)), EDGES.index(-1)
    clauses += [f"BEGIN {{ trace(v{low} {operator} v{minus}); }}" for operator in "/%*"]
    outcome, _ = compare(guest, "\n".join(clauses))
    assert outcome.errors
    assert outcome.values()[-3:] == [-(1 << 63), 0, -(1 << 63)]


@pytest.mark.parametrize("seed", range(4))
def test_random_expressions(guest, seed):
    """Two hundred random expressions a program have the same values, or the same fault at the same instruction."""
    dice = random.Random(seed)
    clauses = [f"BEGIN {{ trace({expression(dice, 3)}); }}" for _ in range(200)]
    compare(guest, "\n".join([define_edges(), *clauses]))


def d_string(text):
    """A D string constant."""
    return '"' + "".join(c if 32 <= ord(c) < 127 and c not in '"\\' else f"\\{ord(c):03o}" for c in text) + '"'


def string_call(dice):
    """A random expression on strings."""
    a, b = (f"s{dice.randrange(len(TEXTS))}" for _ in range(2))
    number = dice.choice([-40, -3, -1, 0, 1, 2, 5, 31, 32, 33, 1 << 31, -(1 << 62)])
    length = dice.choice([-40, -2, 0, 1, 3, 31, 100, 1 << 40])
    return dice.choice([
        f"strlen({a})", f"strjoin({a}, {b})", f"strjoin(strjoin({a}, {b}), {a})", f"substr({a}, {number})",
        f"substr({a}, {number}, {length})", f"index({a}, {b})", f"index({a}, {b}, {number})", f"rindex({a}, {b})",
        f"rindex({a}, {b}, {number})", f"strchr({a}, {dice.choice([0, 97, 47, 0xFF, 0x1FF])})",
        f"strrchr({a}, {dice.choice([97, 47, 0xE9])})", f"strstr({a}, {b})", f"strstr({a}, {b}) == 0", f"toupper({a})",
        f"tolower({a})", f"basename({a})", f"dirname({a})", f"cleanpath({a})", f"strtok({a}, {b})", f"strtok(0, {b})",
        f"strtoll({a})", f"strtoll({a}, {dice.choice([8, 16, 36, 1])})", f"{a} == {b}", f"{a} < {b}", f"{a} >= {b}",
        f"lltostr((int64_t){constant(dice.choice(EDGES))}, {dice.choice([2, 8, 10, 16, 36, 37])})",
        f"lltostr((int64_t){constant(dice.choice(EDGES))})", f"n[{a}, {number}]",
        f"n[{a}, {number}] ? n[{b}, {number}]++ : n[{b}, {number}]--", f"m[{a}]", f"(m[{a}] = {b})",
        f"self->t == {a}", f"(self->t = {a})", "strlen(self->u)",
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_random_strings(guest, seed):
    """String subroutines, comparisons and variables agree: empty, cut at strsize, with bytes above 127, null."""
    dice = random.Random(seed)
    sets = " ".join(f"s{n} = {d_string(text)};" for n, text in enumerate(TEXTS))
    first = f'BEGIN {{ {sets} n["a", 1] = 1; m["a"] = "b"; }}'
    clauses = [f"BEGIN {{ trace({string_call(dice)}); }}" for _ in range(200)]
    compare(guest, "self string t; self string u;\n" + "\n".join([first, *clauses]), STRSIZE)


def words(function, entry):
    """An aggregation's words as the reference interpreter has them."""
    if function is ActionKind.LQUANTIZE:
        return entry.words[1:]
    if function is ActionKind.STDDEV:
        return (*entry.words[:2], (entry.words[2] & (1 << 64) - 1) | entry.words[3] << 64)
    return entry.words


def test_aggregations_of_edge_values(guest):
    """All functions over negative, zero and extreme values, under keys that are negative, empty and 8-bit."""
    dice = random.Random(1)
    values = [*EDGES, *(-(1 << n) - 1 for n in range(1, 62)), *(dice.randrange(-(1 << 63), 1 << 63) for _ in range(40))]
    functions = [f"{name}(v)" for name in ("sum", "min", "max", "avg", "stddev", "quantize")] + ["count()"]
    functions += [f"lquantize(v, {rest})" for rest in ("-10, 90, 10", "0, 3, 1", "-2147483648, -2147000000, 65535")]
    clauses = []
    for value in values:
        body = "".join(f"@a{n} = {f}; @k{n}[v % 3, (int8_t)v, v > 0 ? s : t] = {f};" for n, f in enumerate(functions))
        clauses.append(f'BEGIN {{ s = "\\377x"; t = ""; v = (int64_t){constant(value)}; {body} }}')
    outcome, reference = compare(guest, "\n".join(clauses))
    want = {
        (a.name, tuple(k.decode("utf-8", "backslashreplace") if isinstance(k, bytes) else k for k in keys)): value
        for a in reference.program.aggregations
        for keys, value in reference.aggregations[a.id].items()
    }
    got = {(e.name, e.keys): words(e.function, e) for e in outcome.entries}
    assert got == want
    assert signed(sum(values) & (1 << 64) - 1) == got["a0", ()][0]
