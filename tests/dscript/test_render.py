# SPDX-License-Identifier: GPL-2.0-or-later
"""print(): the text of C values; and -d: the text of scripts."""

import pytest

from dscript import (
    ArrayType,
    CompileError,
    EnumType,
    FunctionType,
    IntType,
    Member,
    PointerType,
    StringType,
    StructType,
    desugar,
    list_fields,
    render_value,
)
from dscript.desugar import desugar_script
from dscript.macros import Macros
from dscript.parse import parse
from dscript.source import Source
from dscript.unparse import unparse

INT, CHAR = IntType("int", 4, True, 3), IntType("char", 1, True, 1)
UINT = IntType("unsigned int", 4, False, 3)


def structure(name, *members, size):
    """A complete structure."""
    kind = StructType(name)
    kind.define(tuple(Member(*member) for member in members), size, 4)
    return kind


INNER = structure("struct in", ("x", INT, 0), ("y", CHAR, 32), size=8)


def test_typedefs_keep_their_names():
    """A typedef of a structure is that structure under another name, complete as soon as it is."""
    late = StructType("struct late")
    named = late.under("late_t").under("later_t")
    late.define((Member("x", INT, 0),), 4, 4)
    assert (named.size, named.members, str(named)) == (4, late.members, "later_t")
    assert named == late
    assert PointerType(named) == PointerType(late)
    assert named != INNER
    assert hash(named) == hash(late)


def test_fields():
    """As a list: the whole first, members with their paths, a value where no members follow."""
    pair = structure("struct pair", ("n", UINT, 0, 3), ("in", ArrayType(INNER, 2), 32), size=20)
    data = bytes([5, 0, 0, 0]) + b"".join(bytes([n, 0, 0, 0, 65 + n, 0, 0, 0]) for n in (1, 2))
    assert [tuple(field) for field in list_fields(pair, data)] == [
        ("", "struct pair", None),
        ("n", "unsigned int :3", "0x5"),
        ("in", "struct in [2]", None),
        ("in[0]", "struct in", None),
        ("in[0].x", "int", "0x1"),
        ("in[0].y", "char", "'B'"),
        ("in[1]", "struct in", None),
        ("in[1].x", "int", "0x2"),
        ("in[1].y", "char", "'C'"),
    ]
    assert [tuple(field) for field in list_fields(INT, b"\5\0\0\0")] == [("", "int", "0x5")]
    assert [field.value for field in list_fields(INNER, b"\5\0")] == ["<invalid>"]


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [(INT, b"\5\0\0\0", "int 0x5"), (INT, bytes(4), "int 0"), (CHAR, b"A", "char 'A'"), (CHAR, b"\0", r"char '\0'"),
     (CHAR, b"\1", r"char '\001'"), (PointerType(INNER), b"\x10\0\0\xc0", "struct in * 0xc0000010"),
     (EnumType("enum e", (("A", 1),)), b"\1\0\0\0", "enum e A"),
     (EnumType("enum e", (("A", 1),)), b"\2\0\0\0", "enum e 2"),
     (StringType(), b'a"b\0rest', 'string "a"b"'), (ArrayType(CHAR, 4), b"csh\0", 'char [4] "csh"'),
     (ArrayType(ArrayType(INT, 1), 2), b"\1\0\0\0\2\0\0\0", "int [2][1] [ [ 0x1 ], [ 0x2 ] ]"),
     (ArrayType(ArrayType(CHAR, 2), 2), b"a\0b\0", 'char [2][2] [ "a", "b" ]'),
     (ArrayType(CHAR, 2, "tty_t"), b"ab", "tty_t [ 'a', 'b' ]"), (INNER.under("in_t"), b"", "in_t <invalid>"),
     (ArrayType(INT, 2), b"\1\0\0\0\2\0\0\0", "int [2] [ 0x1, 0x2 ]"), (INT, b"\1", "int <invalid>"),
     (StructType("struct nosuch"), b"", "struct nosuch <forward decl>")],
)  # fmt: skip
def test_values(kind, data, text):
    """A value is shown behind its type; numbers in hexadecimal, a zero as such."""
    assert render_value(kind, data) == text


def test_structures():
    """A structure has a line for every member, indented by its depth; arrays of structures one for every element."""
    kind = structure(
        "struct s", ("a", INT, 0), ("in", INNER, 32), ("b", UINT, 96, 3), ("c", UINT, 99, 5),
        ("l", ArrayType(INNER, 1), 128), ("p", PointerType(INT), 192),
        ("f", PointerType(FunctionType(INT, (INT,))), 224),
        size=32,
    )  # fmt: skip
    data = b"\1\0\0\0" + b"\2\0\0\0B\0\0\0" + b"\x2d\0\0\0" + b"\3\0\0\0C\0\0\0" + b"\4\0\0\0" + b"\0\1\0\xc0"
    assert render_value(kind, data, symbol=lambda address: f"kernel`at_{address:x}").splitlines() == [
        "struct s {",
        "    int a = 0x1",
        "    struct in in = {",
        "        int x = 0x2",
        "        char y = 'B'",
        "    }",
        "    unsigned int b :3 = 0x5",
        "    unsigned int c :5 = 0x5",
        "    struct in [1] l = [ ",
        "        struct in {",
        "            int x = 0x3",
        "            char y = 'C'",
        "        }",
        "    ]",
        "    int *p = 0x4",
        "    int (*)(int) f = kernel`at_c0000100",
        "}",
    ]


SCRIPTS = [
    "int a, *b, c[3], d[int, string], (*e[2])(char *, ...);",
    "typedef struct s { int a : 3; struct { char b; }; enum { A = 1, B } c; } s_t;",
    "extern const char *const name;",
    "inline int half[int a] = (a / 2);",
    "translator struct out < struct in *p > { a = p->x; b = (int)p->y; };",
    "provider app { probe go__now(int, char *) : (string); probe stop(); };",
    'tick-1s, fbt::*:entry /(x == 1) && !y/ { a[1, "x\\n"] = (b ? c : (-d)); self->e += 1ull; ++f; g--; }',
    "BEGIN { trace(sizeof (int)); trace(offsetof(struct s, a)); }",
    "BEGIN { trace(xlate <struct out *> (p)->a); trace(`ticks); @x = sum(args[0]); }",
    "END",
]


@pytest.mark.parametrize("text", SCRIPTS)
def test_text_of_a_tree_reads_the_same(text):
    """The text of a tree gives that tree again."""
    once = unparse(parse(Source(text), Macros((), {})).script)
    assert unparse(parse(Source(once), Macros((), {})).script) == once
    assert "".join(once.split()).replace("(", "").replace(")", "") == "".join(text.split()).replace("(", "").replace(
        ")", ""
    )


def test_desugared():
    """if and else become clauses with hidden conditions."""
    text = desugar("BEGIN /x/ { if (a) b = 1; else b = 2; c = 3; }")
    assert text.count("BEGIN") == 4
    assert "this->%condition_2 = (this->%condition_1 && a);" in text
    assert "/(!this->%error) && this->%condition_3/\n{\n\tthis->%error = 1;\n\tb = 2;\n\tthis->%error = 0;\n}" in text


def test_scripts_without_if_stay_as_they_are():
    """A clause without if is the same object after the rewriting."""
    script = parse(Source("BEGIN { x = 1; }"), Macros((), {})).script
    assert desugar_script(script).items[0] is script.items[0]


def test_bad_scripts_are_refused():
    """What is no D cannot be rewritten."""
    with pytest.raises(CompileError, match="syntax error"):
        desugar("BEGIN { if }")
