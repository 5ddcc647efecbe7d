# SPDX-License-Identifier: GPL-2.0-or-later
"""The D library: files of declarations of which a script gets what it mentions, and what that mentions.

``Library(folders)`` reads nothing until a name is asked for; then it reads all files and keeps an index from names to
the places of the items that define them (cache.py). Items are parsed and checked one by one (check/library.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from dscript import cache
from dscript.errors import DScriptError

_FORMAT = "1"
_TYPE = "type "  # what the index puts before the name of a typedef
_PIECE = re.compile(
    r'/\*.*?(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|^[ \t]*#(?:[^\n\\]|\\.)*|[A-Za-z_]\w*|[0-9]\w*|\S',
    re.DOTALL | re.MULTILINE,
)
_TYPE_END = re.compile(r"(struct|union|enum)\s+(\w+)\s*<|(\w+)\s*<")


class Item(NamedTuple):
    """One declaration: its file's number, where it stands there, and its line."""

    file: int
    start: int
    end: int
    line: int


class Library:
    """The files ``*.d`` of some folders, in the order of their names."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    @cached_property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Names and texts of all files; raises DScriptError if one cannot be read."""
        try:
            paths = [path for folder in self._folders for path in sorted(folder.iterdir()) if path.suffix == ".d"]
            return tuple((str(path), path.read_text(encoding="utf-8")) for path in paths)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise DScriptError(f"failed to read the D library: {reason}") from error

    @cached_property
    def _index(self) -> dict[str, list[tuple[int, int, int, int]]]:
        key = "\0".join([_FORMAT, *(text for _, text in self.files)]).encode("utf-8", "surrogatepass")
        index: dict[str, list[tuple[int, int, int, int]]] | None = cache.find(Path(__file__).parent, "library", key)
        if index is None:
            index = {}
            for number, (_, text) in enumerate(self.files):
                for name, item in _index_file(number, text):
                    index.setdefault(name, []).append((item.file, item.start, item.end, item.line))
            cache.keep(Path(__file__).parent, "library", key, index)
        return index

    def find(self, name: str) -> tuple[Item, ...]:
        """The items that define a name: an inline, a typedef, ``struct tag``, an enumerator, ``translator type``."""
        return tuple(Item(*item) for item in self._index.get(name, ()))

    def is_type(self, name: str) -> bool:
        """True if the library has a typedef of that name."""
        return f"{_TYPE}{name}" in self._index

    def iter_translated(self) -> Iterator[str]:
        """The types that translators lead to, as written."""
        for name in self._index:
            if name.startswith("translator "):
                yield name.removeprefix("translator ")

    def read(self, item: Item) -> tuple[str, str]:
        """The file's name and the item's text."""
        name, text = self.files[item.file]
        return name, text[item.start : item.end]

    def iter_dependencies(self, item: Item) -> Iterator[tuple[str, str]]:
        """What the file of an item depends on: (class, name) of its ``#pragma D depends_on`` lines."""
        _, text = self.files[item.file]
        for match in re.finditer(r"^[ \t]*#[ \t]*pragma[ \t]+D[ \t]+depends_on[ \t]+(\w+)[ \t]+(\S+)", text, re.M):
            yield match[1], match[2]


def _index_file(number: int, text: str) -> Iterator[tuple[str, Item]]:
    """The names that a file defines, each with its item."""
    start: int | None = None
    depth, words = 0, list[str]()
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece.startswith("/*") or piece.lstrip().startswith("#"):
            continue
        if start is None:
            start = match.start()
        words.append(piece)
        depth += (piece in "{([") - (piece in "})]")
        if depth <= 0 and piece == ";":
            item = Item(number, start, match.end(), text.count("\n", 0, start) + 1)
            for name in _names(words, text[start : match.end()]):
                yield name, item
            start, depth, words = None, 0, []


def _names(words: list[str], text: str) -> Iterator[str]:
    """What the words of one item define."""
    if words[0] == "inline":
        end = next((n for n, word in enumerate(words) if word in ("=", "[")), len(words))
        yield words[end - 1]
    elif words[0] == "translator":
        match = _TYPE_END.search(text)
        if match is not None:
            yield f"translator {match[1]} {match[2]}" if match[1] else f"translator {match[3]}"
    else:
        yield from _declared(words)


def _declared(words: list[str]) -> Iterator[str]:
    """The tag, the enumerators and the name of a declaration."""
    at = next((n for n, word in enumerate(words) if word in ("struct", "union", "enum")), None)
    if at is not None and "{" in words:
        if words[at + 1] != "{":
            yield f"{words[at]} {words[at + 1]}"
        if words[at] == "enum":
            inside = words[words.index("{") : words.index("}")]
            yield from (word for before, word in pairwise(inside) if before in "{,")
    name = _declared_name(words)
    if name:
        yield name
        if words[0] == "typedef":
            yield f"{_TYPE}{name}"


def _declared_name(words: list[str]) -> str:
    """The last name outside braces and brackets: ``int x[4];``, ``typedef struct s { … } s_t;``."""
    depth = 0
    for word in reversed(words):
        depth += (word in "]})") - (word in "[{(")
        if depth == 0 and (word[0].isalpha() or word[0] == "_"):
            return word
    return ""
