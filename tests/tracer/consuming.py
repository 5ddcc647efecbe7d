# SPDX-License-Identifier: GPL-2.0-or-later
"""A consumer fed with hand-made buffers: what its tests share."""

from sim import BufferKind, BufferReady
from tracer.consumer import Consumer
from tracer.consumer.context import Context
from tracer.enabling import ERROR_CLAUSE
from tracer.encode import encode
from tracer.fakes import FakeSymbol, FakeSymbols, load
from tracer.layout import read_layout
from tracer.options import Options
from tracer.registry import Probe
from tracer.sink import Capture

SYMBOLS = FakeSymbols([FakeSymbol("malloc", 0xC0300000), FakeSymbol("swi_exit", 0xC0400000)])
PROBE = Probe(123, "fbt", "kernel", "malloc", "entry")
ROW = f"  0    123 {'malloc:entry':>32} "
HEADING = "CPU     ID                    FUNCTION:NAME\n"


def context(*settings):
    """Returns the context that printing functions want, with some options set."""
    options = Options()
    for name, value in settings:
        options.set(name, value)
    return Context(SYMBOLS, options)


def start(program, sizes, *settings):
    """Returns a consumer for the program on one probe, and what captures its output."""
    options = Options()
    for name, value in settings:
        options.set(name, value)
    probes = [[123]] * len(program.clauses)
    layout = read_layout(load(encode(program, probes, options), sizes), program, probes)
    sink = Capture()
    return Consumer(program, layout, lambda _id: PROBE, SYMBOLS, options, sink, ERROR_CLAUSE), sink


def principal(data, drops=0):
    """Returns the event of a principal buffer."""
    return BufferReady(0, BufferKind.PRINCIPAL, 0, data, drops, 0, 0)


def aggregation(data, drops=0):
    """Returns the event of an aggregation buffer."""
    return BufferReady(0, BufferKind.AGGREGATION, 0, data, drops, 0, 0)
