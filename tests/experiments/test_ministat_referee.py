# SPDX-License-Identifier: GPL-2.0-or-later
"""Our ministat against Debian's, byte for byte, on random data and on every message."""

import os
import random
import sys

import pytest

from tests.experiments.referee import find_referee, random_call, run_in_process, run_ours, run_referee

REFEREE = find_referee()
CALLS = 500  # `python -m tests.experiments.referee 5000` compares more
pytestmark = pytest.mark.skipif(REFEREE is None, reason="Debian's ministat is not installed (apt-get install ministat)")


@pytest.mark.parametrize("seed", range(5))
def test_random_calls_agree(seed, tmp_path):
    """On random calls of one to seven sets, with any option and odd input, all output and the status are Debian's."""
    rng, crashes = random.Random(seed), 0
    for case in range(CALLS // 5):
        arguments, stdin = random_call(rng, tmp_path)
        theirs = run_referee(REFEREE, arguments, tmp_path, stdin)
        if theirs[2] < 0:  # Debian's draws infinite values outside of its picture, and dies
            crashes += 1
            continue
        assert run_in_process(arguments, tmp_path, stdin) == theirs, (seed, case, arguments)
    assert crashes < CALLS // 5 // 5


BAD = [
    ["-h"],
    ["-Z", "a"],
    ["-w"],
    ["-w", "x", "a"],
    ["-w", "-5", "a"],
    ["-w", "99999999999999999999", "a"],
    ["-C", "x", "a"],
    ["-C", "1x", "a"],
    ["-C", "", "a"],
    ["-C", "-1", "a"],
    ["-c", "x", "a"],
    ["-c", "95x", "a"],
    ["-c", "91", "a"],
    ["-c", "", "a"],
    ["-d", "", "a"],
    ["a"] * 8,
    ["missing"],
    ["a", "missing", "bad"],
    ["bad"],
    ["two"],
    ["."],
    ["-"],
    ["-C", "2", "a"],
    ["-A", "-c", "80", "-c", "91", "a", "b"],
    ["a", "-n"],
    ["--", "a"],
    ["-C2", "-d,", "csv"],
    ["-C3", "-d,", "csv"],
    ["-w", "0", "a"],
    ["-An", "long"],
    ["-n", "nul"],
    ["-n", "huge"],
    ["a", "zero"],
    ["zero", "b"],
    ["-C", "99999999999999999999", "a"],
    ["-c", "-95", "a"],
    ["-c", "0x5fp0", "a", "b"],
    ["-d", "", "-C", "0", "a"],
    ["-w", "5x", "a"],
    ["-sAn", "a", "b"],
    ["-x"],
    ["a", "a"],
    ["a", "b", "a", "b", "a", "b", "a"],
    ["a", "-", "b"],
    ["-", "-"],
    ["nosuchdir/a"],
    ["-A", "--", "-n"],
    ["-c"],
    ["-C", "2", "-d", ",", "csv", "csv"],
    ["-d", "\\t", "a"],
    ["--foo", "a"],
    ["-w", "-w", "-Z", "a"],
    ["-c", "91", "-Z", "a"],
    ["-Z", "-c", "91", "a"],
    ["-:", "a"],
    ["-A", "nans", "b"],
    ["-n", "infs", "nans"],
]


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_messages_and_statuses_agree(arguments, tmp_path):
    """Messages, usage text, exit statuses and odd input are Debian's."""
    files = {
        "a": b"1\n2\n3\n",
        "b": b"10\n20\n30\n40\n",
        "bad": b"1\n2\n\n1_0\n4\n",
        "two": b"1\n2\n",
        "csv": b"a,1,x\nb, 2,y\n# c\nc,3,z\n",
        "long": b"1" + b" " * 8190 + b"2\n3\n4\n",
        "nul": b"1\x002\n3\n4\n5\x00",
        "huge": b"1e400\n1\n2\n",
        "zero": b"-5\n0\n5\n",
        "nans": b"5\nnan\n-nan\n3\n4\nnan\n1\n",
        "infs": b"inf\n1\n-inf\n2\n",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert run_ours(arguments, tmp_path) == run_referee(REFEREE, arguments, tmp_path)


@pytest.mark.parametrize("columns", ["40", "", "7"])
def test_terminal_width_agrees(columns, tmp_path):
    """On a terminal both take the plot's width from COLUMNS, or from the terminal itself."""
    (tmp_path / "a").write_bytes(b"1\n2\n3\n")
    ours = f"{sys.executable} -c 'import sys; from experiments.ministat import main; sys.exit(main())' a"
    seen = [on_terminal(command, columns, tmp_path) for command in (f"{REFEREE} a", ours)]
    assert seen[0] == seen[1]


def on_terminal(command, columns, folder):
    """Return what a command prints on a pseudo-terminal 50 columns wide."""
    import fcntl
    import pty
    import struct
    import termios

    child, master = pty.fork()
    if child == 0:
        root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        os.chdir(folder)
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
        os.execve("/bin/sh", ["sh", "-c", command], os.environ | {"COLUMNS": columns, "PYTHONPATH": root})
    output = b""
    try:
        while data := os.read(master, 65536):
            output += data
    except OSError:  # the child has closed its end
        pass
    os.close(master)
    os.waitpid(child, 0)
    return output
