# SPDX-License-Identifier: GPL-2.0-or-later
"""The options that change what the compiler produces, gathered from the caller and from pragmas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dscript.errors import Problem
from dscript.source import NOWHERE
from dscript.stability import Attributes, find_attributes
from dscript.versions import LATEST, Version, describe_refusal, find_version

_SIZES = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}


@dataclass(frozen=True)
class Options:
    """Compile-time options with DTrace's defaults."""

    strsize: int = 256
    stackframes: int = 20
    ustackframes: int = 20
    jstackframes: int = 50
    jstackstrsize: int = 512
    zdefs: bool = False
    defaultargs: bool = False
    argref: bool = False
    empty: bool = False
    version: Version = LATEST
    amin: Attributes | None = None  # what every name must at least be (D_ATTR_MIN)


def collect(given: Mapping[str, str | None], pragmas: Iterable[tuple[str, str | None]]) -> Options:
    """The options from the caller, overridden by the pragmas of the script; raises Problem on a bad value."""
    values: dict[str, str | None] = dict(given) | dict(pragmas)
    return Options(
        strsize=_size(values, "strsize", 256),
        stackframes=_size(values, "stackframes", 20),
        ustackframes=_size(values, "ustackframes", 20),
        jstackframes=_size(values, "jstackframes", 50),
        jstackstrsize=_size(values, "jstackstrsize", 512),
        zdefs=_switch(values, "zdefs"),
        defaultargs=_switch(values, "defaultargs"),
        argref=_switch(values, "argref"),
        empty=_switch(values, "empty"),
        version=_version(values.get("version")),
        amin=_attributes(values.get("amin")),
    )


def _refusal(name: str, text: str | None, reason: str) -> Problem:
    shown = f"'{name}'" if text is None else f"'{name}' to '{text}'"
    return Problem("D_PRAGMA_OPTSET", NOWHERE, f"failed to set option {shown}: {reason}")


def _version(text: str | None) -> Version:
    if text is None:
        return LATEST
    if (reason := describe_refusal(text)) is not None:
        raise _refusal("version", text, reason)
    return find_version(text) or LATEST


def _attributes(text: str | None) -> Attributes | None:
    if text is None:
        return None
    attributes = find_attributes(text)
    if attributes is None:
        raise _refusal("amin", text, "Invalid value for specified option")
    return attributes


def _switch(values: Mapping[str, str | None], name: str) -> bool:
    return name in values and values[name] not in ("unset", "disable", "no", "off", "0")


def _size(values: Mapping[str, str | None], name: str, default: int) -> int:
    text = values.get(name)
    if text is None and name not in values:
        return default
    match = re.fullmatch(r"(\d{1,18})([kmgt]?)", (text or "").lower())
    if match is None or not 0 < (size := int(match[1]) * _SIZES[match[2]]) < 1 << 31:
        raise _refusal(name, text, "Invalid value for specified option")
    return size
