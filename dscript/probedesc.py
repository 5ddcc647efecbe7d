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
from dscript.source import shorten

LEVELS = ("provider", "module", "function", "name")
# DTrace's limits on the length of each part, the NUL included
LIMITS = (64, 64, 192, 64)
_MAX_ID = 0xFFFFFFFF


def read_description(description: Description, level: str = "name") -> tuple[ProbeDescription, str | None]:
    """The description and, if it had to be mended, a note saying so; raises Problem D_PDESC_INVAL."""
    text = description.text
    if text[:1].isdigit() and ":" not in text:
        return _by_id(description, level), None
    parts, note = text.split(":"), None
    if len(parts) == 5 and "" in parts and level == "name":
        parts = _drop_one_empty(parts)
        note = f"probe description {text} has one colon too many; read as {':'.join(parts)}"
    last = LEVELS.index(level)
    if len(parts) - 1 > last:
        hint = f"at most {last + 1} parts: {':'.join(LEVELS[: last + 1])}"
        raise _invalid(description, "Overspecified probe description", hint)
    fields = [""] * (last + 1 - len(parts)) + parts + [""] * (3 - last)
    for field, limit, what in zip(fields, LIMITS, LEVELS, strict=True):
        if len(field) >= limit:
            raise _invalid(description, f"the {what} is too long: {len(field)} characters; less than {limit}")
    provider, module, function, name = fields
    return ProbeDescription(provider, module, function, name), note


def _invalid(description: Description, reason: str, hint: str | None = None) -> Problem:
    message = f'invalid probe description "{shorten(description.text)}": {reason}'
    return Problem("D_PDESC_INVAL", description.span, message, hint)


def _drop_one_empty(parts: list[str]) -> list[str]:
    """Four of five parts; an empty part is dropped that leaves the function named, if there is one."""
    candidates = [parts[:n] + parts[n + 1 :] for n, part in enumerate(parts) if not part]
    return next((c for c in candidates if c[2]), candidates[0])


def _by_id(description: Description, level: str) -> ProbeDescription:
    text = description.text
    if not text.isdecimal():
        raise _invalid(description, "it is neither a probe's number nor a name")
    if level != "name":
        raise Problem(
            "D_PDESC_INVAL", description.span, f"probe identifier {text[:20]} not permitted when specifying {level}s"
        )
    if len(text) > 20 or int(text) > _MAX_ID:
        raise Problem("D_PDESC_INVAL", description.span, f"identifier {text[:20]} exceeds maximum probe id")
    return ProbeDescription(id=int(text))
