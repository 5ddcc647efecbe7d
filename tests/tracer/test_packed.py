# SPDX-License-Identifier: GPL-2.0-or-later
"""aggpack: histograms one line each, in the layout of the pages that introduced it."""

import pytest

from dscript import ActionKind, Aggregation, ValueKind, ValueType
from tests.tracer.consuming import context
from tracer.consumer.aggregations import Entry
from tracer.consumer.datum import Datum
from tracer.consumer.packed import describe_lines, is_lines

INT64 = ValueType(ValueKind.INTEGER, 8)


def entry(key, function=ActionKind.QUANTIZE, **counts):
    """Returns an entry with one integer key (None: no key) and some buckets."""
    arg = 1 << 48 | 3 << 32
    words = [0] * 127 if function is ActionKind.QUANTIZE else [arg] + [0] * 5
    for name, count in counts.items():
        words[int(name[1:])] = count
    keys = () if key is None else (Datum(INT64, key.to_bytes(8, "little")),)
    return Entry(Aggregation(1, "a", function, (INT64,) * len(keys)), keys, tuple(words))


@pytest.mark.parametrize(("encoding", "cells", "other"), [("utf8", " ▃▆ ", "  █ "), ("ascii", " xx ", "  X ")])
def test_a_line_for_each_key(encoding, cells, other):
    """All lines show the same buckets: those that any of them uses and an empty one either side."""
    entries = [entry(1413409840, b66=2, b67=5), entry(7, b67=1)]
    settings = (("aggpack", None), ("encoding", encoding))
    text = describe_lines(entries, context(*settings)).splitlines()
    assert text[1] == f"{'key':>17}  min .----. max  | count"
    assert text[2] == f"{1413409840:>17} {2:>4} :{cells}: {16:<4} | 7"
    assert text[3] == f"{7:>17} {2:>4} :{other}: {16:<4} | 1"


def test_lquantize_shows_all_its_levels():
    """lquantize() lines run from underflow to overflow."""
    text = describe_lines([entry(None, ActionKind.LQUANTIZE, b2=4)], context(("encoding", "utf8"))).splitlines()
    assert text[1:] == ["     min .-----. max      | count", "     < 0 : █   : >= 3     | 4"]


def test_only_histograms_are_packed():
    """The option leaves counts alone, and histograms without it."""
    assert is_lines([entry(1)], context(("aggpack", None)))
    assert not is_lines([entry(1)], context())


@pytest.mark.parametrize(("terminal", "cell"), [("xterm", "█"), ("dumb", "X"), (None, "█")])
def test_plain_terminals_get_ascii(monkeypatch, terminal, cell):
    """Without the encoding option the characters are ASCII on a terminal known to be plain, else blocks."""
    monkeypatch.delenv("TERM", raising=False)
    if terminal:
        monkeypatch.setenv("TERM", terminal)
    text = describe_lines([entry(None, ActionKind.LQUANTIZE, b2=4)], context()).splitlines()
    assert text[2] == f"     < 0 : {cell}   : >= 3     | 4"
