# SPDX-License-Identifier: GPL-2.0-or-later
"""What a report says: question, answer, set-up, method, ministat's block, figures, tables, appendix.

``build_content(results, metric, settings)`` collects it from saved files; the formats only show it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.analysis import Analysis, analyse
from experiments.compare import compare_results
from experiments.errors import ReportError
from experiments.explain import explain
from experiments.headline import Headline, list_headlines
from experiments.ministat import Options
from experiments.report.blocks import Block, Listing, Section, Table, Text
from experiments.report.pictures import list_pictures
from experiments.report.tables import costs_table, samples_table, setups_table
from experiments.results import Results
from experiments.stats import Settings

NOTHING = "There is nothing to compare: the plan has one set-up, or too few runs were made."
METHOD = (
    "Every set-up was run {runs} times in {blocks} randomised blocks, each run with a seed of its own, which decides "
    "page order, timer phase, stack position and background threads. The times are the emulated machine's: what a "
    "probe causes is done by the guest and timed like any other work; the draining of trace buffers costs the guest "
    "nothing, which flatters scripts with much output. Differences are judged by Welch's t and by a test without an "
    "assumption of distribution (Mann and Whitney's, or a permutation test where values are equal); ratios have "
    "bootstrap intervals (BCa, {resamples:,} resamples); equivalence within ±{margin:g} % is two one-sided tests "
    "(TOST); several tests are corrected after Holm. Outliers are reported and kept. Confidence is {confidence:g} %."
)


@dataclass(frozen=True)
class Content:
    """A whole report."""

    title: str
    question: str
    headlines: Sequence[Headline]
    summary: str
    sections: Sequence[Section]
    metric: str


def build_content(results: Results, metric: str | None = None, settings: Settings | None = None) -> Content:
    """Return the report of a results directory; raises ReportError or CompareError if there is too little to report."""
    chosen = settings or Settings()
    if not results.rows:
        raise ReportError(f"{results.directory} holds no samples")
    analysis = analyse(results, metric, chosen)
    plan = results.metadata.get("plan", {})
    block = compare_results(results, analysis.metric, Options(confidence=chosen.confidence))
    pictures = list(list_pictures(results, analysis))
    answer: list[Block] = [block for block in pictures if getattr(block, "name", "") in ("ratios", "sweep", "firings")]
    rest: list[Block] = [block for block in pictures if block not in answer]
    sections = [
        Section("The answer", [*answer, *_tables(results, analysis)] or [Text(NOTHING)]),
        Section("Set-up and method", [*_describe_setup(results), _describe_method(plan, chosen)]),
        Section("Student's t, as ministat prints it", [Listing(block)]),
        Section("What the block hides", [Listing(explain(analysis))]),
        Section("Every run", [*rest, samples_table(results, analysis.metric)]),
        Section("Appendix", list(_appendix(results, plan))),
    ]
    name = plan.get("name", results.directory.name)
    return Content(
        name, plan.get("question", ""), list_headlines(analysis), _summarise(results), sections, analysis.metric
    )


def _summarise(results: Results) -> str:
    """Return one line on how much was run, and what is missing."""
    count = len(results.setups)
    text = f"{len(results.rows)} runs of {count} set-up{'s' * (count > 1)}"
    if results.failures:
        text += f"; {len(results.failures)} failed"
    if lost := len(results.bad) + results.torn:
        text += f"; {lost} damaged lines left out"
    drops = sum(float(row.get("drops") or 0) for row in results.rows)
    return text + (f"; {drops:.0f} records were dropped" if drops else "")


def _tables(results: Results, analysis: Analysis) -> list[Table]:
    """Return the tables of the answer."""
    tables = [setups_table(results, analysis)] if analysis.comparisons else []
    if analysis.costs is not None:
        tables.append(costs_table(analysis))
    return tables


def _describe_setup(results: Results) -> list[Block]:
    """Return what was run on what."""
    plan, machine = results.metadata.get("plan", {}), results.metadata.get("machine", {})
    rows = []
    seen = set()
    for item in plan.get("setups", []):
        family = item.get("setup", item["name"])
        if family not in seen:
            seen.add(family)
            script = " ".join((item.get("script") or "(not traced)").split())
            options = " ".join(f"{key}={value}" for key, value in item.get("machine", {}).items())
            rows.append([family, script, options, " ".join(item.get("dtrace_options", []))])
    workload = " ".join(plan.get("workload", []))
    factors = "; ".join(
        f"{factor['name']}: {', '.join(str(value[factor['name']]) for value in factor['values'])}"
        for factor in plan.get("factors", [])
    )
    varied = f" Varied: {factors}." if factors else ""
    text = f"The workload is “{workload}” on the machine {machine.get('board', 'named in metadata.json')}.{varied}"
    return [Text(text), Table(("set-up", "script", "machine", "options of dtrace"), rows)]


def _describe_method(plan: dict[str, Any], settings: Settings) -> Text:
    """Return how it was measured and judged."""
    runs = plan.get("runs", "several")
    return Text(
        METHOD.format(
            runs=runs,
            blocks=plan.get("blocks", runs),
            resamples=settings.resamples,
            margin=settings.margin,
            confidence=settings.confidence,
        )
    )


def _appendix(results: Results, plan: dict[str, Any]) -> list[Block]:
    """Return what is needed to repeat it: plan, machine, versions, seeds."""
    metadata = results.metadata
    seeds = [
        [row["order"], results_title(results, row), row["run"], row["seed"]] for row in results.rows if "order" in row
    ]
    machine = {key: value for key, value in metadata.get("machine", {}).items() if key != "configurations"}
    configurations = metadata.get("machine", {}).get("configurations", {})
    return [
        Listing(plan.get("text", ""), "The plan"),
        Listing(json.dumps(machine | {"versions": metadata.get("versions", {})}, indent=2), "Machine and versions"),
        Listing(_describe_configurations(configurations), "The machine's options"),
        Table(("order", "set-up", "run", "seed"), seeds, "Order and seeds"),
    ]


def results_title(results: Results, row: dict[str, str]) -> str:
    """Return the title of a row's cell."""
    levels = {name for cell in results.cells for name in cell.levels}
    for cell in results.cells:
        if cell.setup == row["setup"] and all(row.get(name) == cell.levels.get(name) for name in levels):
            return cell.title
    return row["setup"]


def _describe_configurations(configurations: dict[str, dict[str, Any]]) -> str:
    """Return the options all set-ups share, then those that differ."""
    if not configurations:
        return "(not recorded)"
    first = next(iter(configurations.values()))
    same = {key for key in first if all(other.get(key) == first[key] for other in configurations.values())}
    lines = [f"{key} = {first[key]}" for key in sorted(same)]
    for key in sorted(set(first) - same):
        groups: dict[str, list[str]] = {}
        for name, config in configurations.items():
            groups.setdefault(str(config.get(key)), []).append(name)
        lines += [f"{key} = {value}  ({len(names)} set-ups: {', '.join(names[:4])})" for value, names in groups.items()]
    return "\n".join(lines)
