# SPDX-License-Identifier: GPL-2.0-or-later
"""Subroutines of the reference interpreter that move memory: between user, kernel and scratch space."""

from __future__ import annotations

from collections.abc import Sequence

from dscript.errors import DifFault
from dscript.vm.faults import Fault
from dscript.vm.host import MASK, Host, Pushed

Arguments = Sequence[Pushed]
MEMREF_WORD_BYTES = 8  # this interpreter's addresses do not fit the four bytes of the machine's
_LONGEST_MEMSTR = 4096


def copyin(m: Host, a: Arguments) -> int:
    """copyin(address, size): user memory in scratch space."""
    place = m.scratch(a[1].value)
    m.memory.write(place, m.kernel.user.read(a[0].value, a[1].value))
    return place


def copyinstr(m: Host, a: Arguments) -> int:
    """copyinstr(address[, limit])."""
    limit = min(m.strsize, a[1].value) if len(a) > 1 else m.strsize
    return m.new_string(m.kernel.user.string(a[0].value, limit))


def copyinto(m: Host, a: Arguments) -> int:
    """copyinto(address, size, destination)."""
    m.memory.store(a[2].value, m.kernel.user.read(a[0].value, a[1].value))
    return 0


def copyout(m: Host, a: Arguments) -> int:
    """copyout(source, address, size)."""
    m.kernel.user.write(a[1].value & MASK, m.memory.read(a[0].value, a[2].value))
    return 0


def copyoutstr(m: Host, a: Arguments) -> int:
    """copyoutstr(string, address, limit): with its NUL, if that fits."""
    text = m.memory.string(a[0].value, min(m.strsize, a[2].value))
    m.kernel.user.write(a[1].value & MASK, (text + b"\0")[: a[2].value])
    return 0


def bcopy(m: Host, a: Arguments) -> int:
    """bcopy(source, destination, size)."""
    m.memory.store(a[1].value, m.memory.read(a[0].value, a[2].value))
    return 0


def memref(m: Host, a: Arguments) -> int:
    """memref(address, size): both, for printm()."""
    place = m.scratch(2 * MEMREF_WORD_BYTES)
    m.memory.write(place, b"".join(item.value.to_bytes(MEMREF_WORD_BYTES, "little") for item in a[:2]))
    return place


def memstr(m: Host, a: Arguments) -> int:
    """memstr(address, character, size): size - 1 bytes as a string, the character for every NUL."""
    size = a[2].value
    if size == 0:
        return 0
    if size > _LONGEST_MEMSTR:
        raise DifFault(Fault.ILLOP)
    text = m.memory.read(a[0].value, size - 1).replace(b"\0", bytes([a[1].value & 0xFF]))
    place = m.scratch(size)
    m.memory.write(place, text + b"\0")
    return place
