# SPDX-License-Identifier: GPL-2.0-or-later
"""Statements that are actions: who checks which.

recording.py those that record data, stacks.py stacks and symbols, printf.py formatted ones, aggactions.py what is done
with aggregations, effects.py the rest: destructive actions, exit(), speculations, setopt().
"""

from __future__ import annotations

from collections.abc import Callable

from dscript import nodes, tree
from dscript.check import aggactions, effects, recording, stacks
from dscript.check.printf import check_printflike
from dscript.check.prototypes import check_length
from dscript.check.scope import Scope
from dscript.idents import ACTIONS


def check_action(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """The typed statement of an action call; raises Problem."""
    if name != "stack":
        check_length(name, call.span, len(call.arguments), ACTIONS[name])
    return _CHECKS[name](call, name, scope)


_Check = Callable[[nodes.Call, str, Scope], tree.TypedStatement]

_CHECKS: dict[str, _Check] = {
    "trace": recording.check_trace, "print": recording.check_trace, "printm": recording.check_printm,
    "tracemem": recording.check_tracemem,
    "stack": stacks.check_stack, "ustack": stacks.check_stack, "jstack": stacks.check_stack,
    **dict.fromkeys(stacks.SYMBOLS, stacks.check_symbol),
    "printf": check_printflike, "system": check_printflike, "freopen": check_printflike,
    "printa": aggactions.check_printa, "trunc": aggactions.check_trunc, "clear": aggactions.check_clear,
    "normalize": aggactions.check_normalize, "denormalize": aggactions.check_clear,
    "setopt": effects.check_setopt, "ftruncate": effects.check_ftruncate,
    "exit": effects.check_number, "speculate": effects.check_number, "commit": effects.check_number,
    "discard": effects.check_number, "raise": effects.check_number, "chill": effects.check_number,
    "stop": effects.check_plain, "panic": effects.check_plain, "breakpoint": effects.check_plain,
}  # fmt: skip
