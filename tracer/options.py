# SPDX-License-Identifier: GPL-2.0-or-later
"""Tracing options: the names, units and defaults of ``-x name=value`` and ``#pragma D option name=value``.

``Options.set`` is called once per setting, in order of appearance; ``Options.apply`` with a program's pragmas.
The table is the reference: a name maps to the kind of value it takes and its default.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracer.errors import OptionError

BAD_NAME = "Invalid option name"
BAD_VALUE = "Invalid value for specified option"
UNSUPPORTED = "Option is not available on this machine"


class OptionKind(StrEnum):
    """How an option's value is written."""

    FLAG = "flag"
    SIZE = "size"
    RATE = "rate"
    COUNT = "count"
    POLICY = "policy"
    RESIZE = "resize"
    REFUSED = "refused"


@dataclass(frozen=True)
class OptionSpec:
    """One row of the table: the kind of value and the default; from ``least`` to ``most`` is what works."""

    kind: OptionKind
    default: int | str = 0
    least: int = 0
    most: int | None = None


_SECOND_NS = 1_000_000_000
# Options of dtrace(1) that have no meaning here, or not yet.
_REFUSED = """
    agghist aggpack aggpercpu aggsortkeypos aggsortpos aggzoom amin core cpp cpphdrs cpppath cpu
    ctypes debug define droptags dtypes encoding evaltime flowindent grabanon incdir iregs
    kdefs knodefs late lazyload ldpath libdir linkmode linktype nolibs
    objcopypath oformat pgmax pspec setenv stdc strip syslibdir tree tregs udefs undef unodefs
    unsetenv verbose version
"""

SPECS: dict[str, OptionSpec] = {
    "aggrate": OptionSpec(OptionKind.RATE, _SECOND_NS),
    "aggsize": OptionSpec(OptionKind.SIZE, 4 << 20, least=1024),
    "aggsortkey": OptionSpec(OptionKind.FLAG),
    "aggsortrev": OptionSpec(OptionKind.FLAG),
    "argref": OptionSpec(OptionKind.FLAG),
    "bufpolicy": OptionSpec(OptionKind.POLICY, "switch"),
    "bufresize": OptionSpec(OptionKind.RESIZE, "auto"),
    "bufsize": OptionSpec(OptionKind.SIZE, 4 << 20, least=16),
    "cleanrate": OptionSpec(OptionKind.RATE, 9_900_990),
    "defaultargs": OptionSpec(OptionKind.FLAG),
    "destructive": OptionSpec(OptionKind.FLAG),
    "dynvarsize": OptionSpec(OptionKind.SIZE, 1 << 20),
    "empty": OptionSpec(OptionKind.FLAG),
    "errexit": OptionSpec(OptionKind.FLAG),
    "errtags": OptionSpec(OptionKind.FLAG),
    "jstackframes": OptionSpec(OptionKind.COUNT, 50, least=1, most=4096),
    "jstackstrsize": OptionSpec(OptionKind.SIZE, 512, most=64 << 10),
    "nspec": OptionSpec(OptionKind.COUNT, 1, most=1024),
    "quiet": OptionSpec(OptionKind.FLAG),
    "rawbytes": OptionSpec(OptionKind.FLAG),
    "specsize": OptionSpec(OptionKind.SIZE, 32 << 10, most=64 << 20),
    "stackframes": OptionSpec(OptionKind.COUNT, 20, least=1, most=256),
    "stackindent": OptionSpec(OptionKind.COUNT, 14),
    "statusrate": OptionSpec(OptionKind.RATE, _SECOND_NS),
    "strsize": OptionSpec(OptionKind.SIZE, 256, least=8, most=16 << 10),
    "switchrate": OptionSpec(OptionKind.RATE, _SECOND_NS, least=1),
    "temporal": OptionSpec(OptionKind.FLAG, 1),
    "ustackframes": OptionSpec(OptionKind.COUNT, 20, least=1, most=4096),
    "zdefs": OptionSpec(OptionKind.FLAG),
    **{name: OptionSpec(OptionKind.REFUSED) for name in _REFUSED.split()},
}

_SIZE_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_RATE_NAMES_NS = {
    "ns nsec": 1,
    "us usec": 1_000,
    "ms msec": 1_000_000,
    "s sec": _SECOND_NS,
    "m min": 60 * _SECOND_NS,
    "h hour": 3600 * _SECOND_NS,
    "d day": 86400 * _SECOND_NS,
}
_RATE_UNITS_NS = {unit: scale for names, scale in _RATE_NAMES_NS.items() for unit in names.split()}
_ON, _OFF = ("set", "on", "yes", "true", "enable", "1"), ("unset", "off", "no", "false", "disable", "0")
_FLAG_WORDS = {**dict.fromkeys(_ON, 1), **dict.fromkeys(_OFF, 0)}


