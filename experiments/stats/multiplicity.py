# SPDX-License-Identifier: GPL-2.0-or-later
"""Many tests at once: Holm's correction, so that a sweep's chance of any false alarm is that of one test."""

from __future__ import annotations

from collections.abc import Sequence

from statsmodels.stats.multitest import multipletests


def adjust(values: Sequence[float | None]) -> list[float | None]:
    """Return the p values corrected after Holm; those that are None stay so and do not count."""
    known = [value for value in values if value is not None]
    if not known:
        return list(values)
    corrected = iter(float(value) for value in multipletests(known, method="holm")[1])
    return [None if value is None else next(corrected) for value in values]
