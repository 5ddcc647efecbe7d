# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses and stacks in words: module`function+0xoffset, one frame a line, indented by 14 columns."""

from __future__ import annotations

from collections.abc import Iterable

from tracer.machine import Symbols

STACK_INDENT = 14


def describe_address(symbols: Symbols, address: int) -> str:
    """Returns ``module`function+0x1c`` (no ``+0x0``), or the bare hexadecimal address if no symbol covers it."""
    symbol = symbols.find(address)
    if symbol is None:
        return f"{address:#x}"
    offset = address - symbol.address
    return f"{symbol.module}`{symbol.name}" + (f"+{offset:#x}" if offset else "")


def describe_stack(symbols: Symbols, frames: Iterable[int], indent: int = STACK_INDENT) -> str:
    """Returns a stack as dtrace prints it: a newline, then a line per frame."""
    lines = (f"{'':{indent}}{describe_address(symbols, frame)}\n" for frame in frames)
    return "\n" + "".join(lines)
