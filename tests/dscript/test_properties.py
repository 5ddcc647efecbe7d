# SPDX-License-Identifier: GPL-2.0-or-later
"""Arithmetic against Python's: random expressions compiled, run, and computed independently."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dscript import EmptyEnv, compile_program
from dscript.check.arithmetic import fold
from dscript.vm import Run

INT64 = st.integers(-(1 << 63), (1 << 63) - 1)
SMALL = st.integers(-9, 9)
VALUES = st.one_of(SMALL, INT64)


def wrap(number, size=8, signed=True):
    """A number reduced to a C type."""
    number &= (1 << 8 * size) - 1
    return number - (1 << 8 * size) if signed and number >> 8 * size - 1 else number


def run_expression(text, **values):
    """The value traced by one expression; builtin variables are given by name."""
    run = Run(compile_program(f"BEGIN {{ trace({text}); }}", EmptyEnv()))
    run.fire("dtrace:::BEGIN", **values)
    assert not run.errors
    return run.records[0].values[0]


def divide(a, b):
    """C's division."""
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": divide,
    "%": lambda a, b: a - divide(a, b) * b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "<<": lambda a, b: a << (b & 63),
    ">>": lambda a, b: a >> (b & 63),
}


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(OPERATORS)), VALUES, VALUES)
def test_signed_operators(operator, a, b):
    """Signed operators agree with Python's integers cut to 64 bits."""
    assume(b != 0 or operator not in "/%")
    assert run_expression(f"arg0 {operator} arg1", arg0=a, arg1=b) == wrap(OPERATORS[operator](a, b))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(OPERATORS)), VALUES, VALUES)
def test_unsigned_operators(operator, a, b):
    """Operators on uint64_t agree with Python's natural numbers cut to 64 bits."""
    assume(b != 0 or operator not in "/%")
    a, b = wrap(a, signed=False), wrap(b, signed=False)
    text = f"(uint64_t)arg0 {operator} (uint64_t)arg1"
    assert run_expression(text, arg0=a, arg1=b) == wrap(OPERATORS[operator](a, b), signed=False)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(OPERATORS)), VALUES, VALUES, st.booleans())
def test_folding_agrees_with_the_machine(operator, a, b, signed):
    """What the compiler folds is what the machine would have computed."""
    assume(b != 0 or operator not in "/%")
    cast = "(int64_t)" if signed else "(uint64_t)"
    ran = run_expression(f"{cast}arg0 {operator} {cast}arg1", arg0=a, arg1=b)
    assert wrap(fold(operator, a, b, signed=signed)) == wrap(ran)


TYPES = {
    "char": (1, True), "uint8_t": (1, False), "short": (2, True), "uint16_t": (2, False),
    "int": (4, True), "uint32_t": (4, False), "int64_t": (8, True), "uint64_t": (8, False),
}  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(TYPES)), st.sampled_from(sorted(TYPES)), VALUES)
def test_casts(first, second, value):
    """Two casts in a row do what C's conversions do, whether of a variable or a constant."""
    expected = wrap(wrap(value, *TYPES[first]), *TYPES[second])
    assert run_expression(f"({second})({first})arg0", arg0=value) == expected
    assert run_expression(f"({second})({first}){value & (1 << 64) - 1}ull") == expected


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(TYPES)), VALUES)
def test_variables_keep_their_type(kind, value):
    """A declared variable holds its type's values, in all three scopes."""
    for scope, arrow in (("", ""), ("self ", "self->"), ("this ", "this->")):
        text = f"{scope}{kind} v; BEGIN {{ {arrow}v = arg0; trace((int64_t){arrow}v); }}"
        run = Run(compile_program(text, EmptyEnv()))
        run.fire("dtrace:::BEGIN", arg0=value)
        assert run.records[0].values == (wrap(wrap(value, *TYPES[kind])),)


COMPARISONS = {
    "==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(COMPARISONS)), VALUES, VALUES)
def test_comparisons(operator, a, b):
    """Comparisons agree with Python's where the difference fits 64 bits (the published rule), always if unsigned."""
    if -(1 << 63) <= a - b < 1 << 63:
        assert run_expression(f"arg0 {operator} arg1", arg0=a, arg1=b) == COMPARISONS[operator](a, b)
    a, b = wrap(a, signed=False), wrap(b, signed=False)
    text = f"(uint64_t)arg0 {operator} (uint64_t)arg1"
    assert run_expression(text, arg0=a, arg1=b) == COMPARISONS[operator](a, b)


TEXTS = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters='"\\$'), max_size=12)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(COMPARISONS)), TEXTS, TEXTS)
def test_string_comparisons(operator, a, b):
    """Strings compare by their bytes, whether constants or variables."""
    expected = COMPARISONS[operator](a, b)
    assert run_expression(f'execname {operator} "{b}"', execname=a) == expected
    assert run_expression(f'"{a}" {operator} "{b}"') == expected


@st.composite
def expressions(draw, depth=3):
    """A random integer expression as D text and as a Python function of arg0 and arg1."""
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from([("arg0", lambda a, _b: a), ("arg1", lambda _a, b: b), ("7", lambda _a, _b: 7)]))
    (x, f), (y, g) = draw(expressions(depth - 1)), draw(expressions(depth - 1))
    operator = draw(st.sampled_from(["+", "-", "*", "&", "|", "^", "&&", "||", "^^", "?:", "-x", "~x", "!x"]))
    match operator:
        case "&&":
            return f"({x} && {y})", lambda a, b: int(f(a, b) != 0 and g(a, b) != 0)
        case "||":
            return f"({x} || {y})", lambda a, b: int(f(a, b) != 0 or g(a, b) != 0)
        case "^^":
            return f"({x} ^^ {y})", lambda a, b: int((f(a, b) != 0) != (g(a, b) != 0))
        case "?:":
            return f"({x} ? {y} : {x})", lambda a, b: g(a, b) if f(a, b) else f(a, b)
        case "-x":
            return f"(- {x})", lambda a, b: wrap(-f(a, b))
        case "~x":
            return f"(~{x})", lambda a, b: ~f(a, b)
        case "!x":
            return f"(!{x})", lambda a, b: int(f(a, b) == 0)
    return f"({x} {operator} {y})", lambda a, b: wrap(OPERATORS[operator](f(a, b), g(a, b)))


@settings(max_examples=200, deadline=None)
@given(expressions(), SMALL, SMALL)
def test_random_expressions(expression, a, b):
    """A random expression has the value Python computes for it."""
    text, function = expression
    assert run_expression(f"(int64_t)({text})", arg0=a, arg1=b) == function(a, b)
