# SPDX-License-Identifier: GPL-2.0-or-later
"""From text to the syntax tree: the LALR parser built from ``d.lark``, and the actions of its rules.

The tables come from tables.py, once per process, on first use. Nodes are made while parsing, so no walk of a parse
tree is needed and the input's nesting never becomes Python's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args
from lark.lexer import Lexer as LarkLexer

from dscript import nodes, operators
from dscript.errors import Problem
from dscript.lexer import MAX_NESTING, RESERVED, Lexer
from dscript.literals import parse_character, parse_integer, unescape
from dscript.macros import Macros
from dscript.source import Source, Span, shorten
from dscript.tables import make_parser


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


def parse(source: Source, macros: Macros) -> Parsed:
    """The syntax tree of ``source``; raises Problem on the first error."""
    parser, patterns = _parser()
    lexer = Lexer(source, patterns, macros)
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
    return Parsed(script, tuple(lexer.controls))  # type: ignore[arg-type]


@cache
def _parser() -> tuple[Lark, dict[str, str]]:
    lark = make_parser(Path(__file__).with_name("d.lark"), _Given, _Build())
    return lark, {terminal.name: terminal.pattern.to_regexp() for terminal in lark.terminals}


_STATEMENTS = {
    "if": "write one clause per case and put the condition into its predicate: probe /condition/ { … }",
    "else": "write one clause per case and put the condition into its predicate: probe /condition/ { … }",
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


def _span(token: Token) -> Span:
    assert token.start_pos is not None
    assert token.end_pos is not None
    return Span(token.start_pos, token.end_pos)


def _make(kind: type[Any], span: Span, *fields: Any) -> Any:
    """A node, its depth computed from its children."""
    depth = 0
    for field in fields:
        if isinstance(field, nodes.Expr):
            depth = max(depth, field.depth)
        elif isinstance(field, tuple):
            depth = max([depth, *(f.depth for f in field if isinstance(f, nodes.Expr))])
    if depth >= MAX_NESTING:
        raise Problem("D_SYNTAX", span, f"expression is too deep; at most {MAX_NESTING} levels")
    return kind(span, depth + 1, *fields)


def _combine(operator: str, left: nodes.Expr, right: nodes.Expr) -> nodes.Expr:
    node: nodes.Expr = _make(nodes.Binary, left.span.to(right.span), operator, left, right)
    return node


@v_args(inline=True)
class _Build(Transformer[Token, Any]):
    """The action of each grammar rule."""

    def start(self, *items: Any) -> nodes.Script:
        return nodes.Script(items)

    def clause(self, descriptions: Any, predicate: Any, body: Any) -> nodes.Clause:
        span = descriptions[0].span.to(descriptions[-1].span)
        if predicate is not None and body is None:
            raise Problem("D_SYNTAX", predicate.span, "expected actions { } following probe predicate")
        return nodes.Clause(span, descriptions, predicate, body)

    def descriptions(self, *tokens: Token) -> tuple[nodes.Description, ...]:
        return tuple(nodes.Description(_span(t), str(t)) for t in tokens)

    def predicate(self, _open: Token, expression: Any, _close: Token) -> nodes.Expr:
        return expression  # type: ignore[no-any-return]

    def body(self, *statements: Any) -> tuple[nodes.Expr, ...]:
        return tuple(s for s in statements if s is not None)

    # declarations

    def declaration(self, storage: Token | None, kind: nodes.TypeName, *declarators: Any) -> nodes.Declaration:
        span = kind.span.to(declarators[-1].span)
        return nodes.Declaration(span, None if storage is None else str(storage), kind, declarators)

    def useless_declaration(self, _storage: Token | None, kind: nodes.TypeName) -> nodes.Declaration:
        raise Problem("D_DECL_USELESS", kind.span, "useless declaration: no name is declared")

    def declarator(self, *parts: Any) -> nodes.Declarator:
        stars = sum(isinstance(p, Token) and p.type == "STAR" for p in parts)
        name = parts[stars]
        subscripts = parts[stars + 1 :]
        keys = next((k for k in subscripts if isinstance(k, tuple)), None)
        return nodes.Declarator(_span(name), str(name), stars, keys, dimension=keys is None and bool(subscripts))

    def empty_subscript(self) -> tuple[nodes.TypeName, ...] | str:
        return "dimension"

    def key_types(self, *types: nodes.TypeName) -> tuple[nodes.TypeName, ...]:
        return types

    def dimension(self, _size: Any) -> str:
        return "dimension"

    def type_words(self, *words: Token) -> nodes.TypeName:
        return nodes.TypeName(_span(words[0]).to(_span(words[-1])), tuple(str(w) for w in words))

    def type_name(self, words: nodes.TypeName, *stars: Token) -> nodes.TypeName:
        return nodes.TypeName(words.span, words.words, len(stars))

    # expressions

    def expression(self, *items: Any) -> nodes.Expr:
        return _make(nodes.Comma, items[0].span.to(items[-1].span), items)  # type: ignore[no-any-return]

    def assign(self, target: Any, operator: Token, value: Any) -> nodes.Expr:
        name = None if operator == "=" else str(operator)[:-1]
        return _make(nodes.Assign, target.span.to(value.span), name, target, value)  # type: ignore[no-any-return]

    def choose(self, condition: Any, yes: Any, no: Any) -> nodes.Expr:
        return _make(nodes.Choose, condition.span.to(no.span), condition, yes, no)  # type: ignore[no-any-return]

    def operation(self, *parts: Any) -> nodes.Expr:
        return operators.group(list(parts[::2]), [str(p) for p in parts[1::2]], _combine)  # type: ignore[no-any-return]

    def cast(self, kind: nodes.TypeName, operand: Any) -> nodes.Expr:
        return _make(nodes.Cast, kind.span.to(operand.span), kind, operand)  # type: ignore[no-any-return]

    def prefix(self, operator: Token, operand: Any) -> nodes.Expr:
        return _make(nodes.Unary, _span(operator).to(operand.span), str(operator), operand)  # type: ignore[no-any-return]

    def stringof(self, operand: Any) -> nodes.Expr:
        return _make(nodes.Unary, operand.span, "stringof", operand)  # type: ignore[no-any-return]

    def pre_step(self, operator: Token, operand: Any) -> nodes.Expr:
        return _make(nodes.Step, _span(operator).to(operand.span), str(operator), operand, True)  # type: ignore[no-any-return]

    def post_step(self, operand: Any, operator: Token) -> nodes.Expr:
        return _make(nodes.Step, operand.span.to(_span(operator)), str(operator), operand, False)  # type: ignore[no-any-return]

    def sizeof_value(self, word: Token, operand: Any) -> nodes.Expr:
        return _make(nodes.Sizeof, _span(word).to(operand.span), operand)  # type: ignore[no-any-return]

    def sizeof_type(self, word: Token, kind: nodes.TypeName) -> nodes.Expr:
        return _make(nodes.Sizeof, _span(word).to(kind.span), kind)  # type: ignore[no-any-return]

    def index(self, base: Any, keys: Any) -> nodes.Expr:
        return _make(nodes.Index, base.span.to(keys[-1].span), base, keys)  # type: ignore[no-any-return]

    def call(self, function: Any, arguments: Any) -> nodes.Expr:
        span = function.span.to(arguments[-1].span) if arguments else function.span
        return _make(nodes.Call, span, function, arguments or ())  # type: ignore[no-any-return]

    def arrow(self, base: Any, _arrow: Token, name: Token) -> nodes.Expr:
        return _make(nodes.Member, base.span.to(_span(name)), base, "->", str(name))  # type: ignore[no-any-return]

    def dot(self, base: Any, name: Token) -> nodes.Expr:
        return _make(nodes.Member, base.span.to(_span(name)), base, ".", str(name))  # type: ignore[no-any-return]

    def arguments(self, *items: Any) -> tuple[nodes.Expr, ...]:
        return items

    def group(self, inner: Any) -> nodes.Expr:
        return inner  # type: ignore[no-any-return]

    # constants and names

    def name(self, token: Token) -> nodes.Expr:
        return nodes.Name(_span(token), 1, str(token))

    def symbol(self, token: Token) -> nodes.Expr:
        module, _, name = str(token).partition("`")
        return nodes.Symbol(_span(token), 1, module or None, name)

    def scoped(self, scope: Token, _arrow: Token, name: Token) -> nodes.Expr:
        return nodes.Scoped(_span(scope).to(_span(name)), 1, str(scope), str(name))

    def aggregation(self, token: Token) -> nodes.Expr:
        return nodes.Aggregate(_span(token), 1, str(token)[1:])

    def integer(self, token: Token) -> nodes.Expr:
        value, kind = parse_integer(token.lstrip("-"), _span(token))
        return nodes.Integer(_span(token), 1, -value if token.startswith("-") else value, kind.name)

    def character(self, token: Token) -> nodes.Expr:
        return nodes.Integer(_span(token), 1, parse_character(str(token), _span(token)), "int")

    def string(self, token: Token) -> nodes.Expr:
        return nodes.String(_span(token), 1, unescape(str(token)[1:-1]))
