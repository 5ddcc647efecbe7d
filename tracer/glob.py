# SPDX-License-Identifier: GPL-2.0-or-later
"""dtrace's pattern matching for the parts of a probe description: ``*``, ``?``, ``[…]`` and backslash.

``compile_glob(pattern)`` returns a predicate over names; an empty pattern matches everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_SPECIAL = frozenset("*?[\\")


def is_glob(pattern: str) -> bool:
    """True if the pattern can match more than one name."""
    return not pattern or any(character in _SPECIAL for character in pattern)


def _translate_class(pattern: str, start: int) -> tuple[str, int]:
    """Translates the bracket expression that opens at ``start``; an unclosed one matches nothing."""
    index = start + 1
    negated = pattern[index : index + 1] == "!"
    index += negated
    first = index
    items = ""
    while index < len(pattern) and (pattern[index] != "]" or index == first):
        character = pattern[index]
        if character == "\\" and index + 1 < len(pattern):
            index += 1
            character = pattern[index]
            items += re.escape(character)
        elif character == "-" and index > first and pattern[index + 1 : index + 2] not in ("", "]"):
            items += "-"
        else:
            items += re.escape(character)
        index += 1
    if index >= len(pattern):
        return r"(?!)", len(pattern)
    return f"[{'^' if negated else ''}{items}]", index + 1


def _translate(pattern: str) -> str:
    """Returns the regular expression of a glob, to be matched in full."""
    out = ""
    index = 0
    while index < len(pattern):
        character = pattern[index]
        index += 1
        match character:
            case "*":
                out += ".*"
            case "?":
                out += "."
            case "[":
                part, index = _translate_class(pattern, index - 1)
                out += part
            case "\\":  # takes the next character literally; at the end it matches nothing
                out += re.escape(pattern[index]) if index < len(pattern) else "(?!)"
                index += 1
            case _:
                out += re.escape(character)
    return out


@lru_cache(maxsize=1024)
def compile_glob(pattern: str) -> Callable[[str], bool]:
    """Returns a function that tells whether a name matches ``pattern`` from its first to its last character."""
    if not pattern:
        return lambda _name: True
    if not is_glob(pattern):
        return lambda name: name == pattern
    try:
        compiled = re.compile(_translate(pattern), re.DOTALL)
    except re.error:  # a reversed range such as [z-a]: matches nothing, as in dtrace
        return lambda _name: False
    return lambda name: compiled.fullmatch(name) is not None
