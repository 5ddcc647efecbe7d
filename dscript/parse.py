# SPDX-License-Identifier: GPL-2.0-or-later
"""From text to the syntax tree: the LALR parser built from ``d.lark``.

The tables come from tables.py, once per process, on first use. Nodes are made while parsing (build.py), so no walk
of a parse tree is needed and the input's nesting never becomes Python's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, UnexpectedInput, UnexpectedToken
from lark.lexer import Lexer as LarkLexer

from dscript import nodes
from dscript.build import Build
from dscript.errors import Problem
from dscript.lexer import Lexer
from dscript.macros import Macros
from dscript.source import Source, Span, shorten
from dscript.tables import make_parser
from dscript.tokens import RESERVED
from dscript.typewords import TypeNames


class _Given(LarkLexer):
    """Hands the parser tokens that were made elsewhere."""

    def __init__(self, _conf: Any) -> None:
        pass

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
        """The tokens, unchanged."""
        return iter(data)


@dataclass(frozen=True)
class Parsed:
    """A syntax tree and the control lines found on the way."""

    script: nodes.Script
    controls: tuple[tuple[str, Span], ...]


def parse(source: Source, macros: Macros, *type_names: Callable[[str], bool]) -> Parsed:
    """The syntax tree of ``source``; raises Problem on the first error.

    ``type_names`` are asked in turn whether a name is a type's, beyond D's own and the script's: the D library, the
    kernel. They are asked only where a type may stand.
    """
    parser, build, patterns = _parser()
    lexer = Lexer(source, patterns, macros, TypeNames(type_names))
    before = build.__dict__.get("lexer")
    build.lexer = lexer
    try:
        script = parser.parse(lexer.tokens())
    except UnexpectedToken as error:
        problem = _syntax_error(source, error)
        problem.stand_in(lexer.region)
        raise problem from None
    except UnexpectedInput as error:
        raise Problem("D_SYNTAX", Span(lexer.at, lexer.at + 1), str(error).partition("\n")[0]) from None
    except Problem as problem:
        problem.stand_in(lexer.region)
        raise
    finally:
        if before is not None:
            build.lexer = before
    return Parsed(script, tuple(lexer.controls))  # type: ignore[arg-type]


@cache
def _parser() -> tuple[Lark, Build, dict[str, str]]:
    build = Build()
    lark = make_parser(Path(__file__).with_name("d.lark"), _Given, build)
    return lark, build, {terminal.name: terminal.pattern.to_regexp() for terminal in lark.terminals}


_STATEMENTS = {
    "for": "D has no loops",
    "while": "D has no loops",
    "do": "D has no loops",
    "return": "D has no functions of its own",
}


_CLOSING = (")", "]", "}")
_NOTHING_MISSING = ("{", ";", "(", "[", ",", "=")  # after these nothing can be missing that a hint could name


def _syntax_error(source: Source, error: UnexpectedToken) -> Problem:
    token = error.token
    if token.type == "$END" or token.start_pos is None:
        end = len(source.text.rstrip())
        return Problem(
            "D_SYNTAX",
            Span(max(0, end - 1), end),
            "syntax error near end of input",
            "a '}' may be missing at the end" if "RBRACE" in (error.accepts or error.expected) else None,
        )
    assert token.end_pos is not None
    span = Span(token.start_pos, token.end_pos)
    text = source.text[span.start : span.end]
    hint = _STATEMENTS.get(text)
    if hint is None and text not in _CLOSING and not source.text[: span.start].rstrip().endswith(_NOTHING_MISSING):
        hint = _missing(error.accepts or error.expected)
    if text in RESERVED and hint is None:
        hint = f"{text} is a reserved word"
    if source.text.startswith("//", span.start):
        hint = "D has only /* */ comments"
    return Problem("D_SYNTAX", span, f'syntax error near "{shorten(text)}"', hint)


def _missing(expected: Any) -> str | None:
    if "PREDICATE_CLOSE" in expected:
        return "the predicate is not closed by a / before the {"
    for terminal, text in (("RPAR", ")"), ("RSQB", "]"), ("SEMICOLON", ";"), ("RBRACE", "}")):
        if terminal in expected:
            return f"a '{text}' may be missing before this"
    return None
