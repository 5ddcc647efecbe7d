# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab compare``: the samples of a directory in ministat's format, the set-ups in plan order.

A sweep gives a block for each combination of levels; more than seven set-ups give several, each with the first one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from experiments.errors import CompareError
from experiments.groups import list_groups
from experiments.ministat import MAX_SETS, DataSet, MinistatError, Options, describe_comparison, make_dataset
from experiments.results import Results
from experiments.sample import METRICS


def compare_results(results: Results, metric: str | None, options: Options) -> str:
    """Return ministat's text for one measurement (the plan's first by default); raises CompareError."""
    name = choose_metric(results, metric)
    groups = list(iter_datasets(results, name, options))
    if len(groups) > 1:  # the pictures of a sweep would be pages
        options = replace(options, plot=False)
    texts = (f"{label}:\n" * bool(label) + describe_comparison(sets, options) for label, sets in groups)
    return "\n".join(texts)


def choose_metric(results: Results, metric: str | None) -> str:
    """Return the measurement asked for, or the plan's first; raises CompareError."""
    name = metric or default_metric(results)
    if name not in METRICS:
        raise CompareError(f"no measurement {name!r}; there are {', '.join(METRICS)}")
    return name


def default_metric(results: Results) -> str:
    """Return the measurement the plan is about."""
    named: Sequence[str] = results.metadata.get("plan", {}).get("metrics", ())
    return named[0] if named else "sys_s"


def iter_datasets(results: Results, metric: str, options: Options) -> Iterator[tuple[str, list[DataSet]]]:
    """Yield the sets that are compared with each other, and what they have in common; raises CompareError."""
    groups = list_groups(results)
    if not groups:
        raise CompareError(f"{results.directory} holds no samples")
    for group in groups:
        first, *others = group.names
        step = MAX_SETS - 1
        chunks = [others[start : start + step] for start in range(0, len(others), step)] or [[]]
        for chunk in chunks:
            yield group.label, list_datasets(results, metric, options, [first, *chunk])


def list_datasets(results: Results, metric: str, options: Options, names: Sequence[str] | None = None) -> list[DataSet]:
    """Return one data set for each set-up; raises CompareError if one has too few runs."""
    sets = []
    for name in names or results.setups:
        values = results.values(name, metric)
        try:
            sets.append(make_dataset(results.get_cell(name).title, values, options.vintage))
        except MinistatError:
            raise CompareError(f"set-up {name!r} has {len(values)} runs; a comparison needs at least 3") from None
    if not sets:
        raise CompareError(f"{results.directory} holds no samples")
    return sets
