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

from dscript.errors import Problem
from dscript.gaps import Gaps
from dscript.literals import INTEGER
from dscript.macros import REFERENCE, Macros, read_value
from dscript.source import Source, Span, shorten
from dscript.tokens import (
    ASSIGNS,
    BASES,
    BEFORE_TYPE,
    CLOSES,
    DECLARING,
    FLOAT,
    KEYWORDS,
    MAX_NESTING,
    MAX_TOKENS,
    PUNCTUATOR,
    PUNCTUATORS,
    SKIP,
    WORD,
    Token,
)
from dscript.typewords import TypeNames

_BEFORE_NAME = ("STRUCT", "ENUM", "PROVIDER", "PROBE")  # after these a word is a tag or a name
_WHOLE_STRING = re.compile(r"""(["'])(?:[^\\\n]|\\.)*?\1""")  # where no string may stand, it is no open one


class Lexer(Gaps):
    """Tokens of one source; ``patterns`` are the grammar's terminals by name."""

    def __init__(self, source: Source, patterns: Mapping[str, str], macros: Macros, types: TypeNames) -> None:
        super().__init__(source, macros)
        self.types = types
        self._code = re.compile(
            f"(?P<SYMBOL>{patterns['KERNEL_SYMBOL']})|(?P<WORD>{patterns['IDENT']})|(?P<INTEGER>{patterns['INTEGER']})"
            f"|(?P<STRING>{patterns['STRING']})|(?P<CHARACTER>{patterns['CHARACTER']})"
            f"|(?P<AGGREGATION>{patterns['AGGREGATION']})|(?P<MACRO>{REFERENCE.pattern})|(?P<PUNCTUATOR>{PUNCTUATOR})",
            re.DOTALL,
        )
        self._description = re.compile(patterns["DESCRIPTION"])
        self.region: str | None = None  # the part of a clause that is being read
        self._brackets: list[str] = []  # the open ones; E is the brace of an enum, T that of a translator
        self._before = self._previous = ""  # types of the last two tokens in code
        self._declaring = False  # in a declaration, where words are types before they are anything else
        self._specified = False  # a type has been named here: the next word is what it is the type of

    def note_declared(self, name: str, *, is_type: bool) -> None:
        """The parser has seen the declaration of a name; it says whether the name is a type from here on."""
        self.types.note(name, is_type=is_type)

    def tokens(self) -> Iterator[Token]:
        """All tokens, in order."""
        self._check_text()
        while self.skip():
            yield from self._outermost()

    def _check_text(self) -> None:
        at = self.text.find("\0")
        if at >= 0:
            raise Problem("D_SYNTAX", Span(at, at + 1), "the script is not text: NUL character in the input")

    def _token(self, kind: str, start: int, end: int, value: str | None = None) -> Token:
        self.at = end
        return Token(kind, self.text[start:end] if value is None else value, start, end)

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
        """True if what begins at the outermost level with ``word`` is a declaration."""
        match = WORD.match(word)
        if match is None or word[match.end() :].strip("*"):
            return False
        first = match.group()
        if KEYWORDS.get(first) in DECLARING or self.types.is_known_type(first):
            return True
        return self._followed(self.at + match.end(), "*_", word=True) and self.types.is_type(first)

    def _followed(self, at: int, chars: str, *, word: bool = False) -> bool:
        """True if the next character from ``at`` on that is not white space is one of ``chars`` (or begins a word)."""
        match = SKIP.match(self.text, at)
        char = self.text[match.end() if match else at :][:1]
        return bool(char) and (char in chars or (word and char.isalpha()))

    def _declaration(self) -> Iterator[Token]:
        yield from self._code_until(";", declaring=True)

    def _code_until(self, end: str, *, declaring: bool = False) -> Iterator[Token]:
        """Tokens in expression context up to and including the ``end`` that stands outside all brackets."""
        predicate = end == "/"
        self._brackets, self._before, self._previous = [], "", ""
        self._declaring, self._specified = declaring, False
        count = 0
        while self.skip():
            token = self._code_token(predicate=predicate)
            self._follow(token)
            count = 0 if token.type == "SEMICOLON" else count + 1
            if count > MAX_TOKENS:
                span = Span(token.start_pos, token.end_pos)
                raise Problem("D_SYNTAX", span, f"expression or declaration of more than {MAX_TOKENS} words")
            yield token
            self._before, self._previous = self._previous, token.type
            if token.type == "PREDICATE_CLOSE" or (not self._brackets and token == end and not predicate):
                return

    def _follow(self, token: Token) -> None:
        """Keep track of brackets, and of whether a type has been named."""
        match token.type:
            case "LPAR" | "LSQB" | "LBRACE":
                self._open(token)
                self._specified = False
            case "RPAR" | "RSQB" | "RBRACE":
                if self._brackets:
                    self._brackets.pop()
                self._specified = token.type == "RBRACE" and self._declaring
            case "TYPE_NAME":
                self._specified = True
            case "TYPE_WORD":
                self._specified = self._specified or token in BASES
            case "IDENT" if self._previous in ("STRUCT", "ENUM"):
                self._specified = True
            case "COMMA":
                self._specified = self._specified and self._brackets[-1:] not in (["("], ["["])
            case "SEMICOLON" | "LESS":
                self._specified = False
            case "ASSIGN" if not self._brackets:
                self._declaring = False

    def _open(self, token: Token) -> None:
        kind = str(token)
        if kind == "{" and "ENUM" in (self._previous, self._before):
            kind = "E"
        elif kind == "{" and self._previous == "GREATER":
            kind, self._declaring = "T", False
        self._brackets.append(kind)
        if len(self._brackets) > MAX_NESTING:
            raise self._too_deep(token)

    def _too_deep(self, token: Token) -> Problem:
        return Problem(
            "D_SYNTAX",
            Span(token.start_pos, token.end_pos),
            f"brackets nested too deeply; at most {MAX_NESTING} levels",
        )

    def _code_token(self, *, predicate: bool) -> Token:
        match = self._code.match(self.text, self.at)
        if match is None:
            raise self._unexpected(self.at)
        start, end = match.span()
        match match.lastgroup:
            case "WORD":
                return self._word(start, end)
            case "PUNCTUATOR":
                if predicate and self.text[start] == "/" and CLOSES.match(self.text, start):
                    return self._token("PREDICATE_CLOSE", start, start + 1)
                return self._token(PUNCTUATORS[match.group()], start, end)
            case "MACRO":
                return self._macro(match.group(), start, end)
            case "INTEGER":
                return self._integer(start, end)
            case "SYMBOL":
                scoped = self._may_be_type(end) and self.types.is_type(match.group())
                return self._token("TYPE_NAME" if scoped else "KERNEL_SYMBOL", start, end)
            case kind:
                return self._token(str(kind), start, end)

    def _word(self, start: int, end: int) -> Token:
        word = self.text[start:end]
        if self._previous in ("ARROW", "DOT"):
            return self._token("IDENT", start, end)
        if (kind := KEYWORDS.get(word)) is not None:
            if kind == "SCOPE" and self._declaring and not self._followed(end, "-"):
                kind = "STORAGE"
            return self._token(kind, start, end)
        return self._token("TYPE_NAME" if self._is_type(word, end) else "IDENT", start, end)

    def _is_type(self, word: str, end: int) -> bool:
        """True if a word stands for a type here; in a clause a name that is about to be assigned does not."""
        if word == "string" and self._previous not in _BEFORE_NAME:
            return True
        if self._specified or self._previous in _BEFORE_NAME or self._brackets[-1:] == ["E"]:
            return False
        if self.types.is_known_type(word):
            if self._declaring or not ASSIGNS.match(self.text, end):
                return True
            self.types.note(word, is_type=False)  # from here on it is a variable
            return False
        return self._may_be_type(end) and self.types.is_type(word)

    def _may_be_type(self, end: int) -> bool:
        """True if a type may stand here, ``end`` being where the name ends."""
        if self._declaring and not self._specified:
            return self._previous in BEFORE_TYPE
        if self._previous == "LPAR":
            return self._followed(end, ")*([_" + ("," if self._before == "OFFSETOF" else ""), word=True)
        return self._previous == "QUALIFIER" or (self._previous == "LESS" and self._before == "XLATE")

    def _integer(self, start: int, end: int) -> Token:
        """An integer constant; what cannot belong to it is a word that no operator joins to it."""
        if match := FLOAT.match(self.text, start):
            raise Problem(
                "D_SYNTAX", Span(start, match.end()), "floating-point constants are not permitted in D programs"
            )
        match = INTEGER.match(self.text, start, end)
        assert match is not None
        if match.end() < end:
            rest = Span(match.end(), end)
            raise Problem("D_SYNTAX", rest, f'syntax error near "{shorten(self.text[rest.start : rest.end])}"')
        return self._token("INTEGER", start, end)

    def _macro(self, text: str, start: int, end: int) -> Token:
        """``$$x`` is a string; ``$x`` an integer or a word if it looks like one, else a string too."""
        span = Span(start, end)
        value = self.macros.expand(text.lstrip("$"), span)
        if text.startswith("$$"):
            return self._token("STRING", start, end, f'"{value or ""}"')
        kind, written = read_value(text, "0" if value is None else value, span)
        if kind == "IDENT":
            kind = "TYPE_WORD" if KEYWORDS.get(written) == "TYPE_WORD" else kind
            kind = "TYPE_NAME" if self._may_be_type(end) and self.types.is_type(written) else kind
        return self._token(kind, start, end, written)

    def _unexpected(self, at: int) -> Problem:
        char, line_end = self.text[at], self.text.find("\n", at)
        span = Span(at, at + min(400, (line_end if line_end > at else len(self.text)) - at))
        if char in "\"'" and not _WHOLE_STRING.match(self.text, at):
            what, tag = ("string literal", "D_STR_NL") if char == '"' else ("character constant", "D_CHR_NL")
            if line_end < 0 or self.text[line_end - 1] == "\\":  # DTrace looks for the end of the line right behind it
                return Problem("D_SYNTAX", Span(at, at + 1), f'syntax error near "{char}"', f"the {what} does not end")
            return Problem(tag, span, f"newline encountered in {what}")
        shown = char if char.isprintable() else f"\\x{ord(char):02x}"
        return Problem("D_SYNTAX", Span(at, at + 1), f'syntax error near "{shown}"')
