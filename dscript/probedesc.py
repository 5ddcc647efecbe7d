# SPDX-License-Identifier: GPL-2.0-or-later
"""Probe descriptions: ``provider:module:function:name`` with 1 to 4 parts, globs, or a probe's number.

Fewer parts than four are aligned so that the last one is the ``level`` (``name`` unless ``dtrace -f`` and
friends say otherwise). The lecture writes ``fbt:::malloc:entry``, one colon too many: five parts of which one
is empty are read as four, with a note.
"""

from __future__ import annotations

from dscript.errors import Problem
from dscript.nodes import Description
from dscript.program import ProbeDescription

LEVELS = ("provider", "module", "function", "name")
# DTrace's limits on the length of each part
LIMITS = (64, 64, 128, 64)


def read_description(description: Description, level: str = "name") -> tuple[ProbeDescription, str | None]:
    """The description and, if it had to be mended, a note saying so; raises Problem D_PDESC_INVAL."""
    text = description.text
    if text[:1].isdigit() and ":" not in text:
        return _by_id(description), None
    parts, note = text.split(":"), None
    if len(parts) == 5 and "" in parts:
        parts = _drop_one_empty(parts)
        note = f"probe description {text} has one colon too many; read as {':'.join(parts)}"
    last = LEVELS.index(level)
    if (len(parts) > last + 1 and len(parts) > 4) or len(parts) - 1 > last:
        hint = f"at most {last + 1} parts: {':'.join(LEVELS[: last + 1])}"
        raise Problem("D_PDESC_INVAL", description.span, f"overspecified probe description {text[:80]}", hint)
    fields = [""] * (last + 1 - len(parts)) + parts + [""] * (3 - last)
    for field, limit, what in zip(fields, LIMITS, LEVELS, strict=True):
        if len(field) >= limit:
            raise Problem(
                "D_PDESC_INVAL", description.span, f"{what} is too long: {len(field)} characters; less than {limit}"
            )
    provider, module, function, name = fields
    return ProbeDescription(provider, module, function, name), note


def _drop_one_empty(parts: list[str]) -> list[str]:
    """Four of five parts; an empty part is dropped that leaves the function named, if there is one."""
    candidates = [parts[:n] + parts[n + 1 :] for n, part in enumerate(parts) if not part]
    return next((c for c in candidates if c[2]), candidates[0])


def _by_id(description: Description) -> ProbeDescription:
    text = description.text
    if not text.isdigit() or len(text) > 10 or not 0 < int(text) <= 0xFFFFFFFF:
        raise Problem("D_PDESC_INVAL", description.span, f"invalid probe description {text[:80]}: not a probe id")
    return ProbeDescription(id=int(text))
