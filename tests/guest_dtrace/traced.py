# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs on the booted guest, with their data as Python values: what the reference interpreter's ``Run`` also shows.

``Guest().run(program, probes)`` loads a compiled program with probe ids for each clause and gives back an ``Outcome``:
records in order, faults, aggregations, messages. One machine serves any number of runs.
"""

from dataclasses import dataclass, field, replace

from dscript import ActionKind, Statement, StatementKind, ValueKind
from dscript.errors import DifFault
from dscript.vm import ErrorRecord, Fault, Record
from sim import BufferKind, BufferReady, Loaded, Lost, Rejected, Report, Request, load_config
from sim import Machine as RealMachine
from tracer import Enabling, Options, Session
from tracer.consumer.aggregations import Aggregations
from tracer.consumer.records import iter_records
from tracer.consumer.values import cut, decode_stack
from tracer.enabling import ERROR_CLAUSE
from tracer.layout import describe_rejection, read_layout

ERROR_PROBE = 3
NOTHING = Statement(StatementKind.NONE, 0, 0)


@dataclass
class Outcome:
    """What one program left: like dscript.vm.Run where the names are the same."""

    program: object
    records: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    entries: tuple = ()
    losses: list = field(default_factory=list)
    status: int | None = None

    def values(self):
        """Return the first value of every record."""
        return [record.values[0] for record in self.records]


def datum(action, raw):
    """Return one action's stored bytes as the reference interpreter would give them."""
    if action.kind is ActionKind.STACK:
        return decode_stack(raw)
    kind = action.difo.returns
    if kind.kind is ValueKind.STRING:
        return raw.split(b"\0")[0]
    if kind.kind is ValueKind.BYTES:
        return raw
    return int.from_bytes(raw, "little", signed=kind.signed) if raw else 0


class Guest:
    """A booted machine without the timing model."""

    def __init__(self):
        self.machine = RealMachine(load_config(overrides={"kernel.unwind": "static"}), timed=False)
        self.machine.boot()
        self.session = Session(self.machine)

    def plant(self, address, data):
        """Put bytes at a kernel address."""
        physical = self.machine._core.find_physical(address)
        self.machine._core.memory(physical, len(data))[:] = data

    def probe(self, description):
        """Return the id of the only probe of that name."""
        (probe,) = [p for p in self.session.registry.probes if str(p) == description]
        return probe.id

    def run(self, program, probes, options=None, command=("true",)):
        """Trace a command with a program whose clauses have these probes."""
        program = replace(program, clauses=(*program.clauses, ERROR_CLAUSE))
        enabling = Enabling(program, (*map(tuple, probes), (ERROR_PROBE,)), options or Options())
        outcome, layout, aggregations = Outcome(program), None, None
        self.machine.submit(Request(("dtrace", *command), program=enabling.blob, seed=1))
        for event in self.machine.events():
            match event:
                case Loaded(program=blob):
                    layout = read_layout(blob, program, enabling.probes)
                    aggregations = Aggregations(program, layout)
                case Rejected(program=blob):
                    outcome.losses.append(describe_rejection(blob))
                case BufferReady(kind=BufferKind.AGGREGATION):
                    aggregations.add(event.data)
                case BufferReady():
                    take_records(outcome, layout, event.data)
                case Lost():
                    outcome.losses.append(event)
                case Report(status=status):
                    outcome.status = status
            if isinstance(event, BufferReady) and event.drops:
                outcome.losses.append(event.drops)
        outcome.entries = aggregations.entries() if aggregations else ()
        return outcome


def take_records(outcome, layout, data):
    """Add a principal buffer's records; those of the ERROR clause become errors."""
    for record in iter_records(data, lambda epid: layout.get(epid).layout.size):
        clause = layout.get(record.epid).layout
        values = [
            datum(action, cut(place, record.data)) if place.size and not action.kind.aggregates else None
            for action, place in zip(clause.clause.actions, clause.fields, strict=True)
        ]
        if clause.clause is ERROR_CLAUSE:
            epid, action, offset, fault, value = values
            failed = layout.get(epid).layout.clause
            index = next(n for n, other in enumerate(outcome.program.clauses) if other is failed)
            outcome.errors.append(ErrorRecord(index, action, DifFault(Fault(fault), value, offset // 4)))
            continue
        for statement in clause.clause.statements:
            if statement.kind not in ("none", "aggregate"):
                shown = values[statement.first : statement.first + statement.count]
                outcome.records.append(Record(statement, tuple(shown)))
        if not clause.clause.actions:
            outcome.records.append(Record(NOTHING, ()))
