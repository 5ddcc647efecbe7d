# SPDX-License-Identifier: GPL-2.0-or-later
"""The blob: what goes in can be read back, and what the guest fills in is understood."""

import struct
from dataclasses import replace

import pytest

from dscript import Action, ActionKind, DifVariable, Program, StatementKind
from tracer import abi
from tracer.encode import encode
from tracer.errors import DataError
from tracer.fakes import load
from tracer.layout import Field, describe_rejection, read_layout
from tracer.options import Options


def test_header_counts_and_options(make):
    """The header holds the counts, the length and the options' values."""
    options = Options()
    options.set("bufsize", "64k")
    options.set("bufpolicy", "ring")
    blob = encode(make.program(make.clause(StatementKind.TRACE, [make.int64])), [[7, 8]], options)
    header = abi.HEADER.unpack(blob)
    expected = {"magic": abi.MAGIC, "length": len(blob), "nclause": 1, "ndifo": 1, "bufsize": 65536, "bufpolicy": 1}
    assert {name: header[name] for name in expected} == expected
    assert len(blob) % 8 == 0


def test_clause_points_at_its_probes_and_actions(make):
    """Probe ids and actions are found at the clause's offsets, a missing predicate is DPROG_NONE."""
    blob = encode(make.program(make.clause(StatementKind.TRACE, [make.int64, make.int32])), [[7, 8]], Options())
    clause = abi.CLAUSE.unpack(blob, abi.HEADER.unpack(blob)["clause_off"])
    assert struct.unpack_from("<2I", blob, clause["probe_off"]) == (7, 8)
    assert clause["predicate"] == abi.NONE
    actions = [abi.ACTION.unpack(blob, clause["action_off"] + n * abi.ACTION.size) for n in range(2)]
    assert [(a["kind"], a["difo"]) for a in actions] == [(1, 0), (1, 1)]


def test_difo_tables_are_where_it_says(make):
    """Code, integers (8-aligned, two's complement) and strings are found at the object's offsets."""
    difo = make.difo(make.string)
    difo = type(difo)((1, 2, 3), (-1, 5), b"\0hi\0", (), make.string)
    clause = make.clause(StatementKind.TRACE, [make.string])
    clause = type(clause)(clause.descriptions, difo, clause.actions, clause.statements)
    blob = encode(make.program(clause), [[1]], Options())
    entry = abi.DIFO.unpack(blob, abi.HEADER.unpack(blob)["difo_off"])
    assert struct.unpack_from("<3I", blob, entry["insn_off"]) == (1, 2, 3)
    assert struct.unpack_from("<2Q", blob, entry["int_off"]) == (2**64 - 1, 5)
    assert entry["int_off"] % 8 == 0
    assert blob[entry["str_off"] :][: entry["str_bytes"]] == b"\0hi\0"
    assert (entry["rtype_kind"], entry["rtype_flags"], entry["rtype_size"]) == (1, 1, 256)


def test_stack_takes_its_depth_from_the_options(make):
    """stack() without a depth stores as many frames as -x stackframes says."""
    clause, aggregation = make.count([make.stack])
    options = Options()
    options.set("stackframes", "7")
    blob = encode(make.program(clause, aggregations=[aggregation]), [[1]], options)
    entry = abi.CLAUSE.unpack(blob, abi.HEADER.unpack(blob)["clause_off"])
    assert abi.ACTION.unpack(blob, entry["action_off"])["arg"] == 7


def test_only_user_variables_are_sent(make):
    """Builtin variables have no entry in the program's table."""
    variables = (DifVariable("pid", 0x116, 1, 0, make.int32), DifVariable("x", 0x500, 1, 1, make.string))
    blob = encode(Program((), variables), [], Options())
    header = abi.HEADER.unpack(blob)
    entry = abi.VARIABLE.unpack(blob, header["var_off"])
    assert (header["nvar"], entry["id"], entry["scope"], entry["size"]) == (1, 0x500, 1, 256)


def test_layout_maps_epids_to_clause_and_probe(make):
    """EPIDs count through the clauses' probe lists in order."""
    first, second = make.clause(StatementKind.TRACE, [make.int32]), make.clause(StatementKind.TRACE, [make.int64])
    program, probes = make.program(first, second), [[7, 8], [9]]
    layout = read_layout(load(encode(program, probes, Options()), [[4], [8]]), program, probes)
    assert [(e.epid, e.probe_id, e.layout.clause) for e in layout.enabled.values()] == [
        (1, 7, first),
        (2, 8, first),
        (3, 9, second),
    ]
    assert (layout.get(1).layout.size, layout.get(1).layout.fields) == (16, (Field(12, 4),))
    assert (layout.get(3).layout.size, layout.get(3).layout.fields) == (24, (Field(16, 8),))
    with pytest.raises(DataError):
        layout.get(4)


def test_layout_finds_aggregations(make):
    """Keys and value of an aggregation lie where the guest put them in the tuple."""
    clause, aggregation = make.count([make.int32, make.int64])
    program = make.program(clause, aggregations=[aggregation])
    layout = read_layout(load(encode(program, [[1]], Options()), [[4, 8, 8]]), program, [[1]])
    found = layout.get_aggregation(1)
    assert (found.keys, found.value) == ((Field(4, 4), Field(8, 8)), Field(16, 8))


def test_rejection_in_words():
    """A refusal names the reason and the object."""
    assert describe_rejection(abi.HEADER.pack({"error": 3, "error_difo": 77})) == "no probe with ID 77"
    assert "instruction 4" in describe_rejection(abi.HEADER.pack({"error": 2, "error_pc": 4}))


def test_action_argument_is_unsigned(make):
    """A negative argument is stored as its two's complement."""
    clause = make.clause(StatementKind.TRACE, [make.int64])
    clause = type(clause)(clause.descriptions, None, (Action(ActionKind.LQUANTIZE, make.difo(), arg=-1),), ())
    blob = encode(make.program(clause), [[1]], Options())
    entry = abi.CLAUSE.unpack(blob, abi.HEADER.unpack(blob)["clause_off"])
    assert abi.ACTION.unpack(blob, entry["action_off"])["arg"] == 2**64 - 1


@pytest.mark.parametrize(
    ("kind", "arg", "want"),
    [
        (ActionKind.USTACK, 0, 20),
        (ActionKind.USTACK, 3, 3),
        (ActionKind.USTACK, 3 | 5 << 32, 3 | 8 << 32),
        (ActionKind.JSTACK, 0, 50 | 512 << 32),
        (ActionKind.JSTACK, 4, 4 | 512 << 32),
        (ActionKind.STACK, 0, 20),
    ],
)
def test_stacks_without_a_size_have_the_options(make, kind, arg, want):
    """ustack() and jstack() take frames and string space from the options where they do not say."""
    clause = make.clause(StatementKind.STACK, [])
    program = make.program(replace(clause, actions=(Action(kind, arg=arg),)))
    blob = encode(program, [[7]], Options())
    action = abi.CLAUSE.unpack(blob, abi.HEADER.unpack(blob)["clause_off"])["action_off"]
    assert abi.ACTION.unpack(blob, action)["arg"] == want
