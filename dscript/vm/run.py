# SPDX-License-Identifier: GPL-2.0-or-later
"""Running a whole program in the reference interpreter: probes fire, clauses run, records are kept.

``Run(program).fire("BEGIN")`` runs every clause once for each of its descriptions that matches, as dtrace_probe()
does: predicate, then actions until one faults. A clause that faults leaves no record, is noted in ``errors``, and
fires ERROR.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from dscript.errors import DifFault
from dscript.program import Action, ActionKind, Clause, ProbeDescription, Program, Statement, StatementKind
from dscript.vm import aggregate
from dscript.vm.actions import Datum, Dropped, store
from dscript.vm.host import MASK, signed
from dscript.vm.kernel import FakeKernel
from dscript.vm.machine import Machine
from dscript.vm.speculations import Speculations

_ERROR = ("dtrace", "", "", "ERROR")
_SILENT = frozenset(
    {
        StatementKind.NONE, StatementKind.AGGREGATE, StatementKind.SPECULATE, StatementKind.COMMIT,
        StatementKind.DISCARD,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """What one statement recorded: its values in the order of its actions."""

    statement: Statement
    values: tuple[Datum, ...]


@dataclass(frozen=True)
class Firing:
    """One clause's record: its index, the probe's four names, what each of its actions stored."""

    clause: int
    probe: tuple[str, ...]
    data: tuple[Datum | None, ...]


@dataclass(frozen=True)
class ErrorRecord:
    """A fault: the clause's index, the action (1-based; 0 the predicate), and the fault."""

    clause: int
    action: int
    fault: DifFault


@dataclass
class Run:
    """A program, a kernel, and what the one recorded about the other; ``firings`` are the records whole."""

    program: Program
    kernel: FakeKernel = field(default_factory=FakeKernel)
    strsize: int = 256
    nspec: int = 1
    firings: list[Firing] = field(default_factory=list)
    errors: list[ErrorRecord] = field(default_factory=list)
    aggregations: dict[int, dict[tuple[Datum, ...], aggregate.Value]] = field(default_factory=dict)
    exit_status: int | None = None
    double_errors: int = 0

    def __post_init__(self) -> None:
        self.machine = Machine(self.kernel, self.strsize)
        self.speculations: Speculations[Firing] = Speculations(self.nspec)
        self.machine.allocate_speculation = self.speculations.allocate
        self._in_error = False

    @property
    def records(self) -> list[Record]:
        """Every statement's record, in order; a clause without actions has one of kind NONE."""
        found = []
        for firing in self.firings:
            clause = self.program.clauses[firing.clause]
            found += [
                _record(statement, firing.data) for statement in clause.statements if statement.kind not in _SILENT
            ]
            if not clause.actions:
                found.append(Record(Statement(StatementKind.NONE, 0, 0), ()))
        return found

    def fire(self, probe: str, **values: int | str) -> None:
        """Fire a probe (``provider:module:function:name`` or its last parts) with these builtin variables.

        After exit() only END still fires. Speculations that are busy are cleaned before.
        """
        parts = ("", "", "", *probe.split(":"))[-4:]
        self.kernel.values |= values
        self.machine.token_rest = None
        self.speculations.clean()
        for index, clause in enumerate(self.program.clauses):
            for _ in filter(lambda description: matches(description, parts), clause.descriptions):
                if self.exit_status is None or parts[3] == "END":
                    self._clause(index, clause, parts)

    def _clause(self, index: int, clause: Clause, probe: tuple[str, ...]) -> None:
        for name, part in zip(("probeprov", "probemod", "probefunc", "probename"), probe, strict=True):
            self.kernel.values[name] = part
        running = _Clause(self, index, clause, probe)
        try:
            running.run()
        except Dropped:
            pass
        except DifFault as fault:
            self._report(ErrorRecord(index, running.number, fault), fault)

    def _report(self, error: ErrorRecord, fault: DifFault) -> None:
        """Note the fault and fire the ERROR probe; a fault in its own clauses is only counted."""
        if self._in_error:
            self.double_errors += 1
            return
        self.errors.append(error)
        before = dict(self.kernel.values)
        self._in_error = True
        numbers = (error.clause + 1, error.action, 4 * fault.pc, fault.fault, fault.value)
        self.kernel.values |= {f"arg{n}": number for n, number in enumerate(numbers, 1)} | {"arg0": 0}
        for index, clause in enumerate(self.program.clauses):
            if any(matches(description, _ERROR) for description in clause.descriptions):
                self._clause(index, clause, _ERROR)
        self._in_error = False
        self.kernel.values.clear()
        self.kernel.values |= before


