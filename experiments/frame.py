# SPDX-License-Identifier: GPL-2.0-or-later
"""The samples as a pandas DataFrame: one row for each run, numbers as numbers.

``load(directory)`` is what notebooks and other programs use; ``make_frame`` does the same for results in memory.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from experiments.results import Results, read_results
from experiments.rows import CHECK_COLUMNS


def load(directory: Path | str) -> pd.DataFrame:
    """Return the samples of a results directory, rows in planned order; raises ResultsError.

    Torn and damaged lines are left out; ``attrs["lost"]`` says how many, ``attrs["metadata"]`` holds the metadata.
    """
    results = read_results(Path(directory))
    frame = make_frame(results)
    frame.attrs["lost"] = len(results.bad) + results.torn
    frame.attrs["metadata"] = results.metadata
    return frame


def make_frame(results: Results) -> pd.DataFrame:
    """Return the samples as a DataFrame; columns that hold only numbers are numbers, check sums are left out."""
    frame = pd.DataFrame(results.rows)
    for name in CHECK_COLUMNS:
        if name in frame.columns:
            frame = frame.drop(columns=name)
    for name in frame.columns:
        if name == "setup":
            continue
        try:
            frame[name] = pd.to_numeric(frame[name])
        except (ValueError, TypeError):
            continue
    if "order" in frame.columns:
        frame = frame.sort_values("order", kind="stable").reset_index(drop=True)
    return frame
