# SPDX-License-Identifier: GPL-2.0-or-later
"""A sweep as arrays, for regression: a leaf module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Table:
    """The rows of a sweep, column by column: set-up, what was measured, and how many of each thing there were."""

    setups: Sequence[str]
    measured: np.ndarray
    counts: Mapping[str, np.ndarray]
    size: np.ndarray | None = None  # of each call, for a knee
    sized: str = ""  # the thing that gets dearer beyond the knee
