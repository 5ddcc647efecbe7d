# SPDX-License-Identifier: GPL-2.0-or-later
"""Calibration: the guest's microbenchmarks beside what is published of the real machine.

``run_calibration(config)`` boots the machine, runs its ``microbench`` and returns a ``Calibration``; ``render_table``
is what ``probelab calibrate`` prints. Figures come from the guest's own clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from experiments.calibrate_published import PUBLISHED, SOURCE, TOLERANCE, Group, Published
from experiments.errors import ExperimentError
from sim import Config, ConsoleOutput, Machine, Request

SCALE = {"ns": 1.0, "us": 1000.0, "MB/s": 1000.0}  # microbench prints ns and kB/s


@dataclass(frozen=True)
class Figure:
    """One published figure beside ours, in the same unit; ``ratio`` is ours over theirs."""

    published: Published
    ours: float

    @property
    def ratio(self) -> float:
        """Ours divided by the published value."""
        return self.ours / self.published.value

    @property
    def agrees(self) -> bool:
        """Whether the two differ by at most a tenth."""
        return abs(self.ratio - 1) <= TOLERANCE


@dataclass(frozen=True)
class Calibration:
    """What was measured: microbench's raw results by name (ns or kB/s), and the figures that have a counterpart."""

    machine: str
    results: Mapping[str, float]
    figures: tuple[Figure, ...]

    def iter_latencies(self) -> Iterator[tuple[int, int, float]]:
        """Yield (stride, bytes, ns) of every load latency."""
        for name, value in self.results.items():
            if name.startswith("latency_"):
                stride, size = name.split("_")[1:]
                yield int(stride), int(size), value

    def to_json(self) -> dict[str, object]:
        """Return all of it as plain values."""
        figures = [
            asdict(figure.published)
            | {"ours": figure.ours, "ratio": figure.ratio, "tuned": figure.published.group.tuned}
            for figure in self.figures
        ]
        latencies = [{"stride": a, "bytes": b, "ns": c} for a, b, c in self.iter_latencies()]
        return {"machine": self.machine, "source": SOURCE, "figures": figures, "latencies": latencies}


def run_calibration(config: Config, parts: tuple[str, ...] = ()) -> Calibration:
    """Return a machine's calibration; ``parts`` are microbench's, all if none. Raises ExperimentError, SimError."""
    machine = Machine(config)
    try:
        machine.submit(Request(("microbench", *parts), seed=1))
        output = b"".join(event.data for event in machine.events() if isinstance(event, ConsoleOutput)).decode()
    finally:
        machine.close()
    results = read_results(output)
    figures = tuple(
        Figure(published, results[published.name] / SCALE[published.unit])
        for published in PUBLISHED
        if published.name in results
    )
    return Calibration(config.name, results, figures)


def read_results(output: str) -> dict[str, float]:
    """Return microbench's lines ``name value``; raises ExperimentError for anything else."""
    results = {}
    for line in output.splitlines():
        name, _, value = line.partition(" ")
        try:
            results[name] = float(value)
        except ValueError:
            raise ExperimentError(f"microbench printed {line!r}; expected a name and a number") from None
    return results


def render_table(calibration: Calibration) -> str:
    """Return the figures as a table, group by group, with a line that counts those which agree."""
    lines = [f"{calibration.machine}; published: {SOURCE}"]
    for group in Group:
        figures = [figure for figure in calibration.figures if figure.published.group is group]
        if not figures:
            continue
        name, _, remark = group.partition(" (")
        lines += ["", f"{name:38} {'ours':>10} {'published':>10} {'ratio':>6}   {remark.rstrip(')')}".rstrip()]
        lines += [_render_figure(figure) for figure in figures]
    tuned = [figure for figure in calibration.figures if figure.published.group.tuned]
    agree = sum(figure.agrees for figure in tuned)
    lines += ["", f"{agree} of {len(tuned)} figures of the hardware are within {TOLERANCE:.0%} of the published ones"]
    return "\n".join(lines) + "\n"


def _render_figure(figure: Figure) -> str:
    published = figure.published
    mark = "*" if published.group.tuned and not figure.agrees else " "
    text = (
        f"  {published.title:36} {figure.ours:10.2f} {published.value:10.2f} {figure.ratio:6.2f}{mark} {published.unit}"
    )
    return f"{text:78} {published.note}".rstrip()
