# SPDX-License-Identifier: GPL-2.0-or-later
"""The default consumer's output, from hand-made buffers."""

import struct
from dataclasses import replace

import pytest

from dscript import ActionKind, Statement, StatementKind, ValueKind, ValueType
from sim.abi import PV_LOST
from tests.tracer.consuming import HEADING, ROW, aggregation, context, principal, start
from tracer.consumer.datum import Datum, describe_bytes, describe_datum
from tracer.consumer.messages import describe_lost, describe_tag, find_drop_kind
from tracer.enabling import ERROR_CLAUSE
from tracer.errors import DataError


def test_trace_rows_under_one_heading(make):
    """The heading comes with the first row; integers of four and eight bytes have their widths."""
    program = make.program(make.clause(StatementKind.TRACE, [make.int32, make.int64]))
    consumer, sink = start(program, [[4, 8]])
    record = make.record(1, struct.pack("<iq", -3, 7))
    consumer.take(principal(record + bytes(4) + record))
    row = f"{ROW}{' ':1}{-3:>8} {7:>16}\n"
    assert sink.output == HEADING + row + row


def test_quiet_prints_only_what_was_asked(make):
    """With -q there is no heading, no row, no padding."""
    program = make.program(make.clause(StatementKind.PRINTF, [make.string], format_="[%s]\n"))
    consumer, sink = start(program, [[256]], ("quiet", None))
    consumer.take(principal(make.record(1, b"dd".ljust(256, b"\0"))))
    assert sink.output == "[dd]\n"


def test_trace_string_is_padded(make):
    """trace() of a string takes 33 columns after two blanks."""
    consumer, sink = start(make.program(make.clause(StatementKind.TRACE, [make.string])), [[256]])
    consumer.take(principal(make.record(1, b"dd".ljust(256, b"\0"))))
    assert sink.output == HEADING + ROW + f"  {'dd':<33}\n"


def test_trace_of_a_string_that_is_none():
    """A string of control characters is dumped, and so is an empty one; rawbytes dumps any."""
    string = ValueType(ValueKind.STRING, 16, name="string")
    for data, *settings in ((bytes(16),), (b"a\x01".ljust(16, b"\0"),), (b"ab".ljust(16, b"\0"), ("rawbytes", None))):
        text = describe_datum(Datum(string, data), context(*settings))
        assert text.splitlines()[1].strip().startswith("0  1  2  3"), data


def test_stack_follows_on_lines_of_its_own(make):
    """A stack begins on a new line; frames are indented by 14; a zero ends it; no +0x0."""
    consumer, sink = start(make.program(make.clause(StatementKind.STACK, [make.stack])), [[80]])
    frames = struct.pack("<4I", 0xC0300000, 0xC0400010, 0x1234, 0)
    consumer.take(principal(make.record(1, frames.ljust(80, b"\0"))))
    lines = ["              kernel`malloc", "              kernel`swi_exit+0x10", "              0x1234"]
    assert sink.output == HEADING + ROW + "\n" + "\n".join(lines) + "\n\n"


def test_counts_are_merged_and_sorted_by_value(make):
    """Snapshots add up; entries come in ascending order of value, keys in columns of 50."""
    clause, agg = make.count([make.string])
    consumer, sink = start(make.program(clause, aggregations=[agg]), [[256, 8]])

    def entry(name, count):
        return make.entry(struct.pack("<I256s4xq", 1, name, count))

    consumer.take(aggregation(entry(b"sshd", 3) + entry(b"dd", 1)))
    consumer.take(aggregation(entry(b"sshd", 4)))
    consumer.finish()
    assert sink.output == f"\n  {'dd':<50} {1:>16}\n  {'sshd':<50} {7:>16}\n"
    assert [(e.keys, e.value) for e in consumer.entries()] == [(("dd",), 1), (("sshd",), 7)]


