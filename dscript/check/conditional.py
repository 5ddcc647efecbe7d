# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions under a constant condition: ``WANTED ? printf("…") : 1`` with ``inline int WANTED = 0``.

The compiler decides, and what was not chosen is not looked at any further. Under a condition that is only known
when the probe fires an action cannot stand (D_OP_ACT).
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.scope import Scope
from dscript.idents import ACTIONS


def settle(node: nodes.Expr, scope: Scope) -> nodes.Expr:
    """The part of a conditional statement that a constant chooses, or the statement itself; raises Problem."""
    while isinstance(node, nodes.Choose) and (acts(node) or isinstance(node.condition, nodes.Integer)):
        condition = scope.cook(node.condition)
        if not isinstance(condition, tree.IntConst):
            break
        node = node.yes if condition.value else node.no
    return node


def acts(node: nodes.Expr) -> bool:
    """True for what may only stand as a statement: an action, an assignment to an aggregation, a choice of such."""
    match node:
        case nodes.Call(function=nodes.Name(name=name)):
            return name in ACTIONS
        case nodes.Assign(target=nodes.Aggregate() | nodes.Index(base=nodes.Aggregate())):
            return True
        case nodes.Choose(yes=yes, no=no):
            return acts(yes) or acts(no)
    return False
