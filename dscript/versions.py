# SPDX-License-Identifier: GPL-2.0-or-later
"""Versions of the D language: ``1.13`` as option ``version`` and ``#pragma D binding`` write them.

A version binds the names that D defines: with ``-x version=1.0`` a script sees only what 1.0 had.
"""

from __future__ import annotations

import re

Version = tuple[int, int, int]

_LIMITS = (255, 4095, 4095)
_VERSIONS_WORDS = """
1.0 1.1 1.2 1.2.1 1.2.2 1.3 1.4 1.4.1 1.5 1.6 1.6.1 1.6.2 1.6.3 1.7 1.7.1 1.8 1.8.1 1.9 1.9.1 1.10 1.11 1.12 1.12.1 1.13
"""
# the names that came later than 1.0, each with the version that brought it
_LATER_WORDS = """
1.1 freopen index memref rindex strchr strrchr strstr strtok substr
1.2 func mod setopt sym uaddr ucaller ufunc umod ustackdepth usym
1.3 htonl htonll htons ntohl ntohll ntohs
1.5 inet_ntoa inet_ntoa6 inet_ntop printm
1.6 stddev
1.7 llquantize
1.8 tolower toupper
1.9 print
1.10 getf
1.11 json strtoll
1.13 execargs
"""


def find_version(text: str) -> Version | None:
    """The version that ``major.minor[.micro]`` names; None if it is malformed or too large."""
    match = re.fullmatch(r"([0-9]{1,4})\.([0-9]{1,4})(?:\.([0-9]{1,4}))?", text)
    if match is None:
        return None
    numbers = tuple(int(part or 0) for part in match.groups())
    if any(number > limit for number, limit in zip(numbers, _LIMITS, strict=True)):
        return None
    return numbers[0], numbers[1], numbers[2]


def _get_version(text: str) -> Version:
    version = find_version(text)
    assert version is not None
    return version


VERSIONS = frozenset(map(_get_version, _VERSIONS_WORDS.split()))
LATEST = max(VERSIONS)
INTRODUCED: dict[str, Version] = {
    name: _get_version(line.split()[0]) for line in _LATER_WORDS.strip().splitlines() for name in line.split()[1:]
}


def describe_refusal(text: str) -> str | None:
    """Why a version cannot be asked for, in DTrace's words; None if it can."""
    version = find_version(text)
    if version is None:
        return "Version is not properly formatted or is too large"
    if version > LATEST:
        return "Client requested version newer than libdtrace"
    return None if version in VERSIONS else "Requested version is not supported by compiler"
