# SPDX-License-Identifier: GPL-2.0-or-later
"""What may follow what in a clause: speculate() before all data, one commit() and no data beside it.

``check_order`` walks the actions of a clause in order and reports the first rule that one breaks.
"""

from __future__ import annotations

from collections.abc import Iterable

from dscript import tree
from dscript.errors import Problem
from dscript.idents import COPYOUT
from dscript.program import ActionKind
from dscript.source import Span

_DESTRUCTIVE_CLASSES = (0x2, 0x5)  # of processes and of the kernel; the class is the number's high byte


def is_destructive(action: tree.TypedAction) -> bool:
    """True for the destructive actions and for expressions that call copyout() or copyoutstr()."""
    if action.kind >> 8 in _DESTRUCTIVE_CLASSES:
        return True
    if action.value is None:
        return False
    return any(call.number in COPYOUT for call in tree.iter_calls(action.value))


def check_order(statements: Iterable[tuple[tree.TypedStatement, Span]]) -> None:
    """Raise Problem for the first action that may not stand where it does."""
    order = _Order()
    for statement, span in statements:
        for action in statement.actions:
            order.follow(action, span)


class _Order:
    """What the clause has done so far."""

    def __init__(self) -> None:
        self.committed = self.speculating = self.recorded = False

    def follow(self, action: tree.TypedAction, span: Span) -> None:
        """Go on with one more action; raise Problem if it may not come now."""
        if action.kind == ActionKind.COMMIT:
            self._refuse("D_COMM_COMM", span, self.committed, "commit( ) may not follow commit( )")
            self._refuse("D_COMM_DREC", span, self.recorded, "commit( ) may not follow data-recording action(s)")
            self.committed = True
        elif action.kind == ActionKind.SPECULATE:
            self._refuse("D_SPEC_SPEC", span, self.speculating, "speculate( ) may not follow speculate( )")
            self._refuse("D_SPEC_COMM", span, self.committed, "speculate( ) may not follow commit( )")
            self._refuse("D_SPEC_DREC", span, self.recorded, "speculate( ) may not follow data-recording action(s)")
            self.speculating = True
        elif action.kind.aggregates:
            self._refuse("D_AGG_COMM", span, self.committed, "aggregating actions may not follow commit( )")
            self._refuse("D_AGG_SPEC", span, self.speculating, "aggregating actions may not follow speculate( )")
            self.recorded = True
        else:
            self._plain(action, span)

    def _plain(self, action: tree.TypedAction, span: Span) -> None:
        destructive = is_destructive(action)
        if self.speculating:
            self._refuse("D_ACT_SPEC", span, destructive, "destructive actions may not follow speculate( )")
            exits = action.kind == ActionKind.EXIT
            self._refuse("D_EXIT_SPEC", span, exits, "exit( ) may not follow speculate( )")
        if destructive or action.kind == ActionKind.DISCARD or _stores_nothing(action):
            return
        self._refuse("D_DREC_COMM", span, self.committed, "data-recording actions may not follow commit( )")
        self.recorded = self.recorded or not self.speculating

    def _refuse(self, tag: str, span: Span, broken: bool, message: str) -> None:
        if broken:
            raise Problem(tag, span, message)


def _stores_nothing(action: tree.TypedAction) -> bool:
    return action.kind == ActionKind.DIFEXPR and action.records is not None and action.records.size == 0
