# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads a set of numbers from a file, one a line, as ministat does: the n-th token of each line, comments skipped.

A line longer than C's stdio buffer falls apart into several, and a NUL byte ends one; both as in the original.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO

from experiments.ministat.cfloat import SPACE, parse_double
from experiments.ministat.dataset import DataSet, make_dataset
from experiments.ministat.errors import MinistatError
from experiments.ministat.vintage import Vintage

_LINE_BYTES = 8191


def read_dataset(name: str, column: int, delimiters: str, vintage: Vintage) -> DataSet:
    """Return the set in the file ``name`` (``-`` is standard input); raises MinistatError."""
    if name == "-":
        return make_dataset("<stdin>", iter_values(sys.stdin.buffer, "<stdin>", column, delimiters), vintage)
    try:
        with open(name, "rb") as stream:
            return make_dataset(name, iter_values(stream, name, column, delimiters), vintage)
    except IsADirectoryError:  # fopen(3) opens it, and nothing can be read
        return make_dataset(name, (), vintage)
    except OSError as error:
        raise MinistatError(f"ministat: Cannot open {name}: {error.strerror}", vintage.open_status) from None


def iter_values(stream: BinaryIO, name: str, column: int, delimiters: str) -> Iterator[float]:
    """Yield the numbers of a stream; raises MinistatError at the first line that holds something else."""
    for number, line in enumerate(_iter_lines(stream), start=1):
        token = find_token(line, column, delimiters)
        if token is None:
            continue
        value = parse_double(token)
        if value is None:
            raise MinistatError(f"ministat: Invalid data on line {number} in {name}")
        yield value


def _iter_lines(stream: BinaryIO) -> Iterator[str]:
    """Yield lines without trailing white space; a directory or a broken file reads as empty."""
    try:
        while chunk := stream.readline(_LINE_BYTES):
            yield chunk.split(b"\0", 1)[0].decode("latin-1").rstrip(SPACE)
    except OSError:
        return


def find_token(line: str, column: int, delimiters: str) -> str | None:
    """Return the ``column``-th token (from 1), or None if there are fewer or a ``#`` starts a comment before it."""
    start = 0
    for count in range(1, column + 1):
        while start < len(line) and line[start] in delimiters:
            start += 1
        if start == len(line) or line[start] == "#":
            return None
        end = start
        while end < len(line) and line[end] not in delimiters:
            end += 1
        if count == column:
            return line[start:end]
        start = end
    return None
