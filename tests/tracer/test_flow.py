# SPDX-License-Identifier: GPL-2.0-or-later
"""Flow indentation (-F)."""

from types import SimpleNamespace

from tracer.consumer.flow import FLOW_HEADING, Flow
from tracer.registry import Probe


def rows(*names, epids=()):
    """Returns the rows of records of probes given as provider:function:name; each probe has its own id."""
    numbers = {name: index for index, name in enumerate(dict.fromkeys(names), 1)}
    fired = []
    for index, name in enumerate(names):
        provider, function, last = name.split(":")
        epid = epids[index] if epids else numbers[name]
        fired.append((SimpleNamespace(epid=epid, probe_id=numbers[name]), Probe(1, provider, "", function, last)))
    flow = Flow()
    followers = [enabled for enabled, _ in fired[1:]] + [None]
    return [
        flow.describe_row(0, enabled, probe, after) for (enabled, probe), after in zip(fired, followers, strict=True)
    ]


def test_entry_and_return():
    """Functions have arrows of one dash, system calls of two, other probes a bar; calls indent by two."""
    shown = rows(
        "syscall:read:entry", "fbt:uiomove:entry", "vfs:x:lookup-hit", "fbt:uiomove:return", "syscall:read:return"
    )
    assert [row.rstrip() for row in shown] == [
        "  0  => read",
        "  0    -> uiomove",
        "  0     | x:lookup-hit",
        "  0    <- uiomove",
        "  0  <= read",
    ]
    assert {len(row) for row in shown} == {46}


def test_names_that_end_so():
    """fork-entry is an entry, carpentry is not; returns do not indent below the margin."""
    shown = [row.split()[1] for row in rows("p:f:fork-entry", "p:f:carpentry", "p:f:x-return", "p:g:return")]
    assert shown == ["->", "|", "<-", "<-"]


def test_several_clauses_on_one_probe():
    """A second clause on the same entry or return probe is marked with a bar and does not count."""
    shown = rows("fbt:f:entry", "fbt:f:entry", "fbt:f:return", "fbt:f:return", epids=(1, 2, 3, 4))
    assert [row.split()[1] for row in shown] == ["->", "|", "|", "<-"]


def test_heading():
    """The heading has one column for all."""
    assert FLOW_HEADING == "CPU FUNCTION" + " " * 33 + "\n"
