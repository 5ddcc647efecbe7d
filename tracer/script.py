# SPDX-License-Identifier: GPL-2.0-or-later
"""The user's D text: pieces from -n, -s and their kin, joined into one script for the compiler.

A piece remembers where it came from, so that an error is reported against the right file and line, and so that
each piece's matched probes can be counted. ``read_file`` and ``from_specifier`` make pieces; ``Script`` joins them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dscript import NOWHERE, CompileError, describe_diagnostic
from tracer.balance import is_suspect
from tracer.errors import TracerError

_MAX_SCRIPT_BYTES = 16 << 20
_TEXT_CONTROLS = frozenset("\t\n\r\f\v")
_PARTS = 4
_DESCRIPTION_END = re.compile("[{/;]")
_BYTE_ORDER_MARK = "\ufeff"


class Level(StrEnum):
    """Which part of a probe description a specifier's last component names."""

    PROVIDER = "P"
    MODULE = "m"
    FUNCTION = "f"
    NAME = "n"
    ID = "i"


@dataclass(frozen=True)
class Piece:
    """A stretch of D text; ``is_file`` if it was read from the file ``name``."""

    name: str
    text: str
    is_file: bool = False

    @property
    def short(self) -> str:
        """Its name; of a specifier what comes before its predicate or body."""
        return self.name if self.is_file else _DESCRIPTION_END.split(self.name, maxsplit=1)[0]

    @property
    def kind(self) -> str:
        """``script`` or ``description``."""
        return "script" if self.is_file else "description"

    @property
    def description(self) -> str:
        """What the tracer calls it when it says how many probes matched."""
        return f"{self.kind} '{self.short}'"

    @property
    def title(self) -> str:
        """What the tracer calls it over a report."""
        return f"{self.kind} {self.short}"

    @property
    def plain(self) -> str:
        """The text with a ``#!`` line blanked."""
        return "\n" + self.text.partition("\n")[2] if self.text.startswith("#!") else self.text

    @property
    def failure(self) -> str:
        """How an error in it begins."""
        if self.is_file:
            return f"failed to compile script {self.name}"
        return f"invalid probe specifier {' '.join(self.name.split())}"


def _read_bytes(name: str) -> bytes:
    """Returns the file's bytes, one more than may be at most: a device may have no end."""
    try:
        with Path("/dev/stdin" if name == "-" else name).open("rb") as stream:
            return stream.read(_MAX_SCRIPT_BYTES + 1)
    except OSError as error:
        raise TracerError(f"failed to open {name}: {error.strerror}") from error
    except ValueError as error:  # a NUL character in the name
        raise TracerError(f"failed to open {name!r}: {error}") from error


def read_file(name: str) -> Piece:
    """Returns a script file as a piece; raises TracerError if it cannot be read or is no text."""
    data = _read_bytes(name)
    if len(data) > _MAX_SCRIPT_BYTES:
        raise TracerError(f"failed to compile script {name}: file has more than {_MAX_SCRIPT_BYTES} bytes")
    try:
        text = data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise TracerError(f"failed to compile script {name}: not a text file (byte {error.start})") from error
    for offset, character in enumerate(text):
        if character < " " and character not in _TEXT_CONTROLS:
            raise TracerError(f"failed to compile script {name}: not a text file (character {offset})")
    return Piece(name, text, is_file=True)


class SpecifierError(TracerError):
    """A description on the command line that cannot be one (D_PDESC_INVAL); ``tagged`` is the text with the tag."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"invalid probe specifier {text}: {reason}")
        self.tagged = f"invalid probe specifier {text}: [D_PDESC_INVAL] {reason}"


_LEVEL_NAMES = {"P": "providers", "m": "modules", "f": "functions"}


def _split_specifier(text: str) -> tuple[str, str]:
    """Splits at the predicate or the body, whichever comes first."""
    ends = [index for index in (text.find("/"), text.find("{")) if index >= 0]
    end = min(ends, default=len(text))
    return text[:end], text[end:]


def _widen(part: str, level: Level) -> str:
    """Gives one description the colons that -P, -m and -f leave out."""
    part = part.strip()
    if level in (Level.NAME, Level.ID):
        return part
    given = {Level.PROVIDER: 1, Level.MODULE: 2, Level.FUNCTION: 3}[level]
    if part.count(":") >= given:
        raise SpecifierError(part, f'invalid probe description "{part}": Overspecified probe description')
    if part.isdecimal():
        names = _LEVEL_NAMES[level.value]
        raise SpecifierError(part, f"probe identifier {part} not permitted when specifying {names}")
    missing = given - 1 - part.count(":")
    return ":" * missing + part + ":" * (_PARTS - given)


def from_specifier(text: str, level: Level) -> Piece:
    """Returns the piece of a -P, -m, -f, -n or -i argument: descriptions with an optional predicate and body."""
    head, tail = _split_specifier(text)
    if level in (Level.NAME, Level.ID):
        return Piece(text, text)
    widened = ",".join(_widen(part, level) for part in head.split(","))
    return Piece(text, f"{widened} {tail}")


class Script:
    """Pieces joined line by line."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)
        self._starts: list[int] = []
        line = 1
        for piece in self.pieces:
            self._starts.append(line)
            line += piece.text.count("\n") + 1

    @property
    def text(self) -> str:
        """The whole text; every piece begins on a line of its own, ``#!`` lines are blanked."""
        return "\n".join(piece.plain for piece in self.pieces)

    @property
    def suspects(self) -> Iterator[tuple[Piece, str]]:
        """Pieces among several that may not be programs by themselves, each alone, on its lines of the whole text."""
        if len(self.pieces) > 1:
            for piece, start in zip(self.pieces, self._starts, strict=True):
                if is_suspect(piece.plain):
                    yield piece, "\n" * (start - 1) + piece.plain

    @property
    def name(self) -> str:
        """What ``$0`` stands for: the first file's name, or ``dtrace``."""
        return next((piece.name for piece in self.pieces if piece.is_file), "dtrace")

    def find_piece(self, line: int) -> tuple[Piece, int]:
        """Returns the piece that holds a line of the whole text, and the line's number within the piece."""
        index = max((i for i, start in enumerate(self._starts) if start <= line), default=0)
        return self.pieces[index], line - self._starts[index] + 1

    def describe_error(self, error: CompileError, *, tags: bool = False, alone: Piece | None = None) -> str:
        """Returns a compile error in words, without the leading ``dtrace: ``: message, line underlined, hint.

        ``alone`` is the piece that was compiled, if it was only one of several.
        """
        parts: list[str] = []
        for diagnostic in error.diagnostics:
            line, _ = error.source.position(diagnostic.span.start)
            piece, local = self.find_piece(line)
            placed = diagnostic.span != NOWHERE
            piece = piece if placed or alone is None else alone
            shown = local if placed and piece.is_file else None
            text = describe_diagnostic(diagnostic, error.source, shown, tags=tags)
            parts.append(f"{'' if not parts else 'dtrace: '}{piece.failure}: {text}")
            excerpt = error.source.excerpt(diagnostic.span)
            if placed and (shown or diagnostic.tag != "D_PDESC_ZERO") and not excerpt.startswith("\n"):
                parts.append(excerpt)
            if diagnostic.hint:
                parts.append(f"hint: {diagnostic.hint}")
        return "\n".join(parts)
