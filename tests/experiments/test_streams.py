# SPDX-License-Identifier: GPL-2.0-or-later
"""Standard output that is full, closed or read by nobody, for both commands as processes of their own."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {
    "plans": ("experiments plans", "probelab"),
    "machines": ("experiments machines", "probelab"),
    "one machine": ("experiments machines beaglebone-black-l41", "probelab"),
    "dry run": ("experiments run lecture3-malloc --dry-run", "probelab"),
    "help": ("experiments --help", "probelab"),
    "ministat": ("experiments.ministat -n three", "ministat"),
    "ministat's plot": ("experiments.ministat three", "ministat"),
    "ministat's help": ("experiments.ministat --help", "ministat"),
}
TROUBLES = {
    ">/dev/full": "No space left on device",
    ">&-": "Bad file descriptor",
    "<&- >&-": "Bad file descriptor",
}


def run(words, redirection, folder):
    """Run ``python -m WORDS`` under a shell's redirection; return status, output and complaints."""
    (folder / "three").write_text("1\n2\n3\n")
    line = f"PYTHONPATH='{ROOT}' '{sys.executable}' -m {words} {redirection}"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("command", COMMANDS)
def test_output_that_cannot_be_written(command, trouble, tmp_path):
    """A full disk or a closed standard output is one line that names the reason, and status 1."""
    words, program = COMMANDS[command]
    expected = f"{program}: cannot write to standard output: {TROUBLES[trouble]}\n"
    assert run(words, trouble, tmp_path) == (1, "", expected)


@pytest.mark.parametrize("command", COMMANDS)
def test_reader_that_has_gone(command, tmp_path):
    """A reader that has gone ends the command without a word, as SIGPIPE would."""
    assert run(COMMANDS[command][0], "| exec 0<&-", tmp_path) in ((141, "", ""), (0, "", ""))


@pytest.mark.parametrize("words", ["experiments nonsense", "experiments compare .", "experiments.ministat nonsense"])
def test_errors_without_standard_error(words, tmp_path):
    """An error keeps its status when there is nowhere to tell it, and nothing goes to standard output instead."""
    status, out, err = run(words, "2>&-", tmp_path)
    assert status in (1, 2)
    assert (out, err) == ("", "")


@pytest.mark.parametrize("words", ["experiments nonsense", "experiments compare .", "experiments.ministat nonsense"])
def test_errors_that_cannot_be_told(words, tmp_path):
    """A full disk under standard error changes neither status nor output."""
    assert run(words, "2>/dev/full", tmp_path)[0] in (1, 2)


def test_interrupted_while_reading(tmp_path):
    """^C ends ministat without a traceback."""
    line = [
        sys.executable,
        "-c",
        "from experiments.ministat import main; print(1, flush=True); raise SystemExit(main())",
    ]
    with subprocess.Popen(line, cwd=ROOT, stdin=-1, stdout=-1, stderr=-1) as process:
        assert process.stdout.readline() == b"1\n"
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in (130, -signal.SIGINT)
        assert process.stderr.read() == b""


def test_closed_standard_input_is_empty(tmp_path):
    """ministat finds no numbers in a closed standard input, and says so."""
    status, out, err = run("experiments.ministat", "<&-", tmp_path)
    assert (status, out) == (2, "")
    assert err == "Dataset <stdin> must contain at least 3 data points\n"


@pytest.mark.parametrize("redirection", ["", "2>&- <&-"])
def test_modules_are_the_commands(redirection, tmp_path):
    """``python -m experiments`` is probelab and ``python -m experiments.ministat`` is ministat."""
    status, out, err = run("experiments plans", redirection, tmp_path)
    assert (status, out[:11], err) == (0, "buffer-size", "")
    status, out, err = run("experiments.ministat -n three", redirection, tmp_path)
    assert (status, out[:8], err) == (0, "x three\n", "")


def test_a_directory_that_holds_no_results(tmp_path):
    """`probelab compare` of some other directory says what was expected in it and what makes one."""
    status, _, err = run("experiments compare .", "", tmp_path)
    assert status == 1
    assert err == (
        "probelab: . is not a results directory (samples.csv is expected in it); "
        "`probelab run PLAN --out DIR` makes one\n"
    )
