# SPDX-License-Identifier: GPL-2.0-or-later
"""Macro arguments: ``$1``, ``$$1``, ``$target``, ``$pid`` and friends.

``Macros.expand`` gives the text a reference stands for; the lexer decides what token that text is. The
last positional argument has to be referenced, as DTrace wants it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dscript.errors import Problem
from dscript.literals import INTEGER
from dscript.source import Span

# the names that DTrace defines; values come from whoever compiles, and one that has none is 0
NAMES = ("egid", "euid", "gid", "pgid", "pid", "ppid", "projid", "sid", "target", "taskid", "uid")
_NUMBER = re.compile(r"([-+]?)(0[xX][0-9a-fA-F]+|[0-9]+)")
_WORD = re.compile(r"[A-Za-z0-9_`]+")
REFERENCE = re.compile(r"\$\$?(?:[0-9]+|[A-Za-z_][A-Za-z0-9_]*)")


class Macros:
    """The macro arguments of one compilation; ``default`` makes missing ones 0 or the empty string."""

    def __init__(self, arguments: Sequence[str], named: Mapping[str, int | str], *, default: bool = False) -> None:
        self._positional = tuple(arguments)
        self._named = named  # asked only for what the script mentions: a value may cost its owner something
        self.default = default
        self._used: set[int] = set()

    def expand(self, name: str, span: Span) -> str | None:
        """The value of ``$name``; None stands for a missing argument that may be missing."""
        if name.isdigit():
            return self._expand_positional(int(name[:9]), span)
        if name in self._named:
            return str(self._named[name])
        if name in NAMES:
            return "0"
        raise Problem(
            "D_MACRO_UNDEF",
            span,
            f"macro variable ${name} is not defined",
            f"the names are {', '.join('$' + n for n in NAMES)} and $0, $1, $2 …",
        )

    def expand_all(self, text: str, start: int) -> str:
        """A probe description with its macros replaced; ``start`` is where it stands."""

        def value(match: re.Match[str]) -> str:
            span = Span(start + match.start(), start + match.end())
            try:
                return self.expand(match.group().lstrip("$"), span) or ""
            except Problem as problem:
                hint = problem.diagnostic.hint
                message = f'invalid probe description "{text}": Undefined macro variable in probe description'
                raise Problem("D_PDESC_INVAL", span, message, hint) from None

        return REFERENCE.sub(value, text)

    def _expand_positional(self, number: int, span: Span) -> str | None:
        self._used.add(number)
        if number == 0:
            return str(self._named.get("0", ""))
        if number <= len(self._positional):
            return self._positional[number - 1]
        if self.default:
            return None
        raise Problem(
            "D_MACRO_UNDEF",
            span,
            f"macro argument ${number} is not defined",
            f'{len(self._positional)} given; with -x defaultargs a missing one is 0 or ""',
        )

    def find_unused(self) -> tuple[int, str] | None:
        """The last positional argument with its number, if nothing referenced it; DTrace asks for no other."""
        number = len(self._positional)
        return (number, self._positional[-1]) if number and number not in self._used else None


def read_value(reference: str, value: str, span: Span) -> tuple[str, str]:
    """The terminal that a macro's value is, INTEGER, IDENT or STRING, and the text of the token.

    Raises Problem D_MACRO_OFLOW. What is neither a number nor a word is a string, with or without quotes around it.
    """
    number = _NUMBER.match(value)
    if number is not None and (number.end() == len(value) or _WORD.fullmatch(value)):
        sign, digits = number.groups()
        if digits[0] == "0" and digits[1:2] not in ("x", "X"):
            digits = re.split("[89]", digits)[0] or "0"  # as an octal number is read: up to the first digit it has not
        base = 16 if digits[:2] in ("0x", "0X") else 8 if digits[0] == "0" else 10
        if len(digits) > 40 or int(digits, base) >> 64:
            message = f"macro argument {reference} constant {value[:40]} results in integer overflow"
            raise Problem("D_MACRO_OFLOW", span, message)
        letters = value[number.end() :]
        suffix = letters if INTEGER.fullmatch("0" + letters) else ""
        return "INTEGER", f"{sign.replace('+', '')}{digits}{suffix}"
    if _WORD.fullmatch(value):
        return ("KERNEL_SYMBOL" if "`" in value else "IDENT"), value
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return "STRING", value if quoted else f'"{value}"'
