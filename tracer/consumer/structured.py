# SPDX-License-Identifier: GPL-2.0-or-later
"""Structured output: one JSON document in libxo's layout of dtrace(1), or JSON lines.

A record is an object with its probe and an ``output`` list; what stands in there is made by ``objects.py``. The
document grows while tracing goes on and is valid when it has ended. ``make_printer`` chooses by the option oformat.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dscript import Statement
from tracer.consumer.aggregations import Entry
from tracer.consumer.context import Context
from tracer.consumer.datum import Datum
from tracer.consumer.objects import describe_aggregations, describe_entry, describe_values
from tracer.consumer.order import Bundle
from tracer.consumer.printa import describe_formatted
from tracer.consumer.printer import Firing, Loss, Printer
from tracer.consumer.text import TextPrinter

_INTERNAL = {"cpu": -1, "id": -1, "provider": "dtrace", "module": "INTERNAL", "function": "INTERNAL"}
_INDENT = 6


def make_printer(context: Context) -> Printer:
    """Returns the printer of the format that the option oformat names."""
    match context.options.word("oformat"):
        case "ndjson":
            return LinesPrinter(context)
        case "json" | "json,pretty":
            return JsonPrinter(context)
        case _:
            return TextPrinter(context)


class _StructuredPrinter:
    """What both formats share: a record's object grows from ``begin`` to ``end``."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._out: list[str] = []
        self._record: dict[str, Any] = {}
        self._output: list[dict[str, Any]] = []
        self._time_ns = 0

    def begin(self, firing: Firing) -> None:
        """Begins a record's object."""
        probe = firing.probe
        self._time_ns = firing.time_ns
        self._output = []
        self._record = {
            "timestamp": firing.time_ns,
            "cpu": firing.cpu,
            "id": probe.id,
            "provider": probe.provider,
            "module": probe.module,
            "function": probe.function,
            "name": probe.name,
            "output": self._output,
        }

    def statement(self, statement: Statement, values: Sequence[Datum]) -> None:
        """Adds a statement's objects to the record."""
        self._output.extend(describe_values(statement, values, self._context))

    def printa(self, statement: Statement, bundles: Sequence[Bundle]) -> None:
        """Adds aggregations to the record, behind the text if there is a format."""
        if statement.format is not None:
            self._output.append({"message": describe_formatted(statement.format, bundles, self._context)})
        for position in range(len(statement.aggids)):
            self._output.extend(describe_aggregations([bundle[position] for bundle in bundles], self._context))

    def interrupt(self) -> None:
        """Nothing is printed for ^C."""

    def take(self) -> str:
        """Returns the text since the last time."""
        text = "".join(self._out)
        self._out.clear()
        return text

    def _loss(self, loss: Loss) -> dict[str, Any]:
        """Returns the pseudo-probe of a drop."""
        return {
            **_INTERNAL,
            "cpu": loss.cpu,
            "name": "DROP",
            "timestamp": self._time_ns,
            "count": loss.count,
            "total": loss.total,
            "kind": loss.kind,
            "msg": f"{loss.message}\n",
        }


class JsonPrinter(_StructuredPrinter):
    """One document: ``{"dtrace": {"probes": [...]}}``; aggregations at the end only with -O, as in dtrace(1)."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._pretty = context.options.word("oformat").endswith("pretty")
        self._count = 0

    def _add(self, item: dict[str, Any]) -> None:
        """Adds an object to the list of probes."""
        if not self._count:
            self._out.append('{\n  "dtrace": {\n    "probes": [\n' if self._pretty else '{"dtrace": {"probes": [\n')
        if self._pretty:
            text = json.dumps(item, indent=2)
            text = "\n".join(" " * _INDENT + line for line in text.splitlines())
        else:
            text = json.dumps(item)
        self._out.append((",\n" if self._count else "") + text)
        self._count += 1

    def end(self) -> None:
        """Adds the finished record."""
        self._add(self._record)

    def lose(self, loss: Loss) -> None:
        """Adds a drop's pseudo-probe."""
        self._add(self._loss(loss))

    def finish(self, entries: Sequence[Entry]) -> None:
        """Closes the document, after the aggregations if they are wanted."""
        if entries and self._context.options.flag("printall"):
            output = describe_aggregations(entries, self._context)
            self._add({**_INTERNAL, "name": "AGGREGATIONS", "timestamp": self._time_ns, "output": output})
        if not self._count:
            self._out.append('{"dtrace": {"probes": [')
        self._out.append("\n    ]\n  }\n}\n" if self._pretty and self._count else "\n]}}\n")


class LinesPrinter(_StructuredPrinter):
    """A line for each record, drop and key of an aggregation; ``type`` says which."""

    def _add(self, kind: str, item: dict[str, Any]) -> None:
        self._out.append(json.dumps({"type": kind, **item}) + "\n")

    def end(self) -> None:
        """Prints the finished record."""
        self._add("record", self._record)

    def lose(self, loss: Loss) -> None:
        """Prints a drop."""
        self._add("drop", self._loss(loss))

    def finish(self, entries: Sequence[Entry]) -> None:
        """Prints a line for each key of the aggregations."""
        for entry in entries:
            name, function = entry.aggregation.name, entry.function.name.lower()
            self._add("aggregation", {"name": name, "function": function, **describe_entry(entry, self._context)})


