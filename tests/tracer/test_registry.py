# SPDX-License-Identifier: GPL-2.0-or-later
"""The probe table: read from guest memory, matched by description."""

import pytest

from dscript import ProbeDescription
from tracer.env import TracerEnv
from tracer.errors import DataError
from tracer.fakes import FakeMachine, FakeSymbol, FakeSymbols
from tracer.registry import Probe, Registry

PROBES = (
    Probe(1, "dtrace", "", "", "BEGIN"),
    Probe(2, "dtrace", "", "", "END"),
    Probe(10, "fbt", "kernel", "malloc", "entry", 3),
    Probe(11, "fbt", "kernel", "malloc", "return"),
    Probe(12, "fbt", "kernel", "vm_fault", "entry"),
    Probe(40, "syscall", "freebsd", "read", "entry"),
)


def match(*parts):
    """Returns the ids that a description of four parts matches."""
    return [probe.id for probe in Registry(PROBES).match(ProbeDescription(*parts))]


def test_reads_the_guests_table():
    """The table in guest memory gives back every probe."""
    machine = FakeMachine(PROBES)
    assert Registry.read(machine, machine.symbols).probes == PROBES


def test_kernel_without_table_is_an_error():
    """A kernel without the published symbols is refused in words."""
    with pytest.raises(DataError, match="dtrace_nprobes"):
        Registry.read(FakeMachine(), FakeSymbols([]))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("fbt", "", "malloc", "entry"), [10]),
        (("fbt", "", "malloc", ""), [10, 11]),
        (("", "", "", "entry"), [10, 12, 40]),
        (("fbt", "kern*", "vm_*", "entry"), [12]),
        (("s*", "", "", ""), [40]),
        (("", "", "", "BEGIN"), [1]),
        (("fbt", "", "nosuch", "entry"), []),
        (("", "", "", ""), [1, 2, 10, 11, 12, 40]),
    ],
)
def test_empty_parts_match_everything(parts, expected):
    """An empty part matches any; globs match as in the shell; the order is that of the ids."""
    assert match(*parts) == expected


def test_a_number_is_an_id():
    """A description by number matches that probe only."""
    registry = Registry(PROBES)
    assert registry.match(ProbeDescription(id=12)) == (PROBES[4],)
    assert registry.match(ProbeDescription(id=99)) == ()


def test_env_answers_the_compiler():
    """The compiler's questions about probes and kernel symbols are answered from the machine."""
    symbols = FakeSymbols([FakeSymbol("ticks", 0xC0400000, 4)])
    env = TracerEnv(lambda: Registry(PROBES), lambda: symbols)
    assert env.match(ProbeDescription("fbt", "", "malloc", "entry")) == [10]
    assert env.find_symbol("ticks").address == 0xC0400000
    assert env.find_symbol("ticks", "zfs") is None
    assert env.find_symbol("nosuch") is None
