# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a piece of D text can be one by itself: nothing open at its end, nothing closed that it did not open.

Each -n, -s and their kin is a program of its own; as they are compiled together, what one leaves open must not be
closed by the next. ``is_suspect(text)`` finds the pieces to look at; only the compiler can say that one is wrong.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|^[ \t]*\#.*?$""", re.DOTALL | re.MULTILINE)
_PAIRS = {"{": "}", "(": ")", "[": "]"}
_NO_BEGINNING = ("{", "}", "/", ";", ",", ")")
_NO_END = (",", "=")


def is_suspect(text: str) -> bool:
    """Returns True for text that is empty, begins or ends in mid-sentence, or has brackets without their pairs."""
    plain = _HIDDEN.sub(" ", text).strip()
    if not plain or plain.startswith(_NO_BEGINNING) or plain.endswith(_NO_END) or "/*" in plain:
        return True
    return any(plain.count(opening) != plain.count(closing) for opening, closing in _PAIRS.items())
