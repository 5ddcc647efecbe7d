# SPDX-License-Identifier: GPL-2.0-or-later
"""The exceptions of the D compiler.

DScriptError
├── CompileError     the script is wrong; carries the list of diagnostics
├── DifError         a DIF object is malformed (the verifier)
└── DifFault         a program went wrong while the reference interpreter ran it

Inside the compiler a single problem is raised as ``Problem``; whoever can go on collects it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dscript.source import Source, Span
from dscript.tags import DESCRIPTIONS

LONGEST_MESSAGE = 400  # a message may quote a name as long as the script


class DScriptError(Exception):
    """Base of all errors of this package."""


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong with a script: its tag, place, message, and perhaps what to try.

    ``region`` is the part of a clause it stands in: ``probe description``, ``predicate`` or ``action list``.
    """

    tag: str
    span: Span
    message: str
    hint: str | None = None
    region: str | None = None


class Problem(DScriptError):  # noqa: N818  (a diagnostic on its way, not a failure of ours)
    """One diagnostic on its way to whoever collects them."""

    def __init__(self, tag: str, span: Span, message: str, hint: str | None = None) -> None:
        message = message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}..."
        super().__init__(message)
        assert tag in DESCRIPTIONS, f"unknown error tag {tag}"
        self.diagnostic = Diagnostic(tag, span, message, hint)

    def stand_in(self, region: str | None) -> None:
        """Say where in a clause the problem stands, unless that was said before."""
        if self.diagnostic.region is None:
            self.diagnostic = replace(self.diagnostic, region=region)


class CompileError(DScriptError):
    """The script does not compile: ``diagnostics`` in source order, never empty."""

    def __init__(self, source: Source, diagnostics: list[Diagnostic]) -> None:
        self.source = source
        self.diagnostics = tuple(sorted(diagnostics, key=lambda d: d.span.start))
        super().__init__(self.message())

    @property
    def tag(self) -> str:
        """The tag of the first diagnostic."""
        return self.diagnostics[0].tag

    def describe(self, diagnostic: Diagnostic, *, tags: bool = False) -> str:
        """``[D_TAG] line N: message``, as it stands behind the name of the script."""
        line, _ = self.source.position(diagnostic.span.start)
        return describe_diagnostic(diagnostic, self.source, line, tags=tags)

    def message(self, *, tags: bool = False) -> str:
        """The first diagnostic on one line."""
        return self.describe(self.diagnostics[0], tags=tags)

    def render(self, prefix: str | None = None, *, tags: bool = False) -> str:
        """Every diagnostic with its line underlined; ``prefix`` replaces ``dtrace: failed to compile script FILE``."""
        if prefix is None:
            prefix = f"dtrace: failed to compile script {self.source.name or '<command line>'}"
        parts = []
        for diagnostic in self.diagnostics:
            parts.append(f"{prefix}: {self.describe(diagnostic, tags=tags)}")
            parts.append(self.source.excerpt(diagnostic.span))
            if diagnostic.hint:
                parts.append(f"hint: {diagnostic.hint}")
        return "\n".join(parts)


def describe_diagnostic(diagnostic: Diagnostic, source: Source, line: int | None, *, tags: bool = False) -> str:
    """A diagnostic in DTrace's form: tag, place, message.

    The place is the line of a script file; without one (``line`` None: a program of the command line) it is the
    region of the clause. A line that ``#line`` renamed is shown with its file.
    """
    tag = f"[{diagnostic.tag}] " if tags else ""
    if (mark := source.find_mark(diagnostic.span.start)) is not None:
        file, line = mark
        place = f'"{file}", line {line}: ' if file else f"line {line}: "
    elif line is not None:
        place = f"line {line}: "
    else:
        place = f"in {diagnostic.region}: " if diagnostic.region else ""
    return f"{tag}{place}{diagnostic.message}"


class DifError(DScriptError):
    """A DIF object does not pass the verifier; ``pc`` is the instruction, -1 for the object as a whole."""

    def __init__(self, pc: int, reason: str) -> None:
        super().__init__(reason if pc < 0 else f"pc {pc}: {reason}")
        self.pc = pc


class DifFault(DScriptError):  # noqa: N818  (DTrace calls it a fault)
    """A run-time fault with DTrace's fault number and the offending value."""

    def __init__(self, fault: int, value: int = 0, pc: int = -1) -> None:
        super().__init__(f"fault {fault} at pc {pc}, value {value:#x}")
        self.fault, self.value, self.pc = fault, value, pc
