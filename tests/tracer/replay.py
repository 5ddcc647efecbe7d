# SPDX-License-Identifier: GPL-2.0-or-later
"""What the reference interpreter recorded, through the real consumer: ``show(program)`` gives what dtrace prints.

The values become buffers as the guest lays them out (``tracer.fakes.load``), the aggregations one snapshot
that the consumer gets first, as dtrace takes it before it reads the records.
"""

import struct

from dscript import ActionKind, ValueKind
from dscript.vm import Run
from dscript.vm.aggregate import start, words
from sim import BufferKind, BufferReady
from tracer import Options
from tracer.consumer import Consumer
from tracer.encode import encode
from tracer.fakes import FakeSymbol, FakeSymbols, load
from tracer.layout import read_layout
from tracer.registry import Probe
from tracer.sink import Capture

PROBES = (Probe(1, "dtrace", "", "", "BEGIN"), Probe(2, "dtrace", "", "", "END"), Probe(3, "dtrace", "", "", "ERROR"))
SYMBOLS = FakeSymbols([FakeSymbol("malloc", 0xC0301000), FakeSymbol("swi_exit", 0xC0302000)])
SIZES = {ActionKind.AVG: 16, ActionKind.STDDEV: 32, ActionKind.QUANTIZE: 127 * 8}


def stored_bytes(action, record):
    """How many bytes an action stores."""
    if action.kind in (ActionKind.LQUANTIZE, ActionKind.LLQUANTIZE):
        return 8 * (1 + len(start(action.kind, action.arg)))
    return SIZES.get(action.kind, 8) if action.kind.aggregates else record.size


def raw(record, datum):
    """A value as the kernel stores it."""
    match record.kind, datum:
        case ValueKind.STACK, tuple():
            return struct.pack(f"<{len(datum)}I", *datum).ljust(record.size, b"\0")
        case ((ValueKind.USTACK | ValueKind.USYMBOL), tuple()):
            return struct.pack(f"<{len(datum)}Q", *datum).ljust(record.size, b"\0")
        case _, bytes():
            return datum.ljust(record.size, b"\0")
        case _, int():
            return (datum & (1 << 8 * record.size) - 1).to_bytes(record.size, "little")
    return b""


def own_fields(clause):
    """The actions whose data lies in the clause's record: not those of aggregation statements."""
    for statement in clause.statements:
        if statement.kind != "aggregate":
            yield from range(statement.first, statement.first + statement.count)


class Replay:
    """One program's run and its layout."""

    def __init__(self, program, options):
        self.run = Run(program, strsize=options.number("strsize"), nspec=options.number("nspec"))
        self.program, self.options = program, options
        probes = [PROBES] * len(program.clauses)
        self.records = [
            [record for statement in clause.statements for record in statement.types] for clause in program.clauses
        ]
        sizes = [
            [stored_bytes(action, record) for action, record in zip(clause.actions, records, strict=True)]
            for clause, records in zip(program.clauses, self.records, strict=True)
        ]
        ids = [[probe.id for probe in some] for some in probes]
        self.layout = read_layout(load(encode(program, ids, options), sizes), program, ids)

    def principal(self):
        """The principal buffer."""
        out = b""
        for number, firing in enumerate(self.run.firings):
            probe = next(p for p in PROBES if p.name == firing.probe[3])
            epid, clause = next(
                (epid, enabled.layout)
                for epid, enabled in self.layout.enabled.items()
                if enabled.layout.clause is self.program.clauses[firing.clause] and enabled.probe_id == probe.id
            )
            record = bytearray(clause.size)
            struct.pack_into("<III", record, 0, epid, 0, number)
            for index in own_fields(clause.clause):
                data = raw(self.records[firing.clause][index], firing.data[index])
                offset = clause.fields[index].offset
                record[offset : offset + len(data)] = data
            out += record
        return BufferReady(0, BufferKind.PRINCIPAL, 0, out, 0, 0, 0)

    def aggregation(self):
        """The aggregation buffer."""
        out = b""
        for aggregation in self.program.aggregations:
            layout = self.layout.aggregations[aggregation.id]
            for keys, value in self.run.aggregations.get(aggregation.id, {}).items():
                data = bytearray(layout.value.offset + layout.value.size)
                struct.pack_into("<I", data, 0, aggregation.id)
                for field, kind, key in zip(layout.keys, aggregation.keys, keys, strict=True):
                    data[field.offset : field.offset + field.size] = raw(kind, key)
                numbers = words(aggregation.function, aggregation.arg, value)
                struct.pack_into(f"<{len(numbers)}q", data, layout.value.offset, *numbers)
                data += bytes(-len(data) % 8)
                out += struct.pack("<II", 8 + len(data), len(data)) + data
        return BufferReady(0, BufferKind.AGGREGATION, 0, out, 0, 0, 0)


def show(program, *settings, sink=None):
    """What dtrace prints of BEGIN and END in the interpreter; -q and further options are in force."""
    options = Options()
    for name, value in (("quiet", None), *program.options, *settings):
        options.set(name, value)
    replay = Replay(program, options)
    for probe in ("dtrace:::BEGIN", "dtrace:::END"):
        replay.run.fire(probe)
    sink = sink or Capture()
    by_id = {probe.id: probe for probe in PROBES}
    consumer = Consumer(program, replay.layout, by_id.__getitem__, SYMBOLS, options, sink)
    consumer.take(replay.aggregation())
    consumer.take(replay.principal())
    consumer.finish()
    return sink.output
