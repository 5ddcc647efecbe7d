# SPDX-License-Identifier: GPL-2.0-or-later
"""Pieces of D text and how they are joined."""

import pytest

from tracer.errors import TracerError
from tracer.script import Level, Piece, Script, from_specifier, read_file


@pytest.mark.parametrize(
    ("level", "text", "expected"),
    [
        ("P", "fbt", "fbt:::"),
        ("m", "kernel", ":kernel::"),
        ("m", "fbt:kernel", "fbt:kernel::"),
        ("f", "malloc /arg0/ { trace(1) }", "::malloc: /arg0/ { trace(1) }"),
        ("f", "malloc,free{}", "::malloc:,::free: {}"),
        ("n", "BEGIN {exit(0);}", "BEGIN {exit(0);}"),
        ("i", "12", "12"),
    ],
)
def test_specifiers_are_widened_to_four_parts(level, text, expected):
    """-P, -m and -f name one part; what they leave out is filled with colons."""
    assert from_specifier(text, Level(level)).text.strip() == expected


def test_name_of_a_piece_ends_before_its_body():
    """A specifier is announced up to its predicate or body, a script by its file's name."""
    assert from_specifier("fbt::malloc:entry /arg0/ {}", Level.NAME).description == "description 'fbt::malloc:entry '"
    assert Piece("a/b.d", "", is_file=True).description == "script 'a/b.d'"


def test_overspecified():
    """-P with a colon is refused."""
    with pytest.raises(TracerError, match="Overspecified"):
        from_specifier("fbt:kernel", Level.PROVIDER)


def test_lines_belong_to_pieces():
    """A line of the joined text leads back to its piece and its own number."""
    pieces = [Piece("one", "a\nb"), Piece("two", "c"), Piece("three", "#!x\nd")]
    script = Script(pieces)
    assert script.text == "a\nb\nc\n\nd"
    assert [script.find_piece(line) for line in (1, 2, 3, 5)] == [
        (pieces[0], 1),
        (pieces[0], 2),
        (pieces[1], 1),
        (pieces[2], 2),
    ]


def test_missing_script(tmp_path):
    """A file that is not there gives the system's reason."""
    with pytest.raises(TracerError, match=r"failed to open .*x\.d: No such file or directory"):
        read_file(str(tmp_path / "x.d"))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"BEGIN\0{}", b"\x7fELF\x01\x01"])
def test_binary_script(tmp_path, data):
    """A file that is no text is refused before the compiler sees it."""
    path = tmp_path / "x.d"
    path.write_bytes(data)
    with pytest.raises(TracerError, match="not a text file"):
        read_file(str(path))