def test_equal_values_are_sorted_by_key(make):
    """Keys break ties: integers as signed numbers."""
    clause, agg = make.count([make.int32])
    consumer, _ = start(make.program(clause, aggregations=[agg]), [[4, 8]])
    for key in (5, -2, 3):
        consumer.take(aggregation(make.entry(struct.pack("<Iiq", 1, key, 1))))
    assert [entry.keys for entry in consumer.entries()] == [(-2,), (3,), (5,)]


def test_stack_keys_print_as_the_lecture_shows(make):
    """@[stack()] = count(): a blank line, the frames, the count in 16 columns."""
    clause, agg = make.count([make.stack])
    consumer, sink = start(make.program(clause, aggregations=[agg]), [[80, 8]])
    stack = struct.pack("<2I", 0xC0300000, 0xC0400000).ljust(80, b"\0")
    consumer.take(aggregation(make.entry(struct.pack("<I80s4xq", 1, stack, 3))))
    consumer.finish()
    expected = "\n\n              kernel`malloc\n              kernel`swi_exit\n                3\n"
    assert sink.output == expected


@pytest.mark.parametrize(
    ("function", "values", "size", "expected"),
    [
        (ActionKind.SUM, [(-4,), (1,)], 8, -3),
        (ActionKind.MIN, [(4,), (-1,)], 8, -1),
        (ActionKind.MAX, [(4,), (-1,)], 8, 4),
        (ActionKind.AVG, [(2, -7), (1, 0)], 16, -2),
    ],
)
def test_functions_merge_in_their_own_way(make, function, values, size, expected):
    """Sums and averages add, min and max compare, an average is cut towards zero."""
    clause, agg = make.count([], function)
    consumer, _ = start(make.program(clause, aggregations=[agg]), [[size]])
    for words in values:
        consumer.take(aggregation(make.entry(struct.pack(f"<I4x{len(words)}q", 1, *words))))
    assert consumer.entries()[0].value == expected


def test_drops_are_counted_and_shown(make):
    """Every drop gives a message, also with -q, and a count."""
    clause, agg = make.count([])
    consumer, sink = start(make.program(clause, aggregations=[agg]), [[8]], ("quiet", None))
    consumer.take(principal(b"", drops=1))
    consumer.take(aggregation(b"", drops=5))
    assert sink.messages == ["1 drop on CPU 0", "5 aggregation drops on CPU 0"]
    assert (consumer.drops, consumer.aggregation_drops) == (1, 5)


@pytest.mark.parametrize("kind", PV_LOST.values())
def test_every_loss_has_words(kind):
    """What the kernel calls lost is known to the consumer by that name."""
    assert find_drop_kind(kind) >= 0
    assert "-" not in describe_tag(kind)


def test_words_of_a_loss():
    """Drops are told in dtrace's words."""
    assert describe_lost("speculation-unavailable", 1) == "1 failed speculation (no speculative buffer available)"
    assert describe_lost("double-error", 2) == "2 errors in ERROR probe enabling"
    assert describe_tag("dynvar-rinsing") == "[DTRACEDROP_DYNRINSE] "


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((1, 1, 12, 1, 0), "invalid address (0x0) in action #1 at DIF offset 12"),
        ((1, 2, -1, 4, 0), "divide-by-zero in action #2"),
        ((1, 0, 8, 8, 0), "tuple stack overflow in predicate at DIF offset 8"),
        ((1, 1, 4, 2, 0xC0000001), "invalid alignment (0xc0000001) in action #1 at DIF offset 4"),
    ],
)
def test_faults_are_reported_as_dtrace_does(make, numbers, text):
    """A record of the ERROR clause becomes a message, not a row."""
    program = make.program(make.clause(StatementKind.TRACE, [make.int64]), ERROR_CLAUSE)
    consumer, sink = start(program, [[8], [8] * 5])
    consumer.take(principal(make.record(2, bytes(4) + struct.pack("<5q", *numbers))))
    assert sink.messages == [f"error on enabled probe ID 1 (ID 123: fbt:kernel:malloc:entry): {text}"]
    assert (sink.output, consumer.errors) == ("", 1)