def _split_number(text: str) -> tuple[int, str]:
    """Splits ``10m`` into 10 and ``m`` (lower case); raises OptionError when no number leads."""
    digits = len(text) - len(text.lstrip("0123456789"))
    if not digits or digits > 20 or not text.isascii():
        raise OptionError(BAD_VALUE)
    return int(text[:digits]), text[digits:].strip().lower()


def parse_size(text: str) -> int:
    """Returns bytes from digits and an optional k, m, g or t; raises OptionError."""
    number, unit = _split_number(text)
    if unit not in _SIZE_UNITS or number * _SIZE_UNITS[unit] >= 1 << 63:
        raise OptionError(BAD_VALUE)
    return number * _SIZE_UNITS[unit]


def parse_rate(text: str) -> int:
    """Returns the period in nanoseconds from a time (``10ms``) or a rate (``100hz``, also the bare ``100``)."""
    number, unit = _split_number(text)
    if unit in ("", "hz"):
        if number == 0:
            raise OptionError(BAD_VALUE)
        return _SECOND_NS // number
    if unit not in _RATE_UNITS_NS or number * _RATE_UNITS_NS[unit] >= 1 << 63:
        raise OptionError(BAD_VALUE)
    return number * _RATE_UNITS_NS[unit]


def _parse_count(text: str) -> int:
    number, unit = _split_number(text)
    if unit or number >= 1 << 31:
        raise OptionError(BAD_VALUE)
    return number


def _parse_flag(text: str | None) -> int:
    if text is None:
        return 1
    if text.lower() not in _FLAG_WORDS:
        raise OptionError(BAD_VALUE)
    return _FLAG_WORDS[text.lower()]


def _parse_word(text: str, words: Iterable[str]) -> str:
    if text not in words:
        raise OptionError(BAD_VALUE)
    return text


def parse_value(name: str, text: str | None) -> int | str:
    """Returns the option's value in its own unit, or raises OptionError with dtrace's reason."""
    if name not in SPECS:
        raise OptionError(BAD_NAME)
    spec = SPECS[name]
    if spec.kind is OptionKind.REFUSED:
        raise OptionError(UNSUPPORTED)
    if spec.kind is OptionKind.FLAG:
        return _parse_flag(text)
    if text is None:
        raise OptionError(BAD_VALUE)
    match spec.kind:
        case OptionKind.SIZE:
            value: int | str = parse_size(text)
        case OptionKind.RATE:
            value = parse_rate(text)
        case OptionKind.POLICY:
            value = _parse_word(text, ("switch", "ring", "fill"))
        case OptionKind.RESIZE:
            value = _parse_word(text, ("auto", "manual"))
        case _:
            value = _parse_count(text)
    if isinstance(value, int) and value < spec.least:
        raise OptionError(BAD_VALUE)
    if isinstance(value, int) and spec.most is not None and value > spec.most:
        raise OptionError(f"{BAD_VALUE}: at most {spec.most} on this machine")
    return value


class Options:
    """The settings of one tracing session; unset options have the table's defaults."""

    def __init__(self) -> None:
        self._values: dict[str, int | str] = {}
        self._texts: dict[str, str | None] = {}

    def set(self, name: str, text: str | None = None) -> None:
        """Sets one option from its written value (None: none was written) or raises OptionError."""
        self._values[name] = parse_value(name, text)
        self._texts[name] = text

    @property
    def written(self) -> dict[str, str | None]:
        """The settings as they were written, for the compiler."""
        return dict(self._texts)

    def apply(self, pragmas: Iterable[tuple[str, str | None]]) -> None:
        """Sets a script's ``#pragma D option`` settings; what ``set`` was told before goes first and stays."""
        for name, text in pragmas:
            try:
                value = parse_value(name, text)
            except OptionError as error:
                shown = name if text is None else f"{name}={text}"
                raise OptionError(f"failed to set option '{shown}': {error}") from error
            self._values.setdefault(name, value)

    def number(self, name: str) -> int:
        """Returns a numeric option's value (bytes, nanoseconds, a count, or 0/1)."""
        value = self._values.get(name, SPECS[name].default)
        if not isinstance(value, int):
            raise KeyError(name)
        return value

    def word(self, name: str) -> str:
        """Returns a worded option's value (``switch``, ``auto`` …)."""
        return str(self._values.get(name, SPECS[name].default))

    def flag(self, name: str) -> bool:
        """Returns whether a switch is on."""
        return bool(self.number(name))

    def copy(self) -> Options:
        """Returns an independent copy."""
        other = Options()
        other._values.update(self._values)
        other._texts.update(self._texts)
        return other
