# SPDX-License-Identifier: GPL-2.0-or-later
"""dd(1): its messages, exit codes, counts, and its one big buffer."""

import pytest

DATA = bytes(range(256)) * 5  # 1280 bytes
QUIET = "status=none"


def test_the_lectures_line(run):
    """The lecture's copy makes one read and one write of 10 MiB and prints dd's three lines."""
    result = run("/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=10m", "count=1")
    assert result.status == 0
    assert result.calls.count("read") == 1
    assert result.stderr.decode() == (
        "1+0 records in\n1+0 records out\n10485760 bytes transferred in 0.012345 secs (849393277 bytes/sec)\n"
    )


@pytest.mark.parametrize(("status", "lines"), [("none", 0), ("noxfer", 2)])
def test_status_quietens(run, status, lines):
    """status=none prints nothing and status=noxfer leaves the transfer line out."""
    result = run("/bin/dd", "if=/dev/zero", "of=/dev/null", "count=1", f"status={status}")
    assert (result.status, result.stderr.count(b"\n")) == (0, lines)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["foo"], "unknown operand foo"),
        (["foo=1"], "unknown operand foo"),
        (["bs="], "no value specified for bs"),
        (["bs=abc"], "bs: illegal numeric value"),
        (["bs=1q"], "bs: illegal numeric value"),
        (["bs=0"], "bs must be between 1 and 2147483647"),
        (["bs=4g"], "bs must be between 1 and 2147483647"),
        (["bs=99999999999999999999"], "bs: Result too large"),
        (["count=-1"], "count cannot be negative"),
        (["bs=1", "bs=2"], "bs: illegal argument combination or already set"),
        (["bs=1", "ibs=2"], "ibs: illegal argument combination or already set"),
        (["status=loud"], "unknown status loud"),
        (["conv=sync,odd"], "unknown conversion odd"),
        (["if=/dev/missing"], "/dev/missing: No such file or directory"),
        (["if=/nosuch"], "/nosuch: No such file or directory"),
        (["if=/dev/zero", "of=/dev/missing"], "/dev/missing: No such file or directory"),
        (["if=/dev/zero", "of=/dev/null", "bs=1g"], "input buffer: Cannot allocate memory"),
    ],
)
def test_bad_operands_are_told_in_one_line(run, args, message):
    """A wrong operand or file ends dd with status 1 and dd(1)'s message before anything is copied."""
    result = run("/bin/dd", *args)
    assert (result.status, result.stderr.decode()) == (1, f"dd: {message}\n")


@pytest.mark.parametrize(
    ("args", "counts"),
    [
        (["bs=256"], "5+0 5+0"),
        (["bs=1000"], "1+1 1+1"),
        (["ibs=512", "obs=640"], "2+1 2+0"),
        (["ibs=100", "obs=1k"], "12+1 1+1"),
        (["bs=256", "count=2"], "2+0 2+0"),
        (["bs=256", "count=0"], "0+0 0+0"),
        (["bs=1024", "conv=sync"], "1+1 2+0"),
    ],
)
def test_records_are_counted_whole_and_partial(run, args, counts):
    """Full and partial records in and out are counted as dd(1) counts them."""
    result = run("/bin/dd", "if=/in", "of=/out", *args, files={"/in": DATA})
    records_in, records_out, *_ = result.stderr.decode().splitlines()
    assert f"{records_in.split()[0]} {records_out.split()[0]}" == counts


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        (["bs=100"], DATA),
        (["ibs=7", "obs=50"], DATA),
        (["bs=256", "skip=2", "count=1"], DATA[512:768]),
        (["bs=256", "seek=1", "count=1"], b"x" * 256 + DATA[:256]),
        (["bs=256", "conv=notrunc", "count=1"], DATA[:256] + b"x" * 744),
        (["bs=1024", "conv=sync"], DATA.ljust(2048, b"\0")),
    ],
)
def test_the_right_bytes_arrive(run, args, wanted):
    """Block sizes change nothing in the bytes; skip, seek, notrunc and sync do what they say."""
    result = run("/bin/dd", "if=/in", "of=/out", QUIET, *args, files={"/in": DATA, "/out": b"x" * 1000})
    assert (result.status, result.files["/out"]) == (0, wanted)


def test_a_read_error_ends_dd_after_its_summary(run):
    """A read error is status 1: the message, then the counts so far."""
    result = run("/bin/dd", "if=/dev/bad", "of=/dev/null")
    lines = result.stderr.decode().splitlines()
    assert (result.status, lines[0], lines[1]) == (1, "dd: /dev/bad: Input/output error", "0+0 records in")


def test_noerror_goes_on_after_a_read_error(run):
    """With conv=noerror,sync a bad block counts as read and is written as zeros."""
    result = run("/bin/dd", "if=/dev/bad", "of=/out", "bs=10", "count=2", "conv=noerror,sync")
    assert (result.status, result.files["/out"]) == (0, bytes(20))
    assert b"2+0 records in" in result.stderr


@pytest.mark.parametrize(("environ", "fill"), [({}, 0xA5), ({"MALLOC_CONF": "junk:false"}, 0)])
def test_one_junk_filled_buffer_of_both_block_sizes(fake_kernel, environ, fill):
    """The buffer of 2·bs−1 bytes is one allocation, all of it filled with junk unless that is switched off."""
    kernel = fake_kernel()
    argv = ("dd", "if=/dev/zero", "of=/dev/null", "bs=10m", "count=1", QUIET)
    assert kernel.execute("/bin/dd", argv, environ).status == 0
    address = (kernel.mapped[-1][0] + (4 << 20) - 1) & -(4 << 20)
    memory = bytes(kernel.uc.mem_read(address, 20 << 20))
    assert memory == bytes(10 << 20) + bytes([fill]) * (10 << 20)
