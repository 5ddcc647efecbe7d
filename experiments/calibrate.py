# SPDX-License-Identifier: GPL-2.0-or-later
"""Calibration: the guest's microbenchmarks beside what is published of the real machine.

``run_calibration(config)`` boots the machine, runs its ``microbench`` and returns a ``Calibration``; ``render_table``
is what ``probelab calibrate`` prints. Figures come from the guest's own clock. Which sets of the L2 a working set falls
into depends on the physical pages it gets, so load latencies are taken under ``ORDERS`` orders of the free pages: ours
is the median, beside the smallest and the largest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from statistics import median

from experiments.calibrate_published import PUBLISHED, SOURCE, STRIDE, TOLERANCE, Group, Published
from experiments.errors import ExperimentError
from sim import Config, ConsoleOutput, Machine, Request

SCALE = {"ns": 1.0, "us": 1000.0, "MB/s": 1000.0}  # microbench prints ns and kB/s
ORDERS = 15
AGAIN = f"latency_{STRIDE}"  # the part of microbench that is repeated: the loads that have a published counterpart


@dataclass(frozen=True)
class Figure:
    """One published figure beside ours, in the same unit; ``ratio`` is the median of ours over theirs."""

    published: Published
    measured: tuple[float, ...]

    @property
    def ours(self) -> float:
        """The median of what was measured."""
        return median(self.measured)

    @property
    def ratio(self) -> float:
        """Ours divided by the published value."""
        return self.ours / self.published.value

    @property
    def agrees(self) -> bool:
        """Whether the two differ by at most a tenth."""
        return abs(self.ratio - 1) <= TOLERANCE

    @property
    def covered(self) -> bool:
        """Whether the published figure, not near the median, lies among what was measured or within a tenth of it."""
        low, high = (1 - TOLERANCE) * min(self.measured), (1 + TOLERANCE) * max(self.measured)
        return not self.agrees and low <= self.published.value <= high


@dataclass(frozen=True)
class Calibration:
    """What was measured: microbench's results by name (ns or kB/s, medians); the figures that have a counterpart."""

    machine: str
    results: Mapping[str, float]
    figures: tuple[Figure, ...]

    def iter_latencies(self) -> Iterator[tuple[int, int, float]]:
        """Yield (stride, bytes, ns) of every load latency."""
        for name, value in self.results.items():
            if name.startswith("latency_"):
                stride, size = name.split("_")[1:]
                yield int(stride), int(size), value

    def count_orders(self) -> int:
        """Return how often the figure measured most often was."""
        return max((len(figure.measured) for figure in self.figures), default=0)

    def to_json(self) -> dict[str, object]:
        """Return all of it as plain values."""
        figures = [
            asdict(figure.published)
            | {"ours": figure.ours, "ratio": figure.ratio, "tuned": figure.published.group.tuned}
            | {"low": min(figure.measured), "high": max(figure.measured)}
            for figure in self.figures
        ]
        latencies = [{"stride": a, "bytes": b, "ns": c} for a, b, c in self.iter_latencies()]
        return {"machine": self.machine, "source": SOURCE, "figures": figures, "latencies": latencies}


def run_calibration(config: Config, parts: tuple[str, ...] = ()) -> Calibration:
    """Return a machine's calibration; ``parts`` are microbench's, all if none. Raises ExperimentError, SimError."""
    machine = Machine(config)
    try:
        found = {name: [value] for name, value in _measure(machine, parts, seed=1).items()}
        for seed in range(2, ORDERS + 1) if not parts or "latency" in parts else ():
            for name, value in _measure(machine, (AGAIN,), seed).items():
                found[name].append(value)
    finally:
        machine.close()
    figures = tuple(
        Figure(published, tuple(value / SCALE[published.unit] for value in found[published.name]))
        for published in PUBLISHED
        if published.name in found
    )
    return Calibration(config.name, {name: median(values) for name, values in found.items()}, figures)


def _measure(machine: Machine, parts: tuple[str, ...], seed: int) -> dict[str, float]:
    machine.submit(Request(("microbench", *parts), seed=seed))
    return read_results(b"".join(event.data for event in machine.events() if isinstance(event, ConsoleOutput)).decode())


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
    agree, covered = (sum(kind) for kind in zip(*((figure.agrees, figure.covered) for figure in tuned), strict=True))
    lines += ["", f"{agree} of {len(tuned)} figures of the hardware are within {TOLERANCE:.0%} of the published ones"]
    if covered:
        lines[-1] += f"; ~ {covered} more within what {calibration.count_orders()} orders of the free pages give"
    return "\n".join(lines) + "\n"


def _render_figure(figure: Figure) -> str:
    published = figure.published
    mark = " " if figure.agrees or not published.group.tuned else "~" if figure.covered else "*"
    text = (
        f"  {published.title:36} {figure.ours:10.2f} {published.value:10.2f} {figure.ratio:6.2f}{mark} {published.unit}"
    )
    low, high = min(figure.measured), max(figure.measured)
    spread = f"{low:.2f} to {high:.2f}" if high - low > TOLERANCE * low else ""
    return f"{text:78} {'; '.join(part for part in (spread, published.note) if part)}".rstrip()
