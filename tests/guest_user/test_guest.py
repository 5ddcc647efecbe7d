# SPDX-License-Identifier: GPL-2.0-or-later
"""The programs on the guest's own kernel: what only fork, exec, devices and page faults can show."""

import pytest

import sim
from sim.hooks import ConsoleOutput, ExecFailed, Report

pytestmark = pytest.mark.guest

DD = ("dd", "if=/dev/zero", "of=/dev/null", "bs=1m", "count=1", "status=none")


@pytest.fixture(scope="module")
def machine():
    """One booted machine; its requests follow each other."""
    machine = sim.Machine(sim.load_config())
    machine.boot()
    yield machine
    machine.close()


@pytest.fixture
def run(machine):
    """Run a command under time and return its report, standard output and standard error."""

    def run_command(*argv, env=None):
        machine.submit(sim.Request(argv=("time", *argv), seed=1, env=env or {}))
        events = list(machine.events())
        output = {1: b"", 2: b""}
        for event in events:
            if isinstance(event, ConsoleOutput):
                output[event.fd] += event.data
        return [e for e in events if isinstance(e, (Report, ExecFailed))], output[1], output[2]

    return run_command


def test_hello_reaches_the_terminal(run):
    """A dynamic program is loaded, bound and heard on standard output."""
    (report,), stdout, stderr = run("hello")
    assert (report.status, stdout, stderr) == (0, b"Hello, world!\n", b"")


@pytest.mark.parametrize(("command", "status"), [("true", 0), ("false", 256)])
def test_the_status_is_reported(run, command, status):
    """The report carries the command's wait status."""
    (report,), _, _ = run(command)
    assert report.status == status


def test_a_missing_command_is_an_exec_failure(run):
    """Exec fails with ENOENT, and the child ends with 127."""
    (failure, report), _, _ = run("nosuch")
    assert (failure.errno, report.status) == (2, 127 << 8)


def test_sleep_sleeps(run):
    """Real time passes while a process sleeps, and costs no processor time to speak of."""
    (report,), _, _ = run("sleep", "0.3")
    assert report.real_ns >= 300_000_000
    assert report.utime_us + report.stime_us < 50_000


def test_ls_lists_the_root(run):
    """ls reads folders of the root image and of /dev."""
    assert {b"bin", b"dev", b"lib"} <= set(run("ls", "/")[1].split())
    assert {b"null", b"zero", b"console"} <= set(run("ls", "/dev")[1].split())


def test_the_root_is_read_only(run):
    """Writing to the root image is refused with dd's message."""
    (report,), _, stderr = run("dd", "if=/dev/zero", "of=/bin/new", "count=1")
    assert (report.status, stderr) == (256, b"dd: /bin/new: Read-only file system\n")


def test_cat_gives_files_as_they_are(run):
    """A file comes through read(2) as it lies in the root image."""
    assert run("cat", "/sbin/init")[1].startswith(b"\x7fELF")


def test_junk_filling_doubles_the_faults(run):
    """With junk every page of the 2 MiB buffer faults, 512; without it only those that are read into, 256."""
    (junk,), _, _ = run(*DD)
    (plain,), _, _ = run(*DD, env={"MALLOC_CONF": "junk:false"})
    assert 250 <= junk.minflt - plain.minflt <= 256
