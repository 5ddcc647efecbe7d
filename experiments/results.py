# SPDX-License-Identifier: GPL-2.0-or-later
"""A results directory as it is read: samples, failures, metadata, and the D output of each run.

Statistics, reports and ``--resume`` start here; ``writer.py`` writes what is read. A torn last line, a damaged line
and an output file that does not fit its line are recognised and left out, and told.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from experiments.errors import ResultsError
from experiments.rows import FAILURE_COLUMNS, checksum, read_rows

SAMPLES = "samples.csv"
METADATA = "metadata.json"


@dataclass(frozen=True)
class Cell:
    """A set-up at one combination of levels, as the metadata name it; ``name`` is for files, ``title`` for people."""

    name: str
    setup: str
    levels: dict[str, str] = field(default_factory=dict)
    script: str | None = None
    factors: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The set-up's name, and the values of the factors."""
        chosen = ",".join(f"{name}={self.levels[name]}" for name in self.factors if name in self.levels)
        return f"{self.setup}@{chosen}" if chosen else self.setup


@dataclass(frozen=True)
class Results:
    """What a directory holds: rows of text by column name, the metadata, failures, and what is torn or damaged."""

    directory: Path
    rows: list[dict[str, str]]
    metadata: dict[str, Any]
    failures: list[dict[str, str]] = field(default_factory=list)
    torn: bool = False
    bad: list[int] = field(default_factory=list)

    @property
    def cells(self) -> list[Cell]:
        """The cells in plan order; without metadata, the set-ups in the order they occur."""
        plan = self.metadata.get("plan", {})
        named = plan.get("setups", [])
        factors = tuple(item["name"] for item in plan.get("factors", []))
        if not named:
            return [Cell(name, name) for name in dict.fromkeys(row["setup"] for row in self.rows)]
        return [
            Cell(
                item["name"],
                item.get("setup", item["name"]),
                _texts(item.get("levels", {})),
                item.get("script"),
                factors,
            )
            for item in named
        ]

    @property
    def setups(self) -> list[str]:
        """Names of the cells (of the set-ups, if the plan has no factors) in plan order."""
        return [cell.name for cell in self.cells]

    def get_cell(self, name: str) -> Cell:
        """Return the cell of that name; raises ResultsError."""
        for cell in self.cells:
            if cell.name == name:
                return cell
        raise ResultsError(f"{self.directory}: no set-up {name!r}; there are {', '.join(self.setups)}")

    def select(self, name: str) -> list[dict[str, str]]:
        """Return the rows of one cell, run by run."""
        cell = self.get_cell(name)
        return [row for row in self.rows if row["setup"] == cell.setup and _fits(row, cell)]

    def values(self, name: str, metric: str) -> list[float]:
        """Return one measurement of one cell, run by run; raises ResultsError."""
        try:
            return [float(row[metric]) for row in self.select(name)]
        except KeyError:
            raise ResultsError(f"{self.directory / SAMPLES}: no column {metric!r}") from None
        except ValueError as error:
            raise ResultsError(f"{self.directory / SAMPLES}: column {metric}: {error}") from None

    def read_output(self, name: str, run: int) -> str:
        """Return what one run printed; an output that is not there is empty."""
        return read_part(self.directory, name, run, "txt").decode("utf-8", "surrogateescape")

    def read_data(self, name: str, run: int) -> list[dict[str, Any]]:
        """Return the aggregations of one run as plain data; none where none were saved. Raises ResultsError."""
        text = read_part(self.directory, name, run, "json")
        try:
            found: list[dict[str, Any]] = json.loads(text) if text else []
        except ValueError:
            raise ResultsError(f"{part_path(self.directory, name, run, 'json')}: damaged") from None
        return found


def _texts(levels: dict[str, Any]) -> dict[str, str]:
    """Return levels as they stand in the samples."""
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in levels.items()}


def _fits(row: dict[str, str], cell: Cell) -> bool:
    """Tell whether a row has the levels of a cell."""
    return all(row.get(name) == value for name, value in cell.levels.items())


def part_path(directory: Path, name: str, run: int, suffix: str) -> Path:
    """Return where one run's output (``txt``) or data (``json``) is kept."""
    return directory / "output" / f"{name}-{run:04d}.{suffix}"


def read_part(directory: Path, name: str, run: int, suffix: str) -> bytes:
    """Return the bytes of one run's file; empty if there is none. Raises ResultsError."""
    path = part_path(directory, name, run, suffix)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise ResultsError(f"{path}: {error.strerror}") from None


def check_output(results: Results, name: str, row: dict[str, str]) -> bool:
    """Tell whether the output files of a row are whole; true for a file without checksums."""
    if "output_crc" not in row:
        return True
    parts = (read_part(results.directory, name, int(row["run"]), suffix) for suffix in ("txt", "json"))
    return checksum(b"".join(parts)) == row["output_crc"]


def read_results(directory: Path) -> Results:
    """Return the results in a directory; raises ResultsError."""
    check_directory(directory)
    samples = read_rows(directory / SAMPLES, ("setup", "run", "seed"))
    failures = directory / "failures.csv"
    failed = read_rows(failures, FAILURE_COLUMNS).rows if failures.exists() else []
    return Results(directory, samples.rows, read_metadata(directory), failed, samples.torn, samples.bad)


def check_directory(directory: Path) -> None:
    """Raise ResultsError, with what was expected and what to try, unless ``directory`` is a results directory."""
    hint = "`probelab run PLAN --out DIR` makes one"
    if not directory.exists():
        raise ResultsError(f"{directory}: no such directory; {hint}")
    if not directory.is_dir() or not (directory / SAMPLES).exists():
        raise ResultsError(f"{directory} is not a results directory (samples.csv is expected in it); {hint}")


def read_metadata(directory: Path) -> dict[str, Any]:
    """Return the metadata; a directory without is read all the same."""
    path = directory / METADATA
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ResultsError(f"{path}: {error}") from None
    return found if isinstance(found, dict) else {}
