# SPDX-License-Identifier: GPL-2.0-or-later
"""Running a whole program in the reference interpreter: probes fire, clauses run, records are kept.

``Run(program).fire("BEGIN")`` runs every clause that matches the probe, as dtrace_probe() does: predicate,
then actions until one faults. A clause that faults leaves no record, and is noted in ``errors``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from dscript.errors import DifFault
from dscript.program import (
    Action,
    ActionKind,
    Clause,
    Difo,
    ProbeDescription,
    Program,
    Statement,
    StatementKind,
    ValueKind,
    ValueType,
)  # fmt: skip
from dscript.vm import aggregate
from dscript.vm.host import MASK, signed
from dscript.vm.kernel import FakeKernel
from dscript.vm.machine import Machine

Datum = int | bytes | tuple[int, ...]


@dataclass(frozen=True)
class Record:
    """What one statement recorded: its values in the order of its actions."""

    statement: Statement
    values: tuple[Datum, ...]


@dataclass(frozen=True)
class ErrorRecord:
    """A fault: the clause's index, the action (1-based; 0 the predicate), and the fault."""

    clause: int
    action: int
    fault: DifFault


@dataclass
class Run:
    """A program, a kernel, and what the one recorded about the other."""

    program: Program
    kernel: FakeKernel = field(default_factory=FakeKernel)
    strsize: int = 256
    records: list[Record] = field(default_factory=list)
    errors: list[ErrorRecord] = field(default_factory=list)
    aggregations: dict[int, dict[tuple[Datum, ...], aggregate.Value]] = field(default_factory=dict)
    exit_status: int | None = None

    def __post_init__(self) -> None:
        self.machine = Machine(self.kernel, self.strsize)

    def fire(self, probe: str, **values: int | str) -> None:
        """Fire a probe (``provider:module:function:name`` or its last parts) with these builtin variables."""
        parts = ["", "", "", *probe.split(":")][-4:]
        for name, part in zip(("probeprov", "probemod", "probefunc", "probename"), parts, strict=True):
            self.kernel.values[name] = part
        self.kernel.values |= values
        self.machine.token_rest = None
        for index, clause in enumerate(self.program.clauses):
            if any(matches(description, parts) for description in clause.descriptions):
                self._clause(index, clause)

    def _clause(self, index: int, clause: Clause) -> None:
        number = 0
        data: list[Datum] = []
        try:
            if clause.predicate is not None and not self.machine.run(clause.predicate):
                return
            for number, action in enumerate(clause.actions, 1):  # noqa: B007  (needed when a fault ends the loop)
                data.append(self._action(action, data))
        except DifFault as fault:
            self.errors.append(ErrorRecord(index, number, fault))
            return
        self.records += [_record(statement, data) for statement in clause.statements if _shows(statement)]
        if not clause.actions:
            self.records.append(Record(Statement(StatementKind.NONE, 0, 0), ()))

    def _action(self, action: Action, before: list[Datum]) -> Datum:
        if action.kind == ActionKind.STACK:
            return self.kernel.stack[: action.arg]
        value = 0 if action.difo is None else self.machine.run(action.difo)
        if action.kind.aggregates:
            keys = tuple(before[len(before) - action.ntuple :])
            table = self.aggregations.setdefault(action.aggid, {})
            old = table.get(keys) or aggregate.start(action.kind, action.arg)
            table[keys] = aggregate.add(action.kind, action.arg, old, signed(value))
            return table[keys]
        assert action.difo is not None
        datum = self._datum(value, action.difo)
        if action.kind == ActionKind.EXIT and isinstance(datum, int):
            self.exit_status = datum
        return datum

    def _datum(self, value: int, difo: Difo) -> Datum:
        """The bytes that the kernel would store, as a Python value."""
        kind: ValueType = difo.returns
        match kind.kind:
            case ValueKind.STRING:
                return self.machine.string(value)[: self.strsize - 1]
            case ValueKind.BYTES:
                return self.machine.memory.read(value, kind.size)
        if kind.size == 0:
            return 0
        value &= MASK >> 64 - 8 * kind.size
        return value - (1 << 8 * kind.size) if kind.signed and value >> 8 * kind.size - 1 else value


def matches(description: ProbeDescription, parts: list[str]) -> bool:
    """True if the probe's four parts match the description's globs; an empty part matches anything."""
    wanted = (description.provider, description.module, description.function, description.name)
    return all(not want or fnmatchcase(part, want) for want, part in zip(wanted, parts, strict=True))


def _shows(statement: Statement) -> bool:
    return statement.kind not in (StatementKind.NONE, StatementKind.AGGREGATE)


def _record(statement: Statement, data: list[Datum]) -> Record:
    return Record(statement, tuple(data[statement.first : statement.first + statement.count]))
