# SPDX-License-Identifier: GPL-2.0-or-later
"""Aggregations as they are printed: order, formats, several side by side, and what trunc() and its kin do to them."""

import struct
from dataclasses import replace

import pytest

from dscript import Action, ActionKind, Aggregation, Program, Statement, StatementKind, ValueKind, ValueType
from tests.tracer.consuming import aggregation, principal, start

AGGID = ValueType(ValueKind.INTEGER, 4, False, "uint32_t")
NUMBER = ValueType(ValueKind.INTEGER, 8)


class Traced:
    """A program with aggregations @a and @b of one string key, and a clause whose statements are given."""

    def __init__(self, make, *statements, functions=(ActionKind.COUNT, ActionKind.SUM), settings=()):
        clauses, declared, sizes = [], [], []
        for aggid, function in enumerate(functions, 1):
            count, found = make.count([make.string], function)
            actions = (*count.actions[:-1], replace(count.actions[-1], aggid=aggid))
            clauses.append(replace(count, actions=actions, statements=(replace(count.statements[0], aggid=aggid),)))
            declared.append(Aggregation(aggid, "ab"[aggid - 1], function, found.keys))
            sizes.append([256, 8])
        actions, finished, fields = [], [], []
        for statement, *numbers in statements:
            kinds = [AGGID, NUMBER][: 1 + len(numbers)]
            finished.append(replace(statement, first=len(actions), count=len(kinds), types=tuple(kinds)))
            actions += [Action(ActionKind.LIBACT, make.difo(kind)) for kind in kinds]
            fields += [1, *numbers]
            sizes_of = [kind.size for kind in kinds]
            sizes = [
                *sizes[: len(functions)],
                [*(sizes[len(functions)] if len(sizes) > len(functions) else []), *sizes_of],
            ]
        clause = replace(clauses[0], actions=tuple(actions), statements=tuple(finished))
        program = Program((*clauses, clause), (), tuple(declared))
        self.make, self.fields, self.sizes = make, fields, sizes[-1]
        self.epid = len(functions) + 1
        self.consumer, self.sink = start(program, sizes, *settings)

    def count(self, aggid, **values):
        """Feeds values by key."""
        entries = (struct.pack("<I256s4xq", aggid, key.encode(), value) for key, value in values.items())
        self.consumer.take(aggregation(b"".join(map(self.make.entry, entries))))

    def fire(self):
        """Feeds one record of the clause; returns what that printed."""
        data, offset = b"", 12
        for size, value in zip(self.sizes, self.fields, strict=True):
            pad = -offset % size
            data += bytes(pad) + value.to_bytes(size, "little", signed=value < 0)
            offset += pad + size
        before = len(self.sink.output)
        self.consumer.take(principal(self.make.record(self.epid, data)))
        return self.sink.output[before:]

    def finish(self):
        """Ends the trace; returns what that printed."""
        before = len(self.sink.output)
        self.consumer.finish()
        return self.sink.output[before:]


QUIET = (("quiet", None),)
PRINTA = Statement(StatementKind.PRINTA, 0, 1, aggids=(1,))


def change(kind):
    """Returns a statement that changes @a."""
    return Statement(StatementKind(kind), 0, 1, aggid=1)


def lines(**values):
    """Returns the lines of keys and numbers."""
    return "".join(f"  {key:<50} {value:>16}\n" for key, value in values.items())


def test_default_layout(make):
    """printa(@a) begins with an empty line and has a line for each key, by value; the end does not repeat it."""
    traced = Traced(make, (PRINTA,), settings=QUIET)
    traced.count(1, dd=3, sh=1)
    assert traced.fire() == "\n" + lines(sh=1, dd=3)
    assert traced.finish() == "\n"


def test_end_prints_what_was_not_printed(make):
    """At the end only aggregations that no printa() printed appear, one behind the other; empty ones do not."""
    traced = Traced(make, (PRINTA,), settings=QUIET)
    traced.count(2, x=1)
    assert traced.fire() == "\n"  # nothing in @a yet: that does not count as printed
    traced.count(1, dd=3)
    assert traced.finish() == "\n" + lines(dd=3) + lines(x=1)


@pytest.mark.parametrize(
    ("settings", "order"),
    [
        ((), ["b", "c", "a"]),
        ((("aggsortrev", None),), ["a", "c", "b"]),
        ((("aggsortkey", None),), ["a", "b", "c"]),
        ((("aggsortkey", None), ("aggsortrev", None)), ["c", "b", "a"]),
    ],
)
def test_sort_options(make, settings, order):
    """aggsortkey sorts by key instead of value, aggsortrev turns it round."""
    traced = Traced(make, (PRINTA,), settings=(*QUIET, *settings))
    traced.count(1, a=9, b=1, c=5)
    assert [line.split()[0] for line in traced.fire().splitlines()[1:]] == order


def test_format_for_each_key(make):
    """printa() with a format applies it to each key and adds nothing."""
    traced = Traced(make, (replace(PRINTA, format="%s:%@d;"),), settings=QUIET)
    traced.count(1, dd=3, sh=1)
    assert traced.fire() == "sh:1;dd:3;"


