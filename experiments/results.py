# SPDX-License-Identifier: GPL-2.0-or-later
"""A results directory: ``samples.csv``, ``failures.csv``, ``metadata.json`` and the D output of each run.

Every run is on disk before the next is waited for (append, then fsync), so a killed runner loses only the runs in
flight. A torn last line is recognised by the reader and left out. Statistics and plots read these files only.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from experiments.errors import ResultsError
from experiments.order import Task
from experiments.sample import METRICS, Sample

COLUMNS = ("setup", "run", "seed", "order", *METRICS)
FAILURE_COLUMNS = ("setup", "run", "seed", "order", "reason")


class ResultsWriter:
    """Writes a new results directory; every method raises ResultsError with the file's name when it cannot."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        try:
            directory.mkdir(parents=True, exist_ok=True)
            if (directory / "samples.csv").exists():
                raise ResultsError(f"{directory} already holds samples; choose another --out, or remove it")
            (directory / "output").mkdir(exist_ok=True)
        except OSError as error:
            raise ResultsError(f"{error.filename or directory}: {error.strerror}") from None
        self._append("samples.csv", COLUMNS)

    def add(self, task: Task, sample: Sample) -> None:
        """Save one run: its output first, then its row."""
        self._write(f"output/{task.setup}-{task.run:04d}.txt", sample.output)
        row = (task.setup, task.run, task.seed, task.order, *(getattr(sample, name) for name in METRICS))
        self._append("samples.csv", row)

    def fail(self, task: Task, reason: str) -> None:
        """Save that a run failed, and why."""
        if not (self.directory / "failures.csv").exists():
            self._append("failures.csv", FAILURE_COLUMNS)
        self._append("failures.csv", (task.setup, task.run, task.seed, task.order, reason))

    def describe(self, metadata: Mapping[str, Any]) -> None:
        """Write (or replace) the metadata."""
        self._write("metadata.json", json.dumps(metadata, indent=2, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Put the rows of a complete plan into their planned order, so that the file does not depend on --jobs."""
        rows = sorted(read_rows(self.directory / "samples.csv", COLUMNS).rows, key=lambda row: int(row["order"]))
        lines = [_line(COLUMNS), *(_line([row[name] for name in COLUMNS]) for row in rows)]
        self._write("samples.csv", "".join(lines))

    def _append(self, name: str, row: Sequence[object]) -> None:
        """Append one CSV line and have it on the disk."""
        path = self.directory / name
        try:
            with path.open("ab") as stream:
                stream.write(_line(row).encode())
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise ResultsError(f"{path}: {error.strerror}") from None

    def _write(self, name: str, text: str) -> None:
        """Write a whole file, or nothing."""
        path = self.directory / name
        draft = path.with_name(path.name + ".tmp")
        try:
            with draft.open("wb") as stream:
                stream.write(text.encode("utf-8", "surrogateescape"))
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise ResultsError(f"{path}: {error.strerror}") from None


def _line(row: Iterable[object]) -> str:
    """Return one CSV line; floats keep every digit."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([repr(item) if isinstance(item, float) else item for item in row])
    return buffer.getvalue()


@dataclass(frozen=True)
class Rows:
    """The rows of a CSV file; ``torn`` if its last line was cut short and left out."""

    rows: list[dict[str, str]]
    torn: bool = False


def read_rows(path: Path, columns: Sequence[str]) -> Rows:
    """Return the rows of a file with at least ``columns``; raises ResultsError."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ResultsError(f"{path}: {error.strerror}") from None
    except ValueError:
        raise ResultsError(f"{path}: not a text file") from None
    whole, _, rest = text.rpartition("\n")
    reader = csv.DictReader(io.StringIO(whole + "\n" if whole else ""))
    missing = [name for name in columns if name not in (reader.fieldnames or [])]
    if missing:
        raise ResultsError(f"{path}: no column {missing[0]!r}; not a samples file of this program")
    rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise ResultsError(f"{path}:{number}: {len(reader.fieldnames or [])} fields expected")
    return Rows(rows, torn=bool(rest))


@dataclass(frozen=True)
class Results:
    """What a directory holds: rows of text by column name, the metadata, failures, and whether the end is torn."""

    directory: Path
    rows: list[dict[str, str]]
    metadata: dict[str, Any]
    failures: list[dict[str, str]] = field(default_factory=list)
    torn: bool = False

    @property
    def setups(self) -> list[str]:
        """Names of the set-ups in plan order; without metadata, in the order they occur."""
        plan = self.metadata.get("plan", {})
        named = [item["name"] for item in plan.get("setups", [])]
        return named or list(dict.fromkeys(row["setup"] for row in self.rows))

    def values(self, setup: str, metric: str) -> list[float]:
        """Return one measurement of one set-up, run by run; raises ResultsError."""
        try:
            return [float(row[metric]) for row in self.rows if row["setup"] == setup]
        except ValueError as error:
            raise ResultsError(f"{self.directory / 'samples.csv'}: column {metric}: {error}") from None


def read_results(directory: Path) -> Results:
    """Return the results in a directory; raises ResultsError."""
    check_directory(directory)
    samples = read_rows(directory / "samples.csv", ("setup", "run", "seed"))
    failures = directory / "failures.csv"
    failed = read_rows(failures, FAILURE_COLUMNS).rows if failures.exists() else []
    return Results(directory, samples.rows, _read_metadata(directory / "metadata.json"), failed, samples.torn)


def check_directory(directory: Path) -> None:
    """Raise ResultsError, with what was expected and what to try, unless ``directory`` is a results directory."""
    hint = "`probelab run PLAN --out DIR` makes one"
    if not directory.exists():
        raise ResultsError(f"{directory}: no such directory; {hint}")
    if not directory.is_dir() or not (directory / "samples.csv").exists():
        raise ResultsError(f"{directory} is not a results directory (samples.csv is expected in it); {hint}")


def _read_metadata(path: Path) -> dict[str, Any]:
    """Return the metadata; a directory without is read all the same."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ResultsError(f"{path}: {error}") from None
    return found if isinstance(found, dict) else {}
