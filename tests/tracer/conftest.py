# SPDX-License-Identifier: GPL-2.0-or-later
"""Hand-made programs and buffers for the tracer's tests."""

import struct
from types import SimpleNamespace

import pytest

from dscript import (
    Action,
    ActionKind,
    Aggregation,
    Clause,
    Difo,
    ProbeDescription,
    Program,
    Statement,
    StatementKind,
    ValueKind,
    ValueType,
)
from tests.tracer.command import machine  # noqa: F401 (a fixture of the command's tests)

INT64 = ValueType(ValueKind.INTEGER, 8)
INT32 = ValueType(ValueKind.INTEGER, 4, name="int")
STRING = ValueType(ValueKind.STRING, 256, name="string")
STACK = ValueType(ValueKind.STACK, 80, name="stack")
MALLOC = ProbeDescription("fbt", "", "malloc", "entry")


def make_difo(returns=INT64):
    """Returns a DIF object that returns the constant 0."""
    return Difo((35 << 24,), (), b"\0", (), returns)


def make_clause(kind, types, *, format_=None, description=MALLOC, action=ActionKind.DIFEXPR):
    """Returns a clause of one statement over one action per type."""
    actions = tuple(Action(action, make_difo(value)) for value in types)
    return Clause((description,), None, actions, (Statement(kind, 0, len(actions), format_, tuple(types)),), 1)


def make_count(keys, function=ActionKind.COUNT):
    """Returns the clause and aggregation of ``@a[keys] = function()``."""
    key_actions = tuple(
        Action(ActionKind.STACK, arg=0) if key is STACK else Action(ActionKind.DIFEXPR, make_difo(key)) for key in keys
    )
    actions = (*key_actions, Action(function, make_difo(), ntuple=len(keys), aggid=1))
    statement = Statement(StatementKind.AGGREGATE, 0, len(actions), aggid=1)
    return Clause((MALLOC,), None, actions, (statement,), 1), Aggregation(1, "a", function, tuple(keys))


def make_record(epid, data=b"", time_ns=5):
    """Returns one record of a principal buffer."""
    return struct.pack("<III", epid, time_ns >> 32, time_ns & 0xFFFFFFFF) + data


def make_entry(tuple_data):
    """Returns one entry of an aggregation snapshot."""
    size = 8 + len(tuple_data)
    size += -size % 8
    return struct.pack("<II", size, len(tuple_data)) + tuple_data + bytes(size - 8 - len(tuple_data))


@pytest.fixture
def make():
    """The makers above."""
    return SimpleNamespace(
        clause=make_clause,
        count=make_count,
        difo=make_difo,
        entry=make_entry,
        program=lambda *clauses, aggregations=(): Program(tuple(clauses), (), tuple(aggregations)),
        record=make_record,
        int32=INT32,
        int64=INT64,
        string=STRING,
        stack=STACK,
    )
