# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses in words: kernel and user symbols, stacks, and what the functions of their names show."""

import struct
from dataclasses import dataclass

import pytest

from dscript import ActionKind, ValueKind, ValueType
from tests.tracer.consuming import context
from tracer.consumer.datum import Datum, describe_datum
from tracer.consumer.printf import render

LIBC = range(0x20100000, 0x20200000)


@dataclass(frozen=True)
class Found:
    """A user address in words."""

    module: str
    name: str
    offset: int


class Users:
    """Process 7 has libc with one function of 16 bytes."""

    def find(self, pid, address):
        """Returns what lies there."""
        if pid != 7 or address not in LIBC:
            return None
        offset = address - LIBC.start
        return Found("libc.so.7", "write", offset) if offset < 16 else Found("libc.so.7", "", 0)


def named():
    """Returns a context that knows the process."""
    found = context()
    found.users = Users()
    return found


def user(address, action, pid=7):
    """Returns the record of a user address."""
    return Datum(ValueType(ValueKind.USYMBOL, 16), struct.pack("<2Q", pid, address), ActionKind[action])


@pytest.mark.parametrize(
    ("datum", "text"),
    [
        (user(LIBC.start + 8, "UADDR"), "libc.so.7`write+0x8"),
        (user(LIBC.start + 8, "USYM"), "libc.so.7`write"),
        (user(LIBC.start + 8, "UMOD"), "libc.so.7"),
        (user(LIBC.start + 64, "USYM"), "libc.so.7`0x20100040"),
        (user(0x99, "UMOD"), "0x99"),
        (user(LIBC.start, "UADDR", pid=8), "0x20100000"),
    ],
)
def test_user_addresses(datum, text):
    """uaddr() has the offset, usym() has none, umod() is the file; what nobody knows is the address."""
    assert describe_datum(datum, named()) == f"  {text:<50}"
    if datum.action is not ActionKind.UMOD:
        assert render("[%A]", [datum], named()) == f"[{text}]"


@pytest.mark.parametrize(("action", "text"), [("SYM", "kernel`malloc"), ("MOD", "kernel")])
def test_kernel_addresses(action, text):
    """sym() has no offset, mod() is the module."""
    datum = Datum(ValueType(ValueKind.SYMBOL, 8), struct.pack("<Q", 0xC0300010), ActionKind[action])
    assert describe_datum(datum, named()) == f"  {text:<50}"
    assert render("%a|", [datum], named()) == f"{text}|"


def ustack(frames, strings=b"", room=4):
    """Returns the record of ustack() or jstack()."""
    data = struct.pack(f"<{room + 1}Q", 7, *frames, *[0] * (room - len(frames))) + strings
    action = ActionKind.JSTACK if strings else ActionKind.USTACK
    return Datum(ValueType(ValueKind.USTACK, len(data)), data, action, room | len(strings) << 32)


def test_user_stacks():
    """A user stack ends at the first zero; frames of no file are addresses."""
    datum = ustack([LIBC.start + 4, 0x8000])
    assert describe_datum(datum, named()) == f"\n{'':14}libc.so.7`write+0x4\n{'':14}0x8000\n"
    assert render("%k", [datum], named()) == "\nlibc.so.7`write+0x4\n0x8000\n"


def test_jstack_strings():
    """jstack()'s strings stand for frames that lie in no file."""
    datum = ustack([LIBC.start, 0x8000, 0x9000], b"no\0Main.run\0\0\0\0\0")
    lines = describe_datum(datum, named()).split()
    assert lines == ["libc.so.7`write", "Main.run", "0x9000"]
