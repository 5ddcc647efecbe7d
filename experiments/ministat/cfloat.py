# SPDX-License-Identifier: GPL-2.0-or-later
"""C's arithmetic where Python's differs: numbers as strtod(3) reads them, division, roots and casts that never raise.

ministat's output shows C's habits (``-nan``, ``inf``, a cast that truncates), so they are kept here, in one place.
"""

from __future__ import annotations

import math
import re

SPACE = " \t\n\v\f\r"
_INT_MIN = -(2**31)
_NAN = math.copysign(math.nan, -1.0)  # what x86 makes of 0/0 and of the root of a negative number

_NUMBER = re.compile(
    r"[ \t\n\v\f\r]*(?P<sign>[-+]?)(?:"
    r"(?P<hex>0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)(?:p[-+]?[0-9]+)?)"
    r"|(?P<dec>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?)"
    r"|(?P<inf>inf(?:inity)?)"
    r"|(?P<nan>nan(?:\([0-9a-z_]*\))?))",
    re.IGNORECASE | re.ASCII,
)
_INTEGER = re.compile(r"[ \t\n\v\f\r]*([-+]?[0-9]+)", re.ASCII)


def parse_double(text: str) -> float | None:
    """Return ``text`` as strtod reads it, or None unless it is one number to the end; an empty text is 0."""
    if not text:
        return 0.0
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    value = _magnitude(match)
    return -value if match["sign"] == "-" else value


def _magnitude(match: re.Match[str]) -> float:
    """Return the unsigned value of a matched number."""
    if match["hex"]:
        try:
            return float.fromhex(match["hex"])
        except OverflowError:
            return math.inf
    if match["dec"]:
        return float(match["dec"])
    return math.inf if match["inf"] else math.nan


def parse_int(text: str) -> int | None:
    """Return ``text`` as strtol stores it into an int, or None unless it is one integer; an empty text is 0."""
    if not text:
        return 0
    match = _INTEGER.fullmatch(text)
    if match is None:
        return None
    clamped = max(-(2**63), min(2**63 - 1, int(match[1])))
    return (clamped + 2**31) % 2**32 - 2**31


def add(first: float, second: float) -> float:
    """Return the sum; of two that are not numbers the first, whose sign is printed (Python may take either)."""
    return _settle(first + second, first, second)


def subtract(first: float, second: float) -> float:
    """Return the difference, with ``add``'s rule."""
    return _settle(first - second, first, second)


def _settle(result: float, first: float, second: float) -> float:
    """Return ``result``, and if that is no number then the operand to blame."""
    if not math.isnan(result):
        return result
    if math.isnan(first):
        return first
    return second if math.isnan(second) else _NAN


def divide(numerator: float, denominator: float) -> float:
    """Return the quotient, infinite or not a number where Python would raise."""
    if denominator != 0.0:
        return numerator / denominator
    if numerator == 0.0 or math.isnan(numerator):
        return _NAN
    return math.copysign(math.inf, numerator) * math.copysign(1.0, denominator)


def root(value: float) -> float:
    """Return the square root; of a negative number, not a number."""
    return _NAN if value < 0.0 else math.sqrt(value)


def truncate(value: float) -> int:
    """Return ``value`` cast to int; what does not fit becomes the least int, as on x86."""
    if not math.isfinite(value) or abs(value) >= 2**31:
        return _INT_MIN
    return int(value)


def describe(value: float, spec: str = "%g") -> str:
    """Return ``value`` printed with a printf format of the g family."""
    if math.isnan(value) and math.copysign(1.0, value) < 0:
        width = spec.strip("%g").split(".")[0]
        return f"%{width}s" % "-nan"
    return spec % value
