# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine: boots the guest, takes requests, yields what happens.

    m = Machine(load_config(), files={"/host/prog": data})
    m.boot()                                   # to the point where init waits for a request
    m.submit(Request(("time", "dd", …), seed=1))
    for event in m.events(): …                 # dataclasses of sim/hooks.py; ends after Done

While an event is held the machine stands still. ``os.fork()`` between two calls copies the machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim import abi
from sim.config import Config, core_parameters
from sim.console import ConsoleTail
from sim.decode import Decoder
from sim.errors import CoreError, GuestError, GuestHang, GuestPanic
from sim.hooks import ConsoleOutput, Done, Event
from sim.loader import Image, load, read_image
from sim.native import Core, Stop
from sim.request import Request, encode_request
from sim.symbols import SymbolTable

SLICE_CYCLES = 20_000_000  # a few tenths of a second: how long ^C and progress may have to wait
BOOT_LIMIT_CYCLES = 60_000_000_000
PAGE = 4096
MAX_STRING = 4096


class Machine:
    """One emulated BeagleBone with our kernel on it."""

    def __init__(
        self,
        config: Config,
        files: Mapping[str, bytes] | None = None,
        *,
        image: Image | None = None,
        timed: bool = True,
        plain: bool = False,
    ) -> None:
        """Load the guest.

        ``timed=False`` leaves out the timing model (one cycle an instruction), for benchmarks; ``plain=True`` charges
        memory accesses one by one, for tests: the same cycles several times as slowly.
        """
        self.config = config
        image = image or read_image(files)
        self.symbols = SymbolTable(image.kernel.symbols)
        self._core = Core(core_parameters(config, timed, plain))
        placement = load(self._core, image, config)
        self._core.reset(placement.entry, placement.bootinfo)
        for segment in image.kernel.segments:
            self._core.watch_text(segment.vaddr, segment.paddr, len(segment.data))
        self._mailbox = config.integer("ram.base") + config.integer("ram.bytes") - config.integer("ram.mailbox_bytes")
        self._decoder = Decoder(self)
        self._tail = ConsoleTail()
        self._ready = False
        self.slices = 0

    def close(self) -> None:
        """Give the machine's memory back."""
        self._core.close()

    def boot(self) -> bytes:
        """Run until init waits for its first request and return what the console printed."""
        return b"".join(event.data for event in self._run_to_ready() if isinstance(event, ConsoleOutput))

    def submit(self, request: Request) -> None:
        """Hand the guest its next request; runs on to where init waits, if it does not wait yet."""
        if not self._ready:
            for _ in self._run_to_ready():
                pass
        data, self._decoder.program_offset = encode_request(
            request, self.config, self.config.integer("ram.mailbox_bytes")
        )
        self._decoder.program_bytes = len(request.program)
        self._core.memory(self._mailbox, len(data))[:] = data

    def events(self) -> Iterator[Event]:
        """Run the request and yield what happens; ends after Done. Raises GuestPanic, GuestHang, CoreError."""
        self._ready = False
        for number, event in self._run():
            if event is not None:
                yield event
            if number is abi.PvEvent.READY:
                raise GuestError("init waits for another request before the last one was done", self.console_tail())
            if isinstance(event, Done):
                return

    def interrupt(self) -> None:
        """Ask the guest to end the request, as ^C does; safe from a signal handler."""
        self._core.interrupt()

    def feed_input(self, data: bytes) -> int:
        """Queue terminal input and return how many bytes fitted."""
        return self._core.feed_input(data)

    def read_virtual(self, address: int, count: int) -> bytes:
        """Return ``count`` bytes at a kernel address; raises CoreError if a page is not mapped."""
        pieces = []
        while count > 0:
            pa = self._core.find_physical(address)
            if pa is None:
                raise CoreError(f"guest address 0x{address:08x} is not mapped")
            size = min(count, PAGE - address % PAGE)
            pieces.append(bytes(self._core.memory(pa, size)))
            address, count = address + size, count - size
        return b"".join(pieces)

    def read_string(self, address: int) -> str:
        """Return the NUL-ended string at a kernel address, cut at 4096 bytes."""
        data = b""
        while len(data) < MAX_STRING and b"\0" not in data:
            data += self.read_virtual(address + len(data), 64 - (address + len(data)) % 64)
        return data.split(b"\0")[0].decode("utf-8", "replace")

    def read_physical(self, address: int, count: int) -> bytes:
        """Return ``count`` bytes of RAM; raises CoreError outside RAM."""
        return bytes(self._core.memory(address, count))

    def read_mailbox(self, offset: int, count: int) -> bytes:
        """Return ``count`` bytes of the mailbox."""
        return bytes(self._core.memory(self._mailbox + offset, count))

    def counters(self) -> dict[str, int]:
        """Return the counters since power-on by name: cycles, instructions, l1d_access, …"""
        return self._core.counters()

    def registers(self) -> dict[str, int]:
        """Return the CPU's registers by name."""
        return self._core.registers()

    def console_tail(self) -> str:
        """Return the end of what the console printed."""
        return self._tail.text()

    def _run_to_ready(self) -> Iterator[Event]:
        for number, event in self._run():
            if event is not None:
                yield event
            if number is abi.PvEvent.READY:
                self._ready = True
                return
            if self._core.counters()["cycles"] > BOOT_LIMIT_CYCLES:
                raise GuestHang("the guest does not get ready for a request", self.console_tail())

    def _run(self) -> Iterator[tuple[abi.PvEvent | None, Event | None]]:
        """Yield (number, event) for everything that happens; console output has no number, READY no event."""
        while True:
            stop = self._core.run(SLICE_CYCLES)
            self.slices += 1
            cycles = self._core.counters()["cycles"]
            while (output := self._core.take_console()) is not None:
                self._tail.add(*output)
                yield None, ConsoleOutput(cycles, *output)
            while (found := self._core.take_event()) is not None:
                yield self._announce(cycles, *found)
            if stop is Stop.SLICE:
                yield None, None
            self._check(stop)

    def _announce(self, cycles: int, number: int, args: tuple[int, ...]) -> tuple[abi.PvEvent, Event | None]:
        try:
            kind = abi.PvEvent(number)
        except ValueError:
            raise CoreError(f"the guest announced event {number}, which does not exist") from None
        if kind is abi.PvEvent.PANIC:
            raise GuestPanic(self.read_string(args[0]).rstrip("\n"), self.console_tail())
        return kind, self._decoder.decode(kind, cycles, args)

    def _check(self, stop: Stop) -> None:
        if stop is Stop.HANG:
            where = self.symbols.find(self.registers()["pc"])
            place = f" in {where.name}" if where else ""
            raise GuestHang(f"the guest waits{place} and no timer is armed to wake it", self.console_tail())
        if stop is Stop.ERROR:
            raise CoreError(self._core.error() + self._describe_place())

    def _describe_place(self) -> str:
        registers = self.registers()
        found = (self.symbols.find(registers[name]) for name in ("pc", "lr"))
        names = [symbol.name for symbol in found if symbol]
        return f" ({' called from '.join(names)})" if names else ""
