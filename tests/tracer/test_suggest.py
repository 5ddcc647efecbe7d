# SPDX-License-Identifier: GPL-2.0-or-later
"""What is suggested for a probe description that matches nothing."""

import pytest

from dscript import ProbeDescription
from tracer.registry import Probe, Registry
from tracer.suggest import suggest

PROBES = [
    Probe(1, "dtrace", "", "", "BEGIN"),
    Probe(2, "fbt", "kernel", "malloc", "entry"),
    Probe(3, "fbt", "kernel", "malloc", "return"),
    Probe(4, "syscall", "freebsd", "read", "entry"),
    Probe(5, "syscall", "freebsd", "readv", "return"),
    Probe(6, "proc", "kernel", "none", "exec-success"),
]


@pytest.mark.parametrize(
    ("parts", "meant"),
    [
        (("fbt", "", "mallloc", "entry"), "fbt::malloc:entry"),
        (("fbt", "kern", "malloc", "entry"), "fbt:kernel:malloc:entry"),
        (("fbtt", "", "malloc", "entry"), "fbt::malloc:entry"),
        (("", "syscall", "read", "entry"), "syscall::read:entry"),
        (("", "", "syscall", "entry"), "syscall:::entry"),
        (("syscall", "", "readv", "entry"), "syscall::read:entry"),
        (("", "", "", "BEGN"), "BEGIN"),
        (("", "", "", "exec-sucess"), "exec-success"),
    ],
)
def test_a_slip_is_recognised(parts, meant):
    """A part misspelt or moved is put right, and what is suggested matches."""
    assert suggest(Registry(PROBES), ProbeDescription(*parts)) == f"did you mean {meant}?"


@pytest.mark.parametrize("parts", [("zone", "", "q", "w"), ("", "", "", "x" * 4000), ("", "", "", "")])
def test_nothing_near(parts):
    """What resembles no probe, or is empty, brings no suggestion."""
    assert suggest(Registry(PROBES[:0] if not any(parts) else PROBES), ProbeDescription(*parts)) is None
