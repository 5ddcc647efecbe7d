# SPDX-License-Identifier: GPL-2.0-or-later
"""Scripts and commands that the dtrace command refuses: one clear line, the place underlined, the right status."""

import pytest

from tests.tracer.command import run


def test_unknown_probe(machine, capfdbinary):
    """A description that matches nothing is one line and exit status 1."""
    status, out, err = run(capfdbinary, "-n", "fbt::nosuch:entry", "-c", "dd")
    assert (status, out) == (1, "")
    assert err == (
        "dtrace: invalid probe specifier fbt::nosuch:entry: "
        "probe description fbt::nosuch:entry does not match any probes\n"
    )


def test_syntax_error_is_underlined(machine, capfdbinary):
    """A syntax error shows the line with carets below it."""
    status, out, err = run(capfdbinary, "-n", "BEGIN { trace(1 }", "-c", "dd")
    assert (status, out) == (1, "")
    first, source, carets = err.splitlines()[:3]
    assert first.startswith("dtrace: invalid probe specifier BEGIN { trace(1 }: ")
    assert source == "BEGIN { trace(1 }"
    assert set(carets) <= {" ", "^"}
    assert "^" in carets


def test_error_in_a_file_names_file_and_line(machine, capfdbinary, tmp_path):
    """A script's error is reported with the file's name and the line within the file."""
    path = tmp_path / "x.d"
    path.write_text("#!/usr/sbin/dtrace -s\nBEGIN\n{\n\ttrace(;\n}\n")
    status, _, err = run(capfdbinary, "-n", "END { trace(1); }", "-s", str(path), "-c", "dd")
    assert status == 1
    assert err.startswith(f"dtrace: failed to compile script {path}: line 4: ")


@pytest.mark.parametrize(
    ("data", "line", "source", "carets"),
    [
        (b"BEGIN\n{\n\ttrace(1 2);\n}\n", 3, "    trace(1 2);", "            ^"),
        (b"BEGIN\r\n{\r\n\ttrace(x y);\r\n}\r\n", 3, "    trace(x y);", "            ^"),
        (b"\xef\xbb\xbf#!/sbin/dtrace -s\nBEGIN { trace(1; }\n", 2, "BEGIN { trace(1; }", "               ^"),
        ("BEGIN { /* 漢 */ trace(1; }".encode(), 1, "BEGIN { /* 漢 */ trace(1; }", " " * 24 + "^"),
        (b"BEGIN { trace(1);", 1, "BEGIN { trace(1);", " " * 16 + "^"),
    ],
)
def test_underline_stands_below_its_place(machine, capfdbinary, tmp_path, data, line, source, carets):
    """Tabs, CRLF, a byte order mark, wide characters and the end of the file do not move the underline."""
    path = tmp_path / "x.d"
    path.write_bytes(data)
    status, _, err = run(capfdbinary, "-e", "-s", str(path))
    first, shown, under = err.splitlines()[:3]
    assert status == 1
    assert first.startswith(f"dtrace: failed to compile script {path}: line {line}: syntax error near ")
    assert (shown, under) == (source, carets)


def test_byte_order_mark_is_no_error(machine, capfdbinary, tmp_path):
    """A script saved with a byte order mark compiles."""
    path = tmp_path / "x.d"
    path.write_bytes(b"\xef\xbb\xbfBEGIN { exit(0); }\n")
    assert run(capfdbinary, "-e", "-s", str(path)) == (0, "", "")


@pytest.mark.parametrize(
    "text", ["BEGIN { trace(" + "x" * 100_000 + "); }", "BEGIN { trace(1 " + "x" * 100_000 + "); }"]
)
def test_messages_stay_short(machine, capfdbinary, tmp_path, text):
    """A name as long as the script is not quoted in full."""
    path = tmp_path / "x.d"
    path.write_text(text)
    status, _, err = run(capfdbinary, "-e", "-s", str(path))
    assert (status, len(err) < 1500) == (1, True)


def test_script_without_an_end(machine, capfdbinary):
    """A device that never ends is refused, not read for ever."""
    status, _, err = run(capfdbinary, "-s", "/dev/zero")
    assert (status, err.count("\n")) == (1, 1)
    assert "file has more than" in err


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x01", b"\x7fELF\x01"])
def test_script_that_is_not_text(machine, capfdbinary, tmp_path, data):
    """A binary file is refused in one line."""
    path = tmp_path / "x.d"
    path.write_bytes(data)
    status, out, err = run(capfdbinary, "-s", str(path))
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"dtrace: failed to compile script {path}: not a text file")


def test_missing_script(machine, capfdbinary):
    """A script that is not there is reported with the system's reason."""
    status, _, err = run(capfdbinary, "-s", "/no/such.d")
    assert (status, err) == (1, "dtrace: failed to open /no/such.d: No such file or directory\n")


