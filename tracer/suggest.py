# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody may have meant by a probe description that matches nothing.

``suggest(registry, description)`` tries two slips: one part misspelt, and parts moved, as in
``syscall:read:entry``.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from dscript import ProbeDescription
from tracer.registry import Probe, Registry

_PARTS = ("function", "name", "provider", "module")
_CLOSE = 0.6  # of 1, as difflib measures how alike two words are
_LONGEST = 64


def suggest(registry: Registry, description: ProbeDescription) -> str | None:
    """Returns ``did you mean …?`` with a description that does match, None if nothing is near."""
    for near in (*_iter_moved(description), *_iter_respelt(registry, description)):
        if registry.match(near):
            return f"did you mean {_show(near)}?"
    return None


def _iter_moved(description: ProbeDescription) -> Iterator[ProbeDescription]:
    """Yields the description with a part more or less, which counts from the right."""
    provider, module, function, name = description.provider, description.module, description.function, description.name
    if module and not provider:
        yield ProbeDescription(module, "", function, name)  # provider:function:name
    if provider and not name and not module and function:
        yield ProbeDescription(provider, "", "", function)
    if function and not module and not provider:
        yield ProbeDescription(function, "", "", name)  # provider:name


def _iter_respelt(registry: Registry, description: ProbeDescription) -> Iterator[ProbeDescription]:
    """Yields the description with one part replaced by the most similar one that the other parts allow."""
    for part in _PARTS:
        word = getattr(description, part)
        if not word or len(word) > _LONGEST:
            continue
        others: tuple[Probe, ...] = registry.match(_with(description, part, ""))
        for close in get_close_matches(word, {getattr(probe, part) for probe in others} - {""}, n=1, cutoff=_CLOSE):
            yield _with(description, part, close)


def _with(description: ProbeDescription, part: str, word: str) -> ProbeDescription:
    """Returns the description with another word for one part."""
    words = {name: getattr(description, name) for name in _PARTS} | {part: word}
    return ProbeDescription(**words)


def _show(description: ProbeDescription) -> str:
    """Returns the description as it is written, without its empty parts in front."""
    return ":".join((description.provider, description.module, description.function, description.name)).lstrip(":")
