# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands between the tokens: white space, comments, ``#!`` lines and control lines.

``Gaps.skip`` goes over them and collects the control lines, as the base of the lexer; what a control line says is in
pragmas.py, but for the two that change how the text after them is read.
"""

from __future__ import annotations

from dscript.errors import Problem
from dscript.macros import Macros
from dscript.pragmas import read_line_directive
from dscript.source import Source, Span
from dscript.tokens import COMMENT, CONTROL, DEFAULTARGS, INTERPRETER, SKIP


class Gaps:
    """A place in a text, ``at``, and the control lines before it."""

    def __init__(self, source: Source, macros: Macros) -> None:
        self.source, self.text = source, source.text
        self.macros = macros
        self.controls: list[tuple[str, Span]] = []
        self.at = 0

    def skip(self) -> bool:
        """Go to the next token; False at the end of the text."""
        text = self.text
        while True:
            if match := SKIP.match(text, self.at):
                if "/" in match.group():
                    self._check_comments(match.start(), match.end())
                self.at = match.end()
            if self.at >= len(text):
                return False
            if text.startswith("/*", self.at):
                self._check_comments(self.at, len(text))
                raise Problem("D_SYNTAX", Span(self.at, self.at + 2), "comment is not terminated: end of file in /* */")
            if text[self.at] != "#" or not self._starts_line():
                return True
            if match := INTERPRETER.match(text, self.at):
                self.at = match.end()
            else:
                self._control()

    def _check_comments(self, start: int, end: int) -> None:
        """Raise Problem if there is a comment inside a comment between two places."""
        for comment in COMMENT.finditer(self.text, start, end):
            inner = self.text.find("/*", comment.start() + 2, comment.end())
            if inner >= 0:
                raise Problem("D_SYNTAX", Span(inner, inner + 2), "/* encountered inside a comment")

    def _control(self) -> None:
        match = CONTROL.match(self.text, self.at)
        assert match is not None
        text, end = match.group(), match.end()
        self.controls.append((text, Span(self.at, end)))
        self.at = end
        if DEFAULTARGS.fullmatch(text):
            self.macros.default = True  # from here on, as options that change how the text is read hold at once
        if (directive := read_line_directive(text)) is not None:
            self.source.marks.append((end + 1, *directive))

    def _starts_line(self) -> bool:
        return not self.text[self.text.rfind("\n", 0, self.at) + 1 : self.at].strip()
