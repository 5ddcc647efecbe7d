# SPDX-License-Identifier: GPL-2.0-or-later
"""The program blob's layout: sim/guest/abi/dprog.h mirrored as ``struct`` formats and field names.

``HEADER.pack(**fields)`` and ``HEADER.unpack(blob, offset)`` translate by name, so nobody else counts
offsets. A test reads the header's text and compares every struct and constant with this file.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracer.errors import DataError

MAGIC = 0x47525044
VERSION = 1
NONE = 0xFFFFFFFF
TYPE_CTF = 0
TYPE_STRING = 1
TF_BYREF = 0x1
F_RESIZE = 0x1

ERRORS = {
    1: "malformed program",
    2: "DIF object {error_difo} refused at instruction {error_pc}",
    3: "no probe with ID {error_difo}",
    4: "not enough space for buffers or enablings",
    5: "unknown action {error_difo:#x}",
}

RECORD_HEADER_BYTES = 12  # epid, timestamp_hi, timestamp_lo
POLICIES = {"switch": 0, "ring": 1, "fill": 2}


@dataclass(frozen=True)
class Layout:
    """A C struct of u32 (``I``) and u64 (``Q``) fields, in order, naturally aligned without padding."""

    fields: tuple[tuple[str, str], ...]
    struct: struct.Struct = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "struct", struct.Struct("<" + "".join(code for _, code in self.fields)))

    @property
    def size(self) -> int:
        """Bytes of one such struct."""
        return self.struct.size

    def pack(self, values: Mapping[str, int]) -> bytes:
        """Returns the struct's bytes; fields not named are 0, a value too wide raises DataError."""
        unknown = set(values) - {name for name, _ in self.fields}
        if unknown:
            raise DataError(f"no such field: {', '.join(sorted(unknown))}")
        try:
            return self.struct.pack(*(values.get(name, 0) for name, _ in self.fields))
        except struct.error as error:
            raise DataError(f"value does not fit the program blob: {error}") from error

    def unpack(self, data: bytes, offset: int = 0) -> dict[str, int]:
        """Returns the fields by name, or raises DataError if ``data`` is too short."""
        if offset < 0 or offset + self.size > len(data):
            raise DataError(f"struct at offset {offset:#x} lies outside {len(data)} bytes")
        names = (name for name, _ in self.fields)
        return dict(zip(names, self.struct.unpack_from(data, offset), strict=True))


def _layout(text: str) -> Layout:
    """Builds a Layout from words; a ``/8`` after the name makes the field a u64."""
    pairs = (word.partition("/") for word in text.split())
    return Layout(tuple((name, "Q" if size == "8" else "I") for name, _, size in pairs))


HEADER = _layout("""
    magic version length flags
    nclause clause_off ndifo difo_off nvar var_off
    bufsize/8 aggsize/8 dynvarsize/8 specsize/8
    strsize stackframes nspec bufpolicy
    switchrate_ns/8 aggrate_ns/8
    destructive pad0 error error_difo error_pc necb
""")
CLAUSE = _layout("nprobe probe_off predicate naction action_off first_epid size needed")
ACTION = _layout("kind difo ntuple aggid arg/8 rec_offset rec_size")
DIFO = _layout("ninsn insn_off nint int_off str_bytes str_off rtype_kind rtype_size rtype_flags pad")
VARIABLE = _layout("id kind scope type_kind flags size")
PROBE = _layout("id provider module function name address flags nargs argtypes nargtypes")
ARGTYPE = _layout("native xlate mapping")