class _Clause:
    """One clause while it runs: what it has stored, and where its record goes."""

    def __init__(self, run: Run, index: int, clause: Clause, probe: tuple[str, ...]) -> None:
        self.run_, self.index, self.clause, self.probe = run, index, clause, probe
        self.data: list[Datum | None] = []
        self.increment = 1
        self.number = 0  # of the action that runs; 0 is the predicate
        self.target = run.firings
        self.committed = False

    def run(self) -> None:
        """Predicate and actions; raises DifFault or Dropped, ``number`` then being the action's."""
        if self.clause.predicate is not None and not self.run_.machine.run(self.clause.predicate):
            return
        for action in self.clause.actions:
            self.number += 1
            self.data.append(self._action(action))
        if not self.committed:
            self._leave()

    def _leave(self) -> None:
        """Keep the record, if the clause makes one."""
        if not self.clause.actions or any(statement.kind not in _SILENT for statement in self.clause.statements):
            self.target.append(Firing(self.index, self.probe, tuple(self.data)))

    def _action(self, action: Action) -> Datum | None:
        run = self.run_
        if action.kind.aggregates:
            return self._aggregate(action)
        match action.kind:
            case ActionKind.SPECULATE:
                waiting = run.speculations.open(self._number(action) & MASK)
                if waiting is None:
                    raise Dropped
                self.target = waiting
                return None
            case ActionKind.COMMIT:
                self._leave()
                self.committed = True
                run.firings += run.speculations.commit(self._number(action) & MASK)
                return None
            case ActionKind.DISCARD:
                run.speculations.discard(self._number(action) & MASK)
                return None
            case ActionKind.DIFEXPR if action.difo is not None and action.difo.returns.size == 0:
                self.increment = signed(run.machine.run(action.difo) & MASK)
                return None
        datum = store(action, run.machine)
        if action.kind == ActionKind.EXIT and isinstance(datum, int):
            run.exit_status = datum
        return datum

    def _number(self, action: Action) -> int:
        return 0 if action.difo is None else self.run_.machine.run(action.difo)

    def _aggregate(self, action: Action) -> Datum | None:
        before = self.data[len(self.data) - action.ntuple :]
        last = self.clause.actions[len(self.data) - 1] if action.ntuple else None
        counted = last is not None and last.difo is not None and last.difo.returns.size == 0
        keys = tuple(datum for datum in before if datum is not None)
        table = self.run_.aggregations.setdefault(action.aggid, {})
        old = table.get(keys) or aggregate.start(action.kind, action.arg)
        number = signed(self._number(action))
        table[keys] = aggregate.add(action.kind, action.arg, old, number, self.increment if counted else 1)
        return None


# everywhere these have the same numbers
_OWN_PROBES = {n: ("dtrace", "", "", name) for n, name in enumerate(("BEGIN", "END", "ERROR"), 1)}


def matches(description: ProbeDescription, parts: tuple[str, ...] | list[str]) -> bool:
    """True if the probe's four parts match the description's globs; an empty part matches anything.

    By number only dtrace's own probes are known.
    """
    if description.id is not None:
        return _OWN_PROBES.get(description.id) == tuple(parts)
    wanted = (description.provider, description.module, description.function, description.name)
    return all(not want or fnmatchcase(part, want) for want, part in zip(wanted, parts, strict=True))


def _record(statement: Statement, data: tuple[Datum | None, ...]) -> Record:
    stored = data[statement.first : statement.first + statement.count]
    return Record(statement, tuple(datum for datum in stored if datum is not None))
