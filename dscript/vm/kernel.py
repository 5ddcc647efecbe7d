# SPDX-License-Identifier: GPL-2.0-or-later
"""A fake kernel for the interpreter: values of the builtin variables, memory, stacks, process parents, locks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dscript.vm.memory import Memory

DEFAULTS: dict[str, int | str] = {
    "timestamp": 1_000_000, "vtimestamp": 500_000, "walltimestamp": 1_425_254_400_000_000_000, "execname": "dd",
    "pid": 734, "ppid": 700, "tid": 100_068, "uid": 0, "gid": 0, "errno": 0, "cpu": 0, "ipl": 0, "epid": 1, "id": 1,
    "stackdepth": 3, "ustackdepth": 0, "caller": 0xC0301234, "ucaller": 0x8CC8, "curthread": 0xC3A00000,
    "probeprov": "dtrace", "probemod": "", "probefunc": "", "probename": "BEGIN", "zonename": "", "execargs": "dd",
}  # fmt: skip


@dataclass
class FakeKernel:
    """What a probe finds when it fires; ``values`` override the defaults, argN are 0 unless given.

    ``registers`` are uregs[]; ``locks`` answers mutex_owned() and its kin by name and address, 0 if it does not know;
    ``effects`` lists what destructive actions were asked for.
    """

    values: dict[str, int | str] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    user: Memory = field(default_factory=Memory)
    stack: tuple[int, ...] = (0xC0301000, 0xC0302024, 0xC0303048)
    user_stack: tuple[int, ...] = (0x8CC8, 0x8D10, 0x8074)
    registers: tuple[int, ...] = tuple(range(0x10, 0x21))
    locks: Mapping[tuple[str, int], int] = field(default_factory=dict)
    effects: list[tuple[str, int]] = field(default_factory=list)
    parents: Mapping[int, int] = field(default_factory=lambda: {734: 700, 700: 1})
    random: int = 1

    def builtin(self, name: str) -> int | bytes:
        """The value of a builtin variable: an integer, or the bytes of a string."""
        value = self.values.get(name, DEFAULTS.get(name, 0))
        return value.encode() if isinstance(value, str) else value

    def rand(self) -> int:
        """The next number of a fixed sequence."""
        self.random = self.random * 1103515245 + 12345 & 0x7FFFFFFF
        return self.random
