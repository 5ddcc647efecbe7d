# SPDX-License-Identifier: GPL-2.0-or-later
"""json(text, path): one element of a JSON text, as DTrace finds it.

The text is read once, forwards, without building anything: keys and elements that the path does not name are
skipped. A string comes without its quotes and backslashes, an object or array as it is written, null if there is none.
"""

from __future__ import annotations

import re

_SPACE = b" \t\n\v\f\r"
_NUMBER = re.compile(rb"-?[0-9][-+0-9.eE]*")
_WORD = re.compile(rb"[a-z]+")


def find_json(text: bytes, path: bytes) -> bytes | None:
    """The element that ``path`` (``a.b[2].c``) names, or None if it is not there or the text before it is no JSON."""
    words = [word for word in re.split(rb"[.\[\]]", path) if word]
    reader = _Reader(text)
    if not words or reader.peek() not in (b"{", b"["):
        return None
    try:
        return reader.descend(words)
    except _MalformedError:
        return None


class _MalformedError(Exception):
    """The text is no JSON here."""


class _Reader:
    def __init__(self, text: bytes) -> None:
        self.text, self.at = text, 0

    def peek(self) -> bytes:
        """The next character that is no space, empty at the end."""
        while self.at < len(self.text) and self.text[self.at] in _SPACE:
            self.at += 1
        return self.text[self.at : self.at + 1]

    def descend(self, words: list[bytes]) -> bytes | None:
        """The element that the words name, from the value that begins here."""
        while words:
            opening = self.peek()
            if opening == b"{":
                found = self._find_key(words[0])
            elif opening == b"[":
                found = self._find_element(words[0])
            else:
                return None  # the path goes on, the text does not
            if not found:
                return None
            words = words[1:]
        return self.value()

    def _find_key(self, wanted: bytes) -> bool:
        self.at += 1
        while self.peek() == b'"':
            key = self._string()
            if self.peek() != b":":
                raise _MalformedError
            self.at += 1
            if key == wanted:
                return True
            self.value()
            if self.peek() != b",":
                return False
            self.at += 1
        return False

    def _find_element(self, wanted: bytes) -> bool:
        digits = re.match(rb"\s*[0-9]+", wanted)
        self.at += 1
        for _ in range(int(digits.group()) if digits else 0):
            self.value()
            if self.peek() != b",":
                return False
            self.at += 1
        return True

    def value(self) -> bytes:
        """The value that begins here, as text; raises when there is none."""
        opening = self.peek()
        if opening == b'"':
            return self._string()
        if opening in (b"{", b"["):
            return self._collect()
        match = (_WORD if opening.islower() else _NUMBER).match(self.text, self.at)
        if match is None:
            raise _MalformedError
        self.at = match.end()
        return match.group()

    def _string(self) -> bytes:
        out = bytearray()
        self.at += 1
        while self.at < len(self.text):
            char = self.text[self.at]
            self.at += 1
            if char == ord('"'):
                return bytes(out)
            if char == ord("\\"):
                out += self.text[self.at : self.at + 1]
                self.at += 1
            else:
                out.append(char)
        raise _MalformedError

    def _collect(self) -> bytes:
        """An object or array as it is written."""
        start, depth, quoted = self.at, 0, False
        while self.at < len(self.text):
            char = self.text[self.at : self.at + 1]
            self.at += 2 if quoted and char == b"\\" else 1
            if char == b'"':
                quoted = not quoted
            elif not quoted:
                depth += (char in b"{[") - (char in b"}]")
                if depth == 0:
                    return self.text[start : self.at]
        raise _MalformedError
