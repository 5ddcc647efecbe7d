# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds the line a TOML key was written on, which the standard parser does not tell.

Good enough for plans: tables, arrays of tables, and keys at the start of a line; text inside ``'''`` and triple
double quotes is passed over. ``Lines(text).find("setup", 1, "script")`` is the line of the second set-up's script.
"""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*[.=]")
_QUOTES = re.compile(r"\"\"\"|'''")


class Lines:
    """An index from (table, which of its kind, key) to line number."""

    def __init__(self, text: str) -> None:
        self._found: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        table, quote = "", ""
        for number, line in enumerate(text.splitlines(), start=1):
            if not quote:
                if header := _HEADER.match(line):
                    table = header[2].strip("\"'")
                    counts[table] = counts.get(table, -1) + 1
                    self._found.setdefault((table, counts[table], ""), number)
                elif key := _KEY.match(line):
                    self._found.setdefault((table, counts.get(table, 0), key[1].strip("\"'")), number)
            quote = _quote_after(line, quote)

    def find(self, table: str, index: int = 0, key: str = "") -> int | None:
        """Return the line of a key, or of its table when the key has none of its own; None when neither is there."""
        return self._found.get((table, index, key), self._found.get((table, index, "")))


def _quote_after(line: str, quote: str) -> str:
    """Return the multi-line quote that is open after ``line``, or an empty string."""
    for match in _QUOTES.finditer(line):
        if not quote:
            quote = match[0]
        elif quote == match[0]:
            quote = ""
    return quote
