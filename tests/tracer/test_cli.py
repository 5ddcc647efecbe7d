# SPDX-License-Identifier: GPL-2.0-or-later
"""The dtrace command, on the instant fake of the machine."""

import os
import signal
import struct
import subprocess
import sys

import pytest

from sim import BufferKind, BufferReady, Done, ExecFailed, Loaded, Mark
from tests.tracer.command import run
from tracer.fakes import load
from tracer.session import Session


def test_traces_the_command(machine, capfdbinary):
    """Matches are announced on standard error, the guest's output is passed on, the trace ends with a blank line."""
    status, out, err = run(capfdbinary, "-n", "fbt::malloc:entry { trace(arg0); }", "-c", "dd bs=1k")
    assert (status, out) == (0, "from the guest\n\n")
    assert err == ("dtrace: description 'fbt::malloc:entry ' matched 1 probe\ndtrace: pid 77 has exited\n")
    assert machine.requests[0].commands == (("dd", "bs=1k"),)


def test_several_commands(machine, capfdbinary):
    """-c may be given several times; without it nothing is started, and tracing lasts until exit() or ^C."""
    run(capfdbinary, "-qn", "fbt::malloc:entry { trace(arg0); }", "-c", "dd a", "-c", "dd b")
    assert machine.requests[0].commands == (("dd", "a"), ("dd", "b"))
    run(capfdbinary, "-qn", "fbt::malloc:entry { trace(arg0); }", "-p", "1")
    assert (machine.requests[1].commands, machine.requests[1].pid) == ((), 1)


def test_the_lectures_extra_colon_gets_a_note(machine, capfdbinary):
    """fbt:::malloc:entry is read as fbt::malloc:entry, with one line on standard error."""
    status, _, err = run(capfdbinary, "-n", "fbt:::malloc:entry { trace(arg0); }", "-c", "dd")
    assert status == 0
    notes = [line for line in err.splitlines() if "colon" in line]
    assert len(notes) == 1
    assert notes[0].startswith("dtrace: ")


def shell(command):
    """Runs a command line of the shell, ``dtrace`` being the command, and returns (status, both outputs)."""
    environment = {**os.environ, "D": f"{sys.executable} -m tracer"}
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment, timeout=60)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("$D --help >/dev/full", (1, "dtrace: failed to write to standard output: No space left on device\n")),
        ("$D -V >&-", (1, "dtrace: failed to write to standard output: Bad file descriptor\n")),
        ("$D -n BEGIN -c nosuch 2>&-", (1, "")),
        ("$D -n BEGIN -c nosuch 2>/dev/full", (1, "")),
        ("$D -V <&-", (0, "dtrace: Sun D 1.13 (probelab 0.1.0)\n")),
        ("$D -n BEGIN -o ''", (1, "dtrace: failed to open output file '': No such file or directory\n")),
        ("$D -n BEGIN -o /", (1, "dtrace: failed to open output file '/': Is a directory\n")),
    ],
)
def test_streams_that_cannot_be_used(command, expected):
    """A full disk, a closed stream or a bad -o file is at most one line, never a traceback."""
    assert shell(command) == expected


def test_malformed_program_keeps_what_was_printed(machine, capfdbinary):
    """When exec fails in the guest, the trace so far stays and the reason follows."""

    def respond(request):
        yield Loaded(10, load(request.program, [[8], [8] * 5]))
        record = struct.pack("<IIIIq", 1, 0, 5, 0, 42)
        yield BufferReady(20, BufferKind.PRINCIPAL, 0, record, 0, 0, 0)
        yield ExecFailed(30, 8, 77)
        yield Done(40, 0)

    machine._respond = respond
    status, out, err = run(capfdbinary, "-n", "BEGIN { trace(arg0); }", "-c", "dd")
    assert status == 1
    assert f" {42:>16}\n" in out
    assert err.endswith("dtrace: failed to execute dd: Exec format error\n")


