# SPDX-License-Identifier: GPL-2.0-or-later
"""The options agghist and aggpack: counts as a bar chart, and histograms one line each.

Both put one heading over all keys of an aggregation and measure every line by the same scale or range.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from dscript import ActionKind
from tracer.consumer.aggregations import Entry
from tracer.consumer.context import Context
from tracer.consumer.datum import INTEGER_WIDTHS, PACKED_WIDTH, describe_key
from tracer.consumer.histogram import Row, Scale, draw_heading, draw_line, list_buckets

_BARS = (ActionKind.COUNT, ActionKind.SUM)
_LINES = (ActionKind.QUANTIZE, ActionKind.LQUANTIZE)
_BLOCKS = "▁▂▃▄▅▆▇█"
_ASCII = "__xxxxXX"
_NEGATIVE = "vvvvVV"
_MIN_DIGITS = 4
_PLAIN_TERMINALS = ("sun", "sun-color", "dumb")
_LINEAR_WIDTHS = (7, 8)  # of the least and the highest label of lquantize()


def is_bars(entries: Sequence[Entry], context: Context) -> bool:
    """True if agghist applies: counts and sums."""
    return bool(entries) and context.options.flag("agghist") and entries[0].function in _BARS


def is_lines(entries: Sequence[Entry], context: Context) -> bool:
    """True if aggpack applies: quantize() and lquantize()."""
    return bool(entries) and context.options.flag("aggpack") and entries[0].function in _LINES


def _width(entry: Entry) -> int:
    """Returns how wide the keys are."""
    return sum(INTEGER_WIDTHS.get(len(datum.data), PACKED_WIDTH) + 1 for datum in entry.keys)


def _keys(entry: Entry, context: Context) -> str:
    return "".join(describe_key(datum, context, packed=True) for datum in entry.keys)


def describe_bars(entries: Sequence[Entry], context: Context) -> str:
    """Returns an aggregation of counts or sums as one bar chart, a line for each key."""
    scale = Scale.of((entry.words[0] for entry in entries), zoom=context.zoom)
    lines = (
        f"{_keys(entry, context)} {draw_line(entry.words[0], scale, entry.normal, blocks=context.blocks)}"
        for entry in entries
    )
    return draw_heading(_width(entries[0])) + "".join(lines)


@dataclass(frozen=True)
class _Range:
    """The buckets that any of the lines uses, with an empty one either side; ``low`` and ``high`` as they are shown."""

    first: int
    last: int
    low: str
    high: str
    low_width: int
    high_width: int


def _find_range(entries: Sequence[Entry]) -> _Range:
    function = entries[0].function
    tables = [list_buckets(function, entry.words) for entry in entries]
    used = [index for table in tables for index, row in enumerate(table) if row.count]
    if function is ActionKind.LQUANTIZE:
        last = len(tables[0]) - 1
        return _Range(0, last, tables[0][0].label, tables[0][-1].label, *_LINEAR_WIDTHS)
    middle = len(tables[0]) // 2
    first, last = max(min(used, default=middle) - 1, 0), min(max(used, default=middle) + 1, len(tables[0]) - 1)
    low, high = tables[0][first].label, tables[0][last].label
    return _Range(first, last, low, high, max(len(low), _MIN_DIGITS), max(len(high), _MIN_DIGITS))


def _is_unicode(context: Context) -> bool:
    """True if the encoding option is UTF-8 or, as with dtrace, not given and the terminal no plain one."""
    encoding = context.options.word("encoding")
    return encoding == "utf8" if encoding else os.environ.get("TERM") not in _PLAIN_TERMINALS


def _draw_cell(row: Row, scale: Scale, *, unicode: bool) -> str:
    """Returns the character of one bucket."""
    if row.count == 0 or not scale.total:
        return " "
    marks = _NEGATIVE if row.count < 0 else _BLOCKS if unicode else _ASCII
    return marks[min(len(marks) - 1, int(abs(row.count) * (len(marks) - 1) / scale.total + 0.5))]


def _describe_line(entry: Entry, span: _Range, context: Context) -> str:
    rows = list_buckets(entry.function, entry.words)[span.first : span.last + 1]
    scale = Scale.of((row.count for row in rows), zoom=context.zoom)
    cells = "".join(_draw_cell(row, scale, unicode=_is_unicode(context)) for row in rows)
    total = sum(row.count for row in rows)
    return f"{_keys(entry, context)} {span.low:>{span.low_width}} :{cells}: {span.high:<{span.high_width}} | {total}\n"


def describe_lines(entries: Sequence[Entry], context: Context) -> str:
    """Returns an aggregation of histograms, a line for each key."""
    span = _find_range(entries)
    width = _width(entries[0])
    key = f"{'key':>{width}}" if width else ""
    dashes = "-" * (span.last - span.first + 1)
    heading = f"\n{key} {'min':>{span.low_width}} .{dashes}. {'max':<{span.high_width}} | count\n"
    return heading + "".join(_describe_line(entry, span, context) for entry in entries)
