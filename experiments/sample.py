# SPDX-License-Identifier: GPL-2.0-or-later
"""What one run yields: its numbers, as they go into ``samples.csv``, and the D output beside them.

A leaf module: executors make samples, results store them, statistics read them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Sample:
    """The measurements of one run.

    ``output`` is what ``dtrace`` (or the workload) printed; ``data`` its aggregations as plain data for JSON: a list of
    tables with ``name``, ``function``, ``keys`` (numbers, strings, and stacks as lists of frames) and ``value`` or
    ``buckets`` (pairs of the least value and the count).
    """

    real_s: float
    user_s: float
    sys_s: float
    cycles: int
    instructions: int
    drops: int = 0
    errors: int = 0
    firings: int = 0
    minflt: int = 0
    nvcsw: int = 0
    nivcsw: int = 0
    enabled: int = 0
    output: str = ""
    data: list[dict[str, Any]] = field(default_factory=list)


METRICS = tuple(item.name for item in fields(Sample) if item.name not in ("output", "data"))
"""The measurements by name, in the order of the columns."""

DESCRIPTIONS = {
    "real_s": "elapsed time of the workload in seconds",
    "user_s": "its user time, as time(1) would show it",
    "sys_s": "its system time, as time(1) would show it",
    "cycles": "CPU cycles between the workload's release and its end",
    "instructions": "guest instructions in the same span",
    "drops": "records lost",
    "errors": "ERROR probe firings",
    "firings": "probe firings of the script",
    "minflt": "page faults without input or output",
    "nvcsw": "voluntary context switches",
    "nivcsw": "involuntary context switches",
    "enabled": "probes the script enabled",
}
