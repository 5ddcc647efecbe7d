# SPDX-License-Identifier: GPL-2.0-or-later
"""time and dtrace: the steps of a held run, told to the host in order."""

import errno
import re
import struct

import pytest

from sim import build

PID = 7
SIGINT, SIGKILL, SIGTERM, SIGCONT = 2, 9, 15, 19


@pytest.fixture(scope="module")
def names():
    """The ioctl requests by number, read from the headers that kernel and programs share."""
    text = "".join((build.GUEST / "abi" / header).read_text() for header in ("pvctl.h", "dprog.h"))
    return {int(number, 16): name for name, number in re.findall(r"#define (\w*IOC_\w+)\s+(0x\w+)", text)}


@pytest.fixture
def trace(fake_kernel, names):
    """Run a program with scripted answers; return the kernel, the result and the requests' names."""

    def trace_program(path, *args, fork=PID, status=0, answers=None):
        kernel = fake_kernel()
        kernel.fork_result, kernel.child_status = fork, status
        numbers = {name: number for number, name in names.items()}
        kernel.answers = {numbers[name]: list(values) for name, values in (answers or {}).items()}
        result = kernel.execute(path, (path.rsplit("/", 1)[-1], *args), {})
        return kernel, result, [names[request].split("IOC_")[1] for request, _ in kernel.ioctls]

    return trace_program


def test_time_marks_releases_and_reports(trace):
    """time marks the start, releases the held child, waits, marks the end and reports, printing nothing."""
    kernel, result, steps = trace("/usr/bin/time", "true")
    assert steps == ["MARK", "RELEASE", "MARK", "REPORT"]
    assert kernel.ioctls[1][1] == PID
    assert (result.status, result.stdout, result.stderr) == (0, b"", b"")


def test_the_report_holds_the_times(trace):
    """The report carries pid, status, real time, user and system time and the counters."""
    kernel, _, _ = trace("/usr/bin/time", "false", status=1 << 8)
    data = kernel.uc.mem_read(kernel.ioctls[-1][1], 48)
    assert struct.unpack("<IIQQQIII4x", data) == (PID, 256, 12_345_000, 10_000, 180_000, 5120, 3, 4)


def test_time_p_prints(trace):
    """time -p prints the portable format on standard error."""
    _, result, _ = trace("/usr/bin/time", "-p", "true")
    assert result.stderr == b"real 0.01\nuser 0.01\nsys 0.18\n"


@pytest.mark.parametrize(("status", "wanted"), [(3 << 8, 3), (0, 0), (SIGKILL, 1)])
def test_time_passes_the_status_on(trace, status, wanted):
    """time exits with the command's status, 1 if a signal ended it."""
    assert trace("/usr/bin/time", "x", status=status)[1].status == wanted


def test_the_child_holds_before_exec(trace):
    """The child holds first; when exec fails it says why and exits with 127."""
    kernel, result, steps = trace("/usr/bin/time", "nosuch", fork=0)
    assert steps == ["HOLD", "EXECFAIL"]
    assert (kernel.ioctls[1][1], result.status) == (errno.ENOENT, 127)
    assert result.calls.count("execve") == 4


def test_dtrace_enables_before_release_and_stops_after_wait(trace):
    """Tracing goes on before the child is released and off after it has been waited for; buffers are drained last."""
    _, result, steps = trace("/usr/sbin/dtrace", "dd", answers={"DTRACEIOC_WAIT": [8, 0x30, 1]})
    assert steps == [
        *("ENABLE", "GO", "MARK", "RELEASE"),
        *("WAIT", "WAIT", "AGGSNAP", "BUFSNAP", "WAIT"),
        *("MARK", "STOP", "AGGSNAP", "BUFSNAP", "REPORT"),
    ]
    assert result.status == 0


@pytest.mark.parametrize(("why", "signal"), [(2, SIGTERM), (4, SIGINT)])
def test_dtrace_ends_a_running_child(trace, why, signal):
    """After exit() or an interrupt tracing stops, then the child is killed, waited for and reported."""
    kernel, _, steps = trace("/usr/sbin/dtrace", "dd", answers={"DTRACEIOC_WAIT": [why]})
    assert steps[5:] == ["STOP", "MARK", "AGGSNAP", "BUFSNAP", "REPORT"]
    assert kernel.kills == [(PID, signal), (PID, SIGCONT)]


def test_dtrace_without_a_command_traces_until_told(trace):
    """With no command nothing is forked or reported; tracing lasts until exit() or an interrupt."""
    kernel, result, steps = trace("/usr/sbin/dtrace", answers={"DTRACEIOC_WAIT": [8, 8, 2]})
    assert steps.count("WAIT") == 3
    assert steps[-4:] == ["STOP", "MARK", "AGGSNAP", "BUFSNAP"]
    assert "fork" not in result.calls
    assert kernel.kills == []


def test_a_refused_program_discards_the_child(trace):
    """When the kernel refuses the program the held child is killed and dtrace fails."""
    kernel, result, steps = trace("/usr/sbin/dtrace", "dd", answers={"DTRACEIOC_ENABLE": [-errno.EINVAL]})
    assert steps == ["ENABLE", "RELEASE"]
    assert (kernel.kills, result.status) == ([(PID, SIGKILL)], 1)


def test_exit_in_begin_discards_the_child(trace):
    """When BEGIN has called exit() the held child is killed before it starts; END fires, the buffers are drained."""
    kernel, result, steps = trace("/usr/sbin/dtrace", "dd", answers={"DTRACEIOC_GO": [2]})
    assert steps == ["ENABLE", "GO", "STOP", "RELEASE", "AGGSNAP", "BUFSNAP"]
    assert (kernel.kills, result.status) == ([(PID, SIGKILL)], 0)
