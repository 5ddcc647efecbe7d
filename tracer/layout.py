# SPDX-License-Identifier: GPL-2.0-or-later
"""What the guest answers to a loaded program: the layout of every record, and which EPID means which clause and probe.

``read_layout(blob, program, probes)`` reads the fields the guest filled in; ``describe_rejection(blob)`` says why it
refused, ``describe_resizing(blob, options)`` which buffers it made smaller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dscript import Clause, Program
from tracer import abi
from tracer.errors import DataError
from tracer.options import Options

_RESIZED = {"bufsize": "buffer", "aggsize": "aggregation", "dynvarsize": "dynamic variable"}


@dataclass(frozen=True)
class Field:
    """Where one action's value lies: from the record's start, for keys and aggregations from the tuple's."""

    offset: int
    size: int


@dataclass(frozen=True)
class ClauseLayout:
    """One clause's records: bytes with header (0: stores none), and a field per action."""

    clause: Clause
    size: int
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Enabled:
    """What one EPID stands for: a clause's layout on one probe."""

    epid: int
    layout: ClauseLayout
    probe_id: int


@dataclass(frozen=True)
class AggregationLayout:
    """Where an aggregation's tuple holds its keys and its value."""

    keys: tuple[Field, ...]
    value: Field


class ProgramLayout:
    """All that is needed to read the buffers of one loaded program."""

    def __init__(self, enabled: dict[int, Enabled], aggregations: dict[int, AggregationLayout]) -> None:
        self.enabled = enabled
        self.aggregations = aggregations

    def get(self, epid: int) -> Enabled:
        """Returns what ``epid`` stands for or raises DataError."""
        if epid not in self.enabled:
            raise DataError(f"unknown EPID {epid} in a buffer")
        return self.enabled[epid]

    def get_aggregation(self, aggid: int) -> AggregationLayout:
        """Returns the tuple layout of an aggregation or raises DataError."""
        if aggid not in self.aggregations:
            raise DataError(f"unknown aggregation {aggid} in a buffer")
        return self.aggregations[aggid]


def _read_clause(blob: bytes, offset: int, clause: Clause) -> tuple[int, ClauseLayout]:
    """Returns the clause's first EPID and its layout."""
    entry = abi.CLAUSE.unpack(blob, offset)
    if entry["naction"] != len(clause.actions):
        raise DataError(f"clause has {len(clause.actions)} actions, the guest says {entry['naction']}")
    fields = []
    for index in range(entry["naction"]):
        action = abi.ACTION.unpack(blob, entry["action_off"] + index * abi.ACTION.size)
        fields.append(Field(action["rec_offset"], action["rec_size"]))
    return entry["first_epid"], ClauseLayout(clause, entry["size"], tuple(fields))


def _find_aggregations(layouts: Sequence[ClauseLayout]) -> dict[int, AggregationLayout]:
    """Returns the tuple layout of every aggregation; all clauses that feed one agree on it (an increment is no key)."""
    found: dict[int, AggregationLayout] = {}
    for layout in layouts:
        for index, action in enumerate(layout.clause.actions):
            if action.kind.aggregates:
                keys = tuple(field for field in layout.fields[index - action.ntuple : index] if field.size)
                found.setdefault(action.aggid, AggregationLayout(keys, layout.fields[index]))
    return found


def read_layout(blob: bytes, program: Program, probes: Sequence[Sequence[int]]) -> ProgramLayout:
    """Returns the layouts the guest wrote into an accepted program's blob."""
    header = abi.HEADER.unpack(blob)
    if header["magic"] != abi.MAGIC or header["nclause"] != len(program.clauses):
        raise DataError("the guest answered with another program")
    enabled: dict[int, Enabled] = {}
    layouts = []
    for index, (clause, ids) in enumerate(zip(program.clauses, probes, strict=True)):
        first, layout = _read_clause(blob, header["clause_off"] + index * abi.CLAUSE.size, clause)
        layouts.append(layout)
        for number, probe_id in enumerate(ids):
            enabled[first + number] = Enabled(first + number, layout, probe_id)
    return ProgramLayout(enabled, _find_aggregations(layouts))


def describe_rejection(blob: bytes) -> str:
    """Returns the guest's reason for refusing a program, in words."""
    header = abi.HEADER.unpack(blob)
    return abi.ERRORS.get(header["error"], "error {error}").format(**header)


def describe_resizing(blob: bytes, options: Options) -> list[str]:
    """Returns what the guest says of sizes it had to lower, in dtrace's words."""
    header = abi.HEADER.unpack(blob)
    return [
        f"{meaning} size lowered to {_describe_size(header[name])}"
        for name, meaning in _RESIZED.items()
        if header[name] < options.number(name)
    ]


def _describe_size(size: int) -> str:
    for unit, scale in (("m", 1 << 20), ("k", 1 << 10)):
        if size >= scale:
            return f"{size // scale}{unit}"
    return f"{size}b"
