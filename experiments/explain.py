# SPDX-License-Identifier: GPL-2.0-or-later
"""What ministat's block hides, as text: intervals, p values, equivalence, resolution, doubts, costs.

``explain(analysis)`` is what ``probelab compare`` prints after the block.
"""

from __future__ import annotations

from collections.abc import Iterator

from experiments.analysis import Analysis, GroupAnalysis
from experiments.quantities import describe_interval, describe_p, describe_percent, describe_value, unit_of
from experiments.stats import Comparison, Interval, Verdict

MANY = 6  # comparisons; more make a table
MOST_CAUTIONS = 12


def explain(analysis: Analysis, full: bool = False) -> str:
    """Return everything the samples say beyond Student's t; of a sweep a line a comparison, unless ``full``."""
    chosen = analysis.settings
    head = f"{analysis.metric} in detail ({chosen.confidence:g} % confidence, equivalence within ±{chosen.margin:g} %)"
    lines = [head]
    if len(analysis.comparisons) > MANY and not full:
        lines += ["", *iter_table(analysis), *iter_common_cautions(analysis)]
    else:
        for group in analysis.groups:
            for item in group.comparisons:
                lines += ["", *iter_comparison(item, group, analysis)]
    lines += ["", f"caution: {analysis.drift}"] if analysis.drift else []
    lines += [f"{analysis.titles[name]}: too few runs to compare" for name in analysis.short]
    if analysis.costs is not None:
        lines += ["", *iter_costs(analysis)]
    return "\n".join(lines) + "\n"


def iter_comparison(item: Comparison, group: GroupAnalysis, analysis: Analysis) -> Iterator[str]:
    """Yield the lines of one comparison."""
    metric, titles = analysis.metric, analysis.titles
    yield f"{titles[item.item]} against {titles[item.base]} ({item.runs[0]} and {item.runs[1]} runs)"
    found = item.difference
    if found is None:
        change = describe_value(item.means[0] - item.means[1], metric)
        yield f"  difference    {change}; no interval and no p value: there is no variance to judge it by"
    else:
        interval = describe_interval(found.estimate, found.low, found.high, metric)
        yield f"  difference    {interval}, Welch"
    if item.ratio is not None:
        yield f"  ratio         {describe_ratio(item.ratio)}, bootstrap BCa"
    if found is not None:
        yield f"  p             {describe_ps(item)}"
    if item.equivalence is not None:
        yield f"  equivalence   {describe_equivalence(item)}"
    if item.smallest is not None:
        yield f"  resolution    {describe_resolution(item, metric)}"
    if item.item in group.firing:
        cost = group.firing[item.item]
        yield f"  per firing    {describe_interval(cost.estimate, cost.low, cost.high, metric)}"
    for caution in item.cautions:
        yield f"  caution       {caution}"


def describe_ratio(ratio: Interval) -> str:
    """Return a ratio with its interval, as percentages of change."""
    return f"{ratio.estimate:.4g}, that is {describe_percent(ratio.low, ratio.high, ratio.estimate)}"


def describe_ps(item: Comparison) -> str:
    """Return the p values of both tests, and Welch's corrected if there are others."""
    found = item.difference
    if found is None:
        return "none"
    text = f"{describe_p(found.p)} (Welch), {describe_p(found.rank_p)} ({found.rank_method})"
    if item.tests > 1 and item.adjusted_p is not None:
        text += f"; Welch's after Holm for {item.tests} tests: {describe_p(item.adjusted_p)}"
    return text


def describe_equivalence(item: Comparison) -> str:
    """Return the verdict on the margin in words."""
    found = item.equivalence
    if found is None:
        return "cannot be judged"
    match found.verdict:
        case Verdict.EQUIVALENT:
            return f"proven: within ±{found.margin:g} % (TOST, p {describe_p(found.p)})"
        case Verdict.DIFFERENT:
            return f"refuted: the difference is larger than ±{found.margin:g} %"
        case _:
            p = describe_p(found.p)
            return f"inconclusive: within ±{found.margin:g} % is neither proven (TOST, p {p}) nor refuted"


