# SPDX-License-Identifier: GPL-2.0-or-later
"""Experiments in a notebook: ``measure(plan)`` makes the runs and returns a ``Lab``, which shows what they say.

A plan is a built-in one's name, a file, or the text of one. The runs are made by ``probelab run`` in a process of its
own, because a notebook's process has threads and must not fork.
"""

from __future__ import annotations

import html
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.analysis import Analysis, analyse
from experiments.compare import compare_results
from experiments.errors import RunError
from experiments.explain import explain
from experiments.figures import draw_flame, draw_ratios, draw_strip, render_svg
from experiments.frame import make_frame
from experiments.headline import list_headlines
from experiments.ministat import Options
from experiments.report import write_report
from experiments.report.blocks import Picture
from experiments.report.pictures import list_pictures
from experiments.results import Results, read_results
from experiments.stacks import collect_stacks, make_tree
from experiments.stats import Settings

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Drawing", "Lab", "Shown", "measure"]
ROOT = Path(__file__).resolve().parents[1]


def measure(
    plan: str, runs: int | None = None, seed: int | None = None, out: str | Path | None = None, jobs: int | None = None
) -> Lab:
    """Return the results of a plan after making its runs; raises RunError with the command's message.

    ``out`` names the results directory, which may hold some of the runs already; else a temporary one is used.
    """
    folder = Path(out) if out else Path(tempfile.mkdtemp(prefix="probelab-")) / "results"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="probelab-plan-") as beside:
        name = plan
        if "\n" in plan:
            name = str(Path(beside) / "plan.toml")
            Path(name).write_text(plan, encoding="utf-8")
        words = [sys.executable, "-m", "experiments", "run", name, "--out", str(folder), "--resume"]
        for option, value in (("--runs", runs), ("--seed", seed), ("--jobs", jobs)):
            words += [option, str(value)] if value is not None else []
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        done = subprocess.run(words, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path}, check=False)
    if done.returncode:
        raise RunError(done.stderr.strip().removeprefix("probelab: "))
    return Lab(read_results(folder))


class Shown(str):
    """Text that a notebook shows as it is, in letters of one width."""

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self)}</pre>"

    __repr__ = str.__str__


class Drawing:
    """A figure that a notebook shows as SVG."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def _repr_html_(self) -> str:
        return self.svg


class Lab:
    """The results of a plan, and what they say about one measurement at a time."""

    def __init__(self, results: Results) -> None:
        self.results = results

    @property
    def frame(self) -> pd.DataFrame:
        """A row for each run."""
        return make_frame(self.results)

    def analyse(self, metric: str | None = None, margin: float = 5.0, confidence: float = 95.0) -> Analysis:
        """Return all statistics of a measurement."""
        return analyse(self.results, metric, Settings(confidence=confidence, margin=margin))

    def answer(self, metric: str | None = None, margin: float = 5.0) -> Shown:
        """Return the answer in a few sentences."""
        found = list_headlines(self.analyse(metric, margin))
        return Shown("\n".join(f"{item.figure:>12}  {item.claim}\n{'':14}{item.sure}" for item in found))

    def ministat(self, metric: str | None = None) -> Shown:
        """Return ministat's block."""
        return Shown(compare_results(self.results, metric, Options()))

    def explain(self, metric: str | None = None, margin: float = 5.0) -> Shown:
        """Return what the block hides."""
        return Shown(explain(self.analyse(metric, margin)))

    def strip(self, metric: str | None = None) -> Drawing:
        """Return the drawing of every run."""
        found = self.analyse(metric)
        samples = {cell.title: self.results.values(cell.name, found.metric) for cell in self.results.cells}
        return Drawing(render_svg(draw_strip({k: v for k, v in samples.items() if v}, found.metric), "strip"))

    def ratios(self, metric: str | None = None, margin: float = 5.0) -> Drawing:
        """Return the drawing of the ratios and their intervals."""
        found = self.analyse(metric, margin)
        return Drawing(render_svg(draw_ratios(found.comparisons, found.titles), "ratios"))

    def sweep(self, metric: str | None = None) -> Drawing:
        """Return the drawing of the sweep's lines; raises RunError if nothing was varied."""
        for block in list_pictures(self.results, self.analyse(metric)):
            if isinstance(block, Picture) and block.name == "sweep":
                return Drawing(render_svg(block.figure, "sweep"))
        raise RunError("the plan has no [[factor]], so there is no sweep to draw")

    def flame(self, setup: str) -> Drawing:
        """Return the flame graph of a set-up's stacks; raises RunError if it took none."""
        found = collect_stacks(self.results)
        if setup not in found:
            raise RunError(f"no stacks of {setup!r}; there are some of {', '.join(found) or 'none'}")
        return Drawing(render_svg(draw_flame(make_tree(found[setup], setup)), "flame"))

    def report(self, path: str | Path, metric: str | None = None, margin: float = 5.0) -> None:
        """Write a report; the name's end decides the format."""
        write_report(self.results, Path(path), metric, Settings(margin=margin))

    def __repr__(self) -> str:
        return (
            f"<Lab: {len(self.results.rows)} runs of {', '.join(self.results.setups[:4])} in {self.results.directory}>"
        )
