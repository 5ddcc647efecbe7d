# SPDX-License-Identifier: GPL-2.0-or-later
"""The options of ``-x name=value``, ``#pragma D option name=value`` and setopt(): values checked, read and kept.

``Options.set`` is called once per setting, in order of appearance; ``Options.apply`` with a program's pragmas.
Names, kinds and defaults are in ``optiontable.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracer.errors import OptionError
from tracer.optiontable import DYNAMIC, RUN, SECOND_NS, SPECS, OptionKind, OptionSpec

BAD_NAME = "Invalid option name"
BAD_VALUE = "Invalid value for specified option"
UNSUPPORTED = "Option is not available on this machine"
ACTIVE = "Operation illegal when tracing is active"

_SIZE_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_RATE_NAMES_NS = {
    "ns nsec": 1,
    "us usec": 1_000,
    "ms msec": 1_000_000,
    "s sec": SECOND_NS,
    "m min": 60 * SECOND_NS,
    "h hour": 3600 * SECOND_NS,
    "d day": 86400 * SECOND_NS,
}
_RATE_UNITS_NS = {unit: scale for names, scale in _RATE_NAMES_NS.items() for unit in names.split()}
_ON, _OFF = ("yes", "enable", "enabled", "true", "on", "set"), ("no", "disable", "disabled", "false", "off", "unset")
_FLAG_WORDS = {**dict.fromkeys(_ON, 1), **dict.fromkeys(_OFF, 0), "": 0}
_NUMBER = re.compile(r"(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,20})(.*)", re.ASCII | re.DOTALL)
_STABILITY = ("internal", "private", "obsolete", "external", "unstable", "evolving", "stable", "standard")
_CLASSES = ("unknown", "cpu", "platform", "group", "isa", "common")
_ATTRIBUTES = 3
_VERSION = re.compile(r"[0-9]+(\.[0-9]+){1,2}", re.ASCII)


def _split_number(text: str) -> tuple[int, str]:
    """Splits ``10m`` into 10 and ``m`` (lower case); as C's strtoull, ``0x`` and ``0`` lead other bases."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise OptionError(BAD_VALUE)
    digits, unit = match.groups()
    octal = len(digits) > 1 and digits.isdecimal() and digits.startswith("0")
    if octal and set(digits) & set("89"):
        raise OptionError(BAD_VALUE)
    return int(digits, 8 if octal else 0), unit.lower()


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
        return SECOND_NS // number if number else 0
    if unit not in _RATE_UNITS_NS or number * _RATE_UNITS_NS[unit] >= 1 << 63:
        raise OptionError(BAD_VALUE)
    return number * _RATE_UNITS_NS[unit]


def _parse_count(text: str) -> int:
    number, unit = _split_number(text)
    if unit or number >= 1 << 31:
        raise OptionError(BAD_VALUE)
    return number


def _parse_flag(text: str | None) -> int:
    """Returns a flag's value; as with dtrace, any number but 0 sets it, and an empty word unsets it."""
    if text is None:
        return 1
    if text.lower() in _FLAG_WORDS:
        return _FLAG_WORDS[text.lower()]
    return int(_parse_count(text) != 0)


def _parse_word(text: str, spec: OptionSpec) -> str:
    """Returns a text that has the form its kind asks for."""
    parts = text.lower().split("/")
    valid = {
        OptionKind.WORD: text in spec.words,
        OptionKind.VERSION: _VERSION.fullmatch(text) is not None,
        OptionKind.ATTRIBUTES: len(parts) == _ATTRIBUTES
        and all(part in _STABILITY for part in parts[:2])
        and parts[2] in _CLASSES,
        OptionKind.VARIABLE: not text.startswith("=") and text != "",
    }
    if not valid.get(spec.kind, True):
        raise OptionError(BAD_VALUE)
    return text


def _parse_number(text: str, spec: OptionSpec) -> int:
    parse = {OptionKind.SIZE: parse_size, OptionKind.RATE: parse_rate}.get(spec.kind, _parse_count)
    value = parse(text)
    if value < spec.least:
        raise OptionError(BAD_VALUE)
    if spec.most is not None and value > spec.most:
        raise OptionError(f"{BAD_VALUE}: at most {spec.most} on this machine")
    return value


def parse_value(name: str, text: str | None) -> int | str:
    """Returns the option's value in its own unit, or raises OptionError with dtrace's reason."""
    if name not in SPECS:
        raise OptionError(BAD_NAME)
    spec = SPECS[name]
    match spec.kind:
        case OptionKind.REFUSED:
            raise OptionError(UNSUPPORTED)
        case OptionKind.FLAG:
            return _parse_flag(text)
        case OptionKind.SWITCH if text is None:
            return 1
        case OptionKind.SWITCH:
            raise OptionError(BAD_VALUE)
    if text is None:
        raise OptionError(BAD_VALUE)
    if spec.kind in (OptionKind.SIZE, OptionKind.RATE, OptionKind.COUNT):
        return _parse_number(text, spec)
    return _parse_word(text, spec)


def _describe_variable(name: str, text: str | None) -> dict[str, str | None]:
    """Returns the variable that an option sets in the environment, None for its value if it takes it away."""
    if name == "unsetenv":
        return {text or "": None}
    variable, _, value = (text or "").partition("=")
    return {variable: value} if name == "setenv" else {}


class Options:
    """The settings of one tracing session; unset options have the table's defaults."""

    def __init__(self) -> None:
        self._values: dict[str, int | str] = {}
        self._texts: dict[str, str | None] = {}
        self._lists: dict[str, list[str]] = {}
        self._environment: dict[str, str | None] = {}

    def set(self, name: str, text: str | None = None) -> None:
        """Sets one option from its written value (None: none was written) or raises OptionError."""
        self._values[name] = parse_value(name, text)
        self._texts[name] = text
        self._lists.setdefault(name, []).append(text or "")
        self._environment |= _describe_variable(name, text)

    def change(self, name: str, text: str | None = None) -> None:
        """Sets an option while tracing (setopt()); raises OptionError for those that only the kernel could obey."""
        if name in RUN and name not in DYNAMIC:
            raise OptionError(ACTIVE)
        self.set(name, text)

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
                shown = f"'{name}'" if text is None else f"'{name}' to '{text}'"
                raise OptionError(f"failed to set option {shown}: {error}") from error
            self._values.setdefault(name, value)
            self._texts.setdefault(name, text)
            self._environment = _describe_variable(name, text) | self._environment

    def number(self, name: str) -> int:
        """Returns a numeric option's value (bytes, nanoseconds, a count, or 0/1)."""
        value = self._values.get(name, SPECS[name].default)
        if not isinstance(value, int):
            raise KeyError(name)
        return value

    def word(self, name: str) -> str:
        """Returns a worded option's value (``switch``, ``auto`` …)."""
        return str(self._values.get(name, SPECS[name].default))

    def list(self, name: str) -> list[str]:
        """Returns every value that an option was given, in order (define, incdir, libdir …)."""
        return list(self._lists.get(name, ()))

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the commands, as setenv and unsetenv have made it."""
        return {name: value for name, value in self._environment.items() if value is not None}

    def flag(self, name: str) -> bool:
        """Returns whether a switch is on."""
        return bool(self.number(name))

    def copy(self) -> Options:
        """Returns an independent copy."""
        other = Options()
        other._values.update(self._values)
        other._texts.update(self._texts)
        other._environment.update(self._environment)
        other._lists.update({name: list(values) for name, values in self._lists.items()})
        return other
