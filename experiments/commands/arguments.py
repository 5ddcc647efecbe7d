# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks of command-line values that several commands share; a bad value is a usage error (exit status 2)."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Return a converter for whole numbers from ``low`` to ``high``."""

    def convert(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{text!r}; expected a whole number from {low} to {high}")
        return int(text)

    return convert


def percentage(text: str) -> float:
    """Return a percentage above 0 and below 100."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 100:
        raise argparse.ArgumentTypeError(f"{text!r}; expected a percentage above 0 and below 100")
    return value
