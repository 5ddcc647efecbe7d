# SPDX-License-Identifier: GPL-2.0-or-later
"""Factors cross set-ups into cells: ``expand(setups, factors, workload)`` returns every set-up at every combination.

A level's name says what it changes: ``{bs}`` in workload, script, options or environment stands for the value of
``bs``; a name with a dot is a machine option; a factor's own name is else an option of dtrace, for set-ups that trace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from experiments.plan import Factor, Option, Setup
from experiments.sample import METRICS

COLUMNS = ("setup", "run", "seed", "order", "block", "output_crc", "crc")
MAX_CELLS = 10_000
MAX_LABEL = 150
_PLACE = re.compile(r"\{([A-Za-z][A-Za-z0-9_.]*)\}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class FactorError(ValueError):
    """A factor makes no sense: ``index`` tells which (None: the workload is to blame), ``key`` the key at fault."""

    def __init__(self, index: int | None, message: str, key: str = "values") -> None:
        super().__init__(message)
        self.index = index
        self.key = key


def validate_factors(setups: Sequence[Setup], factors: Sequence[Factor], workload: Sequence[str]) -> None:
    """Raise FactorError if the factors make no sense, alone, together or with the rest of the plan."""
    seen: set[str] = set()
    cells = len(setups)
    for index, factor in enumerate(factors):
        for name in factor.values[0]:
            if name in COLUMNS or name in METRICS:
                raise FactorError(index, f"{name!r} is the name of a column of the samples; choose another", "name")
            if name in seen:
                raise FactorError(index, f"{name!r} is varied twice", "name")
            seen.add(name)
        _check_effect(index, factor, setups, workload)
        cells *= len(factor.values)
        if cells > MAX_CELLS:
            raise FactorError(index, f"makes {cells} combinations; expected at most {MAX_CELLS}")
    for word in workload if factors else ():
        for name in _PLACE.findall(word):
            if name not in seen:
                there = ", ".join(sorted(seen))
                raise FactorError(None, f"workload: {{{name}}} is no factor; expected one of {there}")


def _check_effect(index: int, factor: Factor, setups: Sequence[Setup], workload: Sequence[str]) -> None:
    """Raise FactorError if a factor lacks its own level, or changes nothing."""
    names = list(factor.values[0])
    if factor.name not in names:
        raise FactorError(index, f"values: no key {factor.name!r} among {', '.join(names)}")
    traced = any(setup.script is not None for setup in setups)
    if not traced and not any("." in name or _is_placed(name, setups, workload) for name in names):
        raise FactorError(
            index,
            f"changes nothing; write {{{factor.name}}} into the workload or a script, or name a machine option or, "
            "where a set-up has a script, an option of dtrace",
            "name",
        )


def _is_placed(name: str, setups: Sequence[Setup], workload: Sequence[str]) -> bool:
    """Tell whether ``{name}`` stands anywhere."""
    texts = list(workload)
    for setup in setups:
        machine = [value for value in setup.machine.values() if isinstance(value, str)]
        texts += [setup.script or "", *setup.dtrace_options, *setup.env.values(), *machine]
    return any(f"{{{name}}}" in text for text in texts)


def expand(setups: Sequence[Setup], factors: Sequence[Factor], workload: Sequence[str]) -> Iterator[Setup]:
    """Yield the cells: for each combination of levels, the first factor slowest, every set-up."""
    if not factors:
        yield from setups
        return
    names = [name for factor in factors for name in factor.values[0]]
    placed = {name for name in names if _is_placed(name, setups, workload)}
    options = tuple(f.name for f in factors if f.name not in placed and "." not in f.name)
    for number, choice in enumerate(product(*(enumerate(factor.values) for factor in factors)), start=1):
        levels = {name: value for _, table in choice for name, value in table.items()}
        parts = (f"{f.name}={_slug(table[f.name], i)}" for f, (i, table) in zip(factors, choice, strict=True))
        label = ",".join(parts)
        if len(label) > MAX_LABEL:
            label = f"{label[:MAX_LABEL]}-{number}"
        for setup in setups:
            yield _make_cell(setup, levels, label, placed, options, workload)


def _slug(value: Option, index: int) -> str:
    """Return a value as part of a file's name; one that had to be changed, or is long, gets its number."""
    text = format_level(value)
    safe = _UNSAFE.sub("_", text)[:40]
    return text if safe == text else f"{safe}-{index + 1}"


def format_level(value: Option) -> str:
    """Return a level as text, as it replaces its placeholder and stands in the samples."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _make_cell(
    setup: Setup,
    levels: Mapping[str, Option],
    label: str,
    placed: set[str],
    options: Sequence[str],
    workload: Sequence[str],
) -> Setup:
    """Return one set-up at one combination of levels; ``options`` are the levels that are options of dtrace."""

    def fill(text: str) -> str:
        return _PLACE.sub(lambda match: format_level(levels[match[1]]) if match[1] in levels else match[0], text)

    machine = {key: fill(value) if isinstance(value, str) else value for key, value in setup.machine.items()}
    machine |= {name: value for name, value in levels.items() if name not in placed and "." in name}
    given = [fill(text) for text in setup.dtrace_options]
    if setup.script is not None:
        given += [f"{name}={format_level(levels[name])}" for name in options]
    return replace(
        setup,
        name=f"{setup.name}@{label}",
        script=None if setup.script is None else fill(setup.script),
        machine=machine,
        dtrace_options=tuple(given),
        env={name: fill(value) for name, value in setup.env.items()},
        workload=tuple(fill(word) for word in workload),
        base=setup.name,
        levels=dict(levels),
    )
