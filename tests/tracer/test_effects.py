# SPDX-License-Identifier: GPL-2.0-or-later
"""system(), freopen(), ftruncate() and setopt(), in order with what is printed."""

import pytest

from dscript import Action, ActionKind, Clause, Program, Statement, StatementKind, ValueKind, ValueType
from tests.tracer.conftest import MALLOC
from tests.tracer.consuming import principal, start
from tracer.sink import Capture, Streams

INT = ValueType(ValueKind.INTEGER, 4, True, "int")


def program(make, *statements):
    """Returns a program whose one clause has these statements, each over one action of four bytes."""
    actions = tuple(Action(ActionKind.LIBACT, make.difo(INT)) for _ in statements)
    finished = tuple(
        Statement(kind, index, 1, format_, (INT,), words=words)
        for index, (kind, format_, words) in enumerate(statements)
    )
    return Program((Clause((MALLOC,), None, actions, finished, 1),))


def fire(make, *statements, settings=(("quiet", None),)):
    """Feeds one record of zeros; returns the sink."""
    consumer, sink = start(program(make, *statements), [[4] * len(statements)], *settings)
    consumer.take(principal(make.record(1, bytes(4 * len(statements)))))
    return sink


def printf(text):
    """Returns a printf statement."""
    return StatementKind.PRINTF, text, ()


def test_system_gets_its_formatted_command(make):
    """system() formats its command as printf does."""
    sink = fire(make, (StatementKind.SYSTEM, "echo %d", ()))
    assert sink.commands == ["echo 0"]


def test_freopen_and_back(make):
    """freopen() sends what follows to a file, an empty name back; ftruncate() empties the file."""
    reopen, truncate = StatementKind.FREOPEN, (StatementKind.FTRUNCATE, None, ())
    sink = fire(
        make, printf("a"), (reopen, "/tmp/x%d", ()), printf("b"), truncate, printf("c"), (reopen, "", ()), printf("d")
    )
    assert (sink.output, sink.files) == ("ad", {"/tmp/x0": "c"})


def test_setopt_takes_effect_at_once(make):
    """setopt("quiet") silences the next record; options of the kernel cannot be changed any more."""
    consumer, sink = start(program(make, (StatementKind.SETOPT, None, ("quiet",))), [[4]])
    for _ in range(2):
        consumer.take(principal(make.record(1, bytes(4))))
    assert len(sink.output.splitlines()) == 2  # the heading, and the row that setopt() stands in
    sink = fire(make, (StatementKind.SETOPT, None, ("bufsize", "1m")))
    assert sink.messages == [
        "error on enabled probe ID 1 (ID 123: fbt:kernel:malloc:entry): "
        'couldn\'t set option "bufsize" to "1m": Operation illegal when tracing is active'
    ]


def test_file_that_cannot_be_opened(make, monkeypatch):
    """freopen() that fails is an error of the probe, and output goes on where it was."""

    def refuse(_self, path):
        raise FileNotFoundError(2, "No such file or directory", path)

    monkeypatch.setattr(Capture, "reopen", refuse)
    sink = fire(make, (StatementKind.FREOPEN, "/no/x", ()), printf("on"))
    assert sink.output == "on"
    assert sink.messages[0].endswith('couldn\'t freopen() "/no/x": No such file or directory')


@pytest.fixture
def streams(tmp_path):
    """Returns a sink on files, and a function that reads what standard output's holds."""
    out, err = (tmp_path / "out").open("wb", buffering=0), (tmp_path / "err").open("wb", buffering=0)
    with out, err:
        sink = Streams(out, err)
        yield sink, (tmp_path / "out").read_text
        sink.close()


def test_commands_write_where_dtrace_does(streams, tmp_path):
    """A command's output comes after what was printed before it, and follows freopen()."""
    sink, read = streams
    sink.trace("one\n")
    sink.run("echo two; exit 3")
    sink.reopen(str(tmp_path / "other"))
    sink.run("echo three")
    sink.reopen("")
    sink.trace("four\n")
    assert (read(), (tmp_path / "other").read_text()) == ("one\ntwo\nfour\n", "three\n")


def test_reopened_files_are_appended_to(streams, tmp_path):
    """freopen() keeps what the file held; ftruncate() empties it."""
    sink, _ = streams
    (tmp_path / "other").write_text("before\n")
    sink.reopen(str(tmp_path / "other"))
    sink.trace("after\n")
    assert (tmp_path / "other").read_text() == "before\nafter\n"
    sink.truncate()
    sink.trace("anew\n")
    assert (tmp_path / "other").read_text() == "anew\n"


def test_every_byte_comes_out(streams, tmp_path):
    """Traced bytes that are no UTF-8 are written as they were."""
    sink, _ = streams
    sink.trace("\udcff€\n")
    assert (tmp_path / "out").read_bytes() == b"\xff\xe2\x82\xac\n"
