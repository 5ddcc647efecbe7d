# SPDX-License-Identifier: GPL-2.0-or-later
"""A progress bar on standard error, with the time left; silent when that is not a terminal."""

from __future__ import annotations

import sys

from tqdm import tqdm

from experiments.workers import Outcome


class Bar:
    """tqdm's bar, counting failed runs as it goes."""

    def __init__(self, total: int, title: str) -> None:
        tqdm.monitor_interval = 0  # its thread and os.fork() do not mix
        self._bar = tqdm(total=total, desc=title, unit="run", disable=not sys.stderr.isatty(), leave=False)
        self._failed = 0

    def advance(self, outcome: Outcome) -> None:
        """Count one run."""
        if outcome.sample is None:
            self._failed += 1
            self._bar.set_postfix_str(f"{self._failed} failed")
        self._bar.update()

    def close(self) -> None:
        """Remove the bar."""
        self._bar.close()
