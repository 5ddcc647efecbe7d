# SPDX-License-Identifier: GPL-2.0-or-later
"""Clauses that read an associative array before anything in the script was assigned to its elements.

``/! pending[disk]/`` may stand above ``pending[disk]++``: such a clause is checked again when the rest of the script
has been, and the assignments have given the array its types. A variable that is no array must be known by then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dscript import nodes
from dscript.check.scope import Scope

Checked = TypeVar("Checked")

_PASSES = 8  # how long a chain of such clauses, each waiting for the next one, is followed


def attempt(clause: nodes.Clause, scope: Scope, check: Callable[[nodes.Clause, Scope], Checked]) -> Checked | None:
    """The checked clause, or None if it has to wait for the types of an array."""
    problems, poisoned, scope.unseen = len(scope.diagnostics), set(scope.poisoned), False
    checked = check(clause, scope)
    if not scope.unseen:
        return checked
    del scope.diagnostics[problems:]
    scope.waiting |= scope.poisoned - poisoned  # who needs them waits as well
    scope.poisoned = poisoned
    return None


def check_waiting(
    waiting: dict[int, nodes.Clause], scope: Scope, check: Callable[[nodes.Clause, Scope], Checked]
) -> dict[int, Checked]:
    """The clauses that had to wait, checked; the problems of those that nothing helped are reported."""
    found: dict[int, Checked] = {}
    for _ in range(_PASSES):
        scope.waiting = set()
        again = {}
        for number, clause in waiting.items():
            checked = attempt(clause, scope, check)
            if checked is None:
                again[number] = clause
            else:
                found[number] = checked
        stuck, waiting = len(again) == len(waiting), again
        if stuck:
            break
    scope.waiting = set()
    for number, clause in waiting.items():
        found[number] = check(clause, scope)
    if waiting:
        scope.diagnostics.sort(key=lambda problem: problem.span.start)
    return found
