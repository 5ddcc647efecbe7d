# SPDX-License-Identifier: GPL-2.0-or-later
"""The actions of the grammar's rules: each makes a node of its children. parse.py hands ``Build`` to the parser.

Declarations are in ``builddecl.py``. Depth is counted here, so that nobody needs to walk an endless tree.
"""

from __future__ import annotations

from typing import Any

from dscript import nodes, operators
from dscript.builddecl import BuildDeclarations, span_of
from dscript.errors import Problem
from dscript.literals import parse_character, parse_integer, unescape
from dscript.source import Span
from dscript.tokens import MAX_NESTING, SCOPES, Token


def _make(kind: type[Any], span: Span, *fields: Any) -> Any:
    """A node, its depth computed from its children."""
    depth = 0
    for field in fields:
        if isinstance(field, nodes.Expr):
            depth = max(depth, field.depth)
        elif isinstance(field, tuple):
            depth = max([depth, *(f.depth for f in field if isinstance(f, nodes.Statement))])
    if depth >= MAX_NESTING:
        raise Problem("D_SYNTAX", span, f"expression is too deep; at most {MAX_NESTING} levels")
    return kind(span, depth + 1, *fields)


def _combine(operator: str, left: nodes.Expr, right: nodes.Expr) -> nodes.Expr:
    node: nodes.Expr = _make(nodes.Binary, left.span.to(right.span), operator, left, right)
    return node


class Build(BuildDeclarations):
    """The action of each grammar rule; ``lexer`` is that of the parse going on."""

    def start(self, *items: Any) -> nodes.Script:
        return nodes.Script(items)

    # probe clauses

    def clause(self, descriptions: Any, predicate: Any, body: Any) -> nodes.Clause:
        span = descriptions[0].span.to(descriptions[-1].span)
        if predicate is not None and body is None:
            raise Problem("D_SYNTAX", predicate.span, "expected actions { } following probe predicate")
        return nodes.Clause(span, descriptions, predicate, body)

    def descriptions(self, *tokens: Token) -> tuple[nodes.Description, ...]:
        return tuple(nodes.Description(span_of(t), str(t)) for t in tokens)

    def predicate(self, _open: Token, expression: Any, _close: Token) -> nodes.Expr:
        return expression  # type: ignore[no-any-return]

    def body(self, *statements: Any) -> tuple[nodes.Statement, ...]:
        return tuple(s for s in statements if s is not None)

    block = body

    def single(self, statement: Any) -> tuple[nodes.Statement, ...]:
        return (statement,)

    def nothing(self) -> tuple[nodes.Statement, ...]:
        return ()

    def if_statement(self, word: Token, condition: Any, yes: Any, *rest: Any) -> nodes.If:
        no = rest[1] if rest else None
        return _make(nodes.If, span_of(word).to(condition.span), condition, yes, no)  # type: ignore[no-any-return]

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
        return _make(nodes.Unary, span_of(operator).to(operand.span), str(operator), operand)  # type: ignore[no-any-return]

    def stringof(self, word: Token, operand: Any) -> nodes.Expr:
        return _make(nodes.Unary, span_of(word).to(operand.span), "stringof", operand)  # type: ignore[no-any-return]

    def pre_step(self, operator: Token, operand: Any) -> nodes.Expr:
        span = span_of(operator).to(operand.span)
        return _make(nodes.Step, span, str(operator), operand, True)  # type: ignore[no-any-return]

    def post_step(self, operand: Any, operator: Token) -> nodes.Expr:
        span = operand.span.to(span_of(operator))
        return _make(nodes.Step, span, str(operator), operand, False)  # type: ignore[no-any-return]

    def sizeof_value(self, word: Token, operand: Any) -> nodes.Expr:
        return _make(nodes.Sizeof, span_of(word).to(operand.span), operand)  # type: ignore[no-any-return]

    def sizeof_type(self, word: Token, kind: nodes.TypeName) -> nodes.Expr:
        return _make(nodes.Sizeof, span_of(word).to(kind.span), kind)  # type: ignore[no-any-return]

    def offsetof(self, word: Token, kind: nodes.TypeName, member: Token) -> nodes.Expr:
        return _make(nodes.Offsetof, span_of(word).to(span_of(member)), kind, str(member))  # type: ignore[no-any-return]

    def xlate(self, word: Token, _less: Token, kind: nodes.TypeName, _greater: Token, value: Any) -> nodes.Expr:
        return _make(nodes.Xlate, span_of(word).to(value.span), kind, value)  # type: ignore[no-any-return]

    def index(self, base: Any, keys: Any) -> nodes.Expr:
        return _make(nodes.Index, base.span.to(keys[-1].span), base, keys)  # type: ignore[no-any-return]

    def call(self, function: Any, arguments: Any) -> nodes.Expr:
        span = function.span.to(arguments[-1].span) if arguments else function.span
        return _make(nodes.Call, span, function, arguments or ())  # type: ignore[no-any-return]

    def arrow(self, base: Any, _arrow: Token, name: Token) -> nodes.Expr:
        if isinstance(base, nodes.Name) and base.name in SCOPES:
            return nodes.Scoped(base.span.to(span_of(name)), 1, base.name, str(name))
        return _make(nodes.Member, base.span.to(span_of(name)), base, "->", str(name))  # type: ignore[no-any-return]

    def dot(self, base: Any, _dot: Token, name: Token) -> nodes.Expr:
        return _make(nodes.Member, base.span.to(span_of(name)), base, ".", str(name))  # type: ignore[no-any-return]

    def arguments(self, *items: Any) -> tuple[nodes.Expr, ...]:
        return items

    def group(self, inner: Any) -> nodes.Expr:
        return inner  # type: ignore[no-any-return]

    # constants and names

    def name(self, token: Token) -> nodes.Expr:
        return nodes.Name(span_of(token), 1, str(token))

    def symbol(self, token: Token) -> nodes.Expr:
        module, _, name = str(token).rpartition("`")
        return nodes.Symbol(span_of(token), 1, module or None, name)

    def aggregation(self, token: Token) -> nodes.Expr:
        return nodes.Aggregate(span_of(token), 1, str(token)[1:])

    def integer(self, token: Token) -> nodes.Expr:
        value, kind = parse_integer(token.lstrip("-"), span_of(token))
        return nodes.Integer(span_of(token), 1, -value if token.startswith("-") else value, kind.name)

    def character(self, token: Token) -> nodes.Expr:
        value, kind = parse_character(str(token), span_of(token))
        return nodes.Integer(span_of(token), 1, value, kind.name)

    def string(self, token: Token) -> nodes.Expr:
        return nodes.String(span_of(token), 1, unescape(str(token)[1:-1]))
