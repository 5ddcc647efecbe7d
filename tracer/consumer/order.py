# SPDX-License-Identifier: GPL-2.0-or-later
"""In which order aggregations are printed: by value, or as the aggsort options say; and the join of several.

``sort_entries`` orders the entries of one aggregation or of all; ``join`` puts those of several side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from dscript import Aggregation, ValueKind
from tracer.consumer.aggregations import Entry
from tracer.consumer.datum import Datum
from tracer.consumer.merge import nothing, weight
from tracer.options import Options

Bundle: TypeAlias = tuple[Entry, ...]
_Part: TypeAlias = tuple[int, int, bytes]
_Value: TypeAlias = tuple[int, int]
_PAIR_BYTES = 16


def _part(datum: Datum) -> _Part:
    """Returns what a key is compared by: its size, then its value as a number, or its bytes."""
    data = datum.data
    if datum.type.kind is ValueKind.USYMBOL and len(data) == _PAIR_BYTES:
        pid, address = int.from_bytes(data[:8], "little"), int.from_bytes(data[8:], "little")
        return len(data), pid << 64 | address, b""
    if datum.type.kind is not ValueKind.STRING and len(data) in (1, 2, 4, 8):
        signed = datum.type.kind is ValueKind.INTEGER and datum.type.signed
        return len(data), int.from_bytes(data, "little", signed=signed), b""
    if datum.type.kind is ValueKind.STACK:
        frames = [data[at : at + 4][::-1] for at in range(0, len(data), 4)]
        return len(data), 0, b"".join(frames)
    return len(data), 0, data


def _keys(entry: Entry, position: int) -> tuple[_Part, ...]:
    """Returns an entry's keys for comparison, beginning with the one at ``position`` (aggsortkeypos)."""
    parts = tuple(_part(datum) for datum in entry.keys)
    if not 0 <= position < len(parts):
        return parts
    return parts[position:] + parts[:position]


def _value(entry: Entry) -> _Value:
    return weight(entry.function, entry.words)


def sort_entries(entries: Iterable[Entry], options: Options) -> list[Entry]:
    """Returns entries by aggregation, then value, then key; or as aggsortkey, aggsortkeypos and aggsortrev say."""
    position = options.number("aggsortkeypos")
    first_keys = options.flag("aggsortkey")

    def order(entry: Entry) -> tuple[int, object, object]:
        keys, value = _keys(entry, position), _value(entry)
        return (entry.aggregation.id, keys, value) if first_keys else (entry.aggregation.id, value, keys)

    return sorted(entries, key=order, reverse=options.flag("aggsortrev"))  # type: ignore[arg-type,return-value]


def sort_by_value(entries: Iterable[Entry], *, descending: bool = False) -> list[Entry]:
    """Returns entries by value, then key, whatever the options say (trunc)."""
    return sorted(entries, key=lambda entry: (_value(entry), _keys(entry, 0)), reverse=descending)


def join(entries: Collection[Entry], aggregations: Sequence[Aggregation], options: Options) -> list[Bundle]:
    """Returns, for every key of any of the aggregations, their entries in order; what is missing counts nothing.

    Bundles are sorted by the values of the aggregation at aggsortpos, then of the others, then by key.
    """
    found: dict[tuple[bytes, ...], dict[int, Entry]] = {}
    for entry in entries:
        found.setdefault(tuple(datum.data for datum in entry.keys), {})[entry.aggregation.id] = entry
    bundles = [_complete(bundle, aggregations) for bundle in found.values()]
    position = options.number("aggsortpos")
    position = position if 0 <= position < len(aggregations) else 0
    keypos = options.number("aggsortkeypos")
    first_keys = options.flag("aggsortkey")

    def order(bundle: Bundle) -> tuple[object, object]:
        values = [_value(entry) for entry in bundle]
        values = values[position:] + values[:position]
        keys = _keys(bundle[0], keypos)
        return (keys, values) if first_keys else (values, keys)

    return sorted(bundles, key=order, reverse=options.flag("aggsortrev"))  # type: ignore[arg-type,return-value]


def _complete(bundle: dict[int, Entry], aggregations: Sequence[Aggregation]) -> Bundle:
    keys = next(iter(bundle.values())).keys
    return tuple(bundle.get(a.id) or Entry(a, keys, nothing(a.function, a.arg)) for a in aggregations)
