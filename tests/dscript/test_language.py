# SPDX-License-Identifier: GPL-2.0-or-later
"""The small modules of the front end: places, tags, types, literals, macros, formats, pragmas, descriptions."""

import re
from pathlib import Path

import pytest

import dscript
from dscript.check.typenames import type_of
from dscript.ctype import INT, INT64, LONG, UINT, UINT64, ULONG, common
from dscript.errors import Problem
from dscript.formats import Conversion, FormatError, Literal, parse_format
from dscript.idents import BUILTINS, SUBROUTINES, find_similar
from dscript.literals import parse_character, parse_integer, unescape
from dscript.macros import Macros
from dscript.nodes import Description
from dscript.operators import group
from dscript.pragmas import read_controls
from dscript.probedesc import read_description
from dscript.source import NOWHERE, Source, Span
from dscript.tags import DESCRIPTIONS

FOLDER = Path(dscript.__file__).parent


def test_positions():
    """Lines and columns count from 1, also at the very end."""
    source = Source("ab\ncd\n")
    assert [source.position(n) for n in (0, 1, 2, 3, 6)] == [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1)]


def test_long_lines_are_cut():
    """The excerpt of a long line shows the part that matters, carets in place."""
    source = Source("x" * 500 + "BAD" + "y" * 500)
    line, under = source.excerpt(Span(500, 503)).splitlines()
    assert len(line) <= 110
    assert line[under.index("^") : under.index("^") + 3] == "BAD"
    assert under.count("^") == 3


def test_tags_are_described_and_used_by_name():
    """Every tag that the compiler raises is in the table."""
    used = {tag for path in FOLDER.rglob("*.py") for tag in re.findall(r'"(D_[A-Z_]+)"', path.read_text())}
    assert used <= set(DESCRIPTIONS)
    assert all(DESCRIPTIONS.values())


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [(INT, INT, INT), (INT, UINT, UINT), (UINT, LONG, ULONG), (INT64, UINT, INT64), (INT64, UINT64, UINT64)],
)
def test_usual_conversions(left, right, result):
    """C's usual arithmetic conversions on ILP32."""
    assert common(left, right) == result
    assert common(right, left) == result


@pytest.mark.parametrize(
    ("text", "size", "signed"),
    [("long", 4, True), ("unsigned", 4, False), ("long long", 8, True), ("unsigned long long int", 8, False),
     ("signed char", 1, True), ("short int", 2, True), ("size_t", 4, False), ("char *", 4, False)],
)  # fmt: skip
def test_type_names(text, size, signed):
    """Type names mean what they mean on 32-bit ARM."""
    assert (type_of(text).size, type_of(text).signed) == (size, signed)


@pytest.mark.parametrize(
    ("text", "value", "name"),
    [("0", 0, "int"), ("2147483648", 2147483648, "long long"), ("0x80000000", 2147483648, "unsigned int"),
     ("1u", 1, "unsigned int"), ("1UL", 1, "unsigned long"), ("1LL", 1, "long long"),
     ("0777", 511, "int"), ("18446744073709551615u", (1 << 64) - 1, "unsigned long long")],
)  # fmt: skip
def test_integer_constants(text, value, name):
    """A constant has the first type of C's list that holds it."""
    number, kind = parse_integer(text, NOWHERE)
    assert (number, kind.name) == (value, name)


def test_escapes():
    """C's escapes, octal and hexadecimal, and unknown ones that stand for themselves."""
    assert unescape(r"a\n\t\"\\\101\x42\q\0") == b'a\n\t"\\AB\\q\0'
    assert parse_character("'ab'", NOWHERE)[0] == 0x6162


def test_precedence_grouping():
    """Operands group by precedence, equal ones from the left."""
    assert group([1, 2, 3, 4], ["-", "*", "-"], lambda op, a, b: (op, a, b)) == ("-", ("-", 1, ("*", 2, 3)), 4)


def test_macros_remember_use():
    """Expanding an argument counts as using it."""
    macros = Macros(["a", "b"], {"pid": 5})
    assert macros.find_unused() == (2, "b")
    assert (macros.expand("1", NOWHERE), macros.expand("2", NOWHERE), macros.expand("pid", NOWHERE)) == ("a", "b", "5")
    assert macros.find_unused() is None


def test_formats():
    """A format is cut into text and conversions with flags, width, precision and length."""
    assert parse_format("a%%b %-5.2lld%*s") == (
        Literal("a"), Literal("%"), Literal("b "),
        Conversion("%-5.2lld", "-", 5, 2, "ll", "d"), Conversion("%*s", "", "*", None, "", "s"),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["%", "abc%", "%5", "%y", "%-"])
def test_bad_formats(text):
    """A conversion without a known letter is an error."""
    with pytest.raises(FormatError):
        parse_format(text)


def test_controls():
    """Options are gathered in order; idents, line markers and empty lines are ignored."""
    lines = ["#pragma D option quiet", "# pragma D option bufsize=4m /* x */", '#pragma ident "x"', '# 3 "f"', "#"]
    assert read_controls([(line, NOWHERE) for line in lines]).options == [("quiet", None), ("bufsize", "4m")]


@pytest.mark.parametrize(
    ("text", "result"),
    [("BEGIN", ":::BEGIN"), ("malloc:entry", "::malloc:entry"), ("kernel:malloc:entry", ":kernel:malloc:entry"),
     ("fbt:::", "fbt:::"), ("fbt:::malloc:entry", "fbt::malloc:entry"), ("fbt::malloc::entry", "fbt::malloc:entry"),
     (":", ":::"), ("12", "12"), ("tick-1s", ":::tick-1s")],
)  # fmt: skip
def test_descriptions(text, result):
    """Descriptions of fewer parts end with the name; five parts with an empty one lose it."""
    description, note = read_description(Description(NOWHERE, text))
    assert str(description) == result
    assert (note is not None) == (text.count(":") == 4)


def test_long_descriptions_are_refused():
    """A part beyond the published length is refused."""
    with pytest.raises(Problem, match="too long"):
        read_description(Description(NOWHERE, "f" * 192 + ":entry"))


def test_names_are_distinct():
    """No two builtin variables, and no two subroutines, share a number."""
    for table in (BUILTINS, SUBROUTINES):
        numbers = [entry.number for entry in table.values()]
        assert len(numbers) == len(set(numbers))


def test_suggestions():
    """A near miss is suggested, a far one is not."""
    assert find_similar("timestmp", list(BUILTINS)) == "did you mean timestamp?"
    assert find_similar("zzz", list(BUILTINS)) is None
