# SPDX-License-Identifier: GPL-2.0-or-later
"""printa() and the aggregations at the end: keys in columns and values, or a format for each key.

``describe_entries`` prints the entries of one or all aggregations in their order; ``describe_bundles`` several
aggregations side by side; ``describe_formatted`` applies a format.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from tracer.consumer.aggregations import Entry
from tracer.consumer.context import Context
from tracer.consumer.datum import describe_key
from tracer.consumer.histogram import describe_histogram
from tracer.consumer.order import Bundle
from tracer.consumer.packed import describe_bars, describe_lines, is_bars, is_lines
from tracer.consumer.printf import Aggregated, render


def describe_value(entry: Entry, context: Context) -> str:
    """Returns a value as it follows the keys: a number in 16 columns, or a histogram."""
    if entry.is_histogram:
        return describe_histogram(
            entry.function, entry.words, normal=entry.normal, zoom=context.zoom, blocks=context.blocks
        )
    return f" {entry.shown:>16}"


def _describe_bundle(bundle: Sequence[Entry], context: Context) -> str:
    keys = (describe_key(datum, context) for datum in bundle[0].keys)
    return "".join([*keys, *(describe_value(entry, context) for entry in bundle), "\n"])


def describe_entries(entries: Iterable[Entry], context: Context) -> str:
    """Returns the text of entries that are in their order, aggregation by aggregation."""
    text = []
    for _, group in groupby(entries, key=lambda entry: entry.aggregation.id):
        some = list(group)
        if is_bars(some, context):
            text.append(describe_bars(some, context))
        elif is_lines(some, context):
            text.append(describe_lines(some, context))
        else:
            text.extend(_describe_bundle((entry,), context) for entry in some)
    return "".join(text)


def describe_bundles(bundles: Iterable[Bundle], context: Context) -> str:
    """Returns the text of several aggregations side by side: the keys once, then every value."""
    return "".join(_describe_bundle(bundle, context) for bundle in bundles)


def _aggregated(entry: Entry, context: Context) -> Aggregated:
    if entry.is_histogram:
        return Aggregated(0, describe_value(entry, context))
    return Aggregated(entry.shown)


def describe_formatted(text: str, bundles: Iterable[Bundle], context: Context) -> str:
    """Returns a format applied to each key: conversions take keys, those with @ the values, in order."""
    return "".join(
        render(text, bundle[0].keys, context, [_aggregated(entry, context) for entry in bundle]) for bundle in bundles
    )
