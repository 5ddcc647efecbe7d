# SPDX-License-Identifier: GPL-2.0-or-later
"""The answer in one sentence a set-up: what it costs, and how sure that is; what a reader sees first.

``list_headlines(analysis)`` returns at most a handful; a sweep gives its least and its greatest change and its costs.
"""

from __future__ import annotations

from dataclasses import dataclass

from experiments.analysis import Analysis
from experiments.quantities import describe_interval, describe_p, describe_percent, describe_value, name_of, unit_of
from experiments.stats import Comparison, Cost, Verdict

FEW = 7


@dataclass(frozen=True)
class Headline:
    """``figure`` is the number to be shown large, ``claim`` what it means, ``sure`` how sure that is."""

    figure: str
    claim: str
    sure: str
    kind: str  # cost, saving, equal, open


def list_headlines(analysis: Analysis) -> list[Headline]:
    """Return the answers, the most important first."""
    groups = [group for group in analysis.groups if group.comparisons]
    if not groups:
        return []
    if len(analysis.comparisons) <= FEW and len(groups) == 1:
        return [describe_answer(item, analysis) for item in analysis.comparisons]
    found = [describe_cost(cost, analysis) for cost in (analysis.costs.added if analysis.costs else ()) if cost.shown]
    ranked = sorted(
        (item for item in analysis.comparisons if item.ratio), key=lambda item: item.means[0] / item.means[1]
    )
    ends = [ranked[-1], ranked[0]] if len(ranked) > 1 else ranked
    return [describe_answer(item, analysis) for item in ends] + found[: FEW - len(ends)]


def describe_answer(item: Comparison, analysis: Analysis) -> Headline:
    """Return the answer of one comparison."""
    name, base, what = analysis.titles[item.item], analysis.titles[item.base], name_of(analysis.metric)
    if item.difference is None or item.ratio is None:
        change = describe_value(item.means[0] - item.means[1], analysis.metric)
        return Headline(change, f"{name} against {base}", "No interval: the values have no variance.", "open")
    ratio = item.ratio
    change, _, ends = describe_percent(ratio.low, ratio.high, ratio.estimate).rstrip(")").partition(" (")
    between = f"between {ends.replace(' …', ' % and')}, with {item.settings.confidence:g} % confidence"
    means = [describe_value(value, analysis.metric) for value in item.means]
    if item.equivalence is not None and item.equivalence.verdict is Verdict.EQUIVALENT:
        claim = f"{name} has the {what} of {base}, within ±{item.settings.margin:g} %: {means[1]} and {means[0]}."
        return Headline(change, claim, f"That is proven. The true change lies {between}.", "equal")
    if item.shown:
        more = item.difference.estimate > 0
        verb = ("costs", "saves") if unit_of(analysis.metric) else ("has more", "has less")
        claim = f"{name} {verb[not more]} {what}: the {means[1]} of {base} become {means[0]}."
        p = item.adjusted_p if item.adjusted_p is not None else item.difference.p
        sure = f"The true change lies {between} (p {describe_p(p)}, {item.runs[0]} runs of each)."
        return Headline(change, claim, sure, "cost" if more else "saving")
    claim = f"No difference in {what} is shown between {name} and {base}, and none is ruled out."
    needed = f" {item.needed} runs of each could show {item.settings.margin:g} %." if item.needed else ""
    return Headline(change, claim, f"The true change lies {between}.{needed}", "open")


def describe_cost(cost: Cost, analysis: Analysis) -> Headline:
    """Return what a set-up adds to the cost of one thing."""
    interval = describe_interval(cost.estimate, cost.low, cost.high, analysis.metric)
    figure, _, ends = interval.rstrip(")").partition(" (")
    claim = f"{cost.setup} adds this {name_of(analysis.metric)} to each {cost.thing}."
    sure = (
        f"The true value lies between {ends.replace(' …', ' and')}, with {analysis.settings.confidence:g} % confidence."
    )
    return Headline(figure, claim, sure, "cost" if cost.estimate > 0 else "saving")
