# SPDX-License-Identifier: GPL-2.0-or-later
"""Structured output: dtrace(1)'s JSON document, and JSON lines."""

import json
import struct

import pytest

from dscript import ActionKind, EmptyEnv, StatementKind, ValueKind, ValueType, compile_program
from tests.tracer.consuming import aggregation, principal, start
from tests.tracer.replay import show
from tracer.sink import Capture

PROBE = {"id": 123, "provider": "fbt", "module": "kernel", "function": "malloc", "name": "entry"}


def trace(make, oformat, kind, types, data, *settings, format_=None, action=ActionKind.DIFEXPR, drops=0):
    """Returns what one record prints in a format."""
    program = make.program(make.clause(kind, types, format_=format_, action=action))
    consumer, sink = start(program, [[value.size for value in types]], ("oformat", oformat), *settings)
    data = bytes(4) + data if len(data) == 8 else data  # eight bytes are aligned to as many
    consumer.take(principal(make.record(1, data, time_ns=77), drops))
    consumer.finish()
    return sink.output


@pytest.mark.parametrize("oformat", ["json", "json,pretty"])
def test_document(make, oformat):
    """Every record is an object of dtrace.probes; drops are a pseudo-probe."""
    text = trace(make, oformat, StatementKind.TRACE, [make.int32], struct.pack("<i", -3), drops=2)
    record, drop = json.loads(text)["dtrace"]["probes"]
    assert record == {"timestamp": 77, "cpu": 0, **PROBE, "output": [{"value": -3}]}
    assert (drop["name"], drop["count"], drop["total"], drop["kind"]) == ("DROP", 2, 2, 0)
    assert drop["msg"] == "2 drops on CPU 0\n"


def test_empty_document(make):
    """Without a record the document is valid all the same."""
    consumer, sink = start(make.program(), [], ("oformat", "json"))
    consumer.finish()
    assert json.loads(sink.output) == {"dtrace": {"probes": []}}


def test_lines(make):
    """ndjson is one object a line: records, drops, and keys of aggregations."""
    text = trace(make, "ndjson", StatementKind.TRACE, [make.int32], struct.pack("<i", 3), drops=1)
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["type"] for line in lines] == ["record", "drop"]
    assert lines[0]["output"] == [{"value": 3}]


@pytest.mark.parametrize(
    ("kind", "action", "type_", "data", "output"),
    [
        ("trace", "DIFEXPR", ValueType(ValueKind.STRING, 8, name="string"), b"dd\0\0\0\0\0\0", [{"value": "dd"}]),
        ("tracemem", "TRACEMEM", ValueType(ValueKind.BYTES, 4), b"\1\2\3\4", [{"tracemem": "0x01020304"}]),
        ("printm", "PRINTM", ValueType(ValueKind.BYTES, 8), b"\2\0\0\0\xab\xcd\0\0", [{"printm": "0xabcd"}]),
        (
            "stack",
            "STACK",
            ValueType(ValueKind.STACK, 8),
            struct.pack("<2I", 0xC0300010, 0),
            [
                {
                    "stack-frames": [
                        {"symbol": "kernel`malloc+0x10", "module": "kernel", "name": "malloc", "offset": "0x10"}
                    ]
                }
            ],
        ),
    ],
)
def test_statements(make, kind, action, type_, data, output):
    """Each statement has the objects of the manual page."""
    text = trace(make, "ndjson", StatementKind(kind), [type_], data, action=ActionKind[action])
    assert json.loads(text)["output"] == output


@pytest.mark.parametrize("name", ["freopen", "ftruncate"])
def test_a_document_stays_whole(name):
    """freopen() and ftruncate() would leave pieces of a JSON document; they are refused, and JSON lines obey them."""
    argument = '"/nowhere/at/all"' if name == "freopen" else ""
    program = compile_program(f"BEGIN {{ {name}({argument}); }}", EmptyEnv(), options={"destructive": None})
    for oformat, told in (("json", True), ("json,pretty", True), ("ndjson", False)):
        sink = Capture()
        show(program, ("oformat", oformat), sink=sink)
        message = f"couldn't {name}(): a JSON document cannot be taken apart"
        assert any(message in text for text in sink.messages) is told


def test_print_is_a_type_and_its_members():
    """print() gives the list of the manual page: the type, then each member with its value."""
    text = "struct pt { int x; char y; }; struct pt p; BEGIN { p.x = 5; print(p); print(p.x); }"
    printed = show(compile_program(text, EmptyEnv()), ("oformat", "ndjson"))
    (first, second) = json.loads(printed.splitlines()[0])["output"]
    assert first == {
        "type": [
            {"name": "struct pt"},
            {"member-name": "x", "name": "int", "value": "0x5"},
            {"member-name": "y", "name": "char", "value": "'\\0'"},
        ]
    }
    assert second == {"type": [{"name": "int", "value": "0x5"}]}


def test_printf_is_a_message_and_its_values(make):
    """printf() gives the text, then each argument as it is; without arguments a 0."""
    text = trace(make, "ndjson", StatementKind.PRINTF, [make.int32], struct.pack("<i", 255), format_="%x\n")
    assert json.loads(text)["output"] == [{"message": "ff\n"}, {"value": 255}]
    text = trace(make, "ndjson", StatementKind.PRINTF, [], b"", format_="hello")
    assert json.loads(text)["output"] == [{"message": "hello"}, {"value": 0}]


@pytest.mark.parametrize("settings", [(), (("printall", None),)])
def test_aggregations_of_the_document(make, settings):
    """The document ends with the aggregations only if -O asks for them."""
    clause, declared = make.count([make.string])
    program = make.program(clause, aggregations=[declared])
    consumer, sink = start(program, [[256, 8]], ("oformat", "json"), *settings)
    consumer.take(aggregation(make.entry(struct.pack("<I256s4xq", 1, b"dd", 3))))
    consumer.finish()
    probes = json.loads(sink.output)["dtrace"]["probes"]
    expected = [{"aggregation-data": [{"keys": ["dd"], "count": 3}], "aggregation-name": "a"}]
    assert [probe["output"] for probe in probes] == ([expected] if settings else [])


def test_buckets(make):
    """Histograms have the rows that the picture has."""
    clause, declared = make.count([], ActionKind.QUANTIZE)
    consumer, sink = start(make.program(clause, aggregations=[declared]), [[127 * 8]], ("oformat", "ndjson"))
    words = [0] * 127
    words[70] = 17
    consumer.take(aggregation(make.entry(struct.pack("<I4x127q", 1, *words))))
    consumer.finish()
    buckets = [{"value": 32, "count": 0}, {"value": 64, "count": 17}, {"value": 128, "count": 0}]
    line = json.loads(sink.output)
    assert line == {"type": "aggregation", "name": "a", "function": "quantize", "keys": [], "buckets": buckets}
