# SPDX-License-Identifier: GPL-2.0-or-later
"""A program ready to be loaded: compiled, matched against the guest's probes, with the clause that reports errors.

``enable(program, registry, options)`` makes one. DTrace's library adds the same clause: five traced arguments of
dtrace:::ERROR, which the consumer turns into a message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from dscript import Action, ActionKind, Clause, Difo, DifVariable, ProbeDescription, Program, ValueKind, ValueType
from tracer.encode import encode
from tracer.options import Options
from tracer.processes import ProcessMacros
from tracer.profile import NewProbe
from tracer.registry import Registry

_ERROR = ProbeDescription("dtrace", "", "", "ERROR")
_INT64 = ValueType(ValueKind.INTEGER, 8)
_FIRST_ARGUMENT = 0x106  # arg0's variable number
_ERROR_ARGUMENTS = 5
_LDGS, _RET = 41, 35


def _trace_argument(number: int) -> Action:
    """Returns ``trace(argN)`` as an action: load the variable, return it."""
    variable = DifVariable(f"arg{number}", _FIRST_ARGUMENT + number, 1, 0, _INT64)
    code = (_LDGS << 24 | variable.id << 8 | 1, _RET << 24 | 1)
    return Action(ActionKind.DIFEXPR, Difo(code, (), b"\0", (variable,), _INT64))


ERROR_CLAUSE = Clause((_ERROR,), None, tuple(_trace_argument(n) for n in range(1, _ERROR_ARGUMENTS + 1)), ())


@dataclass(frozen=True)
class Enabling:
    """A program with the ids of the probes each of its clauses enables."""

    program: Program
    probes: tuple[tuple[int, ...], ...]
    options: Options
    new_probes: tuple[NewProbe, ...] = ()
    target: int = 0  # what $target was compiled to, 0 if the text does not use it
    pid: int = 0  # the same of $pid

    @cached_property
    def blob(self) -> bytes:
        """The program as the guest loads it."""
        return encode(self.program, self.probes, self.options, self.new_probes, self.target)

    @cached_property
    def user_clauses(self) -> tuple[tuple[Clause, tuple[int, ...]], ...]:
        """The user's own clauses with their probes."""
        pairs = zip(self.program.clauses, self.probes, strict=True)
        return tuple((clause, ids) for clause, ids in pairs if clause is not ERROR_CLAUSE)

    @property
    def matched(self) -> int:
        """How many probes the user's clauses enable, counted per clause."""
        return self.count_matched(range(len(self.user_clauses)))

    def count_matched(self, numbers: Iterable[int]) -> int:
        """Returns how many probes these clauses enable; the parts of a clause with ``if`` are one clause."""
        clauses = (self.user_clauses[number] for number in numbers)
        return sum(len(ids) for clause, ids in clauses if not clause.continued)


def _match_clause(clause: Clause, registry: Registry) -> tuple[int, ...]:
    """Returns the probes of one clause, in the order of its descriptions; each description enables its own."""
    return tuple(probe.id for description in clause.descriptions for probe in registry.match(description))


def enable(program: Program, registry: Registry, options: Options, macros: ProcessMacros | None = None) -> Enabling:
    """Returns the program with its probes and, if the guest has the ERROR probe, the clause that reports faults.

    ``macros`` know what $target and $pid were compiled to.
    """
    if registry.match(_ERROR):
        program = replace(program, clauses=(*program.clauses, ERROR_CLAUSE))
    probes = tuple(_match_clause(clause, registry) for clause in program.clauses)
    target, pid = (macros.target, macros.pid) if macros else (0, 0)
    return Enabling(program, probes, options, registry.new_probes, target, pid)
