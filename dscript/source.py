# SPDX-License-Identifier: GPL-2.0-or-later
"""Source text and places in it.

A ``Span`` is a pair of character offsets; only ``Source`` knows lines and columns, and it works them
out when a diagnostic is printed, never before. ``Source.excerpt(span)`` is the line underlined.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import combining, east_asian_width

EXCERPT_COLUMNS = 110
QUOTED = 60  # characters of the script that a message quotes at most
TAB = " " * 4


def _as_shown(text: str) -> str:
    """Text as an excerpt shows it: a tab takes the same room wherever it stands, what cannot be printed is a blank."""
    return "".join(c if c.isprintable() else TAB if c == "\t" else " " for c in text)


def shorten(text: str) -> str:
    """Text to be quoted in a message, cut if it is very long."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}..."


def _columns(text: str) -> int:
    """How many columns the text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The span from here to the end of ``other``."""
        return Span(min(self.start, other.start), max(self.end, other.end))


NOWHERE = Span(0, 0)


@dataclass(frozen=True)
class Source:
    """One piece of D text; ``name`` is the file's name, or None for a program given on the command line.

    ``marks`` are the lines that ``#line`` renamed: the offset from which it holds, the number of the line that
    begins there, and the file (None: this one).
    """

    text: str
    name: str | None = None
    marks: list[tuple[int, int, str | None]] = field(default_factory=list, compare=False)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect_right(self._starts, min(offset, len(self.text)))
        return line, offset - self._starts[line - 1] + 1

    def find_mark(self, offset: int) -> tuple[str | None, int] | None:
        """File and line of a character as ``#line`` has them; None if no such line stands before it."""
        at = bisect_right(self.marks, offset, key=lambda mark: mark[0]) - 1
        if at < 0:
            return None
        start, number, file = self.marks[at]
        return file, number + self.position(offset)[0] - self.position(start)[0]

    def line(self, number: int) -> str:
        """The text of a line (counted from 1) without its end."""
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end].rstrip("\r")

    def excerpt(self, span: Span) -> str:
        """The first line of ``span`` and, below it, carets under the characters meant; long lines are cut."""
        number, column = self.position(span.start)
        line = self.line(number)
        left = max(0, column - 1 - EXCERPT_COLUMNS // 2)
        before = _as_shown(line[left : column - 1])
        meant = _as_shown(line[column - 1 : min(column - 1 + span.end - span.start, left + EXCERPT_COLUMNS)])
        after = _as_shown(line[column - 1 + max(0, span.end - span.start) : left + EXCERPT_COLUMNS])
        under = " " * _columns(before) + "^" * max(1, _columns(meant))
        return f"{before}{meant}{after}\n{under}"
