# SPDX-License-Identifier: GPL-2.0-or-later
"""Flow indentation (-F): entry probes indent what follows, return probes end that; others are marked with a bar.

As in dtrace it is a heuristic on neighbouring records: several clauses of one entry probe indent once, several of one
return probe unindent once.
"""

from __future__ import annotations

from tracer.layout import Enabled
from tracer.registry import Probe

FLOW_HEADING = f"{'CPU':>3} {'FUNCTION':<41}\n"
_STEP = 2


def _is_part(name: str, word: str) -> bool:
    """True for ``entry`` itself and for names that end in ``-entry``."""
    return name == word or name.endswith(f"-{word}")


class Flow:
    """The indentation of one trace."""

    def __init__(self) -> None:
        self._indent = 0
        self._last: Enabled | None = None

    def describe_row(self, cpu: int, enabled: Enabled, probe: Probe, following: Enabled | None) -> str:
        """Returns the columns before a record's data; ``following`` is the next record of the same buffer."""
        entry, returns = _is_part(probe.name, "entry"), _is_part(probe.name, "return")
        if entry and self._is_same(self._last, enabled):
            entry = False
        if returns and self._is_same(following, enabled):
            returns = False
        self._last = enabled
        line = "=" if probe.provider == "syscall" else "-"
        if returns:
            self._indent = max(0, self._indent - _STEP)
        prefix = f" {line}> " if entry else f" <{line} " if returns else "| "
        name = probe.function if entry or returns else f"{probe.function}:{probe.name}"
        text = f"{'':{self._indent}}{prefix}{name}"
        if entry:
            self._indent += _STEP
        return f"{cpu:>3} {text:<41} "

    @staticmethod
    def _is_same(other: Enabled | None, enabled: Enabled) -> bool:
        """True for another clause on the same probe."""
        return other is not None and other.epid != enabled.epid and other.probe_id == enabled.probe_id
