# SPDX-License-Identifier: GPL-2.0-or-later
"""FreeBSD's ministat, byte for byte: ``main`` is the command, ``describe_comparison`` the same for sets in memory.

Needs the standard library only, so that it starts at once.
"""

from __future__ import annotations

from experiments.ministat.command import main
from experiments.ministat.dataset import DataSet, make_dataset
from experiments.ministat.errors import MinistatError, UsageError
from experiments.ministat.report import MAX_SETS, Options, Verdict, describe_comparison, judge
from experiments.ministat.student import LEVELS
from experiments.ministat.vintage import DEFAULT_VINTAGE, VINTAGES, Vintage

__all__ = [
    "DEFAULT_VINTAGE",
    "LEVELS",
    "MAX_SETS",
    "VINTAGES",
    "DataSet",
    "MinistatError",
    "Options",
    "UsageError",
    "Verdict",
    "Vintage",
    "describe_comparison",
    "judge",
    "main",
    "make_dataset",
]
