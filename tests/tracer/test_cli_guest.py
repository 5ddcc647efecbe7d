# SPDX-License-Identifier: GPL-2.0-or-later
"""The dtrace command on the real guest, as a user types it."""

import re
import signal
import struct
import subprocess
import sys
import time

import pytest

FAST = ("--set", "kernel.unwind=static")
LECTURE = "fbt:::malloc:entry { @traces[stack()] = count(); }"
DD = "dd if=/dev/zero of=/dev/null bs=10m count=1 status=none"
pytestmark = pytest.mark.guest


def run(*argv, timeout=120):
    """Runs the command and returns (status, standard output, standard error)."""
    done = subprocess.run([sys.executable, "-m", "tracer", *argv], capture_output=True, text=True, timeout=timeout)
    return done.returncode, done.stdout, done.stderr


def test_the_lectures_line():
    """Three stacks from malloc down to the system-call entry, with counts that add up to 3."""
    status, out, err = run(*FAST, "-n", LECTURE, "-c", DD)
    assert status == 0, err
    blocks = [block.splitlines() for block in out.split("\n\n") if block.strip()]
    assert sum(int(block[-1]) for block in blocks) == 3, out
    for block in blocks:
        assert block[0] == "              kernel`malloc"
        assert re.fullmatch(r" {14}kernel`swi_(exit|entry)(\+0x[0-9a-f]+)?", block[-2])
    assert "dtrace: description 'fbt:::malloc:entry ' matched 1 probe" in err.splitlines()
    assert sum("colon" in line for line in err.splitlines()) == 1


def test_malformed_elf(tmp_path):
    """A file that starts like an ELF file but is none: exec's reason on one line, exit status 1."""
    program = tmp_path / "broken"
    program.write_bytes(b"\x7fELF" + bytes(60))
    status, _, err = run(*FAST, "-qn", 'BEGIN { printf("begun\\n"); }', "-c", str(program))
    assert status == 1
    assert err.splitlines()[-1] == f"dtrace: failed to execute /host{program}: Exec format error"


def test_missing_run_time_linker(tmp_path):
    """A program whose run-time linker is not there does not start, as if it were not there itself."""
    program = tmp_path / "elsewhere"
    header = struct.pack("<16sHHIIIIIHHHHHH", b"\x7fELF\1\1\1", 2, 40, 1, 0x8000, 52, 0, 0, 52, 32, 2, 40, 0, 0)
    interp = struct.pack("<8I", 3, 116, 0x8074, 0x8074, 9, 9, 4, 1)
    text = struct.pack("<8I", 1, 0, 0x8000, 0x8000, 200, 200, 5, 4096)
    program.write_bytes((header + interp + text + b"/no/ldso").ljust(200, b"\0"))
    status, _, err = run(*FAST, "-n", "BEGIN { trace(1); }", "-c", str(program))
    assert status == 1
    assert err.splitlines()[-1] == f"dtrace: failed to execute /host{program}: No such file or directory"


def test_time_of_day():
    """The machine is switched on at kernel.boottime, on the day of the lecture if nothing else is said."""
    words = ["-qn", 'BEGIN { printf("%Y", walltimestamp); exit(0); }', "-c", "true"]
    assert run(*FAST, *words)[1].strip().startswith("2015 Mar  2 00:00:0")
    assert run(*FAST, "--set", "kernel.boottime=0x7fffffff", *words)[1].strip().startswith("2038 Jan 19 03:14:")


def test_exit_in_begin():
    """A command whose BEGIN clause calls exit() never starts; END still fires."""
    status, out, err = run(*FAST, "-n", "BEGIN { exit(4); } END { trace(17); }", "-c", "echo started")
    assert (status, out.split()[-1]) == (4, "17")
    assert "started" not in out
    assert err == "dtrace: description 'BEGIN ' matched 2 probes\n"


def test_own_process_is_dtrace():
    """$pid, $ppid, $pgid and $sid are those of the guest's dtrace, which BEGIN runs in; nothing else matches them."""
    text = "BEGIN /pid == $pid && ppid == $ppid/ { trace($pgid); trace($sid); } proc:::exit { trace(pid == $pid); }"
    assert run(*FAST, "-qn", text, "-c", "true")[:2] == (0, "110\n")


def test_buffers_larger_than_memory():
    """Buffers that do not fit are halved until they do, and the command still has memory to run in."""
    sizes = ["--set", "ram.bytes=0x4000000", "-b", "1t", "-x", "aggsize=64m"]
    words = [*FAST, *sizes, "-n", LECTURE, "-c", "cat /dev/null"]
    status, out, err = run(*words)
    assert (status, sum(int(line) for line in out.splitlines() if line.strip().isdigit())) == (0, 3), err
    *lowered, ended = err.splitlines()[-3:]
    assert lowered == ["dtrace: buffer size lowered to 8m", "dtrace: aggregation size lowered to 4m"]
    assert re.fullmatch(r"dtrace: pid \d+ has exited", ended)
    status, _, err = run(*words, "-x", "bufresize=manual")
    assert status == 1
    assert err.splitlines()[-1] == "dtrace: could not enable tracing: not enough space for buffers or enablings"