@pytest.mark.parametrize("argv", [["-y"], ["-n"], ["--nosuch"], ["--seed", "x"], []])
def test_usage_errors(machine, capfdbinary, argv):
    """A command line that cannot be read gives the reason, the usage and exit status 2."""
    status, out, err = run(capfdbinary, *argv)
    assert (status, out) == (2, "")
    assert err.startswith("dtrace: ")
    assert "Usage: dtrace" in err
    assert "-b  set trace buffer size" not in err


@pytest.mark.parametrize(
    ("argv", "text"),
    [
        (["-x", "foo", "-n", "BEGIN"], "dtrace: failed to set -x foo: Invalid option name\n"),
        (["-x", "bufsize=x", "-n", "BEGIN"], "dtrace: failed to set -x bufsize: Invalid value for specified option\n"),
        (["-b", "x", "-n", "BEGIN"], "dtrace: failed to set -b x: Invalid value for specified option\n"),
        (["-q"], "dtrace: no probes specified\n"),
        (["-X", "z", "-n", "BEGIN"], "dtrace: failed to set -X z: Invalid value for specified option\n"),
        (
            ["--format", "html", "-n", "BEGIN"],
            "dtrace: failed to set --format html: Invalid value for specified option\n",
        ),
    ],
)
def test_bad_options(machine, capfdbinary, argv, text):
    """Each bad option is one line and exit status 1."""
    assert run(capfdbinary, *argv) == (1, "", text)


def test_machine_overrides_are_checked(machine, capfdbinary):
    """A key or machine that does not exist is refused in one line."""
    for argv in (["--set", "kernel.nosuch=1"], ["--machine", "pdp11"]):
        status, out, err = run(capfdbinary, *argv, "-n", "fbt::malloc:entry", "-c", "dd")
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert err.startswith("dtrace: ")


@pytest.fixture
def unbooted(monkeypatch):
    """Makes booting a machine a failure."""

    def refuse(*_args, **_kwargs):
        raise AssertionError("the machine was booted")

    monkeypatch.setattr(Session, "boot", refuse)


def test_compile_only_needs_no_machine(unbooted, capfdbinary):
    """-e compiles and prints nothing; BEGIN needs no probe table."""
    assert run(capfdbinary, "-e", "-n", "BEGIN { exit(0); }") == (0, "", "")


def test_lists_all_probes(machine, capfdbinary):
    """-l prints dtrace's columns."""
    status, out, err = run(capfdbinary, "-l")
    lines = out.splitlines()
    assert (status, err, len(lines)) == (0, "", 6)
    assert lines[0] == "   ID   PROVIDER            MODULE                          FUNCTION NAME"
    assert lines[4] == f"{10:>5} {'fbt':>10} {'kernel':>17} {'malloc':>33} entry"


@pytest.mark.parametrize(
    ("argv", "ids"),
    [
        (["-n", "fbt:::entry"], [10, 11]),
        (["-P", "dtrace"], [1, 2, 3]),
        (["-f", "malloc"], [10]),
        (["-m", "kernel"], [10, 11]),
        (["-i", "11"], [11]),
        (["-f", "malloc", "-n", "BEGIN"], [10, 1]),
    ],
)
def test_lists_what_matches(machine, capfdbinary, argv, ids):
    """-l with descriptions lists their probes, in their order."""
    _, out, _ = run(capfdbinary, "-l", *argv)
    assert [int(line.split()[0]) for line in out.splitlines()[1:]] == ids


def test_listing_nothing_fails(machine, capfdbinary):
    """-l of a description without probes says so and exits with 1."""
    status, _, err = run(capfdbinary, "-l", "-n", "fbt::nosuch:entry")
    assert (status, err) == (1, "dtrace: failed to match fbt::nosuch:entry: No probe matches description\n")


