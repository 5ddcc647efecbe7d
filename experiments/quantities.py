# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers as people read them: seconds as ms or µs, an estimate and its interval in one unit and to one precision."""

from __future__ import annotations

from math import floor, isfinite, log10

_SECONDS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
_COUNTS = ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""))
NAMES = {"sys_s": "system time", "user_s": "user time", "real_s": "elapsed time", "cycles": "CPU cycles"}
UNITS = {"cycles": "cycles", "instructions": "instructions"}


def name_of(metric: str) -> str:
    """Return a measurement's name in a sentence."""
    return NAMES.get(metric, metric)


def unit_of(metric: str) -> str:
    """Return the unit of a measurement, empty if it is a bare count."""
    return "s" if metric.endswith("_s") else UNITS.get(metric, "")


def scale_for(values: list[float], metric: str) -> tuple[float, str]:
    """Return what to divide by and the unit to write, so that the largest value is from 1 to 1000 of them."""
    size = max((abs(value) for value in values if isfinite(value)), default=0.0)
    if unit_of(metric) == "s":
        return next(((f, u) for f, u in _SECONDS if size >= f), _SECONDS[-1] if size else _SECONDS[0])
    factor, prefix = next(((f, p) for f, p in _COUNTS if size >= f), (1.0, ""))
    if factor == 1.0 or not unit_of(metric):
        return 1.0, unit_of(metric)
    return factor, f"{prefix}{unit_of(metric)}"


def decimals_for(low: float, high: float) -> int:
    """Return how many decimals tell the ends of an interval apart, with two digits of half its width."""
    width = abs(high - low) / 2
    if not isfinite(width) or width == 0:
        return 2
    return min(9, max(0, 1 - floor(log10(width))))


def describe_interval(estimate: float, low: float, high: float, metric: str, sign: bool = True) -> str:
    """Return an estimate with its interval: ``+208.1 ms (+201.4 … +214.8 ms)``."""
    factor, unit = scale_for([estimate, low, high], metric)
    places = decimals_for(low / factor, high / factor)
    a, b, c = (f"{value / factor:{'+' if sign else ''},.{places}f}" for value in (estimate, low, high))
    return f"{a} {unit} ({b} … {c} {unit})".replace(" )", ")").replace("  ", " ")


def describe_value(value: float, metric: str) -> str:
    """Return one value with its unit, to four digits."""
    factor, unit = scale_for([value], metric)
    return f"{value / factor:,.4g} {unit}".rstrip()


def describe_percent(low: float, high: float, estimate: float) -> str:
    """Return a ratio and its interval as percentages of change: ``+222.3 % (+215.4 … +229.8 %)``."""
    a, b, c = ((ratio - 1) * 100 for ratio in (estimate, low, high))
    places = min(3, decimals_for(b, c))
    return f"{a:+,.{places}f} % ({b:+,.{places}f} … {c:+,.{places}f} %)"


def describe_p(p: float) -> str:
    """Return a p value to two digits; what is hardly more than nothing is a bound."""
    return "< 1e-15" if p < 1e-15 else f"{p:.2g}"
