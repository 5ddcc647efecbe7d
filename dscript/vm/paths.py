# SPDX-License-Identifier: GPL-2.0-or-later
"""Path subroutines of the reference interpreter: basename, dirname, cleanpath."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from dscript.vm.host import Host, Pushed

Arguments = Sequence[Pushed]


def basename(m: Host, a: Arguments) -> int:
    """basename(path)."""
    text = m.string(a[0].value)
    stripped = text.rstrip(b"/")
    return m.new_string(posixpath.basename(stripped) if stripped else (b"/" if text else b"."))


def dirname(m: Host, a: Arguments) -> int:
    """dirname(path)."""
    stripped = m.string(a[0].value).rstrip(b"/")
    head, slash, _ = stripped.rpartition(b"/")
    if not slash:
        return m.new_string(b"." if stripped or not m.string(a[0].value) else b"/")
    return m.new_string(head.rstrip(b"/") or b"/")


def cleanpath(m: Host, a: Arguments) -> int:
    """cleanpath(s): "" and "." between two slashes go, ".." there or at the end takes the element before it along.

    What stands before the first slash stays, and so does "." at the end; ".." there leaves its slash, as published.
    """
    clean, *rest = m.string(a[0].value).split(b"/")
    for index, element in enumerate(rest):
        last = index + 1 == len(rest)
        if element == b"..":
            before = max(clean.rfind(b"/"), 0)
            clean = (clean or b"/")[: before + 1] if last else clean[:before]
        elif last or element not in (b"", b"."):
            clean += b"/" + element
    return m.new_string(clean)
