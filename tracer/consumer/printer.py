# SPDX-License-Identifier: GPL-2.0-or-later
"""What the consumer hands decoded records to: the ``Printer`` Protocol, and the words of one record.

``text.py`` prints dtrace's default layout, ``structured.py`` JSON. Both collect into ``take()``, which the consumer
empties whenever something else (a message, a command's output) must come after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dscript import Statement
from tracer.consumer.aggregations import Entry
from tracer.consumer.datum import Datum
from tracer.consumer.order import Bundle
from tracer.layout import Enabled
from tracer.registry import Probe


@dataclass(frozen=True)
class Firing:
    """One record's origin: where, when, by which probe and clause; ``following`` is the next record's clause."""

    cpu: int
    time_ns: int
    enabled: Enabled
    probe: Probe
    following: Enabled | None = None


@dataclass(frozen=True)
class Loss:
    """Something dropped: dtrace's number of its kind, how many now and in all, and the message; ``cpu`` -1 for all."""

    cpu: int
    kind: int
    count: int
    total: int
    message: str


class Printer(Protocol):
    """Turns what was traced into text."""

    def begin(self, firing: Firing) -> None:
        """Begins a record."""

    def statement(self, statement: Statement, values: Sequence[Datum]) -> None:
        """Adds what a statement recorded."""

    def printa(self, statement: Statement, bundles: Sequence[Bundle]) -> None:
        """Adds aggregations that printa() prints: bundles in their order."""

    def end(self) -> None:
        """Ends the record."""

    def lose(self, loss: Loss) -> None:
        """Notes that something was dropped."""

    def interrupt(self) -> None:
        """Notes ^C."""

    def finish(self, entries: Sequence[Entry]) -> None:
        """Ends the trace with the aggregations that were not printed."""

    def take(self) -> str:
        """Returns what was printed since the last time."""
