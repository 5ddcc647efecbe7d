# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``--resume`` may go on with: the same plan, on the same machine.

``validate_same`` refuses anything else; ``stored_numbers`` finds the runs and the seed an earlier command asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.errors import ResultsError
from experiments.results import read_metadata

_FREE = ("question", "text", "runs", "blocks", "metrics", "costs")


def validate_same(before: Mapping[str, Any], now: Mapping[str, Any], directory: Path) -> None:
    """Raise ResultsError unless the metadata of both runs describe the same experiment; more runs may be asked for."""
    old, new = before.get("plan", {}), now["plan"]
    for key in new:
        if key not in _FREE and old.get(key) != new[key]:
            raise ResultsError(
                f"{directory} cannot be resumed: {key} has changed"
                + (f" from {old.get(key)!r} to {new[key]!r}" if not isinstance(new[key], (list, dict)) else "")
            )
    runs, blocks = old.get("runs", 0), old.get("blocks", 0)
    if new["runs"] < runs or ((runs, blocks) != (new["runs"], new["blocks"]) and blocks != runs):
        raise ResultsError(f"{directory} cannot be resumed: it was begun with {runs} runs in {blocks} blocks")
    if _identify(before.get("machine", {})) != _identify(now["machine"]):
        raise ResultsError(f"{directory} cannot be resumed: the machine or its image has changed since")


def _identify(machine: Mapping[str, Any]) -> object:
    """Return what of a machine's description decides the samples."""
    return machine.get("image_sha256"), machine.get("configurations"), machine.get("executor")


def stored_numbers(directory: Path) -> tuple[int | None, int | None]:
    """Return the runs and the seed of the run to go on with, None where there are none; raises ResultsError."""
    plan = read_metadata(directory).get("plan", {}) if directory.exists() else {}
    return plan.get("runs"), plan.get("seed")
