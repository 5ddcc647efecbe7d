# SPDX-License-Identifier: GPL-2.0-or-later
"""Subroutines that make text of other things: network addresses, JSON, memory."""

import ctypes
import ipaddress
import json

import pytest
from harness import Difo, asm
from hypothesis import given, settings
from hypothesis import strategies as st
from test_dif_subr import SUBRS, call

AF_INET, AF_INET6 = 2, 28
DOCUMENT = {
    "name": "dd", "list": [1, -2.5e3, "three", {"deep": [[], [True, None]]}], "empty": {}, "qu\"ote": "a\\b\"c",
    "": 7, "false": False,
}  # fmt: skip
TEXT = json.dumps(DOCUMENT).encode()


def address_text(guest, name, raw, *family):
    """Return what a subroutine makes of the address in these bytes."""
    buffer = ctypes.create_string_buffer(raw, 16)
    return call(guest, name, *family, ctypes.addressof(buffer), string=True)


@settings(max_examples=60, deadline=None)
@given(raw=st.lists(st.sampled_from([0, 0, 0, 1, 0xFF, 0x20]), min_size=16, max_size=16).map(bytes))
def test_addresses_mean_themselves(guest, raw):
    """What inet_ntop and inet_ntoa6 write reads back as the address; inet_ntoa6 gives only the IPv4 part of one."""
    address = ipaddress.IPv6Address(raw)
    text = address_text(guest, "inet_ntop", raw, AF_INET6).decode()
    assert ipaddress.IPv6Address(text) == address
    short = address_text(guest, "inet_ntoa6", raw).decode()
    assert ipaddress.ip_address(short) in (address, ipaddress.IPv4Address(raw[12:]))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("::", "::"),
        ("::1", "::1"),
        ("fe80::1:0:0:1", "fe80::1:0:0:1"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7::"),
        ("::ffff:10.1.2.3", "::ffff:10.1.2.3"),
        ("::10.1.2.3", "::10.1.2.3"),
    ],
)
def test_ipv6_text(guest, text, want):
    """The first longest run of zero groups is left out; an embedded IPv4 address has dots."""
    assert address_text(guest, "inet_ntop", ipaddress.IPv6Address(text).packed, AF_INET6).decode() == want


def test_inet_ntop_knows_two_families(guest):
    """IPv4 by its number, any other family is an illegal operation."""
    assert address_text(guest, "inet_ntop", bytes([127, 0, 0, 1]), AF_INET) == b"127.0.0.1"
    assert address_text(guest, "inet_ntop", bytes(16), 30) is None


@pytest.mark.parametrize(
    ("path", "want"),
    [
        (b"name", b"dd"),
        (b"list[0]", b"1"),
        (b"list[1]", b"-2500.0"),
        (b"list[2]", b"three"),
        (b"list[3].deep[1][0]", b"true"),
        (b"list[3].deep[1]", b"[true, null]"),
        (b"list[3].deep[0]", b"[]"),
        (b"empty", b"{}"),
        (b'qu"ote', b'a\\b"c'),
        (b"false", b"false"),
        (b"list", json.dumps(DOCUMENT["list"]).encode()),
    ],
)
def test_json_finds(guest, path, want):
    """A path of keys and indices leads to the element; strings come without quotes, the rest as written."""
    assert call(guest, "json", TEXT, path, string=True) == want


@pytest.mark.parametrize(
    "path", [b"nope", b"list[4]", b"name.more", b"empty.x", b"list[3].deep[0][0]", b"", b"..", b"name[0]"]
)
def test_json_that_is_not_there_is_null(guest, path):
    """What the path does not lead to is null."""
    assert call(guest, "json", TEXT, path) == 0


@pytest.mark.parametrize(
    "text", [b"", b"7", b'"x"', b'{"a" 1}', b'{"a": ', b'{"b": [1, }', b'{"a": -x}', b"[", b'{"a": "x']
)
def test_json_of_what_is_no_json_is_null(guest, text):
    """A text that breaks off, or is none, gives null."""
    assert call(guest, "json", text, b"a") == 0


def test_memstr(guest):
    """memstr gives size - 1 characters with another one for each NUL; too large a size is an illegal operation."""
    buffer = ctypes.create_string_buffer(b"a\0b\0c")
    place = ctypes.addressof(buffer)
    assert call(guest, "memstr", place, ord("-"), 6, string=True) == b"a-b-c"
    assert call(guest, "memstr", place, ord("-"), 0) == 0
    assert call(guest, "memstr", place, ord("-"), 5000) is None


def test_memref_is_two_words(guest):
    """A memref is an address and a size, one after the other."""
    word = ctypes.sizeof(ctypes.c_size_t)
    text = f"setx 0 1; pushtv 0 0 1; setx 1 2; pushtv 0 0 2; call {SUBRS['memref']} 1;"
    text += "setx 2 3; add 1 3 1; ldx 1 0 2; ret 2"
    assert [guest.value(Difo(asm(text), (11, 22, at)))[0] for at in (0, word)] == [11, 22]
