# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns a parsed TOML document into a Plan, and refuses what it does not understand, with file and line.

Every table is a list of ``Field``s: to add a key, add a Field and the attribute it fills.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from experiments.errors import PlanError
from experiments.plan import Option, Plan, Setup
from experiments.sample import METRICS
from experiments.tomllines import Lines

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
MAX_RUNS = 100_000
MAX_SEED = 2**32 - 1


@dataclass(frozen=True)
class Field:
    """A key a table may hold: ``check`` returns the value to keep, or raises ValueError saying what was expected."""

    key: str
    check: Callable[[Any], Any]
    required: bool = False


@dataclass(frozen=True)
class Place:
    """Where in the file we are, for messages."""

    where: str
    lines: Lines
    table: str
    index: int = 0
    label: str = ""

    def complain(self, message: str, key: str = "") -> PlanError:
        """Return the error for this place, with the line of ``key`` if it has one."""
        line = self.lines.find(self.table, self.index, key)
        return PlanError(f"{self.where}{f':{line}' if line else ''}: {self.label or self.table}: {message}")


def build_plan(document: Mapping[str, Any], text: str, where: str, folder: Path) -> Plan:
    """Return the plan of a document; raises PlanError for the first thing wrong with it."""
    lines = Lines(text)
    top = Place(where, lines, "", label="top level")
    for key in document:
        if key not in ("plan", "setup"):
            line = lines.find(key) or lines.find("", 0, key)
            place = f"{where}:{line}" if line else where
            raise PlanError(f"{place}: unknown table {key!r}; expected [plan] and [[setup]]")
    head, rows = document.get("plan"), document.get("setup")
    if not isinstance(head, dict):
        raise top.complain("no [plan] table")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise top.complain("no [[setup]] table; at least one is needed")
    values = read_table(head, PLAN_FIELDS, Place(where, lines, "plan"))
    common = values.pop("machine", {})
    setups = tuple(_build_setups(rows, where, lines, folder, common))
    return Plan(setups=setups, text=text, **values)


def _build_setups(
    rows: list[dict[str, Any]], where: str, lines: Lines, folder: Path, common: Mapping[str, Option]
) -> Iterator[Setup]:
    """Yield the set-ups; ``common`` are machine options of the whole plan, which a set-up may override."""
    seen: set[str] = set()
    for index, row in enumerate(rows):
        label = f"setup {row.get('name', f'number {index + 1}')!r}"
        place = Place(where, lines, "setup", index, label)
        values = read_table(row, SETUP_FIELDS, place)
        if values["name"] in seen:
            raise place.complain("a second set-up of that name", "name")
        seen.add(values["name"])
        values["script"] = _read_script(values, folder, place)
        if "dtrace_options" in values and values["script"] is None:
            raise place.complain("dtrace_options without a script", "dtrace_options")
        values["machine"] = {**common, **values.get("machine", {})}
        yield Setup(**values)


def _read_script(values: dict[str, Any], folder: Path, place: Place) -> str | None:
    """Return the script of a set-up from ``script`` or ``script_file``, taking the latter out of ``values``."""
    name = values.pop("script_file", None)
    script: str | None = values.get("script")
    if name is None:
        return script
    if script is not None:
        raise place.complain("both script and script_file; expected one", "script_file")
    try:
        text: str = (folder / name).read_text(encoding="utf-8")
        return text
    except OSError as error:
        raise place.complain(f"script_file {name}: {error.strerror}", "script_file") from None
    except ValueError:
        raise place.complain(f"script_file {name}: not a text file", "script_file") from None


def read_table(table: Mapping[str, Any], known: tuple[Field, ...], place: Place) -> dict[str, Any]:
    """Return the checked values of a table; raises PlanError for unknown, missing and wrong ones."""
    names = [item.key for item in known]
    for key in table:
        if key not in names:
            near = get_close_matches(key, names, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"expected {', '.join(names)}"
            raise place.complain(f"unknown key {key!r}; {hint}", key)
    values = {}
    for item in known:
        if item.key in table:
            try:
                values[item.key] = item.check(table[item.key])
            except ValueError as error:
                raise place.complain(f"{item.key}: {error}", item.key) from None
        elif item.required:
            raise place.complain(f"no {item.key!r}")
    return values


def check_text(value: Any) -> str:
    """Return a non-empty string."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"got {value!r}, expected a string")
    return value


def check_name(value: Any) -> str:
    """Return a name that can be part of a file's name."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError(f"got {value!r}, expected letters, digits, '.', '_' and '-'")
    return value


def check_range(low: int, high: int) -> Callable[[Any], int]:
    """Return a check for whole numbers from ``low`` to ``high``."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"got {value!r}, expected a whole number from {low} to {high}")
        return value

    return check


def check_strings(value: Any) -> tuple[str, ...]:
    """Return a non-empty list of strings, none of which holds a NUL."""
    items = value if isinstance(value, list) else []
    if not items or not all(isinstance(item, str) and "\0" not in item for item in items):
        raise ValueError(f'got {value!r}, expected a list of strings such as ["dd", "bs=1m"]')
    return tuple(items)


def check_metrics(value: Any) -> tuple[str, ...]:
    """Return a list of measurements."""
    for name in check_strings(value):
        if name not in METRICS:
            raise ValueError(f"got {name!r}, expected one of {', '.join(METRICS)}")
    return tuple(value)


def check_options(value: Any) -> dict[str, Option]:
    """Return machine options with dotted names; nested tables are flattened."""
    if not isinstance(value, dict):
        raise ValueError(f"got {value!r}, expected a table such as {{ 'kernel.unwind' = 'static' }}")
    return dict(_flatten(value, ""))


def _flatten(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, Option]]:
    """Yield dotted names and plain values; raises ValueError for lists and dates."""
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flatten(value, f"{name}.")
        elif isinstance(value, (str, int, float, bool)):
            yield name, value
        else:
            raise ValueError(f"{name}: got {value!r}, expected a string, number or boolean")


PLAN_FIELDS = (
    Field("name", check_name, required=True),
    Field("question", check_text),
    Field("workload", check_strings, required=True),
    Field("runs", check_range(1, MAX_RUNS)),
    Field("seed", check_range(0, MAX_SEED)),
    Field("metrics", check_metrics),
    Field("board", check_name),
    Field("machine", check_options),
)
SETUP_FIELDS = (
    Field("name", check_name, required=True),
    Field("script", check_text),
    Field("script_file", check_text),
    Field("machine", check_options),
    Field("dtrace_options", check_strings),
)