def test_failing_command():
    """A command that fails is told; dtrace itself succeeds."""
    status, _, err = run(*FAST, "-n", "BEGIN { trace(1); }", "-c", "dd if=/no/such/file")
    assert status == 0
    assert re.search(r"^dtrace: pid \d+ exited with status 1$", err, re.MULTILINE)
    assert "dd: /no/such/file: No such file or directory" in err


def test_aggregation_beside_exit():
    """A clause may aggregate by a string and end the trace: the workload is not waited for."""
    words = ["-n", 'BEGIN { @a["x", 1] = count(); @a["y", -1] = count(); exit(3); }', "-c", "sleep 1000"]
    status, out, _ = run(*FAST, *words)
    assert status == 3
    assert [line.split() for line in out.splitlines()[-2:]] == [["x", "1", "1"], ["y", "-1", "1"]]


def test_unknown_probe():
    """An unknown probe is one line."""
    text = "probe description fbt::nosuch:entry does not match any probes"
    expected = f"dtrace: invalid probe specifier fbt::nosuch:entry: {text}\n"
    assert run("-n", "fbt::nosuch:entry", "-c", "true") == (1, "", expected)


def test_every_kernel_function_is_listed():
    """-l lists fbt's probes by the hundred, entry and return, and the system calls."""
    _, out, _ = run("-l", "-P", "fbt")
    names = [line.split()[-2:] for line in out.splitlines()[1:]]
    assert len(names) > 500
    assert ["malloc", "entry"] in names
    assert ["malloc", "return"] in names


def test_interrupt_prints_what_is_there():
    """^C ends the trace: END fires, aggregations are printed, exit status 0."""
    words = ["-n", 'BEGIN { @started = count(); printf("begun\\n"); }', "-c", "sleep 10000"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tracer", *FAST, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    line = process.stdout.readline() + process.stdout.readline()
    assert "begun" in line
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert out.splitlines()[-1].strip() == "1"


def test_closed_pipe_is_quiet():
    """A reader that goes away early ends dtrace without a complaint."""
    command = f"{sys.executable} -m tracer --set kernel.unwind=static -qn 'fbt:::entry' -c true | head -1 >/dev/null"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=120)
    assert "Traceback" not in done.stderr
    assert "Broken pipe" not in done.stderr


STATEMENTS = """
#pragma D option quiet
BEGIN { printf("%s|%5d|%-4x|%Y\\n", "abc", -3, 255, (int64_t)0); system("echo from %s", "system"); }
BEGIN { @a["x"] = count(); @a["y"] = count(); @b["x"] = avg(5); @m = min(40); normalize(@m, 10); }
BEGIN { setopt("aggsortrev"); printa("%s=%@d ", @a); printf("%A %a\\n", (uintptr_t)0x10, &`ticks); }
BEGIN { freopen("FILE"); printf("elsewhere\\n"); freopen(""); exit(3); }
END { printf("end\\n"); }
"""


def test_statements(tmp_path):
    """What a script prints, formats, runs and sends elsewhere comes out in order, and exit() is the status."""
    script = tmp_path / "all.d"
    script.write_text(STATEMENTS.replace("FILE", str(tmp_path / "file")))
    status, out, err = run(*FAST, "-w", "-s", str(script))
    assert (status, err) == (3, "")
    lines = out.splitlines()
    assert lines[:4] == ["abc|   -3|ff  |1970 Jan  1 00:00:00", "from system", "y=1 x=1 0x10 kernel`ticks", "end"]
    assert (tmp_path / "file").read_text() == "elsewhere\n"
    assert [line.split() for line in lines[4:]] == [[], ["4"], ["x", "5"]]  # aggsortrev turns the variables round too


def test_destructive_actions_need_w():
    """Without -w a destructive program is refused when tracing is to begin."""
    status, out, err = run(*FAST, "-n", 'BEGIN { system("echo no"); }')
    assert (status, out) == (1, "")
    assert err.splitlines()[-1] == "dtrace: could not enable tracing: Destructive actions not allowed"


def test_interrupted_without_a_command():
    """Without -c tracing lasts until ^C; then an empty line, the END clauses, and the aggregations are printed."""
    words = [
        sys.executable,
        "-m",
        "tracer",
        *FAST,
        "-qn",
        'BEGIN { printf("on\\n"); } END { printf("off\\n"); @a = count(); }',
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "on\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out == f"\noff\n\n {1:>16}\n"
