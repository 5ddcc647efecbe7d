# SPDX-License-Identifier: GPL-2.0-or-later
"""The words, punctuators and patterns that the lexer cuts a script by, and what it makes: a ``Token``.

Tables only; ``lexer.py`` has the meaning.
"""

from __future__ import annotations

import re

MAX_NESTING = 200
MAX_TOKENS = 200_000  # between two semicolons

_BASE_WORDS = "void char int float double _Bool"  # a type's name cannot follow one of these, but may follow the others
_KEYWORDS = {
    "TYPE_WORD": f"{_BASE_WORDS} short long signed unsigned userland",
    "QUALIFIER": "const volatile restrict",
    "STORAGE": "typedef extern static auto register",
    "STRUCT": "struct union",
    "ENUM": "enum",
    "SCOPE": "self this",
    "RESERVED": "break case continue counter default do for goto import return switch while",
}
KEYWORDS = {word: kind for kind, words in _KEYWORDS.items() for word in words.split()} | {
    word: word.upper()
    for word in ("sizeof", "stringof", "offsetof", "xlate", "if", "else", "inline", "translator", "provider", "probe")
}
SCOPES = frozenset(_KEYWORDS["SCOPE"].split())
RESERVED = frozenset(_KEYWORDS["RESERVED"].split()) | {"probe", "provider", "translator", "inline", "xlate"}
DECLARING = frozenset({"TYPE_WORD", "QUALIFIER", "STORAGE", "STRUCT", "ENUM", "SCOPE"}) | {
    "INLINE", "TRANSLATOR", "PROVIDER",
}  # fmt: skip
BASES = frozenset(_BASE_WORDS.split())

_COMMENT = r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/"
_SPACE = rf"[ \t\r\n\f\v]+|\\\n|{_COMMENT}"
SKIP = re.compile(rf"(?:{_SPACE})+")
CLOSES = re.compile(rf"/(?:{_SPACE})*(?:[{{;]|\Z)")
COMMENT = re.compile(rf"{_COMMENT}|/\*(?s:.*)")  # the last one may not end
INTERPRETER = re.compile(r"#!.*")
CONTROL = re.compile(r"[ \t]*#(?:[^\n\\]|\\.)*", re.DOTALL)
DEFAULTARGS = re.compile(r"\s*#\s*pragma\s+D\s+option\s+defaultargs\s*")
FLOAT = re.compile(r"[0-9]+\.[0-9]|[0-9]+[eE][-+]?[0-9]+|[0-9]+\.(?![A-Za-z_])|[0-9]+[fF](?![0-9A-Za-z_])")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

ASSIGNS = re.compile(rf"(?:{_SPACE})*(?:\+\+|--|=(?!=)|\[)")
BEFORE_TYPE = frozenset({"", "STORAGE", "QUALIFIER", "TYPE_WORD", "LBRACE", "SEMICOLON", "LPAR", "COMMA", "LSQB"}) | {
    "LESS", "INLINE", "TRANSLATOR",
}  # fmt: skip

PUNCTUATORS = {
    **dict.fromkeys(("<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="), "OP_ASSIGN"),
    **dict.fromkeys(("<<", ">>", "<=", ">=", "==", "!=", "&&", "^^", "||"), "OPERATOR"),
    **dict.fromkeys(("/", "%", "^", "|"), "OPERATOR"),
    "++": "STEP", "--": "STEP", "->": "ARROW", "=": "ASSIGN", "*": "STAR", "&": "AMPERSAND", "+": "PLUS",
    "-": "MINUS", "!": "BANG", "~": "TILDE", "(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "{": "LBRACE",
    "}": "RBRACE", ",": "COMMA", ";": "SEMICOLON", "?": "QMARK", ":": "COLON", ".": "DOT", "...": "ELLIPSIS",
    "<": "LESS", ">": "GREATER",
}  # fmt: skip
PUNCTUATOR = "|".join(re.escape(p) for p in sorted(PUNCTUATORS, key=len, reverse=True))


class Token(str):
    """A token: the text, the terminal of the grammar that it is, and where it stands."""

    __slots__ = ("end_pos", "start_pos", "type")
    type: str
    start_pos: int
    end_pos: int

    def __new__(cls, kind: str, text: str, start_pos: int, end_pos: int) -> Token:
        """A token of terminal ``kind``."""
        token = super().__new__(cls, text)
        token.type, token.start_pos, token.end_pos = kind, start_pos, end_pos
        return token
