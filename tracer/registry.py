# SPDX-License-Identifier: GPL-2.0-or-later
"""The guest's probes: read once from its probe table, matched by description, listed.

``Registry.read(memory, symbols)`` follows the kernel's ``dtrace_probe_table``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from dscript import ProbeDescription
from tracer import abi
from tracer.errors import DataError
from tracer.glob import compile_glob, is_glob
from tracer.machine import Memory, Symbols

_STRING_CHUNK = 32
_MAX_STRING = 1024


@dataclass(frozen=True)
class ArgumentType:
    """What the kernel says of one typed argument: C type names, "" for ``translated`` if args[n] is the native type.

    ``source`` is the argN that holds it.
    """

    native: str
    translated: str
    source: int


@dataclass(frozen=True)
class Probe:
    """One probe; prints as ``provider:module:function:name``."""

    id: int
    provider: str
    module: str
    function: str
    name: str
    nargs: int = 0
    argtypes: tuple[ArgumentType, ...] = ()

    def __str__(self) -> str:
        return f"{self.provider}:{self.module}:{self.function}:{self.name}"


class Registry:
    """All probes, in the order of their ids."""

    def __init__(self, probes: Iterable[Probe]) -> None:
        self.probes = tuple(sorted(probes, key=lambda probe: probe.id))
        self._by_id = {probe.id: probe for probe in self.probes}

    @cached_property
    def _by_function(self) -> dict[str, list[Probe]]:
        index: dict[str, list[Probe]] = {}
        for probe in self.probes:
            index.setdefault(probe.function, []).append(probe)
        return index

    def __len__(self) -> int:
        return len(self.probes)

    def find(self, probe_id: int) -> Probe | None:
        """Returns the probe with that id, or None."""
        return self._by_id.get(probe_id)

    def get(self, probe_id: int) -> Probe:
        """Returns the probe with that id or raises DataError."""
        if probe_id not in self._by_id:
            raise DataError(f"no probe with ID {probe_id}")
        return self._by_id[probe_id]

    def match(self, description: ProbeDescription) -> tuple[Probe, ...]:
        """Returns the probes a description matches, in the order of their ids."""
        if description.id is not None:
            probe = self.find(description.id)
            return (probe,) if probe else ()
        provider, module, name = (
            compile_glob(part) for part in (description.provider, description.module, description.name)
        )
        return tuple(
            probe
            for probe in self._candidates(description.function)
            if name(probe.name) and provider(probe.provider) and module(probe.module)
        )

    def _candidates(self, pattern: str) -> Sequence[Probe]:
        """Returns the probes whose function part matches; an exact name costs one look-up."""
        if not pattern:
            return self.probes
        if not is_glob(pattern):
            return self._by_function.get(pattern, ())
        matches = compile_glob(pattern)
        return [probe for probe in self.probes if matches(probe.function)]

    @classmethod
    def read(cls, memory: Memory, symbols: Symbols) -> Registry:
        """Reads the guest's probe table; raises DataError if the kernel has none."""
        count = _read_word(memory, _get_address(symbols, "dtrace_nprobes"))
        table = _read_word(memory, _get_address(symbols, "dtrace_probe_table"))
        data = memory.read_virtual(table, count * abi.PROBE.size) if count else b""
        strings = _Strings(memory)
        argtypes = _ArgumentTypes(memory, strings)
        return cls(_read_probe(data, index, strings, argtypes) for index in range(count))


class _Strings:
    """Reads NUL-terminated strings of guest memory, each address once."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._known: dict[int, str] = {0: ""}

    def get(self, address: int) -> str:
        """Returns the string at ``address``, "" for a null pointer."""
        if address not in self._known:
            self._known[address] = self._read(address)
        return self._known[address]

    def _read(self, address: int) -> str:
        data = b""
        while b"\0" not in data:
            if len(data) > _MAX_STRING:
                raise DataError(f"string at {address:#x} has no end")
            data += self._memory.read_virtual(address + len(data), _STRING_CHUNK)
        return data.split(b"\0", 1)[0].decode("ascii", "backslashreplace")


class _ArgumentTypes:
    """Reads lists of typed arguments, each once: many probes share one."""

    def __init__(self, memory: Memory, strings: _Strings) -> None:
        self._memory = memory
        self._strings = strings
        self._known: dict[tuple[int, int], tuple[ArgumentType, ...]] = {}

    def get(self, address: int, count: int) -> tuple[ArgumentType, ...]:
        """Returns the ``count`` typed arguments at ``address``."""
        if (address, count) not in self._known:
            data = self._memory.read_virtual(address, count * abi.ARGTYPE.size) if count else b""
            rows = (abi.ARGTYPE.unpack(data, index * abi.ARGTYPE.size) for index in range(count))
            get = self._strings.get
            self._known[address, count] = tuple(
                ArgumentType(get(row["native"]), get(row["xlate"]), row["mapping"]) for row in rows
            )
        return self._known[address, count]


def _get_address(symbols: Symbols, name: str) -> int:
    symbol = symbols.find_name(name)
    if symbol is None:
        raise DataError(f"the guest's kernel has no symbol {name}")
    return symbol.address


def _read_word(memory: Memory, address: int) -> int:
    return int.from_bytes(memory.read_virtual(address, 4), "little")


def _read_probe(data: bytes, index: int, strings: _Strings, argtypes: _ArgumentTypes) -> Probe:
    entry = abi.PROBE.unpack(data, index * abi.PROBE.size)
    provider, module, function, name = (strings.get(entry[part]) for part in ("provider", "module", "function", "name"))
    types = argtypes.get(entry["argtypes"], entry["nargtypes"])
    return Probe(entry["id"], provider, module, function, name, entry["nargs"], types)