def test_several_side_by_side(make):
    """printa(@a, @b) has the keys of both; what one has not is 0; sorted by the first, or by aggsortpos."""
    traced = Traced(make, (replace(PRINTA, aggids=(1, 2)),), settings=QUIET)
    traced.count(1, dd=3, sh=1)
    traced.count(2, sh=-7, ls=5)
    row = "  {:<50} {:>16} {:>16}\n".format
    assert traced.fire() == "\n" + row("ls", 0, 5) + row("sh", 1, -7) + row("dd", 3, 0)
    assert traced.finish() == "\n"
    again = Traced(make, (replace(PRINTA, aggids=(1, 2)),), settings=(*QUIET, ("aggsortpos", "1")))
    again.count(1, dd=3, sh=1)
    again.count(2, sh=-7, ls=5)
    assert [line.split()[0] for line in again.fire().splitlines()[1:]] == ["sh", "dd", "ls"]


def test_format_with_several(make):
    """In a format each @ takes the next aggregation's value."""
    traced = Traced(make, (replace(PRINTA, aggids=(1, 2), format="%s %@d/%@d\n"),), settings=QUIET)
    traced.count(1, dd=3)
    traced.count(2, dd=4)
    assert traced.fire() == "dd 3/4\n"


@pytest.mark.parametrize(("number", "left"), [(2, ["b", "c"]), (-1, ["a"]), (0, [])])
def test_trunc(make, number, left):
    """trunc(@a, n) keeps the n keys with the highest values, -n the lowest."""
    traced = Traced(make, (change("trunc"), number), (PRINTA,), settings=QUIET)
    traced.count(1, a=1, b=2, c=3)
    assert [line.split()[0] for line in traced.fire().splitlines()[1:]] == left


def test_trunc_of_all(make):
    """trunc(@a) forgets every key; the next ones count from nothing."""
    traced = Traced(make, (change("trunc"),), settings=QUIET)
    traced.count(1, a=1)
    traced.fire()
    traced.count(1, a=5)
    assert traced.finish() == "\n" + lines(a=5)


def test_clear_keeps_the_keys(make):
    """clear(@a) sets the values to 0 and keeps the keys."""
    traced = Traced(make, (change("clear"),), (PRINTA,), settings=QUIET)
    traced.count(1, a=1, b=2)
    assert traced.fire() == "\n" + lines(a=0, b=0)
    traced.count(1, b=2)
    assert [entry.value for entry in traced.consumer.entries()] == [0, 2]


@pytest.mark.parametrize("function", [ActionKind.MIN, ActionKind.MAX])
def test_clear_of_an_extreme(make, function):
    """After clear() the least or greatest value is that of what comes, not of the 0 shown in between."""
    traced = Traced(make, (change("clear"),), functions=(function,), settings=QUIET)
    value = 5 if function is ActionKind.MIN else -5
    traced.count(1, a=3 * value)
    traced.fire()
    traced.count(1, a=value)
    assert traced.finish() == "\n" + lines(a=value)


def test_normalize(make):
    """normalize(@a, n) divides the values of the keys there are, until denormalize()."""
    traced = Traced(make, (change("normalize"), 10), (PRINTA,), (change("denormalize"),), settings=QUIET)
    traced.count(1, a=-25, b=99)
    assert traced.fire() == "\n" + lines(a=-2, b=9)
    traced.consumer._store.printed.clear()
    assert traced.finish() == "\n" + lines(a=-25, b=99)


def test_normalize_by_zero(make):
    """normalize(@a, 0) is an error of the clause, not a crash."""
    traced = Traced(make, (change("normalize"), 0), settings=QUIET)
    traced.fire()
    assert traced.sink.messages == [
        "error on enabled probe ID 3 (ID 123: fbt:kernel:malloc:entry): cannot normalize @a by zero"
    ]
    assert traced.consumer.errors == 1


def test_agghist(make):
    """agghist draws counts as bars under one heading."""
    traced = Traced(make, (PRINTA,), settings=(*QUIET, ("agghist", None)))
    traced.count(1, dd=30, sh=10)
    heading = f"\n\n{'key':>17}  {'------------- Distribution -------------'} {'count':<9}\n"
    assert traced.fire() == heading + (f"{'sh':>17} |{'@' * 10:<40} {10:<9}\n{'dd':>17} |{'@' * 30:<40} {30:<9}\n")


def test_unsigned_keys_and_positions(make):
    """aggsortkeypos makes another key the first that counts."""
    small = ValueType(ValueKind.INTEGER, 4, True, "int")
    clause, declared = make.count([small, small])
    program = make.program(clause, aggregations=[declared])
    consumer, sink = start(program, [[4, 4, 8]], ("aggsortkey", None), ("aggsortkeypos", "1"))
    entries = (struct.pack("<Iii4xq", 1, first, second, 1) for first, second in ((1, 9), (2, -8), (3, 7)))
    consumer.take(aggregation(b"".join(map(make.entry, entries))))
    consumer.finish()
    assert [line.split()[1] for line in sink.output.splitlines()[1:]] == ["-8", "7", "9"]
