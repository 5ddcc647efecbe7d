# SPDX-License-Identifier: GPL-2.0-or-later
"""The actions of the grammar's rules for declarations, types, inlines, translators and providers.

The base of ``build.Build``. A declaration tells the lexer what it declared as soon as its last declarator is
complete: the very next word may be a type that was just defined.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from lark import Token, Transformer, v_args

from dscript import nodes
from dscript.errors import Problem
from dscript.lexer import Lexer
from dscript.source import Span
from dscript.tokens import MAX_NESTING


def span_of(token: Token) -> Span:
    """The place of a token."""
    assert token.start_pos is not None
    assert token.end_pos is not None
    return Span(token.start_pos, token.end_pos)


class _Parameters(NamedTuple):
    items: tuple[nodes.Parameter, ...]
    variadic: bool


def _parameters(parts: tuple[Any, ...]) -> _Parameters:
    items = tuple(p for p in parts if isinstance(p, nodes.Parameter))
    return _Parameters(items, any(isinstance(p, Token) and p.type == "ELLIPSIS" for p in parts))


def _extended(declarator: nodes.Declarator, more: tuple[nodes.Derivation, ...], span: Span) -> nodes.Declarator:
    derived = declarator.derived + more
    if len(derived) > MAX_NESTING:
        raise Problem("D_SYNTAX", span, f"type is too deep; at most {MAX_NESTING} levels")
    return nodes.Declarator(span, declarator.name, derived)


@v_args(inline=True)
class BuildDeclarations(Transformer[Token, Any]):
    """The action of each rule that declares something."""

    lexer: Lexer

    # what stands outside clauses

    def declared(self, specifiers: nodes.Specifiers, *declarators: nodes.Declarator) -> nodes.Declaration:
        for declarator in declarators:
            self.lexer.note_declared(declarator.name, is_type=specifiers.has_storage("typedef"))
        return nodes.Declaration(specifiers.span.to(declarators[-1].span), specifiers, declarators)

    def declaration(self, declared: nodes.Declaration) -> nodes.Declaration:
        return declared

    def bare_declaration(self, specifiers: nodes.Specifiers) -> nodes.Declaration:
        return nodes.Declaration(specifiers.span, specifiers, ())

    def inline(self, word: Token, specifiers: Any, declarator: Any, value: Any) -> nodes.Inline:
        self.lexer.note_declared(declarator.name, is_type=False)
        return nodes.Inline(span_of(word).to(declarator.span), specifiers, declarator, value)

    def translator(
        self, word: Token, result: Any, _less: Token, source: Any, name: Token, greater: Token, *members: Any
    ) -> nodes.Translator:
        return nodes.Translator(span_of(word).to(span_of(greater)), result, source, str(name), members)

    def translated(self, name: Token, value: Any) -> nodes.Translated:
        return nodes.Translated(span_of(name).to(value.span), str(name), value)

    def provider(self, word: Token, name: Token, *probes: Any) -> nodes.Provider:
        return nodes.Provider(span_of(word).to(span_of(name)), str(name), probes)

    def offered(self, word: Token, name: Token, native: Any, translated: Any) -> nodes.Offered:
        return nodes.Offered(span_of(word).to(span_of(name)), str(name), native, translated)

    # specifiers

    def specifiers(self, *parts: Any) -> nodes.Specifiers:
        items = tuple(nodes.Word(span_of(p), p.type, str(p)) if isinstance(p, Token) else p for p in parts)
        return nodes.Specifiers(items[0].span.to(items[-1].span), items)

    def structure_reference(self, kind: Token, tag: Token) -> nodes.Structure:
        return nodes.Structure(span_of(kind).to(span_of(tag)), str(kind), str(tag), None)

    def structure_definition(self, kind: Token, *parts: Any) -> nodes.Structure:
        tag = parts[0] if isinstance(parts[0], Token) else None
        members = tuple(m for part in parts if isinstance(part, tuple) for m in part)
        span = span_of(kind) if tag is None else span_of(kind).to(span_of(tag))
        return nodes.Structure(span, str(kind), None if tag is None else str(tag), members)

    def member(self, specifiers: nodes.Specifiers, *declarators: Any) -> tuple[nodes.MemberDeclaration, ...]:
        return tuple(nodes.MemberDeclaration(specifiers.span, specifiers, name, bits) for name, bits in declarators)

    def bare_member(self, specifiers: nodes.Specifiers) -> tuple[nodes.MemberDeclaration, ...]:
        return (nodes.MemberDeclaration(specifiers.span, specifiers, None),)

    def member_declarator(self, declarator: Any, bits: Any) -> tuple[Any, Any]:
        return declarator, bits

    def unnamed_bits(self, bits: Any) -> tuple[Any, Any]:
        return None, bits

    def enumeration_reference(self, word: Token, tag: Token) -> nodes.Enumeration:
        return nodes.Enumeration(span_of(word).to(span_of(tag)), str(tag), None)

    def enumeration_definition(self, word: Token, *parts: Any) -> nodes.Enumeration:
        tag = parts[0] if isinstance(parts[0], Token) else None
        values = tuple(p for p in parts if isinstance(p, nodes.Enumerator))
        span = span_of(word) if tag is None else span_of(word).to(span_of(tag))
        return nodes.Enumeration(span, None if tag is None else str(tag), values)

    def enumerator(self, name: Token, *value: Any) -> nodes.Enumerator:
        self.lexer.note_declared(str(name), is_type=False)
        return nodes.Enumerator(span_of(name), str(name), value[-1] if value else None)

    # declarators

    def declared_name(self, name: Token) -> nodes.Declarator:
        return nodes.Declarator(span_of(name), str(name))

    def declarator(self, *parts: Any) -> nodes.Declarator:
        inner = next(p for p in parts if isinstance(p, nodes.Declarator))
        pointers = parts[0] if isinstance(parts[0], tuple) and not isinstance(parts[0], nodes.Declarator) else ()
        return _extended(inner, pointers, inner.span)

    def derived(self, *parts: Any) -> nodes.Declarator:
        *before, last = parts
        inner = before[0] if before else nodes.Declarator(last.span, "")
        return _extended(inner, (last,), inner.span.to(last.span))

    def abstract(self, *parts: Any) -> nodes.Declarator:
        inner = next((p for p in parts if isinstance(p, nodes.Declarator)), None)
        pointers = parts[0] if isinstance(parts[0], tuple) else ()
        inner = inner or nodes.Declarator(Span(0, 0), "")
        return _extended(inner, pointers, inner.span)

    def pointers(self, *tokens: Token) -> tuple[nodes.Pointer, ...]:
        """The pointers from the name outward: the last star is the first derivation."""
        found: list[list[str]] = []
        for token in tokens:
            if token.type == "STAR":
                found.append([])
            else:
                found[-1].append(str(token))
        return tuple(nodes.Pointer(tuple(qualifiers)) for qualifiers in reversed(found))

    def array(self, bracket: Token, size: Any) -> nodes.Array:
        return nodes.Array(span_of(bracket), size)

    def keys(self, bracket: Token, *parts: Any) -> nodes.Keys:
        span = span_of(bracket)
        items, variadic = _parameters(parts)
        return nodes.Keys(span.to(items[-1].span) if items else span, items, variadic)

    def function(self, paren: Token, *parts: Any) -> nodes.Function:
        items, variadic = _parameters(parts)
        return nodes.Function(span_of(paren), items if items or variadic else None, variadic)

    def parameter(self, specifiers: nodes.Specifiers, declarator: Any = None) -> nodes.Parameter:
        return nodes.Parameter(specifiers.span, specifiers, declarator)

    def type_name(self, specifiers: nodes.Specifiers, declarator: Any) -> nodes.TypeName:
        storage = next((i for i in specifiers.items if isinstance(i, nodes.Word) and i.kind == "STORAGE"), None)
        if storage is not None:
            raise Problem("D_SYNTAX", storage.span, f'syntax error near "{storage.text}"')
        return nodes.TypeName(specifiers.span, specifiers, declarator.derived if declarator else ())
