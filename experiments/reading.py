# SPDX-License-Identifier: GPL-2.0-or-later
"""Says in plain words how a comparison is to be read, and what it does not show.

The figures come from the samples; nothing is said of a difference that the samples do not show.
"""

from __future__ import annotations

from experiments.compare import default_metric, list_datasets
from experiments.ministat import DataSet, Options, Verdict, judge
from experiments.results import Results


def describe_reading(results: Results, options: Options | None = None) -> str:
    """Return a few lines on each set-up against the first; raises CompareError as the comparison itself."""
    options = options or Options()
    metric = default_metric(results)
    base, *others = list_datasets(results, metric, options)
    lines = [f"How to read this ({metric}, {base.n} runs of each set-up, {describe_clock(results)}):"]
    unit = " s" if metric.endswith("_s") else ""
    lines += [f"- {_describe_verdict(item, base, judge(item, base, options), unit)}" for item in others]
    lines.append(
        "The times are the emulated machine's, not this computer's: the work a probe causes is done by the guest and "
        "timed like\nany other; draining the buffers costs it nothing, which flatters a script with much output."
    )
    return "\n".join(lines) + "\n"


def _describe_verdict(item: DataSet, base: DataSet, verdict: Verdict, unit: str) -> str:
    """Return one sentence on a verdict."""
    sure = f"{verdict.confidence:g} %"
    if verdict.proven:
        return (
            f"{item.name} differs from {base.name} by {verdict.difference:+.4g}{unit} ({verdict.percent:+.1f} %); the "
            f"true difference lies\n  within {verdict.error:.2g}{unit} of that with {sure} confidence, if the runs are "
            "a fair sample."
        )
    return (
        f"{item.name} is not shown to differ from {base.name}, which is no proof that it does not: a difference of "
        f"up to\n  about {verdict.error:.2g}{unit} ({verdict.percent_error:.1f} %) could hide in the scatter."
    )


def describe_clock(results: Results) -> str:
    """Return the machine's clock rate, as recorded."""
    configurations = results.metadata.get("machine", {}).get("configurations", {})
    rates = {config.get("cpu.hz") for config in configurations.values()}
    if len(rates) == 1 and isinstance(rate := rates.pop(), int):
        return f"CPU at {rate / 1e6:g} MHz"
    return "see metadata.json for the machine"
