# SPDX-License-Identifier: GPL-2.0-or-later
"""The notebook magic: its line, what a trace holds, what it draws, and a real run in a shell."""

import pytest

import tracer
from tracer.magic import parse_line, run_cell

FRAMES = {"stack-frames": [{"symbol": "kernel`malloc"}, {"symbol": "kernel`kern_execve+0x10"}]}
PROBE = {
    "timestamp": 5,
    "cpu": 0,
    "id": 9,
    "provider": "syscall",
    "module": "freebsd",
    "function": "read",
    "name": "entry",
}
OBJECTS = [
    {"type": "record", **PROBE, "output": [{"value": 512}, {"message": "dd\n"}, {"value": "dd"}, FRAMES]},
    {"type": "record", **PROBE, "output": [{"value": 1}]},
    {"type": "drop", "count": 3},
    {"type": "aggregation", "name": "s", "function": "count", "keys": ["dd", FRAMES], "count": 3},
    {"type": "aggregation", "name": "s", "function": "count", "keys": ["$x$", FRAMES], "count": 9},
    {
        "type": "aggregation",
        "name": "q",
        "function": "quantize",
        "keys": [],
        "buckets": [{"value": 256, "count": 0}, {"value": 512, "count": 3}],
    },
]


def test_records_are_a_frame():
    """Every record is a row: the probe, the values in order, the text and the stack."""
    frame = tracer.Trace(OBJECTS).records
    assert list(frame.columns) == [*PROBE, "value", "message", "value2", "stack"]
    assert frame["value"].tolist() == [512, 1]
    assert frame["stack"][0] == ("kernel`malloc", "kernel`kern_execve+0x10")
    assert list(tracer.Trace([]).records.columns) == list(PROBE)


def test_aggregations_are_frames():
    """An aggregation is a row a key, a histogram a row a bucket; a name that is not there is told."""
    trace = tracer.Trace(OBJECTS)
    assert trace.names == ["s", "q"]
    assert trace["@s"].to_dict("list")["count"] == [3, 9]
    assert trace["q"].to_dict("list") == {"value": [256, 512], "count": [0, 3]}
    assert trace.drops == 3
    with pytest.raises(KeyError, match="no aggregation @x; there are @s, @q"):
        trace["x"]


def test_traces_are_shown():
    """A notebook gets the messages, the records and a drawing of each aggregation; a terminal one line."""
    trace = tracer.Trace(OBJECTS, "out <b>", "dtrace: pid 6 has exited\n")
    shown = trace._repr_html_()
    assert "out &lt;b&gt;" in shown
    assert shown.count("<svg") == 2
    assert repr(trace) == "<Trace: 2 records, @s: 2 rows, @q: 2 rows>"


BAD = {
    '-c "dd': "no closing quotation",
    "--to 1x": "a variable's name is expected",
    "--to": "a variable's name is expected",
    "-o file": "-o: the cell holds the program",
    "-n BEGIN": "-n: the cell holds the program",
}


@pytest.mark.parametrize("line", BAD)
def test_bad_lines(line):
    """A line that makes no sense is refused with the usage or the reason."""
    with pytest.raises(tracer.TracerError, match=BAD[line]):
        parse_line(line)


def test_good_lines():
    """The words are dtrace's, quoted as in a shell; the name is taken out."""
    assert parse_line('--to t -c "dd bs=1" -x bufsize=1m') == ("t", ["-c", "dd bs=1", "-x", "bufsize=1m"])


def test_compile_errors_are_told():
    """A program that does not compile is an error with its line, and no trace."""
    with pytest.raises(tracer.TracerError, match="failed to resolve nosuch"):
        run_cell("BEGIN { trace(nosuch); }", ["-c", "true"])


@pytest.mark.guest
def test_a_cell_in_a_shell(capsys):
    """In an IPython shell the magic traces a command, keeps the result and returns it."""
    interactiveshell = pytest.importorskip("IPython.core.interactiveshell", reason="the extra `notebooks` is missing")
    shell = interactiveshell.InteractiveShell()
    shell.run_line_magic("load_ext", "tracer")
    line = '--to t -c "dd if=/dev/zero of=/dev/null bs=512 count=3 status=none"'
    trace = shell.run_cell_magic("dtrace", line, "syscall::read:entry { @sizes = quantize(arg2); trace(execname); }")
    assert shell.user_ns["t"] is trace
    assert trace["sizes"].query("value == 512")["count"].tolist() == [3]
    assert trace.records["value"].tolist() == ["dd"] * 3
    assert shell.run_cell_magic("dtrace", line, "BEGIN {") is None
    assert "dtrace: " in capsys.readouterr().err
