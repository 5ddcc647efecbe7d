# SPDX-License-Identifier: GPL-2.0-or-later
"""getopt(3) as glibc has it: options one at a time and in order, wherever they stand among the files.

The first thing wrong on the command line is the one reported, so each option is handled before the next is looked
at; Python's own getopt parses all of them first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from experiments.ministat.errors import UsageError


def iter_options(arguments: Sequence[str], letters: str, files: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each option's letter and value; appends the other words to ``files``. Raises UsageError.

    ``letters`` are those there are, ``:`` after one that takes a value.
    """
    pending = iter(arguments)
    for word in pending:
        if word == "--" or (not _is_option(word) and "POSIXLY_CORRECT" in os.environ):
            files += pending if word == "--" else [word, *pending]
        elif _is_option(word):
            yield from _iter_letters(word[1:], letters, pending)
        else:
            files.append(word)


def _is_option(word: str) -> bool:
    """Return whether a word holds options; ``-`` alone is a file."""
    return len(word) > 1 and word.startswith("-")


def _iter_letters(cluster: str, letters: str, pending: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield the options of one word; a value is the rest of the word or, if that is empty, the next word."""
    for at, letter in enumerate(cluster):
        if letter == ":" or letter not in letters:
            raise UsageError(f"ministat: invalid option -- '{letter}'\nUnknown option")
        if not letters.partition(letter)[2].startswith(":"):
            yield letter, ""
            continue
        value = cluster[at + 1 :] or next(pending, None)
        if value is None:
            raise UsageError(f"ministat: option requires an argument -- '{letter}'\nUnknown option")
        yield letter, value
        return
