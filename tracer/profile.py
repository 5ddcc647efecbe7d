# SPDX-License-Identifier: GPL-2.0-or-later
"""The names of the profile provider's probes: ``profile-97``, ``tick-5s``, ``tick-100ms``.

``find_rate(name)`` gives what a name stands for. Any such probe exists once somebody names it: the registry numbers
it, and the program that enables it brings it along for the guest to make.
"""

from __future__ import annotations

from dataclasses import dataclass

_SECOND_NS = 1_000_000_000
_SHORTEST_NS = _SECOND_NS // 5000  # no faster than 5,000 a second, as published
_LONGEST_NS = 0x0080000000000000
_MAX_NAME = 60
_UNITS = {
    "ns nsec": 1, "us usec": 1_000, "ms msec": 1_000_000, "s sec": _SECOND_NS, "m min": 60 * _SECOND_NS,
    "h hour": 3600 * _SECOND_NS, "d day": 86400 * _SECOND_NS,
}  # fmt: skip
_UNIT_NS = {unit: scale for units, scale in _UNITS.items() for unit in units.split()}
PROFILE, TICK = 0, 1  # DPROG_NEW_*
_PREFIXES = {"profile-": PROFILE, "tick-": TICK}


@dataclass(frozen=True)
class Rate:
    """What a probe's name stands for: on every CPU or on one, and the nanoseconds between firings."""

    kind: int
    period_ns: int


@dataclass(frozen=True)
class NewProbe:
    """A probe that the guest is to make: the id it will have, its name, its rate."""

    id: int
    name: str
    rate: Rate


def find_rate(name: str) -> Rate | None:
    """Returns what a probe name stands for, or None if the provider has no such probe."""
    for prefix, kind in _PREFIXES.items():
        if name.startswith(prefix) and len(name) <= _MAX_NAME and name.isascii():
            period_ns = _find_period(name.removeprefix(prefix))
            return None if period_ns is None else Rate(kind, period_ns)
    return None


def _find_period(text: str) -> int | None:
    """Returns the nanoseconds of ``97`` or ``97hz`` (a rate), ``5s`` or ``100msec`` (a time)."""
    digits = len(text) - len(text.lstrip("0123456789"))
    number, unit = int(text[:digits] or "0"), text[digits:].lower()
    if number == 0 or (unit not in ("", "hz") and unit not in _UNIT_NS):
        return None
    period_ns = number * _UNIT_NS[unit] if unit in _UNIT_NS else _SECOND_NS // number
    return period_ns if _SHORTEST_NS <= period_ns <= _LONGEST_NS else None
