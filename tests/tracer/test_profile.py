# SPDX-License-Identifier: GPL-2.0-or-later
"""Probes of the profile provider: their names, and how naming one makes it."""

import pytest

from dscript import ProbeDescription, StatementKind
from tracer import abi
from tracer.encode import encode
from tracer.options import Options
from tracer.profile import PROFILE, TICK, Rate, find_rate
from tracer.registry import Probe, Registry

PROBES = [
    Probe(1, "dtrace", "", "", "BEGIN"),
    Probe(2, "profile", "", "", "tick-10"),
    Probe(3, "fbt", "kernel", "f", "x"),
]


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("profile-97", Rate(PROFILE, 10_309_278)),
        ("profile-4999hz", Rate(PROFILE, 200_040)),
        ("tick-1", Rate(TICK, 10**9)),
        ("tick-1sec", Rate(TICK, 10**9)),
        ("tick-5S", Rate(TICK, 5 * 10**9)),
        ("tick-100ms", Rate(TICK, 10**8)),
        ("tick-200us", Rate(TICK, 200_000)),
        ("profile-300000nsec", Rate(PROFILE, 300_000)),
        ("tick-2min", Rate(TICK, 120 * 10**9)),
        ("tick-1h", Rate(TICK, 3600 * 10**9)),
        ("tick-1day", Rate(TICK, 86400 * 10**9)),
        ("tick-5000", Rate(TICK, 200_000)),
    ],
)
def test_rates(name, want):
    """A number alone is a rate, as with hz; other units are times."""
    assert find_rate(name) == want


@pytest.mark.parametrize(
    "name",
    ["tick-", "tick-0", "tick-0s", "tick-s", "tick-1x", "tick-1 s", "tick--1", "tick-5001", "profile-100us", "tick-*",
     "profile", "Tick-1", "tick-1s2", "tick-" + "9" * 40 + "d", "tick-1.5s", "tick-٣"],
)  # fmt: skip
def test_what_is_no_rate(name):
    """More than 5,000 a second, nothing, or no known unit: there is no such probe."""
    assert find_rate(name) is None


def test_naming_a_rate_makes_its_probe_once():
    """The new probe has the next id, is found again, and globs find it from then on."""
    registry = Registry(PROBES)
    assert [p.id for p in registry.match(ProbeDescription(name="tick-*"))] == [2]
    (made,) = registry.match(ProbeDescription("profile", "", "", "tick-3s"))
    assert (made.id, str(made)) == (4, "profile:::tick-3s")
    assert registry.match(ProbeDescription(name="tick-3s")) == (made,)
    assert [p.id for p in registry.match(ProbeDescription("prof*", name="tick-*"))] == [2, 4]
    assert registry.get(4) is made
    assert [new.id for new in registry.new_probes] == [4]


@pytest.mark.parametrize(
    "description",
    [
        ProbeDescription("fbt", "", "", "tick-3s"),
        ProbeDescription("", "kernel", "", "tick-3s"),
        ProbeDescription(name="tick-9999"),
        ProbeDescription(name="tick-10"),
    ],
)
def test_other_descriptions_make_none(description):
    """Another provider, a module, a rate that cannot be, and one that is there already make none."""
    registry = Registry(PROBES)
    assert all(probe.id < 4 for probe in registry.match(description))


def test_programs_bring_the_new_probes_along(make):
    """The blob lists them with id, name, kind and period, and what $target was."""
    registry = Registry(PROBES)
    registry.match(ProbeDescription(name="profile-1234"))
    program = make.program(make.clause(StatementKind.TRACE, [make.int64]))
    blob = encode(program, [[4]], Options(), registry.new_probes, target=77)
    header = abi.HEADER.unpack(blob)
    assert (header["nnewprobe"], header["target_pid"]) == (1, 77)
    new = abi.NEWPROBE.unpack(blob, header["newprobe_off"])
    assert (new["id"], new["kind"], new["period_ns"]) == (4, PROFILE, 810_372)
    assert blob[new["name_off"] :].startswith(b"profile-1234\0")
