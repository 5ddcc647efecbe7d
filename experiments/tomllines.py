# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds the line a TOML key was written on, which the standard parser does not tell.

Good enough for plans: tables, arrays of tables, and keys at the start of a line, dotted ones (``plan.runs``) too; what
stands in an inline table or list has the line of the key that holds it. Text inside ``'''`` and triple
double quotes is passed over. ``Lines(text).find("setup", 1, "script")`` is the line of the second set-up's script.
"""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_WORD = r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*"
_KEY = re.compile(rf"{_WORD}(?:\.{_WORD})?[.=]")
_QUOTES = re.compile(r"\"\"\"|'''")


class Lines:
    """An index from (table, which of its kind, key) to line number."""

    def __init__(self, text: str) -> None:
        self._found: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        table, quote = "", ""
        self.last = max(1, len(text.splitlines()))
        for number, line in enumerate(text.splitlines(), start=1):
            if not quote:
                if header := _HEADER.match(line):
                    table = header[2].strip("\"'")
                    counts[table] = counts.get(table, -1) + 1
                    self._found.setdefault((table, counts[table], ""), number)
                elif key := _KEY.match(line):
                    first, second = ((word or "").strip("\"'") for word in key.groups())
                    self._found.setdefault((table, counts.get(table, 0), first), number)
                    if not table and second:
                        self._found.setdefault((first, 0, second), number)
            quote = _quote_after(line, quote)

    def find(self, table: str, index: int = 0, key: str = "") -> int | None:
        """Return the line of a key, or of its table when the key has none of its own; None when neither is there."""
        places = ((table, index, key), (table, index, ""), ("", 0, table))
        return next((self._found[place] for place in places if place in self._found), None)


def _quote_after(line: str, quote: str) -> str:
    """Return the multi-line quote that is open after ``line``, or an empty string."""
    for match in _QUOTES.finditer(line):
        if not quote:
            quote = match[0]
        elif quote == match[0]:
            quote = ""
    return quote
