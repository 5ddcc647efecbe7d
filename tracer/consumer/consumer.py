# SPDX-License-Identifier: GPL-2.0-or-later
"""The consumer: buffers in, dtrace(1)'s default output out.

``take`` is called for each buffer as it is switched out and prints its records at once; ``finish`` prints the
aggregations. The clause that reports errors is recognised by identity and never printed as a row.
"""

from __future__ import annotations

from collections.abc import Callable

from dscript import Clause, Program, Statement, StatementKind
from sim import BufferKind, BufferReady
from tracer.consumer.aggregations import Aggregations, key_style
from tracer.consumer.datum import Style, describe_datum
from tracer.consumer.messages import Fault, describe_drops, describe_fault
from tracer.consumer.printf import Datum, render
from tracer.consumer.records import Record, iter_records
from tracer.consumer.values import cut
from tracer.layout import ClauseLayout, Enabled, ProgramLayout
from tracer.machine import Symbols
from tracer.options import Options
from tracer.registry import Probe
from tracer.sink import Sink

HEADING = f"{'CPU':>3} {'ID':>6} {'FUNCTION:NAME':>32}\n"


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
    ) -> None:
        self._layout = layout
        self._get_probe = get_probe
        self._symbols = symbols
        self._sink = sink
        self._error_clause = error_clause
        self._quiet = options.flag("quiet")
        self._style = Style(quiet=self._quiet, raw=options.flag("rawbytes"), stack_indent=options.number("stackindent"))
        self._by_key = options.flag("aggsortkey")
        self._reverse = options.flag("aggsortrev")
        self._heading_due = not self._quiet
        self.aggregations = Aggregations(program.aggregations, layout)
        self.drops = 0
        self.aggregation_drops = 0
        self.errors = 0
        self.records = 0
        self.exit_status = 0

    def take(self, buffer: BufferReady) -> None:
        """Prints a principal buffer's records, or merges an aggregation buffer; then reports what was dropped."""
        aggregation = buffer.kind is BufferKind.AGGREGATION
        if aggregation:
            self.aggregations.add(buffer.data)
            self.aggregation_drops += buffer.drops
        else:
            self._take_records(buffer)
            self.drops += buffer.drops
        if buffer.drops:
            self._sink.message(describe_drops(buffer.drops, buffer.cpu, aggregation=aggregation))

    def _take_records(self, buffer: BufferReady) -> None:
        """Prints records in order; text is handed on in one piece up to the next message, or the buffer's end."""
        waiting: list[str] = []
        try:
            for record in iter_records(buffer.data, lambda epid: self._layout.get(epid).layout.size):
                enabled = self._layout.get(record.epid)
                if enabled.layout.clause is self._error_clause:
                    self._sink.trace("".join(waiting))
                    waiting.clear()
                    self._report_fault(record, enabled.layout)
                else:
                    waiting.append(self._describe_record(record, enabled, buffer.cpu))
        finally:
            if waiting:
                self._sink.trace("".join(waiting))

    def _describe_record(self, record: Record, enabled: Enabled, cpu: int) -> str:
        """Returns a record's row: columns, each statement's data, and the end of the line unless quiet."""
        self.records += 1
        text = self._describe_row(cpu, self._get_probe(enabled.probe_id))
        for statement in enabled.layout.clause.statements:
            text += self._describe_statement(statement, enabled.layout, record.data)
        return text if self._quiet else text + "\n"

    def _describe_row(self, cpu: int, probe: Probe) -> str:
        """Returns the columns before a record's data, under their heading the first time."""
        if self._quiet:
            return ""
        heading = HEADING if self._heading_due else ""
        self._heading_due = False
        return f"{heading}{cpu:>3} {probe.id:>6} {f'{probe.function}:{probe.name}':>32} "

    def _describe_statement(self, statement: Statement, layout: ClauseLayout, data: bytes) -> str:
        if statement.kind is StatementKind.AGGREGATE:
            return ""  # its fields lie in a tuple of the aggregation buffer, not in this record
        fields = layout.fields[statement.first : statement.first + statement.count]
        stored = [cut(field, data) for field in fields if field.size]
        values = [Datum(kind, raw) for kind, raw in zip(statement.types, stored, strict=False)]
        match statement.kind:
            case StatementKind.EXIT:
                self.exit_status = values[0].integer(signed=True) if values else 0
                return ""
            case StatementKind.PRINTF:
                return render(statement.format or "", values, self._symbols)
            case StatementKind.TRACE | StatementKind.STACK:
                return "".join(describe_datum(value.type, value.data, self._symbols, self._style) for value in values)
            case _:
                return ""

    def _report_fault(self, record: Record, layout: ClauseLayout) -> None:
        """Prints the message of an ERROR probe's record."""
        self.errors += 1
        numbers = [int.from_bytes(cut(field, record.data), "little", signed=True) for field in layout.fields]
        fault = Fault(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4] & (1 << 64) - 1)
        probe = self._get_probe(self._layout.get(fault.epid).probe_id)
        self._sink.message(describe_fault(fault, probe.id, str(probe)))

    def finish(self) -> None:
        """Prints the line that ends the trace and the aggregations."""
        self._sink.trace("\n")
        style = key_style(self._style)
        for text in self.aggregations.iter_lines(self._symbols, style, by_key=self._by_key, reverse=self._reverse):
            self._sink.trace(text)
