# SPDX-License-Identifier: GPL-2.0-or-later
"""The parser's LALR tables, kept beside the bytecode once they have been worked out.

Working them out takes longer than all the rest of a small compilation. The file stands in ``__pycache__`` and is
trusted as the bytecode there is; its name says of which grammar, lark and Python it is, so it is never out of date.
Where it cannot be written or read, the tables are worked out again.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

_LOAD_FAILURES = (OSError, EOFError, ValueError, TypeError, KeyError, AssertionError, AttributeError)


def make_parser(grammar: Path, lexer: type[Any], transformer: Any) -> Lark:
    """The LALR parser of a grammar file, on tokens made by ``lexer``."""
    text = grammar.read_text(encoding="utf-8")
    path = _cache_path(grammar, text)
    with suppress(*_LOAD_FAILURES):
        return _load(path, lexer, transformer)
    parser = Lark(text, parser="lalr", lexer=lexer, transformer=transformer, maybe_placeholders=True)
    with suppress(OSError):
        _save(parser, path)
    return parser


def _cache_path(grammar: Path, text: str) -> Path:
    key = f"{text}\0{lark.__version__}\0{sys.implementation.cache_tag}"
    name = f"{grammar.name}.{hashlib.sha256(key.encode()).hexdigest()[:16]}.tables"
    return grammar.parent / "__pycache__" / name


def _load(path: Path, lexer: type[Any], transformer: Any) -> Lark:
    data, memo = marshal.loads(path.read_bytes())
    data["options"]["lexer"] = data["parser"]["lexer_conf"]["lexer_type"] = lexer
    parser: Lark = Lark.__new__(Lark)._load({"data": data, "memo": memo}, transformer=transformer)
    return parser


def _save(parser: Lark, path: Path) -> None:
    """Writes the tables in one step, so that nobody reads half of them; not at all if Python writes no bytecode."""
    if sys.dont_write_bytecode:
        return
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"] = {**data["options"], "lexer": None, "transformer": None}
    data["parser"]["lexer_conf"]["lexer_type"] = None
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(marshal.dumps((data, memo)))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