def test_output_file_is_appended_to(machine, capfdbinary, tmp_path):
    """-o takes the trace but not what the guest prints, and keeps what the file held."""
    path = tmp_path / "out"
    path.write_text("before\n")
    status, out, _ = run(capfdbinary, "-o", str(path), "-n", "fbt::malloc:entry { trace(arg0); }", "-c", "dd")
    assert (status, out, path.read_text()) == (0, "from the guest\n", "before\n\n")


def test_output_file_that_cannot_be_written(machine, capfdbinary):
    """-o with a bad path is one line."""
    status, _, err = run(capfdbinary, "-o", "/no/such/dir/x", "-n", "BEGIN", "-c", "dd")
    assert (status, err) == (1, "dtrace: failed to open output file '/no/such/dir/x': No such file or directory\n")


def test_exit_argument_becomes_the_status(machine, capfdbinary):
    """exit(3) ends dtrace with status 3."""

    def respond(request):
        yield Loaded(10, load(request.program, [[4], [8] * 5]))
        yield BufferReady(20, BufferKind.PRINCIPAL, 0, struct.pack("<IIIi", 1, 0, 5, 3), 0, 0, 0)
        yield Done(40, 0)

    machine._respond = respond
    assert run(capfdbinary, "-n", "BEGIN { exit(3); }", "-c", "dd")[0] == 3


def test_macro_arguments(machine, capfdbinary):
    """Words that are no flags are $1, $2 …"""
    status, _, err = run(capfdbinary, "-n", "fbt::malloc:entry /arg0 == $1/ { trace($2); }", "10", "20", "-c", "dd")
    assert status == 0, err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_ends_the_trace(machine, capfdbinary, number):
    """^C or SIGTERM asks the machine to end; what was traced is printed and the status is 0."""
    original = machine._respond

    def respond(request):
        for event in original(request):
            yield event
            if isinstance(event, Mark) and event.start:
                os.kill(os.getpid(), number)

    machine._respond = respond
    status, out, _ = run(capfdbinary, "-n", "fbt::malloc:entry { trace(arg0); }", "-c", "dd")
    assert (status, machine.interrupts) == (0, 1)
    assert out.endswith("\n\n")


def test_version_and_help(unbooted, capfdbinary):
    """-V and -h print on standard output and need no machine."""
    assert run(capfdbinary, "-V")[1].startswith("dtrace: ")
    status, out, err = run(capfdbinary, "--help")
    assert (status, err) == (0, "")
    assert out.startswith("Usage: dtrace")


def test_start_up_is_light():
    """Importing the command brings in neither the emulator nor the data libraries."""
    modules = "('unicorn', 'pandas', 'elftools', 'sim', 'dscript')"
    code = f"import sys, tracer.cli; print([m for m in {modules} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_compiling_only_is_light():
    """-e brings in nothing of the machine."""
    code = "import sys, tracer.cli; tracer.cli.main(['-e', '-n', 'BEGIN { exit(0); }']); print('sim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"


def test_errexit_turns_drops_into_failure(machine, capfdbinary):
    """With -x errexit a lost record makes the exit status 1; without, it stays 0 as dtrace's."""

    def respond(request):
        yield Loaded(10, load(request.program, [[8], [8] * 5]))
        yield BufferReady(20, BufferKind.PRINCIPAL, 0, b"", 3, 0, 0)
        yield Done(40, 0)

    machine._respond = respond
    words = ["-n", "fbt::malloc:entry { trace(arg0); }", "-c", "dd"]
    status, _, err = run(capfdbinary, *words)
    assert status == 0
    assert "dtrace: 3 drops on CPU 0\n" in err
    assert run(capfdbinary, "-x", "errexit", *words)[0] == 1


def test_nothing_matched(machine, capfdbinary):
    """With -Z a program that matches nothing is run all the same."""
    assert run(capfdbinary, "-Zqn", "fbt::nosuch:entry { trace(1); }")[0] == 0
    status, _, err = run(capfdbinary, "-qn", "fbt::nosuch:entry")
    assert (status, "does not match any probes" in err) == (1, True)
