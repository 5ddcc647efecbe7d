# SPDX-License-Identifier: GPL-2.0-or-later
"""The blob's layout against the header the guest is compiled from."""

import re
from pathlib import Path

import pytest

import sim
from tracer import abi
from tracer.errors import DataError

HEADER = Path(sim.__file__).parent / "guest" / "abi" / "dprog.h"
STRUCTS = {
    "dprog_hdr": abi.HEADER,
    "dprog_clause": abi.CLAUSE,
    "dprog_action": abi.ACTION,
    "dprog_difo": abi.DIFO,
    "dprog_var": abi.VARIABLE,
    "dtrace_probe_entry": abi.PROBE,
    "dtrace_argtype": abi.ARGTYPE,
}


def read_struct(name):
    """Returns (field, code) pairs of one struct of the header."""
    text = re.sub(r"/\*.*?\*/", "", HEADER.read_text(), flags=re.DOTALL)
    body = re.search(rf"struct {name} \{{(.*?)\}};", text, re.DOTALL).group(1)
    pairs = []
    for declaration in filter(None, (part.strip() for part in body.split(";"))):
        kind, fields = re.fullmatch(r"(unsigned (?:int|long long))\s+(.*)", declaration, re.DOTALL).groups()
        pairs += [(field.strip(), "Q" if kind.endswith("long") else "I") for field in fields.split(",")]
    return tuple(pairs)


@pytest.mark.parametrize("name", STRUCTS)
def test_layout_is_the_headers(name):
    """Names, order and widths of the fields are those of dprog.h, and no field needs padding."""
    assert STRUCTS[name].fields == read_struct(name)
    offset = 0
    for _, code in STRUCTS[name].fields:
        size = 8 if code == "Q" else 4
        assert offset % size == 0
        offset += size


@pytest.mark.parametrize(
    ("define", "value"),
    [
        ("DPROG_MAGIC", abi.MAGIC),
        ("DPROG_VERSION", abi.VERSION),
        ("DPROG_NONE", abi.NONE),
        ("DPROG_TYPE_STRING", abi.TYPE_STRING),
        ("DPROG_TF_BYREF", abi.TF_BYREF),
        ("DPROG_F_RESIZE", abi.F_RESIZE),
    ],
)
def test_constants_are_the_headers(define, value):
    """The constants are those of dprog.h."""
    assert int(re.search(rf"#define {define}\s+(\w+)", HEADER.read_text()).group(1), 0) == value


def test_every_refusal_has_words():
    """Each DPROG_E_* but OK has a text."""
    codes = {int(code) for code in re.findall(r"#define DPROG_E_\w+\s+(\d+)", HEADER.read_text())}
    assert codes - {0} == set(abi.ERRORS)


def test_unpack_checks_bounds():
    """A struct that reaches past the end is an error of ours, not an IndexError."""
    with pytest.raises(DataError):
        abi.CLAUSE.unpack(bytes(8), 0)
