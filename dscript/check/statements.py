# SPDX-License-Identifier: GPL-2.0-or-later
"""One statement of a clause body: an action, an aggregation, or an expression for its effect."""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.actions import check_action
from dscript.check.aggregations import check_aggregation, find_aggregation
from dscript.check.conditional import settle
from dscript.check.expressions import cook
from dscript.check.scope import Scope
from dscript.errors import Problem
from dscript.idents import ACTIONS
from dscript.program import ActionKind, StatementKind, ValueKind, ValueType

_NOTHING = ValueType(ValueKind.INTEGER, 0, True, "void")


def check_statement(node: nodes.Expr, scope: Scope) -> tree.TypedStatement:
    """The typed statement; raises Problem."""
    match node:
        case nodes.Call(function=nodes.Name(name=name)) if name in ACTIONS and not scope.hides(name):
            return check_action(node, name, scope)
        case nodes.Choose() if (chosen := settle(node, scope)) is not node:
            return check_statement(chosen, scope)
        case nodes.Assign() if (found := find_aggregation(node.target)) is not None:
            return check_aggregation(node, found[0].name, found[1], scope)
    if (found := find_aggregation(node)) is not None:
        cook(node, scope)
        raise Problem("D_AGG_NULL", node.span, f"expression has null effect: @{found[0].name}")
    value = cook(node, scope)
    return tree.TypedStatement(StatementKind.NONE, (tree.TypedAction(ActionKind.DIFEXPR, value, records=_NOTHING),))
