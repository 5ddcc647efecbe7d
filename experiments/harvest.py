# SPDX-License-Identifier: GPL-2.0-or-later
"""The aggregations of a run as plain data for JSON, so that reports draw histograms and stacks from saved files.

``describe_aggregations(entries, symbols)`` keeps numbers and strings, names the frames of kernel stacks, and turns a
histogram into pairs of a bucket's least value and its count.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import tracer

_ZERO = 63  # the bucket of quantize() that counts zeros


class Symbols(Protocol):
    """What names an address."""

    def find(self, address: int, /) -> Any:
        """Return the symbol that covers an address, or None."""


def describe_aggregations(entries: Iterable[tracer.AggregationEntry], symbols: Symbols) -> list[dict[str, Any]]:
    """Return every key of every aggregation, in the order printed."""
    return [_describe(entry, symbols) for entry in entries]


def _describe(entry: tracer.AggregationEntry, symbols: Symbols) -> dict[str, Any]:
    """Return one key of one aggregation."""
    found: dict[str, Any] = {
        "name": entry.name,
        "function": entry.function.name.lower(),
        "keys": [_describe_key(key, symbols) for key in entry.keys],
    }
    match entry.function.name:
        case "QUANTIZE":
            found["buckets"] = [[_quantize(i), count] for i, count in enumerate(entry.words) if count]
        case "LQUANTIZE":
            found["buckets"] = list(_lquantize(entry.words[0], entry.words[1:]))
        case "LLQUANTIZE":
            found["words"] = list(entry.words)
        case _:
            found["value"] = entry.value
    return found


def _describe_key(key: object, symbols: Symbols) -> Any:
    """Return a key: a number, a string, or a stack as the list of its frames, innermost first."""
    if isinstance(key, (int, str)):
        return key
    if isinstance(key, (tuple, list)):
        return [_describe_frame(frame, symbols) if isinstance(frame, int) else str(frame) for frame in key]
    return str(key)


def _describe_frame(address: int, symbols: Symbols) -> str:
    """Return a frame as dtrace prints it, without the offset: what a flame graph shows."""
    symbol = symbols.find(address)
    return f"{address:#x}" if symbol is None else f"{symbol.module}`{symbol.name}"


def _quantize(index: int) -> int:
    """Return the least magnitude counted in a bucket of quantize()."""
    if index == _ZERO:
        return 0
    return 1 << index - _ZERO - 1 if index > _ZERO else -(1 << _ZERO - 1 - index)


def _lquantize(packed: int, counts: Iterable[int]) -> Iterable[list[int]]:
    """Yield the buckets of lquantize(); what lies below is counted under the base less one step."""
    packed &= (1 << 64) - 1
    base, step = packed & 0xFFFFFFFF, packed >> 48 & 0xFFFF
    base -= (1 << 32) if base >> 31 else 0
    for index, count in enumerate(counts):
        if count:
            yield [base + (index - 1) * step, count]


def count_firings(result: tracer.RunResult, enabling: tracer.Enabling | None = None) -> int:
    """Return how many probe firings the data account for: records taken, and what aggregations have counted.

    A clause that records and aggregates counts once, and so does one with several aggregations; min(), max() and sum()
    do not tell how often they were called.
    """
    counted: dict[str, int] = {}
    for entry in result.aggregations:
        counted[entry.name] = counted.get(entry.name, 0) + _count(entry)
    if enabling is None:
        return result.records + sum(counted.values())
    names = {item.id: item.name for item in enabling.program.aggregations}
    total, seen = result.records, set[str]()
    for clause, _ in enabling.user_clauses:
        here = {names[action.aggid] for action in clause.actions if action.aggid in names} - seen
        seen |= here
        if here and not _records(clause.actions):
            total += max(counted.get(name, 0) for name in here)
    return total


def _records(actions: Any) -> bool:
    """Tell whether a clause leaves records beside its aggregations; an aggregation's keys stand before it."""
    left = 0
    for action in actions:
        left = left - action.ntuple if action.aggid else left + 1
    return left > 0


def _count(entry: tracer.AggregationEntry) -> int:
    """Return how often an aggregating function was called with one key, 0 if it does not tell."""
    match entry.function.name:
        case "COUNT" | "AVG" | "STDDEV":
            return int(entry.words[0])
        case "QUANTIZE":
            return int(sum(entry.words))
        case "LQUANTIZE":
            return int(sum(entry.words[1:]))
        case _:
            return 0
