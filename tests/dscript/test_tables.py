# SPDX-License-Identifier: GPL-2.0-or-later
"""The parser's tables, kept from one process to the next."""

import shutil
import sys
from pathlib import Path

import pytest

import dscript
from dscript import parse as parsing
from dscript.build import Build
from dscript.macros import Macros
from dscript.source import Source
from dscript.tables import make_parser
from dscript.typewords import TypeNames

GRAMMAR = Path(dscript.__file__).with_name("d.lark")
TEXT = 'BEGIN /x > 1 && y/ { @a[execname] = count(); printf("%d", 1 ? 2 : 3); }'


@pytest.fixture
def grammar(tmp_path, monkeypatch):
    """A copy of the grammar with nothing beside it, in a Python that keeps bytecode."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return Path(shutil.copy(GRAMMAR, tmp_path))


def tree(parser):
    """Returns what the parser makes of a program, as text."""
    patterns = {terminal.name: terminal.pattern.to_regexp() for terminal in parser.terminals}
    return repr(parser.parse(parsing.Lexer(Source(TEXT), patterns, Macros((), {}), TypeNames()).tokens()))


def make(grammar):
    """Returns the parser of a grammar."""
    return make_parser(grammar, parsing._Given, Build())


def test_kept_tables_parse_the_same(grammar):
    """The second parser comes from the file and gives the same tree."""
    first = tree(make(grammar))
    (kept,) = (grammar.parent / "__pycache__").iterdir()
    assert kept.suffix == ".tables"
    assert tree(make(grammar)) == first


@pytest.mark.parametrize("data", [b"", b"garbage", b"i\x01\x00\x00\x00"])
def test_broken_tables_are_made_again(grammar, data):
    """A file that holds something else is replaced."""
    first = tree(make(grammar))
    (kept,) = (grammar.parent / "__pycache__").iterdir()
    kept.write_bytes(data)
    assert tree(make(grammar)) == first
    assert len(kept.read_bytes()) > 1000


def test_another_grammar_has_other_tables(grammar):
    """A change of the grammar is noticed."""
    make(grammar)
    grammar.write_text(grammar.read_text() + "\n// changed\n")
    make(grammar)
    assert len(list((grammar.parent / "__pycache__").iterdir())) == 2


def test_no_place_to_keep_them(grammar):
    """Where nothing can be written the tables are worked out every time."""
    (grammar.parent / "__pycache__").write_text("in the way")
    assert tree(make(grammar)) == tree(make(grammar))
