# SPDX-License-Identifier: GPL-2.0-or-later
"""The parser's tables, kept from one process to the next."""

import shutil
import sys
from pathlib import Path

import pytest

import dscript
from dscript import parse as parsing
from dscript.build import Build
from dscript.lalr import Parser
from dscript.macros import Macros
from dscript.source import Source
from dscript.tables import read_tables
from dscript.typewords import TypeNames

GRAMMAR = Path(dscript.__file__).with_name("d.lark")
TEXT = 'BEGIN /x > 1 && y/ { @a[execname] = count(); printf("%d", 1 ? 2 : 3); }'


@pytest.fixture
def grammar(tmp_path, monkeypatch):
    """A copy of the grammar with nothing beside it, in a Python that keeps bytecode."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copy(GRAMMAR, tmp_path))


def tree(tables):
    """Returns what a parser with these tables makes of a program, as text."""
    lexer = parsing.Lexer(Source(TEXT), tables.patterns, Macros((), {}), TypeNames())
    return repr(Parser(tables, Build()).parse(lexer.tokens()))


make = read_tables


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


def test_elsewhere(grammar, tmp_path):
    """Where nothing can be written beside the grammar the user's cache directory keeps the tables."""
    (grammar.parent / "__pycache__").write_text("in the way")
    first = tree(make(grammar))
    assert len(list((tmp_path / "cache" / "probelab").iterdir())) == 1
    assert tree(make(grammar)) == first


def test_no_place_to_keep_them(grammar, tmp_path):
    """Where nothing can be written at all the tables are worked out every time."""
    (grammar.parent / "__pycache__").write_text("in the way")
    (tmp_path / "cache").write_text("in the way")
    assert tree(make(grammar)) == tree(make(grammar))


def test_no_bytecode(grammar, tmp_path, monkeypatch):
    """A Python that is to write no bytecode leaves the source's folder alone and keeps the tables with the user's."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    make(grammar)
    assert not (grammar.parent / "__pycache__").exists()
    assert len(list((tmp_path / "cache" / "probelab").iterdir())) == 1
