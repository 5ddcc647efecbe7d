# SPDX-License-Identifier: GPL-2.0-or-later
"""Precedence of the binary operators, and the grouping of a flat operand list by it.

C's levels, with D's logical exclusive or ``^^`` between ``&&`` and ``||``. All are left associative.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

LEVELS = (
    ("||",),
    ("^^",),
    ("&&",),
    ("|",),
    ("^",),
    ("&",),
    ("==", "!="),
    ("<", "<=", ">", ">="),
    ("<<", ">>"),
    ("+", "-"),
    ("*", "/", "%"),
)
PRECEDENCE = {operator: level for level, row in enumerate(LEVELS) for operator in row}

COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
LOGICAL = frozenset({"&&", "||", "^^"})

T = TypeVar("T")


def group(operands: list[T], operators: list[str], combine: Callable[[str, T, T], T]) -> T:
    """The tree of ``a op b op c …``, built bottom up with ``combine``; linear time, no recursion."""
    values, waiting = [operands[0]], list[str]()
    for operator, operand in zip(operators, operands[1:], strict=True):
        while waiting and PRECEDENCE[waiting[-1]] >= PRECEDENCE[operator]:
            _reduce(values, waiting, combine)
        waiting.append(operator)
        values.append(operand)
    while waiting:
        _reduce(values, waiting, combine)
    return values[0]


def _reduce(values: list[T], waiting: list[str], combine: Callable[[str, T, T], T]) -> None:
    right, left = values.pop(), values.pop()
    values.append(combine(waiting.pop(), left, right))
