# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes a results directory: ``samples.csv``, ``samples.parquet``, ``failures.csv``, ``metadata.json``, ``output/``.

Every run is on disk before the next is waited for (append, then fsync), so a killed runner loses only the runs in
flight; ``resume`` takes up what is whole and drops what is torn. Only one runner at a time may write to a directory.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from experiments.errors import ResultsError
from experiments.factors import format_level
from experiments.order import Task
from experiments.plan import Plan, Setup
from experiments.results import METADATA, SAMPLES, Results, check_output, part_path, read_results
from experiments.rows import FAILURE_COLUMNS, checksum, format_line, list_columns, read_rows, seal
from experiments.sample import METRICS, Sample

LOCK_TRIES = 10


class ResultsWriter:
    """Writes to a directory of its own; every method raises ResultsError with the file's name when it cannot."""

    def __init__(self, directory: Path, plan: Plan | None = None) -> None:
        self.directory = directory
        self._levels = plan.level_names if plan else ()
        self._setups = {setup.name: setup for setup in plan.setups} if plan else {}
        self._made: list[Path] = []
        self._lock = -1
        try:
            self._make(directory)
            self._make(directory / "output")
            self._lock = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
            _lock(self._lock)
        except BlockingIOError:
            raise ResultsError(f"{directory}: another run is writing there") from None
        except OSError as error:
            self.discard()
            raise ResultsError(f"{error.filename or directory}: {error.strerror}") from None

    def _make(self, path: Path) -> None:
        """Make a directory and its parents, remembering what was not there."""
        missing = [item for item in (path, *path.parents) if not item.exists()]
        self._made += missing
        path.mkdir(parents=True, exist_ok=True)

    def refuse_used(self) -> None:
        """Raise ResultsError if the directory holds samples already."""
        refuse_used(self.directory)

    def begin(self) -> None:
        """Start a new samples file; raises ResultsError if there is one already."""
        self.refuse_used()
        with suppress(FileNotFoundError):
            (self.directory / SAMPLES).unlink()  # one that was begun, and holds not even its head
        self._append(SAMPLES, format_line(list_columns(self._levels)))

    def resume(self) -> set[tuple[str, int]]:
        """Keep the runs that are whole, drop the rest and all failures; return which runs are there by set-up."""
        if not has_samples(self.directory):
            self.begin()
            return set()
        read_rows(self.directory / SAMPLES, list_columns(self._levels))  # this version's columns are needed
        found = read_results(self.directory)
        kept = {(name, int(row["run"])): row for name, row in self._iter_whole(found)}
        self._write(SAMPLES, self._join(list(kept.values())))
        with suppress(FileNotFoundError):
            (self.directory / "failures.csv").unlink()
        return set(kept)

    def _iter_whole(self, found: Results) -> list[tuple[str, dict[str, str]]]:
        """Return the rows whose output is whole, with the names of their cells."""
        rows = []
        for name in self._setups:
            if name in found.setups:
                rows += [(name, row) for row in found.select(name) if check_output(found, name, row)]
        return rows

    def add(self, task: Task, sample: Sample) -> None:
        """Save one run: its output first, then its row."""
        parts = [sample.output.encode("utf-8", "surrogateescape")]
        parts.append(json.dumps(sample.data).encode() if sample.data else b"")
        for suffix, data in zip(("txt", "json"), parts, strict=True):
            path = part_path(self.directory, task.setup, task.run, suffix)
            if data or suffix == "txt":
                self._write(f"output/{path.name}", data)
            else:
                path.unlink(missing_ok=True)
        setup = self._setups.get(task.setup, Setup(task.setup))
        levels = (format_level(setup.levels[name]) for name in self._levels)
        numbers = (getattr(sample, name) for name in METRICS)
        first = (setup.family, task.run, task.seed, task.order, task.block)
        self._append(SAMPLES, seal((*first, *levels, *numbers, checksum(b"".join(parts)))))

    def fail(self, task: Task, reason: str) -> None:
        """Save that a run failed, and why."""
        if not (self.directory / "failures.csv").exists():
            self._append("failures.csv", format_line(FAILURE_COLUMNS))
        self._append("failures.csv", format_line((task.setup, task.run, task.seed, task.order, reason)))

    def describe(self, metadata: Mapping[str, Any]) -> None:
        """Write (or replace) the metadata."""
        self._write(METADATA, (json.dumps(metadata, indent=2, ensure_ascii=False) + "\n").encode())

    def finish(self) -> None:
        """Put the rows into their planned order, so that the files do not depend on --jobs, and write the Parquet."""
        from experiments.frame import make_frame  # pandas, which takes its time

        found = read_rows(self.directory / SAMPLES, list_columns(self._levels))
        self._write(SAMPLES, self._join(found.rows))
        failures = self.directory / "failures.csv"
        if failures.exists():
            rows = sorted(read_rows(failures, FAILURE_COLUMNS).rows, key=lambda row: int(row["order"]))
            lines = [format_line(FAILURE_COLUMNS), *(format_line(row.values()) for row in rows)]
            self._write("failures.csv", "".join(lines).encode())
        buffer = io.BytesIO()
        make_frame(read_results(self.directory)).to_parquet(buffer, index=False)
        self._write("samples.parquet", buffer.getvalue())

    def _join(self, rows: Sequence[Mapping[str, str]]) -> bytes:
        """Return a samples file of these rows in planned order."""
        columns = list_columns(self._levels)
        ordered = sorted(rows, key=lambda row: int(row["order"]))
        lines = [format_line(columns), *(seal([row[name] for name in columns[:-1]]) for row in ordered)]
        return "".join(lines).encode()

    def close(self) -> None:
        """Let others write to the directory."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def discard(self) -> None:
        """Remove the directories this writer has made, as far as they hold nothing of value."""
        self.close()
        if self.directory in self._made and not (self.directory / SAMPLES).exists():
            with suppress(OSError):
                (self.directory / METADATA).unlink()
        for path in sorted(set(self._made), key=lambda path: -len(path.parts)):
            with suppress(OSError):
                path.rmdir()

    def _append(self, name: str, line: str) -> None:
        """Append one line and have it on the disk; a line that does not fit leaves nothing behind."""
        path = self.directory / name
        try:
            with path.open("ab", buffering=0) as stream:
                size = stream.tell()
                try:
                    _write_all(stream, line.encode())
                    os.fsync(stream.fileno())
                except OSError:
                    with suppress(OSError):
                        stream.truncate(size)
                        if size == 0:
                            path.unlink()
                    raise
        except OSError as error:
            raise ResultsError(f"{path}: {error.strerror}") from None

    def _write(self, name: str, data: bytes) -> None:
        """Write a whole file, or nothing."""
        path = self.directory / name
        draft = path.with_name(path.name + ".tmp")
        try:
            with draft.open("wb", buffering=0) as stream:
                _write_all(stream, data)
                os.fsync(stream.fileno())
            draft.replace(path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise ResultsError(f"{path}: {error.strerror}") from None


def has_samples(directory: Path) -> bool:
    """Tell whether a directory has a samples file with at least its head; raises ResultsError."""
    try:
        with (directory / SAMPLES).open("rb") as stream:
            return stream.readline().endswith(b"\n")
    except FileNotFoundError:
        return False
    except OSError as error:
        raise ResultsError(f"{directory}: {error.strerror}") from None


def refuse_used(directory: Path) -> None:
    """Raise ResultsError if a directory holds samples, or cannot be one; before any time is spent."""
    if has_samples(directory):
        raise ResultsError(f"{directory} already holds samples; choose another --out, or --resume")


def _lock(descriptor: int) -> None:
    """Lock a directory; raises BlockingIOError if another holds it for longer than a killed runner's workers live."""
    for _ in range(LOCK_TRIES):
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(0.1)
    raise BlockingIOError


def _write_all(stream: io.FileIO, data: bytes) -> None:
    """Write every byte; raises OSError."""
    left = memoryview(data)
    while left:
        left = left[stream.write(left) :]
