# SPDX-License-Identifier: GPL-2.0-or-later
"""Which figures a report gets: those its samples and its saved aggregations can fill."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.analysis import Analysis, read_number
from experiments.figures import draw_flame, draw_heat, draw_ratios, draw_strip, draw_sweep
from experiments.report.blocks import Flame, Picture
from experiments.results import Results
from experiments.stacks import collect_stacks, make_tree

MOST_ROWS = 24
FEWEST_POINTS = 3


def list_pictures(results: Results, analysis: Analysis) -> Iterator[Picture | Flame]:
    """Yield the figures in the order of the report."""
    comparisons = [item for item in analysis.comparisons if item.ratio is not None]
    if comparisons:
        shown = comparisons[:MOST_ROWS]
        more = f" (the first {MOST_ROWS} of {len(comparisons)})" if len(comparisons) > MOST_ROWS else ""
        caption = (
            f"{analysis.metric} as a multiple of the base's, with {analysis.settings.confidence:g} % intervals{more}."
        )
        yield Picture("ratios", caption, draw_ratios(shown, analysis.titles))
    yield from _draw_sweeps(results, analysis)
    yield from _draw_firings(results, analysis)
    yield from _draw_strips(results, analysis)
    yield from _draw_heats(results)
    for number, (title, stacks) in enumerate(collect_stacks(results).items(), start=1):
        if number > 4:
            break
        tree = make_tree(stacks, title)
        caption = f"Stacks of {title}: {tree.value:g} in all. Callers are below, callees above."
        yield Flame(f"flame{number}", caption, tree, draw_flame(tree))


def _draw_strips(results: Results, analysis: Analysis) -> Iterator[Picture]:
    """Yield the strip of every run; of a sweep there is none, its lines show the runs' scatter."""
    for group in analysis.groups if len(analysis.groups) == 1 else ():
        samples = {analysis.titles[name]: results.values(name, analysis.metric) for name in group.group.names}
        filled = {name: values for name, values in samples.items() if values}
        if filled:
            caption = f"{analysis.metric} of every run: each dot one run, the box quartiles and median."
            yield Picture("strip", caption, draw_strip(filled, analysis.metric))


def _draw_sweeps(results: Results, analysis: Analysis) -> Iterator[Picture]:
    """Yield the lines over the first factor; of further factors, each combination is a line of its own."""
    factors = [item["name"] for item in results.metadata.get("plan", {}).get("factors", [])]
    if not factors:
        return
    first, *others = factors
    texts = list(dict.fromkeys(cell.levels[first] for cell in results.cells))
    numbers = [read_number(text) for text in texts]
    numeric = len(texts) > 1 and all(number is not None for number in numbers)
    lines: dict[str, list[tuple[float, list[float]]]] = {}
    for cell in results.cells:
        name = ", ".join([cell.setup, *(f"{other} {cell.levels[other]}" for other in others)])
        level = read_number(cell.levels[first]) if numeric else float(texts.index(cell.levels[first]))
        lines.setdefault(name, []).append((level or 0.0, results.values(cell.name, analysis.metric)))
    lines = {name: points for name, points in lines.items() if any(values for _, values in points)}
    knee = analysis.costs.knee.size if analysis.costs and analysis.costs.knee and numeric else None
    level = analysis.settings.confidence
    figure = draw_sweep(lines, first, analysis.metric, level, () if numeric else texts, knee)
    yield Picture("sweep", f"{analysis.metric} over {first}: means of the runs with {level:g} % intervals.", figure)


def _draw_firings(results: Results, analysis: Analysis) -> Iterator[Picture]:
    """Yield the overhead over how often the probes fired, if a sweep varies that."""
    lines: dict[str, list[tuple[float, list[float]]]] = {}
    for item in analysis.comparisons:
        counts = results.values(item.item, "firings") if results.rows[0].get("firings") else []
        if firings := sum(counts) / max(1, len(counts)):
            added = [value - item.means[1] for value in results.values(item.item, analysis.metric)]
            lines.setdefault(results.get_cell(item.item).setup, []).append((firings, added))
    lines = {name: sorted(points) for name, points in lines.items() if len({at for at, _ in points}) >= FEWEST_POINTS}
    if lines:
        level = analysis.settings.confidence
        caption = (
            f"What the scripts add to {analysis.metric}, over how often their probes fired, with {level:g} % intervals."
        )
        figure = draw_sweep(lines, "firings", analysis.metric, level)
        yield Picture("firings", caption, figure)


def _draw_heats(results: Results) -> Iterator[Picture]:
    """Yield a heat map for each histogram the scripts made: a column for each set-up, or each run of a single one."""
    found: dict[str, dict[str, dict[int, int]]] = {}
    for cell in results.cells:
        for row in results.select(cell.name):
            for entry in results.read_data(cell.name, int(row["run"])):
                if "buckets" in entry:
                    keys = ", ".join(str(key) for key in entry["keys"] if not isinstance(key, list))
                    name = f"@{entry['name']}{f'[{keys}]' if keys else ''} = {entry['function']}()"
                    counts = found.setdefault(name, {}).setdefault(cell.title, {})
                    for value, count in entry["buckets"]:
                        counts[value] = counts.get(value, 0) + count
    for number, (name, columns) in enumerate(found.items(), start=1):
        if number > 6:
            break
        yield Picture(f"heat{number}", f"{name}, all runs of a set-up together.", draw_heat(columns))
