# SPDX-License-Identifier: GPL-2.0-or-later
"""The grammar: what each construct becomes, which words are types where, and that no nesting is too much."""

import pytest

from dscript import nodes
from dscript.errors import Problem
from dscript.macros import Macros
from dscript.parse import parse
from dscript.source import Source


def read(text, *type_names):
    """The items of a script."""
    return parse(Source(text), Macros((), {}), *type_names).script.items


def statement(text, *type_names):
    """The first statement of a clause."""
    return read(f"BEGIN {{ {text}; }}", *type_names)[0].body[0]


def shape(declarator):
    """A declarator's derivations, as words from the name outward."""
    return [type(step).__name__ for step in declarator.derived]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("int x;", []), ("int **x;", ["Pointer", "Pointer"]), ("int x[3];", ["Array"]), ("int x[int, string];", ["Keys"]),
     ("int *x[3];", ["Array", "Pointer"]), ("int (*x)[3];", ["Pointer", "Array"]), ("int x(int, ...);", ["Function"]),
     ("int (*x[2])(void);", ["Array", "Pointer", "Function"]), ("char x[2][3];", ["Array", "Array"])],
)  # fmt: skip
def test_declarators_read_from_the_name_outward(text, expected):
    """A declarator is kept inside out, as C reads it."""
    (declaration,) = read(text)
    assert shape(declaration.declarators[0]) == expected


def test_structures_nest():
    """Members, bit-fields, nested and anonymous structures are kept in order."""
    (item,) = read("struct s { int a : 3, b : 4; union { char c; int d; }; struct t *e; };")
    (structure,) = item.specifiers.items
    assert (structure.kind, structure.tag) == ("struct", "s")
    assert [m.declarator and m.declarator.name for m in structure.members] == ["a", "b", None, "e"]
    assert [m.bits is not None for m in structure.members] == [True, True, False, False]


def test_a_typedef_is_a_type_in_the_next_word():
    """A name becomes a type when its declaration ends, also for the word right behind it."""
    first, second, clause = read("typedef int foo; foo x; BEGIN { (foo)x; }")
    assert first.specifiers.has_storage("typedef")
    assert second.specifiers.items[0].kind == "TYPE_NAME"
    assert isinstance(clause.body[0], nodes.Cast)


def test_a_name_can_be_type_and_member():
    """After a type has been named, the same word is what is declared."""
    _, item = read("typedef int foo; struct s { foo foo; foo *bar; };")
    assert [m.declarator.name for m in item.specifiers.items[0].members] == ["foo", "bar"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("(bar_t)x", nodes.Cast), ("(bar_t *)x", nodes.Cast), ("(other)(x)", nodes.Call), ("bar_t = 3", nodes.Assign),
     ("pid_t[1] = 3", nodes.Assign), ("pid_t++", nodes.Step), ("offsetof(bar_t, x)", nodes.Offsetof),
     ("xlate <bar_t>(x)", nodes.Xlate), ("sizeof (bar_t)", nodes.Sizeof), ("self->pid_t", nodes.Scoped)],
)  # fmt: skip
def test_types_are_asked_for_where_they_may_stand(text, kind):
    """A name that only the kernel knows is a type in a cast, and a variable where it is assigned."""
    assert isinstance(statement(text, lambda name: name == "bar_t"), kind)


def test_declarations_with_types_of_the_kernel():
    """A kernel's typedef begins a declaration; followed by a colon it is a probe description."""
    items = read("bar_t x; bar_t *y; bar_t:::entry { }", lambda name: name == "bar_t")
    assert [type(item) for item in items] == [nodes.Declaration, nodes.Declaration, nodes.Clause]


def test_inline_translator_provider():
    """The declarations that only D has."""
    inline, translator, provider = read(
        "inline int half[int a] = a / 2; translator struct b < struct a *p > { x = p->x; y = 1; };"
        "provider app { probe start__it(int, char *) : (string); probe stop(); };"
    )
    assert [p.declarator.name for p in inline.declarator.derived[0].parameters] == ["a"]
    assert (translator.name, [m.member for m in translator.members]) == ("p", ["x", "y"])
    assert [(p.name, p.translated is not None) for p in provider.probes] == [("start__it", True), ("stop", False)]


def test_else_belongs_to_the_nearest_if():
    """A dangling else goes to the inner if."""
    outer = read("BEGIN { if (a) if (b) c; else d; }")[0].body[0]
    assert outer.no is None
    assert outer.yes[0].no is not None


DEEP = 10_000


@pytest.mark.parametrize(
    "text",
    ["int " + "*" * DEEP + "x;", "int x" + "[3]" * DEEP + ";", "int " + "(" * DEEP, "struct {" * DEEP,
     "BEGIN { " + "(" * DEEP, "BEGIN { " + "- " * DEEP + "x }", "BEGIN { " + "x ? " * DEEP,
     "BEGIN { " + "if (x) " * DEEP + "; }",
     "BEGIN { x" + "->y" * DEEP + " }", "BEGIN { x" + "[1]" * DEEP + " }", "BEGIN { " + "x = " * DEEP + "1 }",
     "BEGIN { " + "(int)" * DEEP + "1 }", "BEGIN { x = 1" + " + 1" * DEEP + " }"],
)  # fmt: skip
def test_depth_is_refused(text):
    """Whatever nests without end is refused with a syntax error."""
    with pytest.raises(Problem) as caught:
        read(text)
    assert caught.value.diagnostic.tag == "D_SYNTAX"
