# SPDX-License-Identifier: GPL-2.0-or-later
"""The dtrace command on the instant fake of the machine: what its tests share."""

import struct

import pytest

from sim import ConsoleOutput, Done, Loaded, Mark, Report
from tracer.cli import main
from tracer.fakes import FakeMachine, load
from tracer.registry import Probe
from tracer.session import Session

PROBES = (
    Probe(1, "dtrace", "", "", "BEGIN"),
    Probe(2, "dtrace", "", "", "END"),
    Probe(3, "dtrace", "", "", "ERROR"),
    Probe(10, "fbt", "kernel", "malloc", "entry", 3),
    Probe(11, "fbt", "kernel", "free", "entry", 2),
)


@pytest.fixture
def machine(monkeypatch):
    """A machine that accepts any program of one-word actions and runs the command without a record."""

    def respond(request):
        header = struct.unpack_from("<I", request.program, 16)[0]
        yield Loaded(10, load(request.program, [[8]] * (header - 1) + [[8] * 5]))
        yield ConsoleOutput(50, 1, b"from the guest\n")
        yield Mark(100, True, 77)
        yield Mark(350, False, 77)
        yield Report(360, 77, 0, 10, 20, 30, 0, 0, 0)
        yield Done(400, 0)

    fake = FakeMachine(PROBES, respond=respond)
    monkeypatch.setattr(Session, "boot", classmethod(lambda cls, *_args, **_kwargs: cls(fake)))
    monkeypatch.setattr("sim.root_paths", lambda *_args: {"/bin/dd"})
    return fake


def run(capfdbinary, *argv):
    """Runs the command and returns (status, standard output, standard error)."""
    status = main(argv)
    out, err = capfdbinary.readouterr()
    return status, out.decode(), err.decode()