def test_missing_program(machine, capfdbinary):
    """A command the guest does not have is reported before anything is traced."""
    status, out, err = run(capfdbinary, "-n", "BEGIN { trace(1); }", "-c", "nosuch -x")
    assert (status, out, err) == (1, "", "dtrace: failed to execute nosuch: No such file or directory\n")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("BEGIN { = 1; }", None),
        ("BEGIN { goto x; }", "hint: goto is a reserved word"),
        ("BEGIN { trace(1)) }", None),
        ("BEGIN { trace(1 2); }", "hint: a ')' may be missing before this"),
        ("BEGIN { exit(0) exit(1); }", "hint: a ';' may be missing before this"),
        ("BEGIN /1 { }", "hint: the predicate is not closed by a / before the {"),
        ("BEGIN { trace(1);", "hint: a '}' may be missing at the end"),
    ],
)
def test_hints_of_syntax_errors(machine, capfdbinary, text, hint):
    """A hint names what is missing, and there is none where nothing is."""
    lines = run(capfdbinary, "-e", "-n", text)[2].splitlines()
    assert lines[3:] == ([] if hint is None else [hint])


@pytest.mark.parametrize("command", ["", "  "])
def test_empty_command(machine, capfdbinary, command):
    """-c '' is a missing program, not a missing -c."""
    expected = "dtrace: failed to execute '': No such file or directory\n"
    assert run(capfdbinary, "-n", "BEGIN", "-c", command) == (1, "", expected)


def test_errors_come_before_remarks(machine, capfdbinary):
    """A program that does not compile is one diagnostic, without a word about the workload."""
    _, _, err = run(capfdbinary, "-n", "fbt::nosuch:entry")
    assert err.count("dtrace: ") == 1


def test_extraneous_argument_underlines_nothing(machine, capfdbinary):
    """An argument that nothing refers to has no place in the script."""
    expected = "dtrace: invalid probe specifier BEGIN: extraneous argument 'x' ($1 is not referenced)\n"
    assert run(capfdbinary, "-n", "BEGIN", "-c", "dd", "x") == (1, "", expected)


@pytest.mark.parametrize("text", ["abc", "-1"])
def test_probe_id_may_be_a_name(machine, capfdbinary, text):
    """-i takes what -n takes, as dtrace has it: what is no number is a name."""
    status, _, err = run(capfdbinary, "-i", text, "-c", "dd")
    expected = f"dtrace: invalid probe specifier {text}: probe description :::{text} does not match any probes\n"
    assert (status, err) == (1, expected)


def test_listing_shows_syntax_errors(machine, capfdbinary):
    """-l with a description that cannot be read underlines it."""
    status, out, err = run(capfdbinary, "-l", "-n", "BEGIN {")
    assert (status, out) == (1, "")
    lines = err.splitlines()
    assert lines[:2] == [
        "dtrace: invalid probe specifier BEGIN {: in action list: syntax error near end of input",
        "BEGIN {",
    ]


def test_program_beyond_utf8(machine, capfdbinary):
    """Bytes of the command line that are no UTF-8 reach the program as they are."""
    assert run(capfdbinary, "-e", "-n", 'BEGIN { trace("\udcff"); }') == (0, "", "")


@pytest.mark.parametrize(
    ("pieces", "wrong", "words"),
    [
        (["BEGIN{exit(0);", "}"], 0, "syntax error near end of input"),
        (["BEGIN", "{exit(0);}"], 1, 'syntax error near "{"'),
        (["BEGIN", "/1/{exit(0);}"], 1, 'syntax error near "/"'),
        (["BEGIN,", "END{}"], 0, "syntax error near end of input"),
        (["int x", "; BEGIN{}"], 1, 'syntax error near ";"'),
        (["BEGIN{} /*", "*/"], 0, "comment is not terminated"),
        (["BEGIN{}", "", "END{}"], 1, "empty D program translation unit"),
    ],
)
def test_each_piece_is_whole(machine, capfdbinary, pieces, wrong, words):
    """What one -n leaves open the next does not close: the one that is no program by itself is refused."""
    status, _, err = run(capfdbinary, *(word for piece in pieces for word in ("-n", piece)))
    assert status == 1
    assert err.startswith(f"dtrace: invalid probe specifier {' '.join(pieces[wrong].split())}: ")
    assert words in err


def test_pieces_share_what_they_declare(machine, capfdbinary):
    """A piece may use what another declares; brackets in strings and comments are none."""
    pieces = [
        "int x; BEGIN { x = 1; }",
        "BEGIN",
        """BEGIN { y = "{"; c = '('; /* [ */ }""",
        "END { trace(x); }",
        "ERROR,END",
    ]
    status, _, err = run(capfdbinary, "-e", *(word for piece in pieces for word in ("-n", piece)))
    assert (status, err) == (0, "")
