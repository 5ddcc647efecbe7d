# SPDX-License-Identifier: GPL-2.0-or-later
"""The tokens of D.

D's tokens depend on where they stand: at the outermost level a word is a probe description unless it
begins a declaration; a slash after descriptions opens a predicate, and the slash followed by ``{`` closes
it; a name that is a type is another token than one that is not. ``Lexer(...).tokens()`` keeps that state,
expands macro arguments and collects the control lines. One pass, linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lark import Token

from dscript.ctype import TYPEDEFS
from dscript.errors import Problem
from dscript.literals import parse_integer
from dscript.macros import REFERENCE, Macros
from dscript.pragmas import read_line_directive
from dscript.source import Source, Span

MAX_NESTING = 200

_TYPE_WORDS_WORDS = """
char short int long float double signed unsigned void const volatile restrict _Bool
"""
TYPE_WORDS = frozenset(_TYPE_WORDS_WORDS.split())
_STORAGE_WORDS = """
self this extern static register auto
"""
STORAGE = frozenset(_STORAGE_WORDS.split())
TAGS = frozenset({"struct", "union", "enum"})
WHOLE_DECLARATIONS = frozenset({"typedef", "inline", "translator", "provider"}) | TAGS
_RESERVED_WORDS = """
break case continue counter default do else for goto if import probe return switch while
"""
RESERVED = frozenset(_RESERVED_WORDS.split())

_SPACE = r"[ \t\r\n\f\v]+|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/"
_SKIP = re.compile(rf"(?:{_SPACE})+")
_CLOSES = re.compile(rf"/(?:{_SPACE})*(?:[{{;]|\Z)")
_CONTROL = re.compile(r"[ \t]*#(?:[^\n\\]|\\.)*", re.DOTALL)
_FLOAT = re.compile(r"[0-9]+\.[0-9]|[0-9]+[eE][-+]?[0-9]+|[0-9]+\.(?![A-Za-z_])")

PUNCTUATORS = {
    **dict.fromkeys(("<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="), "OP_ASSIGN"),
    **dict.fromkeys(("<<", ">>", "<=", ">=", "==", "!=", "&&", "^^", "||"), "OPERATOR"),
    **dict.fromkeys(("/", "%", "<", ">", "^", "|"), "OPERATOR"),
    "++": "STEP", "--": "STEP", "->": "ARROW", "=": "ASSIGN", "*": "STAR", "&": "AMPERSAND", "+": "PLUS",
    "-": "MINUS", "!": "BANG", "~": "TILDE", "(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "{": "LBRACE",
    "}": "RBRACE", ",": "COMMA", ";": "SEMICOLON", "?": "QMARK", ":": "COLON", ".": "DOT",
}  # fmt: skip
_PUNCTUATOR = "|".join(re.escape(p) for p in sorted(PUNCTUATORS, key=len, reverse=True))


class Lexer:
    """Tokens of one source; ``patterns`` are the grammar's terminals by name."""

    def __init__(self, source: Source, patterns: Mapping[str, str], macros: Macros) -> None:
        self.source, self.text = source, source.text
        self.macros = macros
        self.controls: list[tuple[str, Span]] = []
        self._code = re.compile(
            f"(?P<SYMBOL>{patterns['KERNEL_SYMBOL']})|(?P<WORD>{patterns['IDENT']})|(?P<INTEGER>{patterns['INTEGER']})"
            f"|(?P<STRING>{patterns['STRING']})|(?P<CHARACTER>{patterns['CHARACTER']})"
            f"|(?P<AGGREGATION>{patterns['AGGREGATION']})|(?P<MACRO>{REFERENCE.pattern})|(?P<PUNCTUATOR>{_PUNCTUATOR})",
            re.DOTALL,
        )
        self._description = re.compile(patterns["DESCRIPTION"])
        self._keywords = {"sizeof": "SIZEOF", "stringof": "STRINGOF", "self": "SCOPE", "this": "SCOPE"}
        self.at = 0
        self.region: str | None = None  # the part of a clause that is being read

    def tokens(self) -> Iterator[Token]:
        """All tokens, in order."""
        if self.text.startswith("#!"):
            self.at = (self.text.find("\n") + 1) or len(self.text)
        self._check_text()
        while self._skip():
            yield from self._outermost()

    def _check_text(self) -> None:
        at = self.text.find("\0")
        if at >= 0:
            raise Problem("D_SYNTAX", Span(at, at + 1), "the script is not text: NUL character in the input")

    def _token(self, kind: str, start: int, end: int, value: str | None = None) -> Token:
        self.at = end
        return Token(kind, self.text[start:end] if value is None else value, start_pos=start, end_pos=end)

    def _skip(self) -> bool:
        """Skip white space, comments and control lines; False at the end."""
        text = self.text
        while True:
            if match := _SKIP.match(text, self.at):
                self.at = match.end()
            if self.at >= len(text):
                return False
            if text.startswith("/*", self.at):
                raise Problem("D_SYNTAX", Span(self.at, self.at + 2), "comment is not terminated: end of file in /* */")
            if text[self.at] != "#" or not self._starts_line():
                return True
            match = _CONTROL.match(text, self.at)
            assert match is not None
            self._control(match.group(), match.end())

    def _control(self, text: str, end: int) -> None:
        self.controls.append((text, Span(self.at, end)))
        self.at = end
        if (directive := read_line_directive(text)) is not None:
            self.source.marks.append((end + 1, *directive))

    def _starts_line(self) -> bool:
        return not self.text[self.text.rfind("\n", 0, self.at) + 1 : self.at].strip()

    def _outermost(self) -> Iterator[Token]:
        char = self.text[self.at]
        match = self._description.match(self.text, self.at)
        if char in ",;}()":
            yield self._token(PUNCTUATORS[char], self.at, self.at + 1)
        elif char == "{":
            self.region = "action list"
            yield from self._code_until("}")
        elif char == "/":
            self.region = "predicate"
            yield self._token("PREDICATE_OPEN", self.at, self.at + 1)
            yield from self._code_until("/")
        elif match is None:
            raise self._unexpected(self.at)
        elif self._declares(match.group()):
            self.region = None
            yield from self._declaration()
        else:
            self.region = "probe description"
            text = self.macros.expand_all(match.group(), self.at)
            yield self._token("DESCRIPTION", match.start(), match.end(), text)

    def _declares(self, word: str) -> bool:
        first = re.match(r"[A-Za-z_0-9]*", word)
        assert first is not None
        known = first.group() in TYPE_WORDS | STORAGE | WHOLE_DECLARATIONS or first.group() in TYPEDEFS
        return known and word[first.end() :].strip("*") in ("",)

    def _declaration(self) -> Iterator[Token]:
        match = re.compile(r"[a-z]*").match(self.text, self.at)
        assert match is not None
        if match.group() in WHOLE_DECLARATIONS:
            raise Problem(
                "D_SYNTAX",
                Span(self.at, match.end()),
                f"{match.group()} declarations are not supported here",
                "variables of C integer types, string and their arrays can be declared",
            )
        yield from self._code_until(";", declaration=True)

    def _code_until(self, end: str, *, declaration: bool = False) -> Iterator[Token]:
        """Tokens in expression context up to and including the ``end`` that stands outside all brackets."""
        depth, previous, predicate = 0, "", end == "/"
        while self._skip():
            token = self._code_token(previous, predicate=predicate, declaration=declaration and depth == 0)
            if token.type in ("LPAR", "LSQB", "LBRACE"):
                depth += 1
                if depth > MAX_NESTING:
                    raise self._too_deep(token)
            elif token.type in ("RPAR", "RSQB", "RBRACE"):
                depth -= 1
            yield token
            previous = token.type
            if token.type == "PREDICATE_CLOSE" or (depth <= 0 and token.value == end and not predicate):
                return

    def _too_deep(self, token: Token) -> Problem:
        assert token.start_pos is not None
        assert token.end_pos is not None
        return Problem(
            "D_SYNTAX",
            Span(token.start_pos, token.end_pos),
            f"brackets nested too deeply; at most {MAX_NESTING} levels",
        )

    def _code_token(self, previous: str, *, predicate: bool, declaration: bool) -> Token:
        match = self._code.match(self.text, self.at)
        if match is None:
            raise self._unexpected(self.at)
        start, end = match.span()
        match match.lastgroup:
            case "WORD":
                return self._word(start, end, previous, declaration=declaration)
            case "PUNCTUATOR":
                if predicate and self.text[start] == "/" and _CLOSES.match(self.text, start):
                    return self._token("PREDICATE_CLOSE", start, start + 1)
                return self._token(PUNCTUATORS[match.group()], start, end)
            case "MACRO":
                return self._macro(match.group(), start, end)
            case "INTEGER":
                return self._integer(start, end)
            case "SYMBOL":
                return self._token("KERNEL_SYMBOL", start, end)
            case kind:
                return self._token(str(kind), start, end)

    def _word(self, start: int, end: int, previous: str, *, declaration: bool) -> Token:
        word = self.text[start:end]
        if previous in ("ARROW", "DOT"):
            return self._token("IDENT", start, end)
        if declaration and word in STORAGE and not previous:
            return self._token("STORAGE", start, end)
        if word in self._keywords:
            return self._token(self._keywords[word], start, end)
        if word in TYPE_WORDS:
            return self._token("TYPE_WORD", start, end)
        if word in TAGS:
            return self._tagged(start, end)
        if word in TYPEDEFS:
            return self._token("TYPE_NAME", start, end)
        return self._token("RESERVED" if word in RESERVED else "IDENT", start, end)

    def _tagged(self, start: int, end: int) -> Token:
        match = re.compile(r"\s+([A-Za-z_][A-Za-z0-9_]*)").match(self.text, end)
        if match is None:
            raise Problem("D_SYNTAX", Span(start, end), f"{self.text[start:end]} without a tag")
        return self._token("TAGGED_TYPE", start, match.end(), f"{self.text[start:end]} {match.group(1)}")

    def _integer(self, start: int, end: int) -> Token:
        if match := _FLOAT.match(self.text, start):
            raise Problem(
                "D_SYNTAX", Span(start, match.end()), "floating-point constants are not permitted in D programs"
            )
        return self._token("INTEGER", start, end)

    def _macro(self, text: str, start: int, end: int) -> Token:
        """``$$x`` is a string; ``$x`` is an integer if it looks like one, else a name."""
        span = Span(start, end)
        value = self.macros.expand(text.lstrip("$"), span)
        if text.startswith("$$"):
            quoted = (value or "").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return self._token("STRING", start, end, f'"{quoted}"')
        if value is None:
            return self._token("INTEGER", start, end, "0")
        if re.fullmatch(r"-?[0-9][0-9A-Za-z]*", value):
            return self._macro_integer(value, span)
        if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", value):
            return self._token("IDENT", start, end, value)
        raise Problem(
            "D_SYNTAX",
            span,
            f"value of {text} is neither an integer nor a name: {value[:40]}",
            f"write ${text} to use it as a string",
        )

    def _macro_integer(self, value: str, span: Span) -> Token:
        try:
            parse_integer(value.lstrip("-"), span)
        except Problem as problem:
            if problem.diagnostic.tag != "D_INT_OFLOW":
                raise
            raise Problem("D_MACRO_OFLOW", span, f"macro argument is too large for 64 bits: {value[:40]}") from None
        return self._token("INTEGER", span.start, span.end, value)

    def _unexpected(self, at: int) -> Problem:
        char, rest = self.text[at], self.text[at : at + 400]
        line_end = rest.find("\n")
        span = Span(at, at + (line_end if line_end > 0 else len(rest)))
        if char == '"':
            return Problem("D_STR_NL", span, "newline or end of file encountered in string literal")
        if char == "'":
            return Problem("D_CHR_NL", span, "newline or end of file encountered in character constant")
        shown = char if char.isprintable() else f"\\x{ord(char):02x}"
        return Problem("D_SYNTAX", Span(at, at + 1), f'syntax error near "{shown}"')
