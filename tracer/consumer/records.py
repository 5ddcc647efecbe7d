# SPDX-License-Identifier: GPL-2.0-or-later
"""Splits a principal buffer into records: EPID, time stamp, data; EPID 0 is a word of padding.

``iter_records(data, size_of)`` yields in buffer order; ``size_of`` tells a record's length from its EPID.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracer.abi import RECORD_HEADER_BYTES
from tracer.errors import DataError

_HEADER = struct.Struct("<III")
_PADDING_BYTES = 4


@dataclass(frozen=True)
class Record:
    """One record with its header's fields; ``data`` is the whole record, header included."""

    epid: int
    time_ns: int
    data: bytes


def iter_records(data: bytes, size_of: Callable[[int], int]) -> Iterator[Record]:
    """Yields the records of one snapshot; raises DataError when the last one is cut off."""
    offset = 0
    while offset + _PADDING_BYTES <= len(data):
        epid = int.from_bytes(data[offset : offset + _PADDING_BYTES], "little")
        if epid == 0:
            offset += _PADDING_BYTES
            continue
        size = size_of(epid)
        if size < RECORD_HEADER_BYTES or offset + size > len(data):
            raise DataError(f"record of EPID {epid} at {offset:#x} does not fit its buffer of {len(data)} bytes")
        _, high, low = _HEADER.unpack_from(data, offset)
        yield Record(epid, high << 32 | low, data[offset : offset + size])
        offset += size
