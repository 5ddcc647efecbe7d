# SPDX-License-Identifier: GPL-2.0-or-later
"""Every key a machine file has: its type, its range, and whether the native core takes it.

A key added here must appear in every machine file, with unit and source beside it; a ``native`` one
also in sim/core/params.def (a key ending in ``_ns`` reaches the core as ``_cycles``).
"""

from __future__ import annotations

from dataclasses import dataclass

Value = int | float | bool | str


@dataclass(frozen=True)
class Key:
    """What a key may be: ``kind`` int, float, bool or str; numbers have a range, strings a choice."""

    kind: type
    low: float = 0
    high: float = 1 << 40
    choices: tuple[str, ...] = ()
    power_of_two: bool = False
    native: bool = False

    def accepts(self, value: object) -> bool:
        """Return whether ``value`` has the right type and lies in the range."""
        if self.kind is bool:
            return isinstance(value, bool)
        if self.kind is str:
            return value in self.choices
        if isinstance(value, bool) or not isinstance(value, int | float) or not self.low <= value <= self.high:
            return False
        if self.kind is int and not isinstance(value, int):
            return False
        return not self.power_of_two or (isinstance(value, int) and value & (value - 1) == 0)

    def describe(self) -> str:
        """Return the expectation in words."""
        if self.kind is bool:
            return "true or false"
        if self.kind is str:
            return "one of " + ", ".join(self.choices)
        what = "a power of two" if self.power_of_two else {int: "a whole number", float: "a number"}[self.kind]
        return f"{what} from {self.low:g} to {self.high:g}"

    def parse(self, text: str) -> Value | None:
        """Return the value written as ``text`` on a command line, or None if it does not suit."""
        value: Value
        try:
            if self.kind is bool:
                value = {"true": True, "false": False}[text]
            elif self.kind is int:
                value = int(text, 0)
            else:
                value = self.kind(text)
        except (KeyError, ValueError):
            return None
        return value if self.accepts(value) else None


def _cycles(high: int = 1000) -> Key:
    return Key(int, 0, high, native=True)


def _size(low: int, high: int) -> Key:
    return Key(int, low, high, power_of_two=True, native=True)


KEYS: dict[str, Key] = {
    "cpu.hz": Key(int, 1_000_000, 10_000_000_000, native=True),
    "timer.hz": Key(int, 1_000_000, 100_000_000, native=True),
    "ram.base": Key(int, 0x80000000, 0x80000000, native=True),
    "ram.bytes": Key(int, 32 << 20, 1 << 30, native=True),
    "ram.mailbox_bytes": Key(int, 1 << 20, 256 << 20, native=True),
    "cpu.exception_cycles": _cycles(),
    "cpu.cp15_cycles": _cycles(),
    "cpu.psr_cycles": _cycles(100),
    "cpu.barrier_cycles": _cycles(100),
    "issue.alu_stage": Key(int, 1, 5, native=True),
    "issue.load_stage": Key(int, 1, 5, native=True),
    "issue.mul_stage": Key(int, 1, 6, native=True),
    "issue.mul_cycles": Key(int, 1, 20, native=True),
    "issue.long_mul_cycles": Key(int, 1, 20, native=True),
    "issue.ldm_words": Key(int, 1, 4, native=True),
    "branch.mispredict_cycles": _cycles(),
    "branch.btb_entries": _size(1, 1 << 16),
    "branch.btb_ways": _size(1, 16),
    "branch.ghb_entries": _size(1, 1 << 20),
    "branch.history_bits": Key(int, 0, 20, native=True),
    "branch.return_stack": Key(int, 1, 64, native=True),
    "l1i.bytes": _size(1 << 10, 1 << 20),
    "l1i.ways": _size(1, 16),
    "l1d.bytes": _size(1 << 10, 1 << 20),
    "l1d.ways": _size(1, 16),
    "l1d.write_allocate": Key(bool, native=True),
    "l2.bytes": _size(1 << 12, 1 << 24),
    "l2.ways": _size(1, 16),
    "l2.hit_cycles": _cycles(),
    "l2.miss_cycles": _cycles(),
    "l2.write_allocate": Key(bool, native=True),
    "tlb.entries": Key(int, 1, 128, native=True),
    "tlb.walk_cycles": _cycles(),
    "dram.latency_ns": Key(float, 0, 10_000, native=True),
    "dram.rest_ns": Key(float, 0, 10_000, native=True),
    "dram.row_miss_ns": Key(float, 0, 10_000, native=True),
    "dram.row_bytes": _size(64, 1 << 16),
    "dram.banks": _size(1, 16),
    "dram.write_line_ns": Key(float, 0, 10_000, native=True),
    "dram.write_queue": Key(int, 1, 64, native=True),
    "device.access_ns": Key(float, 0, 10_000, native=True),
    "kernel.hz": Key(int, 10, 10_000),
    "kernel.stathz": Key(int, 10, 10_000),
    "kernel.unwind": Key(str, choices=("modules", "static", "cached")),
    "kernel.symbols": Key(int, 0, 1_000_000),
    "kernel.symbol_bytes": Key(float, 1, 1000),
    "kernel.junk": Key(bool),
    "kernel.boottime": Key(int, 0, (1 << 32) - 1),
    "noise.page_order": Key(bool),
    "noise.timer_phase": Key(bool),
    "noise.stack_gap": Key(bool),
    "noise.background": Key(bool),
}
