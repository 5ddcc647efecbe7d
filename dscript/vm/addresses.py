# SPDX-License-Identifier: GPL-2.0-or-later
"""Network subroutines of the reference interpreter: byte order, addresses as text.

IPv6 text follows DTrace, which shortens a single zero group as well and writes embedded IPv4 addresses with dots.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dscript.errors import DifFault
from dscript.vm.faults import Fault
from dscript.vm.host import Host, Pushed

Arguments = Sequence[Pushed]
_AF_INET, _AF_INET6 = 2, 28
_V4_BYTES, _V6_BYTES, _V4_OFFSET = 4, 16, 12


def swap(size: int) -> Callable[[Host, Arguments], int]:
    """The subroutine that turns ``size`` bytes around."""
    mask = (1 << 8 * size) - 1
    return lambda _m, a: int.from_bytes((a[0].value & mask).to_bytes(size, "little"), "big")


def inet_ntoa(m: Host, a: Arguments) -> int:
    """inet_ntoa(address): four bytes with dots."""
    return m.new_string(_dotted(m.memory.read(a[0].value, _V4_BYTES)))


def inet_ntoa6(m: Host, a: Arguments) -> int:
    """inet_ntoa6(address): of an embedded IPv4 address only that."""
    raw = m.memory.read(a[0].value, _V6_BYTES)
    return m.new_string(_dotted(raw[_V4_OFFSET:]) if _embeds_v4(raw) else _colons(raw))


def inet_ntop(m: Host, a: Arguments) -> int:
    """inet_ntop(family, address)."""
    if a[0].value == _AF_INET:
        return m.new_string(_dotted(m.memory.read(a[1].value, _V4_BYTES)))
    if a[0].value != _AF_INET6:
        raise DifFault(Fault.ILLOP)
    return m.new_string(_colons(m.memory.read(a[1].value, _V6_BYTES)))


def _dotted(raw: bytes) -> bytes:
    return ".".join(map(str, raw)).encode()


def _embeds_v4(raw: bytes) -> bool:
    mapped = raw[:_V4_OFFSET] == bytes(10) + b"\xff\xff"
    compatible = raw[:_V4_OFFSET] == bytes(_V4_OFFSET) and int.from_bytes(raw[_V4_OFFSET:], "big") > 1
    return mapped or compatible


def _colons(raw: bytes) -> bytes:
    groups = [f"{raw[n] << 8 | raw[n + 1]:x}" for n in range(0, _V6_BYTES, 2)]
    if _embeds_v4(raw):
        groups[6:] = [_dotted(raw[_V4_OFFSET:]).decode()]
    start, length = _longest_zeros(raw)
    if length == 0:
        return ":".join(groups).encode()
    return (":".join(groups[:start]) + "::" + ":".join(groups[start + length :])).encode()


def _longest_zeros(raw: bytes) -> tuple[int, int]:
    """Where the first longest run of zero groups begins, and how many they are."""
    best, run = (0, 0), 0
    for number in range(_V6_BYTES // 2):
        run = run + 1 if raw[2 * number : 2 * number + 2] == b"\0\0" else 0
        if run > best[1]:
            best = (number - run + 1, run)
    return best
