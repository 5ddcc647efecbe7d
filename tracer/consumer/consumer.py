# SPDX-License-Identifier: GPL-2.0-or-later
"""The consumer: buffers in, output out.

``take`` is called for each buffer as it is switched out and handles its records at once; ``finish`` ends the trace.
How things look is the printer's business (``text.py``, ``structured.py``); what a record does besides, ``effects.py``'s.
The clause that reports errors is recognised by identity and never printed as a row.
"""

from __future__ import annotations

from collections.abc import Callable

from dscript import Clause, Program, Statement, StatementKind
from sim import BufferKind, BufferReady
from tracer.consumer import effects
from tracer.consumer.aggregations import AggregationEntry, Aggregations
from tracer.consumer.context import Context
from tracer.consumer.datum import Datum
from tracer.consumer.messages import Fault, describe_drops, describe_fault, describe_origin, find_drop_kind
from tracer.consumer.order import Bundle, join, sort_entries
from tracer.consumer.printer import Firing, Loss, Printer
from tracer.consumer.records import Record, iter_records
from tracer.consumer.structured import make_printer
from tracer.consumer.values import cut
from tracer.layout import ClauseLayout, Enabled, ProgramLayout
from tracer.machine import NO_USERS, Symbols, UserSymbols
from tracer.options import Options
from tracer.registry import Probe
from tracer.sink import Sink


class Consumer:
    """Prints one program's data; counts what was lost and what went wrong."""

    def __init__(
        self,
        program: Program,
        layout: ProgramLayout,
        get_probe: Callable[[int], Probe],
        symbols: Symbols,
        options: Options,
        sink: Sink,
        error_clause: Clause | None = None,
        users: UserSymbols = NO_USERS,
    ) -> None:
        self._layout = layout
        self._get_probe = get_probe
        self._sink = sink
        self._error_clause = error_clause
        self._context = Context(symbols, options.copy(), users)
        self._printer: Printer = make_printer(self._context)
        self._store = Aggregations(program, layout, self._context)
        self._effects = effects.Effects(self._store, self._context, sink)
        self._totals: dict[str, int] = {}
        self.drops = 0
        self.aggregation_drops = 0
        self.errors = 0
        self.records = 0
        self.exit_status = 0

    def take(self, buffer: BufferReady) -> None:
        """Handles a principal buffer's records, or merges an aggregation buffer; then reports what was dropped."""
        aggregation = buffer.kind is BufferKind.AGGREGATION
        if aggregation:
            self._store.add(buffer.data)
            self.aggregation_drops += buffer.drops
        else:
            self._take_records(buffer)
            self.drops += buffer.drops
        if buffer.drops:
            message = describe_drops(buffer.drops, buffer.cpu, aggregation=aggregation)
            self._report_loss("aggregation" if aggregation else "principal", buffer.drops, buffer.cpu, message)

    def lose(self, kind: str, count: int, message: str) -> None:
        """Reports what the kernel lost outside the buffers, at once."""
        self._report_loss(kind, count, -1, message)

    def _report_loss(self, kind: str, count: int, cpu: int, message: str) -> None:
        self._totals[kind] = self._totals.get(kind, 0) + count
        self._printer.lose(Loss(cpu, find_drop_kind(kind), count, self._totals[kind], message))
        self.flush()
        self._sink.message(message)

    def flush(self) -> None:
        """Hands what was printed to the sink."""
        text = self._printer.take()
        if text:
            self._sink.trace(text)

    def _take_records(self, buffer: BufferReady) -> None:
        """Handles records in order; text is handed on in one piece up to the next message, or the buffer's end."""
        waiting: Record | None = None
        try:
            for record in iter_records(buffer.data, lambda epid: self._layout.get(epid).layout.size):
                if waiting is not None:
                    self._take_record(waiting, buffer.cpu, record)
                waiting = record
            if waiting is not None:
                self._take_record(waiting, buffer.cpu, None)
        finally:
            self.flush()

    def _take_record(self, record: Record, cpu: int, following: Record | None) -> None:
        """Handles one record; the one after it decides about flow indentation."""
        enabled = self._layout.get(record.epid)
        if enabled.layout.clause is self._error_clause:
            self.flush()
            self._report_fault(record, enabled.layout)
            return
        self.records += 1
        probe = self._get_probe(enabled.probe_id)
        after = None if following is None else self._layout.get(following.epid)
        self._printer.begin(Firing(cpu, record.time_ns, enabled, probe, after))
        for statement in enabled.layout.clause.statements:
            self._handle(statement, enabled, record.data)
        self._printer.end()

    def _handle(self, statement: Statement, enabled: Enabled, data: bytes) -> None:
        """Handles a statement's part of a record."""
        if statement.kind is StatementKind.AGGREGATE:
            return  # its fields lie in a tuple of the aggregation buffer, not in this record
        values = _read_values(statement, enabled.layout, data)
        if statement.kind is StatementKind.EXIT:
            self.exit_status = values[0].integer(signed=True) if values else 0
        elif statement.kind is StatementKind.PRINTA:
            self._print_aggregations(statement)
        elif statement.kind in effects.KINDS:
            self._perform(statement, values, enabled)
        else:
            self._printer.statement(statement, values)

    def _print_aggregations(self, statement: Statement) -> None:
        entries = self._store.select(statement.aggids)
        options = self._context.options
        if len(statement.aggids) == 1:
            bundles: list[Bundle] = [(entry,) for entry in sort_entries(entries, options)]
        else:
            bundles = join(entries, [self._store.get(aggid) for aggid in statement.aggids], options)
        if bundles:
            self._store.printed.update(statement.aggids)
        self._printer.printa(statement, bundles)

    def _perform(self, statement: Statement, values: list[Datum], enabled: Enabled) -> None:
        """Performs an effect after what was printed so far; what goes wrong is reported as the probe's error."""
        self.flush()
        try:
            self._effects.perform(statement, values)
        except effects.EffectError as error:
            self.errors += 1
            probe = self._get_probe(enabled.probe_id)
            self._sink.message(f"{describe_origin(enabled.epid, probe.id, str(probe))}: {error}")

    def _report_fault(self, record: Record, layout: ClauseLayout) -> None:
        """Prints the message of an ERROR probe's record."""
        self.errors += 1
        numbers = [int.from_bytes(cut(field, record.data), "little", signed=True) for field in layout.fields]
        fault = Fault(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4] & (1 << 64) - 1)
        probe = self._get_probe(self._layout.get(fault.epid).probe_id)
        self._sink.message(describe_fault(fault, probe.id, str(probe)))

    def interrupt(self) -> None:
        """Notes that the user asked for the end."""
        self._printer.interrupt()
        self.flush()

    def entries(self) -> tuple[AggregationEntry, ...]:
        """Returns every key of every aggregation, in the order they are printed."""
        return self._store.export(sort_entries(self._store.iter_all(), self._context.options))

    def finish(self) -> None:
        """Prints the end of the trace and the aggregations that no printa() printed."""
        self._printer.finish(sort_entries(self._store.iter_unprinted(), self._context.options))
        self.flush()


def _read_values(statement: Statement, layout: ClauseLayout, data: bytes) -> list[Datum]:
    """Returns what the statement's actions stored; those that store nothing have no value."""
    values = []
    types = iter(statement.types)
    for index in range(statement.first, statement.first + statement.count):
        field, action = layout.fields[index], layout.clause.actions[index]
        kind = next(types, None)
        if field.size and kind is not None:
            values.append(Datum(kind, cut(field, data), action.kind, action.arg))
    return values