def describe_resolution(item: Comparison, metric: str) -> str:
    """Return what so many runs could have shown, and how many the margin needs."""
    if item.smallest is None:
        return "unknown"
    percent = f" ({item.smallest / item.means[1] * 100:.2g} %)" if item.means[1] > 0 else ""
    text = f"so many runs show {describe_value(item.smallest, metric)}{percent} with power {item.settings.power:g}"
    if item.needed is not None:
        text += f"; {item.settings.margin:g} % takes {item.needed} runs of each"
    return text


def iter_table(analysis: Analysis) -> Iterator[str]:
    """Yield one line a comparison, for sweeps."""
    width = max(len(analysis.titles[item.item]) for item in analysis.comparisons)
    corrected, needed = f"p (Holm, {analysis.comparisons[0].tests})", f"runs for {analysis.settings.margin:g} %"
    head = f"{'set-up':{width}} {'mean':>11} {'base':>11}  {'change (bootstrap BCa)':36} {corrected:>12} {'rank p':>8}"
    yield f"{head} {'could show':>10} {needed:>12}  verdict"
    for item in analysis.comparisons:
        means = [describe_value(value, analysis.metric) for value in item.means]
        change = describe_percent(item.ratio.low, item.ratio.high, item.ratio.estimate) if item.ratio else "no variance"
        p = describe_p(item.adjusted_p) if item.adjusted_p is not None else "none"
        rank = describe_p(item.difference.rank_p) if item.difference else "none"
        shows = f"{item.smallest / item.means[1] * 100:.2g} %" if item.smallest and item.means[1] > 0 else ""
        runs = f"{item.needed}" if item.needed is not None else ""
        line = f"{analysis.titles[item.item]:{width}} {means[0]:>11} {means[1]:>11}  {change:36} {p:>12} {rank:>8}"
        yield f"{line} {shows:>10} {runs:>12}  {describe_short(item, analysis.metric)}"
    power = analysis.settings.power
    yield f"(rank p: Mann-Whitney, or permutation where values are equal; could show: with power {power:g})"


def describe_short(item: Comparison, metric: str) -> str:
    """Return the verdict in a few words."""
    if item.difference is None:
        return "no verdict"
    if item.equivalence is not None and item.equivalence.verdict is Verdict.EQUIVALENT:
        return f"within ±{item.settings.margin:g} %" + (" (but not zero)" if item.shown else "")
    if item.shown:
        words = ("slower", "faster") if unit_of(metric) else ("more", "less")
        return words[0] if item.difference.estimate > 0 else words[1]
    return "inconclusive"


def iter_common_cautions(analysis: Analysis) -> Iterator[str]:
    """Yield every doubt once."""
    found = dict.fromkeys(caution for item in analysis.comparisons for caution in item.cautions)
    few = [text for text in found if "runs are few" in text]
    if few:
        yield f"caution: {few[0].partition(': ')[2]} ({len(few)} set-ups)"
    others = [text for text in found if text not in few]
    yield from (f"caution: {text}" for text in others[:MOST_CAUTIONS])
    if len(others) > MOST_CAUTIONS:
        yield f"caution: and {len(others) - MOST_CAUTIONS} more of such kinds; all are among the comparisons in full"


def iter_costs(analysis: Analysis) -> Iterator[str]:
    """Yield the regression's lines: what each thing costs, and what the scripts add."""
    model = analysis.costs
    if model is None:
        return
    yield f"costs (weighted least squares over {model.n} runs, HC3 intervals; median misfit {model.misfit:.2g} %)"
    width = max(len(cost.setup) for cost in model.costs)
    for cost in model.costs:
        interval = describe_interval(cost.estimate, cost.low, cost.high, analysis.metric, sign=False)
        yield f"  {cost.setup:{width}}  a {cost.thing:21} {interval}"
    for cost in model.added:
        interval = describe_interval(cost.estimate, cost.low, cost.high, analysis.metric)
        doubt = "" if cost.shown else ", which may be nothing"
        yield f"  {cost.setup:{width}}  adds to a {cost.thing:13} {interval}{doubt}"
    if model.knee is not None:
        yield f"  the knee is at {model.knee.size:,.0f} ({model.knee.low:,.0f} … {model.knee.high:,.0f})"
