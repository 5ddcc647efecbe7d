# SPDX-License-Identifier: GPL-2.0-or-later
"""Macro arguments: ``$1``, ``$$1``, ``$target``, ``$pid`` and friends.

``Macros.expand`` gives the text a reference stands for; the lexer decides what token that text is. The
positional arguments never referenced are reported at the end, as DTrace does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dscript.errors import Problem
from dscript.source import Span

# the names that DTrace defines; values come from whoever compiles, and one that has none is 0
NAMES = ("egid", "euid", "gid", "pgid", "pid", "ppid", "projid", "sid", "target", "taskid", "uid")
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
        """The first positional argument that nothing referenced, with its number."""
        for number, text in enumerate(self._positional, 1):
            if number not in self._used:
                return number, text
        return None
