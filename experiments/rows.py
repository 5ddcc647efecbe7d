# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of ``samples.csv``: how one is written, and how a file is read when its end, or its middle, is torn.

Every line ends with a checksum of itself, and before it one of the run's output, so that a line or an output file that
did not reach the disk whole is found. Files without these columns are read all the same.
"""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from experiments.errors import ResultsError
from experiments.sample import METRICS

FIRST_COLUMNS = ("setup", "run", "seed", "order", "block")
CHECK_COLUMNS = ("output_crc", "crc")
FAILURE_COLUMNS = ("setup", "run", "seed", "order", "reason")


def list_columns(levels: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of a samples file whose plan has these levels."""
    return (*FIRST_COLUMNS, *levels, *METRICS, *CHECK_COLUMNS)


def format_line(row: Iterable[object]) -> str:
    """Return one CSV line; floats keep every digit."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([repr(item) if isinstance(item, float) else item for item in row])
    return buffer.getvalue()


def seal(row: Sequence[object]) -> str:
    """Return the line of a row with its checksum added as the last field."""
    line = format_line(row)
    return f"{line[:-1]},{checksum(line.encode())}\n"


def checksum(data: bytes) -> str:
    """Return a CRC-32 in hexadecimal."""
    return f"{zlib.crc32(data):08x}"


@dataclass(frozen=True)
class Rows:
    """The rows of a CSV file; ``torn`` says why its last line was left out, ``bad`` lists the damaged lines before."""

    rows: list[dict[str, str]]
    torn: bool = False
    bad: list[int] = field(default_factory=list)


def read_rows(path: Path, columns: Sequence[str]) -> Rows:
    """Return the rows of a file with at least ``columns``; raises ResultsError.

    A last line without its end is torn. A line whose checksum is wrong is damaged: left out, and its number told.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ResultsError(f"{path}: {error.strerror}") from None
    except ValueError:
        raise ResultsError(f"{path}: not a text file") from None
    whole, _, rest = text.rpartition("\n")
    lines = whole.split("\n") if whole else []
    header = next(csv.reader(lines[:1]), [])
    missing = [name for name in columns if name not in header]
    if missing:
        raise ResultsError(f"{path}: no column {missing[0]!r}; not a samples file of this program")
    rows, bad = [], []
    sealed = header[-1] == "crc"
    for number, line in enumerate(lines[1:], start=2):
        fields = next(csv.reader([line]), [])
        if sealed and not is_whole(line):
            bad.append(number)
        elif len(fields) != len(header):
            raise ResultsError(f"{path}:{number}: {len(header)} fields expected")
        else:
            rows.append(dict(zip(header, fields, strict=True)))
    return Rows(rows, bool(rest), bad)


def is_whole(line: str) -> bool:
    """Tell whether a sealed line (without its end) carries its own checksum."""
    body, _, crc = line.rpartition(",")
    return checksum((body + "\n").encode()) == crc
