# SPDX-License-Identifier: GPL-2.0-or-later
"""Aggregations: snapshots of all CPUs merged by key, and what trunc(), clear() and normalize() do to them.

``Aggregations.add`` takes each snapshot as it comes; ``select`` gives the entries of some aggregations. How they are
sorted is in ``order.py``, how they are printed in ``printa.py``.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from dscript import Action, ActionKind, Aggregation, Program, ValueKind
from tracer.consumer.context import Context
from tracer.consumer.datum import Datum
from tracer.consumer.merge import HISTOGRAMS, Words, clear, merge, scalar, weight
from tracer.consumer.stacks import name_address, name_user_address, split_user
from tracer.consumer.values import Value, cut, cut_string, decode
from tracer.errors import DataError
from tracer.layout import ProgramLayout

_ENTRY = struct.Struct("<II")
_Key: TypeAlias = tuple[int, tuple[bytes, ...]]


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
        return weight(self.function, self.words)[0]


@dataclass
class Entry:
    """One key of an aggregation with its value as it stands; ``fresh`` is False after clear() until data comes."""

    aggregation: Aggregation
    keys: tuple[Datum, ...]
    words: Words
    normal: int = 1
    fresh: bool = True

    @property
    def function(self) -> ActionKind:
        """The aggregating function."""
        return self.aggregation.function

    @property
    def shown(self) -> int:
        """The number that is printed, normalized; only of functions that give one."""
        return scalar(self.function, self.words, self.normal)

    @property
    def is_histogram(self) -> bool:
        """True if the value is a distribution."""
        return self.function in HISTOGRAMS

    def absorb(self, words: Words) -> None:
        """Adds the value of another snapshot; after clear() the first one counts alone."""
        self.words = merge(self.function, self.words, words) if self.fresh else words
        self.fresh = True

    def clear(self) -> None:
        """Forgets the value."""
        self.words = clear(self.function, self.words)
        self.fresh = self.function not in (ActionKind.MIN, ActionKind.MAX)


@dataclass(frozen=True)
class _Keys:
    """How an aggregation's keys are recorded: the actions that store them."""

    aggregation: Aggregation
    actions: tuple[Action, ...] = field(default=())


def _find_keys(program: Program) -> dict[int, _Keys]:
    """Returns each aggregation with its key actions; all clauses that feed one agree on them."""
    known = {aggregation.id: _Keys(aggregation) for aggregation in program.aggregations}
    for clause in program.clauses:
        for index, action in enumerate(clause.actions):
            if action.kind.aggregates and action.aggid in known and not known[action.aggid].actions:
                keys = clause.actions[index - action.ntuple : index]
                known[action.aggid] = _Keys(known[action.aggid].aggregation, keys)
    return known


class Aggregations:
    """All aggregations of one program; what was dropped is counted by the caller."""

    def __init__(self, program: Program, layout: ProgramLayout, context: Context | None = None) -> None:
        self._known = _find_keys(program)
        self._layout = layout
        self._context = context
        self._entries: dict[_Key, Entry] = {}
        self._modules: dict[tuple[int, str], bytes] = {}
        self.printed: set[int] = set()

    def get(self, aggid: int) -> Aggregation:
        """Returns the aggregation with that id or raises DataError."""
        if aggid not in self._known:
            raise DataError(f"unknown aggregation {aggid} in a buffer")
        return self._known[aggid].aggregation

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
        aggregation = self.get(aggid)
        layout = self._layout.get_aggregation(aggid)
        raw = cut(layout.value, data)
        words = struct.unpack(f"<{len(raw) // 8}q", raw)
        datums = tuple(self._key(aggid, index, cut(field, data)) for index, field in enumerate(layout.keys))
        key = (aggid, tuple(datum.data for datum in datums))
        entry = self._entries.get(key)
        if entry is None:
            self._entries[key] = Entry(aggregation, datums, words)
        else:
            entry.absorb(words)

    def _key(self, aggid: int, index: int, data: bytes) -> Datum:
        """Returns one key; what lies behind a string's NUL does not count, addresses become those of their symbols."""
        known = self._known[aggid]
        kind = known.aggregation.keys[index]
        action = known.actions[index]
        match kind.kind:
            case ValueKind.STRING:
                data = cut_string(data).ljust(len(data), b"\0")
            case ValueKind.SYMBOL | ValueKind.USYMBOL:
                data = self._round(action.kind, data)
        return Datum(kind, data, action.kind, action.arg)

    def _round(self, action: ActionKind, data: bytes) -> bytes:
        """Returns a key's address rounded to what it is shown as: its symbol, or the first seen of its module."""
        if self._context is None:
            return data
        user = action in (ActionKind.USYM, ActionKind.UMOD, ActionKind.UADDR)
        pid, address = split_user(data) if user else (0, int.from_bytes(data[:8], "little"))
        name = name_user_address(self._context, pid, address) if user else name_address(self._context, address)
        if action in (ActionKind.MOD, ActionKind.UMOD) and name.module:
            return self._modules.setdefault((pid, name.module), data)
        if action in (ActionKind.SYM, ActionKind.USYM) and name.name:
            return data[: 8 * user] + name.start.to_bytes(8, "little")
        return data

    def select(self, aggids: Collection[int]) -> list[Entry]:
        """Returns the entries of some aggregations."""
        return [entry for (aggid, _), entry in self._entries.items() if aggid in aggids]

    def iter_all(self) -> Iterator[Entry]:
        """Yields every entry."""
        return iter(self._entries.values())

    def iter_unprinted(self) -> Iterator[Entry]:
        """Yields the entries of every aggregation that printa() has not printed."""
        return (entry for (aggid, _), entry in self._entries.items() if aggid not in self.printed)

    def remove(self, entries: Collection[Entry]) -> None:
        """Forgets some entries altogether (trunc)."""
        gone = {id(entry) for entry in entries}
        self._entries = {key: entry for key, entry in self._entries.items() if id(entry) not in gone}

    def entries(self) -> tuple[AggregationEntry, ...]:
        """Returns every key of every aggregation as plain facts, in the order they came."""
        return self.export(self._entries.values())

    def export(self, entries: Collection[Entry]) -> tuple[AggregationEntry, ...]:
        """Returns entries as plain facts, for whoever reads results."""
        return tuple(
            AggregationEntry(
                entry.aggregation.name,
                entry.function,
                tuple(decode(datum.type, datum.data) for datum in entry.keys),
                entry.words,
            )
            for entry in entries
        )
