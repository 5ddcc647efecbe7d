# SPDX-License-Identifier: GPL-2.0-or-later
"""A translation as a whole value: a structure in scratch memory, every member filled by the translator.

``trace``, ``print`` and assignments want that; a pointer to a translation has no value that anybody could keep.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.calls import call_subroutine
from dscript.check.definitions import Translated
from dscript.check.places import pick
from dscript.check.scope import Scope
from dscript.check.translators import read_member
from dscript.ctype import UINT32, ArrayType, PointerType, StringType, by_reference
from dscript.idents import SUBROUTINES
from dscript.source import Span


def own_text(value: tree.Expr, span: Span, scope: Scope) -> tree.Expr:
    """The text as a string of its own in scratch memory, from which a whole string's bytes may be copied."""
    call = nodes.Call(span, 1, nodes.Name(span, 1, "strjoin"), ())
    return call_subroutine(call, SUBROUTINES["strjoin"], (value, tree.StrConst(scope.string, span, b"")), scope)


def as_value(value: tree.Expr, scope: Scope) -> tree.Expr:
    """The value itself, but a translation of a structure (not a pointer to one) as the structure that it makes."""
    if not isinstance(value, Translated) or value.pointer:
        return value
    result, span = value.translator.result, value.span
    pointer = PointerType(result)
    name = f"%translated_{scope.counts.get('this', 0)}"
    place = tree.Variable(pointer, span, scope.declare("this", name, pointer, None, span).variable)
    size = tree.IntConst(UINT32, span, result.size)
    call = nodes.Call(span, 1, nodes.Name(span, 1, "alloca"), ())
    steps: list[tree.Expr] = [
        tree.Store(pointer, span, place, call_subroutine(call, SUBROUTINES["alloca"], (size,), scope))
    ]
    for member in value.translator.members:
        found = result.find_member(member)
        if found is None:
            continue
        target = pick(place, found, span, writable=True)
        assert isinstance(target, tree.Memory)
        new = read_member(nodes.Member(span, 1, nodes.Name(span, 1, member), ".", member), value, scope)
        if isinstance(found.type, StringType):
            new = own_text(new, span, scope)
        if not by_reference(found.type) or isinstance(found.type, ArrayType | StringType):
            steps.append(tree.Store(found.type, span, target, new))
    return tree.Sequence(result, span, (*steps, tree.Place(result, span, place, True)))
