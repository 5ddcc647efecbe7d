# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns a parsed TOML document into a Plan, and refuses what it does not understand, with file and line.

Every table is a list of ``Field``s: to add a key, add a Field and the attribute it fills.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from experiments.errors import PlanError
from experiments.factors import FactorError, expand, validate_factors
from experiments.plan import Factor, Option, Plan, Setup
from experiments.planchecks import (
    MAX_RUNS,
    MAX_SEED,
    check_costs,
    check_environment,
    check_factor_name,
    check_levels,
    check_metrics,
    check_name,
    check_options,
    check_range,
    check_strings,
    check_text,
    check_workload,
)
from experiments.sample import METRICS
from experiments.tomllines import Lines

__all__ = ["MAX_RUNS", "MAX_SEED", "Field", "build_plan"]

TABLES = ("plan", "setup", "factor")
EXPECTED = "[plan], [[setup]] and [[factor]]"


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
    _check_tables(document, lines, where)
    values = read_table(document["plan"], PLAN_FIELDS, Place(where, lines, "plan"))
    common = values.pop("machine", {})
    setups = tuple(_build_setups(document["setup"], where, lines, folder, common))
    factors = tuple(_build_factors(document.get("factor", []), where, lines))
    try:
        validate_factors(setups, factors, values["workload"])
    except FactorError as error:
        raise _place_factor(error, factors, where, lines) from None
    cells = tuple(expand(setups, factors, values["workload"]))
    plan = Plan(setups=cells, factors=factors, text=text, **values)
    _check_whole(plan, Place(where, lines, "plan"))
    return plan


def _check_tables(document: Mapping[str, Any], lines: Lines, where: str) -> None:
    """Raise PlanError unless the document has the tables of a plan and no others."""
    for key in document:
        if key not in TABLES:
            raise PlanError(f"{where}:{lines.find(key) or 1}: unknown table {key!r}; expected {EXPECTED}")
    rows = document.get("setup")
    if not isinstance(document.get("plan"), dict):
        raise PlanError(f"{where}:{lines.find('plan') or 1}: no [plan] table")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise PlanError(f"{where}:{lines.find('setup') or lines.last}: no [[setup]] table; at least one is needed")
    factors = document.get("factor", [])
    if not isinstance(factors, list) or not all(isinstance(row, dict) for row in factors):
        raise Place(where, lines, "factor").complain("expected [[factor]] tables")


def _build_factors(rows: list[dict[str, Any]], where: str, lines: Lines) -> Iterator[Factor]:
    """Yield the factors; a plain value becomes a table of one level."""
    for index, row in enumerate(rows):
        label = f"factor {row.get('name', f'number {index + 1}')!r}"
        values = read_table(row, FACTOR_FIELDS, Place(where, lines, "factor", index, label))
        name = values["name"]
        tables = (item if isinstance(item, dict) else {name: item} for item in values["values"])
        yield Factor(name, tuple(tables))


def _place_factor(error: FactorError, factors: tuple[Factor, ...], where: str, lines: Lines) -> PlanError:
    """Return a complaint about the factors with its place in the file."""
    if error.index is None:
        return Place(where, lines, "plan").complain(str(error), "workload")
    label = f"factor {factors[error.index].name!r}"
    return Place(where, lines, "factor", error.index, label).complain(str(error), error.key)


def _check_whole(plan: Plan, place: Place) -> None:
    """Raise PlanError where two things of the plan contradict each other."""
    if plan.blocks > plan.runs:
        raise place.complain(f"blocks: got {plan.blocks}, expected at most runs ({plan.runs})", "blocks")
    known = plan.level_names
    for name, words in plan.costs.items():
        for word in words:
            if word not in known and word not in METRICS:
                there = ", ".join((*known, *METRICS))
                raise place.complain(f"costs: {name}: no level or measurement {word!r}; there are {there}", "costs")


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
        line = lines.find("setup", index)
        yield Setup(**values, origin=f"{where}:{line}" if line else where)


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


PLAN_FIELDS = (
    Field("name", check_name, required=True),
    Field("question", check_text),
    Field("workload", check_workload, required=True),
    Field("runs", check_range(1, MAX_RUNS)),
    Field("seed", check_range(0, MAX_SEED)),
    Field("blocks", check_range(1, MAX_RUNS)),
    Field("metrics", check_metrics),
    Field("board", check_name),
    Field("machine", check_options),
    Field("costs", check_costs),
)
SETUP_FIELDS = (
    Field("name", check_name, required=True),
    Field("script", check_text),
    Field("script_file", check_text),
    Field("machine", check_options),
    Field("dtrace_options", check_strings),
    Field("env", check_environment),
)
FACTOR_FIELDS = (
    Field("name", check_factor_name, required=True),
    Field("values", check_levels, required=True),
)
