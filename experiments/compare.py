# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab compare``: the samples of a directory in ministat's format, the set-ups in plan order."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.errors import CompareError
from experiments.ministat import MAX_SETS, DataSet, MinistatError, Options, describe_comparison, make_dataset
from experiments.results import Results
from experiments.sample import METRICS


def compare_results(results: Results, metric: str | None, options: Options) -> str:
    """Return ministat's text for one measurement (the plan's first by default); raises CompareError."""
    name = metric or default_metric(results)
    if name not in METRICS:
        raise CompareError(f"no measurement {name!r}; there are {', '.join(METRICS)}")
    return describe_comparison(list_datasets(results, name, options), options)


def default_metric(results: Results) -> str:
    """Return the measurement the plan is about."""
    named: Sequence[str] = results.metadata.get("plan", {}).get("metrics", ())
    return named[0] if named else "sys_s"


def list_datasets(results: Results, metric: str, options: Options) -> list[DataSet]:
    """Return one data set for each set-up; raises CompareError if there are too few runs or too many set-ups."""
    names = results.setups
    if not names:
        raise CompareError(f"{results.directory} holds no samples")
    if len(names) > MAX_SETS:
        raise CompareError(f"{len(names)} set-ups; ministat compares at most {MAX_SETS}")
    sets = []
    for name in names:
        values = results.values(name, metric)
        try:
            sets.append(make_dataset(name, values, options.vintage))
        except MinistatError:
            raise CompareError(f"set-up {name!r} has {len(values)} runs; a comparison needs at least 3") from None
    return sets
