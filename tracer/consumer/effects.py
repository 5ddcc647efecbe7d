# SPDX-License-Identifier: GPL-2.0-or-later
"""Statements that act when their record is read: on aggregations, on options, on where output goes, on the host.

system() runs its command on the host, in the process of the consumer, as dtrace's does; the guest knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dscript import Statement, StatementKind
from tracer.consumer.aggregations import Aggregations
from tracer.consumer.context import Context
from tracer.consumer.datum import Datum
from tracer.consumer.order import sort_by_value
from tracer.consumer.printf import render
from tracer.errors import DataError, OptionError
from tracer.sink import Sink

_AGGREGATION_KINDS = (
    StatementKind.TRUNC,
    StatementKind.CLEAR,
    StatementKind.NORMALIZE,
    StatementKind.DENORMALIZE,
)
KINDS = frozenset(
    (
        *_AGGREGATION_KINDS,
        StatementKind.SETOPT,
        StatementKind.SYSTEM,
        StatementKind.FREOPEN,
        StatementKind.FTRUNCATE,
    )
)


class EffectError(Exception):
    """A statement failed when its record was read; dtrace reports it like a fault of the probe."""


class Effects:
    """Performs the statements of ``KINDS``."""

    def __init__(self, aggregations: Aggregations, context: Context, sink: Sink) -> None:
        self._aggregations = aggregations
        self._context = context
        self._sink = sink

    def perform(self, statement: Statement, values: Sequence[Datum]) -> None:
        """Does what the statement says; everything printed before has been handed to the sink. Raises EffectError."""
        match statement.kind:
            case StatementKind.SETOPT:
                self._set_option(*statement.words)
            case StatementKind.SYSTEM:
                self._sink.run(render(statement.format or "", values, self._context))
            case StatementKind.FREOPEN:
                self._require_pieces("freopen")
                self._reopen(render(statement.format or "", values, self._context))
            case StatementKind.FTRUNCATE:
                self._require_pieces("ftruncate")
                self._sink.truncate()
            case _:
                self._change(statement, values)

    def _change(self, statement: Statement, values: Sequence[Datum]) -> None:
        """trunc, clear, normalize and denormalize: the entries that are there now."""
        entries = self._aggregations.select((statement.aggid,))
        number = values[1].integer(signed=True) if len(values) > 1 else None
        match statement.kind:
            case StatementKind.TRUNC:
                ranked = sort_by_value(entries, descending=number is None or number >= 0)
                self._aggregations.remove(ranked[abs(number or 0) :])
            case StatementKind.CLEAR:
                for entry in entries:
                    entry.clear()
            case StatementKind.NORMALIZE if number == 0:
                raise EffectError(f"cannot normalize @{self._aggregations.get(statement.aggid).name} by zero")
            case StatementKind.NORMALIZE | StatementKind.DENORMALIZE:
                for entry in entries:
                    entry.normal = number or 1
            case _:
                raise DataError(f"statement {statement.kind} has no effect")

    def _set_option(self, name: str, value: str | None = None) -> None:
        options = self._context.options
        try:
            options.change(name, value)
        except OptionError as error:
            shown = f'option "{name}" to "{value}"' if value is not None else f'option "{name}"'
            raise EffectError(f"couldn't set {shown}: {error}") from error

    def _require_pieces(self, name: str) -> None:
        if self._context.options.word("oformat").startswith("json"):
            raise EffectError(f"couldn't {name}(): a JSON document cannot be taken apart; use ndjson")

    def _reopen(self, path: str) -> None:
        try:
            self._sink.reopen(path)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise EffectError(f'couldn\'t freopen() "{path}": {reason}') from error
