# SPDX-License-Identifier: GPL-2.0-or-later
"""An instant stand-in for the machine: a probe table in made-up memory, and events decided by a function.

Tests of the consumer and of the command feed hand-made buffers through it; it satisfies ``tracer.machine.Machine``.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim import Event, Request
from tracer import abi
from tracer.registry import Probe

_BASE = 0xC0800000


@dataclass(frozen=True)
class FakeSymbol:
    """A symbol of the fake kernel."""

    name: str
    address: int
    size: int = 0x100
    module: str = "kernel"


class FakeSymbols:
    """A symbol table from a list of symbols."""

    def __init__(self, symbols: Iterable[FakeSymbol]) -> None:
        self._symbols = list(symbols)

    def find(self, address: int) -> FakeSymbol | None:
        """Returns the symbol that covers ``address``, or None."""
        return next((s for s in self._symbols if s.address <= address < s.address + s.size), None)

    def find_name(self, name: str) -> FakeSymbol | None:
        """Returns the symbol of that name, or None."""
        return next((s for s in self._symbols if s.name == name), None)

    def add(self, symbol: FakeSymbol) -> None:
        """Adds a symbol."""
        self._symbols.append(symbol)


class FakeMachine:
    """A machine whose answer to a request is ``respond(request)``."""

    def __init__(
        self,
        probes: Sequence[Probe] = (),
        symbols: Iterable[FakeSymbol] = (),
        respond: Callable[[Request], Iterable[Event]] = lambda _request: (),
    ) -> None:
        self.symbols = FakeSymbols(symbols)
        self.requests: list[Request] = []
        self.interrupts = 0
        self.cycles = 0
        self._respond = respond
        self._memory = bytearray()
        self._publish(probes)

    def _put(self, data: bytes) -> int:
        """Stores bytes at the next aligned address and returns it."""
        self._memory += bytes(-len(self._memory) % 4)
        address = _BASE + len(self._memory)
        self._memory += data
        return address

    def _put_string(self, text: str) -> int:
        return self._put(text.encode() + b"\0")

    def _put_types(self, probe: Probe) -> int:
        """Stores a probe's list of typed arguments."""
        data = b""
        for row in probe.argtypes:
            xlate = self._put_string(row.translated) if row.translated else 0
            values = {"native": self._put_string(row.native), "xlate": xlate, "mapping": row.source}
            data += abi.ARGTYPE.pack(values)
        return self._put(data) if data else 0

    def _publish(self, probes: Sequence[Probe]) -> None:
        """Lays out the probe table as the guest's kernel does."""
        table = b""
        for probe in probes:
            names = ("provider", "module", "function", "name")
            fields = {name: self._put_string(getattr(probe, name)) for name in names}
            fields |= {"argtypes": self._put_types(probe), "nargtypes": len(probe.argtypes)}
            table += abi.PROBE.pack({"id": probe.id, "nargs": probe.nargs, **fields})
        count = self._put(struct.pack("<I", len(probes)))
        pointer = self._put(struct.pack("<I", self._put(table)))
        self._memory += bytes(64)
        self.symbols.add(FakeSymbol("dtrace_nprobes", count, 4))
        self.symbols.add(FakeSymbol("dtrace_probe_table", pointer, 4))

    def read_virtual(self, address: int, size: int) -> bytes:
        """Returns the made-up memory's bytes."""
        return bytes(self._memory[address - _BASE : address - _BASE + size])

    def submit(self, request: Request) -> None:
        """Remembers the request."""
        self.requests.append(request)

    def events(self) -> Iterator[Event]:
        """Yields what ``respond`` says to the last request."""
        for event in self._respond(self.requests[-1]):
            self.cycles = event.cycles
            yield event

    def counters(self) -> Mapping[str, int]:
        """Returns the cycle count of the last event, and as many instructions."""
        return {"cycles": self.cycles, "instructions": self.cycles}

    def interrupt(self) -> None:
        """Counts the interruptions."""
        self.interrupts += 1


def load(blob: bytes, rec_sizes: Sequence[Sequence[int]]) -> bytes:
    """Answers a program as the guest would: EPIDs in order, each clause's fields laid out by size and ``ntuple``.

    ``rec_sizes`` gives the bytes that each action of each clause stores.
    """
    header = abi.HEADER.unpack(blob)
    out = bytearray(blob)
    epid = 1
    for index, sizes in enumerate(rec_sizes):
        at = header["clause_off"] + index * abi.CLAUSE.size
        clause = abi.CLAUSE.unpack(blob, at)
        clause["first_epid"], clause["size"] = epid, _lay_out(out, clause, sizes)
        out[at : at + abi.CLAUSE.size] = abi.CLAUSE.pack(clause)
        epid += clause["nprobe"]
    return bytes(out)


def _align(offset: int, size: int, aggregates: int) -> int:
    unit = 8 if aggregates else size if size in (1, 2, 4, 8) else 4
    return offset + -offset % unit


def _lay_out(out: bytearray, clause: Mapping[str, int], sizes: Sequence[int]) -> int:
    """Fills in the actions' fields and returns the record's size."""
    actions = [
        abi.ACTION.unpack(bytes(out), clause["action_off"] + number * abi.ACTION.size)
        for number in range(clause["naction"])
    ]
    keys = {
        index - back for index, action in enumerate(actions) for back in range(action["ntuple"] + 1) if action["aggid"]
    }
    offset, tuple_offset = abi.RECORD_HEADER_BYTES, 4
    for index, (action, size) in enumerate(zip(actions, sizes, strict=True)):
        start = tuple_offset if index in keys else offset
        action["rec_offset"], action["rec_size"] = _align(start, size, action["aggid"]), size
        end = action["rec_offset"] + size
        if index not in keys:
            offset = end
        else:
            tuple_offset = 4 if action["aggid"] else end
        at = clause["action_off"] + index * abi.ACTION.size
        out[at : at + abi.ACTION.size] = abi.ACTION.pack(action)
    return 0 if set(range(len(actions))) == keys and actions else offset + -offset % 4
