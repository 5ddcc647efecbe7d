# SPDX-License-Identifier: GPL-2.0-or-later
"""Aggregations: snapshots of all CPUs merged by key, sorted as dtrace sorts them, and printed in its columns.

``Aggregations.add`` takes each snapshot as it comes; ``entries`` and ``describe`` may be called at any time.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt
from typing import Any, TypeAlias

from dscript import ActionKind, Aggregation, ValueKind
from tracer.consumer.datum import KEY_WIDTH, Style, describe_datum
from tracer.consumer.histogram import describe_lquantize, describe_quantize, lquantize_levels, quantize_value
from tracer.consumer.values import Value, cut, decode
from tracer.errors import DataError
from tracer.layout import ProgramLayout
from tracer.machine import Symbols

_ENTRY = struct.Struct("<II")
_SIGN = 1 << 63
_MASK = (1 << 64) - 1
_Key: TypeAlias = tuple[int, tuple[bytes, ...]]


def _wrap(value: int) -> int:
    """Returns the value as a 64-bit signed integer, as the kernel's own sums wrap."""
    return (value + _SIGN) % (1 << 64) - _SIGN


def _merge(function: ActionKind, old: tuple[int, ...], new: tuple[int, ...]) -> tuple[int, ...]:
    """Combines two values of one key."""
    match function:
        case ActionKind.MIN:
            return (min(old[0], new[0]),)
        case ActionKind.MAX:
            return (max(old[0], new[0]),)
        case ActionKind.LQUANTIZE:
            return (old[0], *(_wrap(a + b) for a, b in zip(old[1:], new[1:], strict=True)))
        case ActionKind.STDDEV:
            low = (old[2] & _MASK) + (new[2] & _MASK)
            return (old[0] + new[0], _wrap(old[1] + new[1]), _wrap(low), _wrap(old[3] + new[3] + (low >> 64)))
        case _:
            return tuple(_wrap(a + b) for a, b in zip(old, new, strict=True))


def _divide(numerator: int, denominator: int) -> int:
    """Divides towards zero, as C does."""
    quotient = abs(numerator) // abs(denominator)
    return quotient if (numerator < 0) == (denominator < 0) else -quotient


def _deviation(count: int, total: int, low: int, high: int) -> int:
    """Returns the standard deviation from a count, a sum and the 128 bits of a sum of squares, cut as dtrace does."""
    squares = (high & _MASK) << 64 | low & _MASK
    return isqrt(max(0, squares // count - _divide(total, count) ** 2)) if count else 0


@dataclass(frozen=True)
class AggregationEntry:
    """One key of an aggregation: its name (without @), function, decoded key and the 64-bit words of its value."""

    name: str
    function: ActionKind
    keys: tuple[Value, ...]
    words: tuple[int, ...]

    @property
    def value(self) -> int:
        """The number that is printed and sorted by; for histograms, the sum of the bucket values weighted by count."""
        match self.function:
            case ActionKind.AVG:
                return _divide(self.words[1], self.words[0]) if self.words[0] else 0
            case ActionKind.STDDEV:
                return _deviation(*self.words)
            case ActionKind.QUANTIZE:
                return sum(quantize_value(index) * count for index, count in enumerate(self.words))
            case ActionKind.LQUANTIZE:
                base, step, _ = lquantize_levels(self.words[0])
                return sum((base + step * (index - 1)) * count for index, count in enumerate(self.words[1:]))
            case _:
                return self.words[0]


def _sort_key(value: Value) -> object:
    """Returns what a key is compared by: numbers by value, strings by their bytes, stacks frame by frame."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


class Aggregations:
    """All aggregations of one program; what was dropped is counted by the caller."""

    def __init__(self, aggregations: tuple[Aggregation, ...], layout: ProgramLayout) -> None:
        self._known = {aggregation.id: aggregation for aggregation in aggregations}
        self._layout = layout
        self._values: dict[_Key, tuple[int, ...]] = {}

    def add(self, data: bytes) -> None:
        """Merges one snapshot of one CPU."""
        offset = 0
        while offset + _ENTRY.size <= len(data):
            size, tuple_bytes = _ENTRY.unpack_from(data, offset)
            if size < _ENTRY.size + tuple_bytes or offset + size > len(data) or tuple_bytes < 4:
                raise DataError(f"aggregation entry at {offset:#x} does not fit its buffer of {len(data)} bytes")
            start = offset + _ENTRY.size
            self._add_tuple(data[start : start + tuple_bytes])
            offset += size

    def _add_tuple(self, data: bytes) -> None:
        aggid = int.from_bytes(data[:4], "little")
        if aggid not in self._known:
            raise DataError(f"unknown aggregation {aggid} in a buffer")
        layout = self._layout.get_aggregation(aggid)
        raw = cut(layout.value, data)
        words = struct.unpack(f"<{len(raw) // 8}q", raw)
        key = (aggid, tuple(self._key_bytes(aggid, index, cut(field, data)) for index, field in enumerate(layout.keys)))
        old = self._values.get(key)
        self._values[key] = _merge(self._known[aggid].function, old, words) if old else words

    def _key_bytes(self, aggid: int, index: int, data: bytes) -> bytes:
        """Returns one key's bytes; what lies behind a string's NUL does not count."""
        if self._known[aggid].keys[index].kind is ValueKind.STRING:
            return data.split(b"\0", 1)[0].ljust(len(data), b"\0")
        return data

    def _sorted(self, by_key: bool) -> list[tuple[_Key, AggregationEntry]]:
        """Returns the entries by aggregation, then value, then key (or key first)."""

        def order(pair: tuple[_Key, AggregationEntry]) -> Any:
            (aggid, _), entry = pair
            keys = tuple(_sort_key(value) for value in entry.keys)
            return (aggid, keys, entry.value) if by_key else (aggid, entry.value, keys)

        return sorted(((key, self._entry(key)) for key in self._values), key=order)

    def _entry(self, key: _Key) -> AggregationEntry:
        aggregation = self._known[key[0]]
        keys = tuple(decode(kind, data) for kind, data in zip(aggregation.keys, key[1], strict=True))
        return AggregationEntry(aggregation.name, aggregation.function, keys, self._values[key])

    def entries(self) -> tuple[AggregationEntry, ...]:
        """Returns every key of every aggregation, in the order they are printed."""
        return tuple(entry for _, entry in self._sorted(by_key=False))

    def iter_lines(
        self, symbols: Symbols, style: Style, *, by_key: bool = False, reverse: bool = False
    ) -> Iterator[str]:
        """Yields each entry's text: its keys in columns, then its value."""
        pairs = self._sorted(by_key)
        for (aggid, raw), entry in reversed(pairs) if reverse else pairs:
            types = self._known[aggid].keys
            keys = (describe_datum(kind, data, symbols, style) for kind, data in zip(types, raw, strict=True))
            yield "".join(keys) + describe_value(entry) + "\n"


def describe_value(entry: AggregationEntry) -> str:
    """Returns an aggregation's value as it follows the keys: a number of 16 columns, or a histogram."""
    match entry.function:
        case ActionKind.QUANTIZE:
            return describe_quantize(entry.words)
        case ActionKind.LQUANTIZE:
            return describe_lquantize(entry.words[0] & (1 << 64) - 1, entry.words[1:])
        case _:
            return f" {entry.value:>16}"


def key_style(style: Style) -> Style:
    """Returns the style of keys for a consumer whose traced values have ``style``."""
    return Style(width=KEY_WIDTH, quiet=False, raw=style.raw, stack_indent=style.stack_indent)
