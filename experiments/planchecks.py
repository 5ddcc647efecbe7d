# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks of single values in a plan: each returns what is to be kept, or raises ValueError saying what was expected.

``planfile.py`` names one of them in every ``Field`` of its tables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from experiments.plan import Option
from experiments.sample import METRICS

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_FACTOR = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
MAX_RUNS = 100_000
MAX_SEED = 2**32 - 1
MAX_WORDS = 100_000  # bytes of a command; the guest has room for 262144, environment included


def check_text(value: Any) -> str:
    """Return a non-empty string."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"got {value!r}, expected a string")
    return value


def check_name(value: Any) -> str:
    """Return a name that can be part of a file's name."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError(f"got {value!r}, expected letters, digits, '.', '_' and '-'")
    return value


def check_range(low: int, high: int) -> Callable[[Any], int]:
    """Return a check for whole numbers from ``low`` to ``high``."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"got {value!r}, expected a whole number from {low} to {high}")
        return value

    return check


def check_strings(value: Any) -> tuple[str, ...]:
    """Return a non-empty list of strings, none of which holds a NUL."""
    items = value if isinstance(value, list) else []
    if not items or not all(isinstance(item, str) and "\0" not in item for item in items):
        raise ValueError(f'got {value!r}, expected a list of strings such as ["dd", "bs=1m"]')
    return tuple(items)


def check_workload(value: Any) -> tuple[str, ...]:
    """Return a command's words: a program, and what execve(2) has room for."""
    words = check_strings(value)
    if not words[0].strip():
        raise ValueError(f"got {words[0]!r} as the program, expected its name")
    size = sum(len(word.encode("utf-8", "surrogateescape")) + 1 for word in words)
    if size > MAX_WORDS:
        raise ValueError(f"got {size} bytes, expected at most {MAX_WORDS}")
    return words


def check_metrics(value: Any) -> tuple[str, ...]:
    """Return a list of different measurements."""
    for name, count in Counter(check_strings(value)).items():
        if name not in METRICS:
            raise ValueError(f"got {name!r}, expected one of {', '.join(METRICS)}")
        if count > 1:
            raise ValueError(f"{name} occurs twice")
    return tuple(value)


def check_options(value: Any) -> dict[str, Option]:
    """Return machine options with dotted names; nested tables are flattened."""
    if not isinstance(value, dict):
        raise ValueError(f"got {value!r}, expected a table such as {{ 'kernel.unwind' = 'static' }}")
    return dict(_flatten(value, ""))


def _flatten(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, Option]]:
    """Yield dotted names and plain values; raises ValueError for lists and dates."""
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flatten(value, f"{name}.")
        elif isinstance(value, (str, int, float, bool)):
            yield name, value
        else:
            raise ValueError(f"{name}: got {value!r}, expected a string, number or boolean")


def check_environment(value: Any) -> dict[str, str]:
    """Return environment variables: names, and strings without a NUL."""
    if not isinstance(value, dict):
        raise ValueError(f"got {value!r}, expected a table such as {{ LANG = 'C' }}")
    for name, text in value.items():
        if not _VARIABLE.fullmatch(name):
            raise ValueError(f"got {name!r}, expected a variable's name")
        if not isinstance(text, str) or "\0" in text:
            raise ValueError(f"{name}: got {text!r}, expected a string")
    return dict(value)


def check_factor_name(value: Any) -> str:
    """Return a factor's name: a word, a machine option with its dots, or an option of dtrace."""
    if not isinstance(value, str) or not _FACTOR.fullmatch(value):
        raise ValueError(f"got {value!r}, expected a word, or a machine option such as 'kernel.unwind'")
    return value


def check_levels(value: Any) -> tuple[dict[str, Option] | Option, ...]:
    """Return a factor's values: all plain and different, or all tables with the same keys."""
    items = value if isinstance(value, list) else []
    if not items:
        raise ValueError(f"got {value!r}, expected a list of values such as [512, 1024]")
    if not all(isinstance(item, dict) for item in items):
        for item in items:
            _check_plain(item)
    else:
        for item in items:
            if not item or item.keys() != items[0].keys():
                raise ValueError(f"got {item!r}, expected a table with {', '.join(items[0]) or 'a key'}")
            for key, inner in item.items():
                if not _FACTOR.fullmatch(key):
                    raise ValueError(f"got the key {key!r}, expected a word")
                _check_plain(inner)
    counts = Counter(str(item) for item in items)
    if repeated := [text for text, count in counts.items() if count > 1]:
        raise ValueError(f"{repeated[0]} occurs twice; expected different values")
    return tuple(items)


def _check_plain(value: Any) -> None:
    """Raise ValueError unless a level is a string, a number or a boolean."""
    if not isinstance(value, (str, int, float, bool)) or (isinstance(value, str) and "\0" in value):
        raise ValueError(f"got {value!r}, expected a string, number or boolean (or tables only)")
    if isinstance(value, float) and value - value != 0:
        raise ValueError(f"got {value!r}, expected a finite number")
    if value == "":
        raise ValueError("got an empty string, expected a value")


def check_costs(value: Any) -> dict[str, tuple[str, ...]]:
    """Return costs by name: the factors whose product counts what is paid for, as ``bytes = "bs*count"``."""
    if not isinstance(value, dict) or not value:
        raise ValueError(f"got {value!r}, expected a table such as {{ call = 'count', byte = 'bs*count' }}")
    costs = {}
    for name, text in value.items():
        words = [word.strip() for word in text.split("*")] if isinstance(text, str) else []
        if not words or not all(_FACTOR.fullmatch(word) for word in words):
            raise ValueError(f"{name}: got {text!r}, expected names joined by '*', such as 'bs*count'")
        costs[name] = tuple(words)
    return costs
