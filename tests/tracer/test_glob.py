# SPDX-License-Identifier: GPL-2.0-or-later
"""Patterns of probe descriptions."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.glob import compile_glob, is_glob


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("", "anything", True),
        ("malloc", "malloc", True),
        ("malloc", "mallocx", False),
        ("vm_*", "vm_fault", True),
        ("*lock*", "_mtx_lock_flags", True),
        ("vm_?ap", "vm_map", True),
        ("[a-c]at", "bat", True),
        ("[!a-c]at", "bat", False),
        ("[!a-c]at", "rat", True),
        ("[]]", "]", True),
        (r"\*", "*", True),
        (r"\*", "x", False),
        ("[a", "a", False),
        ("a\\", "a", False),
        ("[z-a]", "m", False),
        ("a.c", "abc", False),
    ],
)
def test_matches_as_dtrace_does(pattern, name, expected):
    """Star, question mark, brackets and backslash mean what the manual says; all else is literal."""
    assert compile_glob(pattern)(name) is expected


@given(st.text("ab*?", min_size=1, max_size=8), st.text("ab", max_size=8))
def test_agrees_with_fnmatch(pattern, name):
    """Without brackets and backslashes, Python's fnmatch is an authority for the same language."""
    assert compile_glob(pattern)(name) == fnmatchcase(name, pattern)


def test_is_glob():
    """A name without special characters can match only itself."""
    assert not is_glob("malloc")
    assert is_glob("")
    assert is_glob("mal*")
