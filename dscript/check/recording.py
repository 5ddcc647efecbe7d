# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions that record a value or memory: trace, print, printm, tracemem."""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.definitions import Translated
from dscript.check.expressions import cook
from dscript.check.prototypes import argument_problem, check_arguments, is_positive_constant, length_problem
from dscript.check.scope import Scope
from dscript.check.translated import as_value
from dscript.ctype import VOID, ArrayType, CType, PointerType, StructType, is_scalar
from dscript.errors import Problem
from dscript.idents import ACTIONS
from dscript.program import ActionKind, StatementKind, ValueKind, ValueType

MAX_BYTES = 1 << 20
LENGTH_BYTES = 4  # before the bytes of printm: their number, a uintptr_t


def check_trace(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``trace(value)`` and ``print(value)``: the same record, printed plainly or with its C type."""
    argument = call.arguments[0]
    tag = f"D_{name.upper()}"
    value = as_value(cook(argument, scope), scope)
    if value.type == VOID:
        raise Problem(f"{tag}_VOID", value.span, f"{name}( ) may not be applied to a void expression")
    if isinstance(value, Translated):
        raise Problem(f"{tag}_DYN", value.span, f"{name}( ) may not be applied to a translated pointer")
    if isinstance(value, tree.Dynamic):
        hint = "use printa(@name)"
        raise Problem(f"{tag}_AGG", value.span, f"{name}( ) may not be applied to an aggregation", hint)
    action = tree.TypedAction(ActionKind.DIFEXPR, value, records=_memory(value.type))
    if name == "print":
        return tree.TypedStatement(StatementKind.PRINT, (action,), ctype=value.type, name=name)
    return tree.TypedStatement(StatementKind.TRACE, (action,), name=name)


def _memory(kind: CType) -> ValueType | None:
    """The record of a structure or array: its bytes."""
    if isinstance(kind, StructType | ArrayType):
        return ValueType(ValueKind.BYTES, kind.size, False, str(kind))
    return None


def check_printm(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``printm(bytes, memref(address, size))``: at most ``bytes`` of memory, behind their number."""
    size, place = (cook(a, scope) for a in call.arguments)
    check_arguments(name, (size, place), ACTIONS[name])
    if not is_positive_constant(size):
        raise Problem(
            "D_PRINTM_SIZE", size.span, "printm( ) argument #1 must be a non-zero positive integral constant expression"
        )
    if not isinstance(place.type, PointerType):
        raise argument_problem(name, 2, place, "pointer", "D_PRINTM_ADDR")
    bytes_ = _bounded(size, "D_PRINTM_SIZE")
    record = ValueType(ValueKind.BYTES, bytes_ + LENGTH_BYTES, False, "bytes")
    action = tree.TypedAction(ActionKind.PRINTM, place, arg=bytes_, records=record)
    return tree.TypedStatement(StatementKind.PRINTM, (action,), name=name)


def check_tracemem(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``tracemem(address, bytes[, size])``: ``bytes`` are recorded, ``size`` of them shown."""
    address, most, *rest = (cook(a, scope) for a in call.arguments)
    check_arguments(name, (address, most), ACTIONS[name])
    if not is_scalar(address.type) and not isinstance(address.type, ArrayType):
        raise argument_problem(name, 1, address, "pointer or integer", "D_TRACEMEM_ADDR")
    if not is_positive_constant(most):
        raise Problem(
            "D_TRACEMEM_SIZE",
            most.span,
            "tracemem( ) argument #2 must be a non-zero positive integral constant expression",
        )
    if len(rest) > 1:
        raise length_problem(name, rest[1].span, len(call.arguments), "at most 3", "D_TRACEMEM_ARGS")
    size = _bounded(most, "D_TRACEMEM_SIZE")
    record = ValueType(ValueKind.BYTES, size, False, "bytes")
    actions = [tree.TypedAction(ActionKind.TRACEMEM, address, arg=size, records=record)]
    for shown in rest:
        if not is_scalar(shown.type):
            raise Problem(
                "D_TRACEMEM_DYNSIZE", shown.span, "tracemem( ) dynamic size (argument #3) must be of scalar type"
            )
        number = ValueType(ValueKind.INTEGER, 8, False, "uint64_t")
        actions.append(tree.TypedAction(ActionKind.TRACEMEM_DYNSIZE, shown, records=number))
    return tree.TypedStatement(StatementKind.TRACEMEM, tuple(actions), name=name)


def _bounded(size: tree.Expr, tag: str) -> int:
    assert isinstance(size, tree.IntConst)
    if size.value > MAX_BYTES:
        raise Problem(tag, size.span, f"{size.value} bytes do not fit a record; at most {MAX_BYTES}")
    return size.value
