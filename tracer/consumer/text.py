# SPDX-License-Identifier: GPL-2.0-or-later
"""dtrace(1)'s default layout: a row per record under a heading, or with -q only what is traced explicitly."""

from __future__ import annotations

from collections.abc import Sequence

from dscript import ActionKind, Statement, StatementKind
from tracer.consumer.aggregations import Entry
from tracer.consumer.context import Context
from tracer.consumer.datum import Datum, decode_printm, decode_tracemem, describe_bytes, describe_datum
from tracer.consumer.flow import FLOW_HEADING, Flow
from tracer.consumer.order import Bundle
from tracer.consumer.printa import describe_bundles, describe_entries, describe_formatted
from tracer.consumer.printer import Firing, Loss
from tracer.consumer.printf import render

HEADING = f"{'CPU':>3} {'ID':>6} {'FUNCTION:NAME':>32}\n"


class TextPrinter:
    """Prints text."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._out: list[str] = []
        self._flow = Flow()
        self._headed = False

    @property
    def _quiet(self) -> bool:
        return self._context.quiet

    def begin(self, firing: Firing) -> None:
        """Prints the columns before a record's data, under their heading the first time."""
        flow = self._context.options.flag("flowindent")
        if not self._headed and (flow or not self._quiet):
            self._headed = True
            self._out.append(FLOW_HEADING if flow else HEADING)
        if flow:
            self._out.append(self._flow.describe_row(firing.cpu, firing.enabled, firing.probe, firing.following))
        elif not self._quiet:
            name = f"{firing.probe.function}:{firing.probe.name}"
            self._out.append(f"{firing.cpu:>3} {firing.probe.id:>6} {name:>32} ")

    def statement(self, statement: Statement, values: Sequence[Datum]) -> None:
        """Prints what a statement recorded."""
        self._out.append(describe_statement(statement, values, self._context))

    def printa(self, statement: Statement, bundles: Sequence[Bundle]) -> None:
        """Prints aggregations: after a line feed, or in the statement's format."""
        if statement.format is not None:
            self._out.append(describe_formatted(statement.format, bundles, self._context))
        elif len(statement.aggids) == 1:
            self._out.append("\n" + describe_entries([bundle[0] for bundle in bundles], self._context))
        else:
            self._out.append("\n" + describe_bundles(bundles, self._context))

    def end(self) -> None:
        """Ends the record's line, unless quiet."""
        if not self._quiet:
            self._out.append("\n")

    def lose(self, loss: Loss) -> None:
        """Prints nothing: the message goes to standard error."""

    def interrupt(self) -> None:
        """Prints a line feed, as dtrace does after ^C, to make the terminal's output look cleaner."""
        self._out.append("\n")

    def finish(self, entries: Sequence[Entry]) -> None:
        """Prints the line that ends the trace, and aggregations."""
        self._out.append("\n" + describe_entries(entries, self._context))

    def take(self) -> str:
        """Returns the text since the last time."""
        text = "".join(self._out)
        self._out.clear()
        return text


def describe_statement(statement: Statement, values: Sequence[Datum], context: Context) -> str:
    """Returns the text of a statement that shows data; "" for others."""
    match statement.kind:
        case StatementKind.PRINTF:
            return render(statement.format or "", values, context)
        case StatementKind.PRINTM:
            return "".join(describe_bytes(decode_printm(value.data)) for value in values)
        case StatementKind.TRACEMEM:
            return describe_bytes(decode_tracemem(values))
        case StatementKind.TRACE if any(value.action is ActionKind.TRACEMEM for value in values):
            return describe_bytes(decode_tracemem(values))
        case StatementKind.TRACE | StatementKind.STACK | StatementKind.SYMBOL | StatementKind.PRINT:
            return "".join(describe_datum(value, context) for value in values)
        case _:
            return ""