def test_exit_sets_the_status_and_shows_nothing(make):
    """exit()'s argument becomes the status; its row is there but empty."""
    consumer, sink = start(make.program(make.clause(StatementKind.EXIT, [make.int32])), [[4]])
    consumer.take(principal(make.record(1, struct.pack("<i", 3))))
    assert (consumer.exit_status, sink.output) == (3, HEADING + ROW + "\n")


def test_cut_off_record_is_an_error(make):
    """A record that does not fit its buffer is not guessed at."""
    consumer, _ = start(make.program(make.clause(StatementKind.TRACE, [make.int64])), [[8]])
    with pytest.raises(DataError):
        consumer.take(principal(make.record(1, b"")))


def test_bytes_are_dumped_sixteen_a_row():
    """Bytes that are no string are dumped with their offsets and characters."""
    lines = describe_bytes(b"\x01AB" + bytes(14)).splitlines()
    assert lines[1] == " " * 11 + "  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f  0123456789abcdef"
    assert lines[2] == "         0: 01 41 42" + " 00" * 13 + "  .AB............."
    assert lines[3] == "        10: 00" + "   " * 15 + "  ."


def test_aggregation_beside_data(make):
    """A clause that aggregates and traces prints its row; the aggregation's keys are not looked for in the record."""
    count, declared = make.count([make.string])
    program = make.program(
        replace(
            count,
            actions=(*count.actions, *make.clause(StatementKind.TRACE, [make.int64]).actions),
            statements=(*count.statements, Statement(StatementKind.TRACE, 2, 1, None, (make.int64,))),
        ),
        aggregations=[declared],
    )
    consumer, sink = start(program, [[256, 8, 8]])
    consumer.take(principal(make.record(1, bytes(4) + struct.pack("<q", 9))[:24]))
    assert sink.output == f"{HEADING}{ROW} {9:>16}\n"


@pytest.mark.parametrize(
    ("size", "signed", "data", "text"),
    [
        (1, True, b"\xff", " 255"),
        (2, True, b"\xfe\xff", " 65534"),
        (2, False, b"\xfe\x00", "   254"),
        (4, False, b"\xff\xff\xff\xff", "       -1"),
        (8, False, b"\xff" * 8, "               -1"),
    ],
)
def test_integers_are_shown_by_size(size, signed, data, text):
    """dtrace goes by the record's size: one and two bytes unsigned, four and eight signed."""
    datum = Datum(ValueType(ValueKind.INTEGER, size, signed), data)
    assert describe_datum(datum, context()) == text
    assert describe_datum(datum, context(("quiet", None))) == text.strip()


@pytest.mark.parametrize(
    ("values", "expected"),
    [((5,), 0), ((2, 4, 4, 4, 5, 5, 7, 9), 2), ((-10, 10), 10), ((2**63 - 1, 1 - 2**63), 2**63 - 1)],
)
def test_standard_deviation(make, values, expected):
    """stddev is worked out from 128-bit sums, also when they come from several snapshots."""
    clause, declared = make.count([], ActionKind.STDDEV)
    consumer, sink = start(make.program(clause, aggregations=[declared]), [[32]])
    for value in values:
        square = value * value
        data = struct.pack("<IIqqQQ", 1, 0, 1, value, square & (1 << 64) - 1, square >> 64)
        consumer.take(aggregation(make.entry(data)))
    consumer.finish()
    assert sink.output == f"\n {expected:>16}\n"


@pytest.mark.parametrize("kind", PV_LOST.values())
def test_every_loss_has_a_wording(kind):
    """What the guest counts as lost has a number, and words that are more than its kind."""
    assert find_drop_kind(kind) > 0
    assert f"3 {kind} drops" != describe_lost(kind, 3)
