# SPDX-License-Identifier: GPL-2.0-or-later
"""What was traced as plain objects for JSON, named as dtrace(1)'s structured output names them.

``describe_values`` gives a statement's objects, ``describe_aggregations`` those of aggregations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from dscript import ActionKind, Field, Statement, StatementKind, ValueKind, list_fields
from tracer.consumer.aggregations import Entry
from tracer.consumer.context import Context
from tracer.consumer.datum import Datum, decode_printm, decode_tracemem
from tracer.consumer.histogram import divide, list_rows
from tracer.consumer.printf import render
from tracer.consumer.stacks import Name, describe_symbol, name_address, name_user_address, name_ustack, split_user
from tracer.consumer.values import decode_stack, decode_string


def _hex(data: bytes) -> str:
    return "0x" + data.hex()


def _frame(name: Name | str) -> dict[str, Any]:
    """Returns a frame of a stack in parts; a frame that jstack has a string for is only that."""
    if isinstance(name, str):
        return {"symbol": name}
    frame = {"symbol": str(name)}
    if name.module:
        frame["module"] = name.module
    if name.name:
        frame["name"] = name.name
    return {**frame, "offset": f"{name.offset:#x}"}


def _stack(datum: Datum, context: Context) -> dict[str, Any]:
    if datum.type.kind is ValueKind.STACK:
        return {"stack-frames": [_frame(name_address(context, frame)) for frame in decode_stack(datum.data)]}
    return {"ustack-frames": [_frame(name) for name in name_ustack(context, datum.data, datum.frames)]}


def _symbol(datum: Datum, name: str, context: Context) -> dict[str, Any]:
    """Returns what sym() and its kin name; the parts too where there is a symbol."""
    item: dict[str, Any] = {name: describe_symbol(context, datum.action, datum.data)}
    if datum.action is ActionKind.SYM:
        found = name_address(context, datum.integer(signed=False))
        parts = {"object": found.module, "name": found.name} if found.name else {"offset": f"{found.address:#x}"}
        item |= parts
    if datum.action is ActionKind.UADDR:
        item["offset"] = f"{name_user_address(context, *split_user(datum.data)).offset:#x}"
    return item


def _scalar(datum: Datum) -> int | str:
    match datum.type.kind:
        case ValueKind.STRING:
            return decode_string(datum.data)
        case ValueKind.INTEGER:
            return datum.integer(signed=datum.type.signed)
        case _:
            return _hex(datum.data)


def describe_value(datum: Datum, name: str, context: Context) -> dict[str, Any]:
    """Returns one recorded value's object; ``name`` is the function as written."""
    match datum.type.kind:
        case ValueKind.STACK | ValueKind.USTACK:
            return _stack(datum, context)
        case ValueKind.SYMBOL | ValueKind.USYMBOL:
            return _symbol(datum, name, context)
        case _:
            return {"value": _scalar(datum)}


def describe_values(statement: Statement, values: Sequence[Datum], context: Context) -> list[dict[str, Any]]:
    """Returns the objects of a statement that shows data."""
    match statement.kind:
        case StatementKind.PRINTF:
            message = render(statement.format or "", values, context)
            raw = [describe_value(value, "value", context) for value in values] or [{"value": 0}]
            return [{"message": _clean(message)}, *raw]
        case StatementKind.TRACEMEM:
            return [{"tracemem": _hex(decode_tracemem(values))}]
        case StatementKind.PRINTM:
            return [{"printm": _hex(decode_printm(value.data))} for value in values]
        case StatementKind.PRINT if (kind := statement.ctype) is not None:
            return [{"type": [_field(field) for field in list_fields(kind, value.data)]} for value in values]
        case StatementKind.TRACE | StatementKind.STACK | StatementKind.SYMBOL | StatementKind.PRINT:
            return [describe_value(value, _symbol_name(statement.name), context) for value in values]
        case _:
            return []


def _field(field: Field) -> dict[str, str]:
    """Returns what print() shows of one value; the first has no name of its own."""
    item = {"member-name": field.path} if field.path else {}
    item["name"] = field.type
    return item if field.value is None else {**item, "value": field.value}


def _clean(text: str) -> str:
    """Returns text with bytes that are no characters as escapes."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _symbol_name(name: str) -> str:
    """Returns the function's own name: func and ufunc are other words for sym and usym."""
    return {"func": "sym", "ufunc": "usym"}.get(name, name)


def _key(datum: Datum, context: Context) -> Any:
    match datum.type.kind:
        case ValueKind.STACK | ValueKind.USTACK:
            return _stack(datum, context)
        case ValueKind.SYMBOL | ValueKind.USYMBOL:
            return describe_symbol(context, datum.action, datum.data)
        case _:
            return _scalar(datum)


def _label(label: str) -> int | str:
    return int(label) if label.lstrip("-").isdecimal() else label


def describe_entry(entry: Entry, context: Context) -> dict[str, Any]:
    """Returns one key of an aggregation with its value, or its buckets."""
    keys = [_key(datum, context) for datum in entry.keys]
    if not entry.is_histogram:
        return {"keys": keys, entry.function.name.lower(): entry.shown}
    rows = list_rows(entry.function, entry.words)
    buckets = [{"value": _label(row.label), "count": divide(row.count, entry.normal)} for row in rows]
    return {"keys": keys, "buckets": buckets}


def describe_name(entry: Entry) -> str:
    """Returns an aggregation's name; ``@`` alone is D's other word for ``@_``."""
    return entry.aggregation.name or "_"


def describe_aggregations(entries: Iterable[Entry], context: Context) -> list[dict[str, Any]]:
    """Returns an object for each aggregation that has entries among ``entries``, which are in their order."""
    found = []
    for _, group in groupby(entries, key=lambda entry: entry.aggregation.id):
        some = list(group)
        data = [describe_entry(entry, context) for entry in some]
        found.append({"aggregation-data": data, "aggregation-name": describe_name(some[0])})
    return found
