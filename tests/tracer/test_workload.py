# SPDX-License-Identifier: GPL-2.0-or-later
"""The traced command and where its program comes from."""

import pytest

from tracer.errors import WorkloadError
from tracer.workload import describe_errno, get_workload

ROOT = {"/bin/dd", "/sbin/init"}


def test_words_are_split_at_white_space():
    """As dtrace -c, quotes mean nothing."""
    assert get_workload("dd  if=/dev/zero 'a b'", ROOT).argv == ("dd", "if=/dev/zero", "'a", "b'")


@pytest.mark.parametrize("command", ["dd", "/bin/dd", "init"])
def test_the_guests_own_programs_need_no_files(command):
    """A program of the guest, by path or on its search path, is run as it is."""
    assert get_workload(command, ROOT).files == {}


@pytest.mark.parametrize("command", ["nosuch", "/no/such/file", "./nosuch"])
def test_missing_program(command):
    """A program that neither the guest nor the host has gives dtrace's message."""
    with pytest.raises(WorkloadError, match=f"^failed to execute {command}: No such file or directory$"):
        get_workload(command, ROOT)


def test_empty_command():
    """No words at all is a missing program, not a crash."""
    with pytest.raises(WorkloadError):
        get_workload("  ", ROOT)


def test_host_program_is_copied_in(tmp_path):
    """A host file named with a slash lands under /host, and a note says so."""
    program = tmp_path / "prog"
    program.write_bytes(b"\x7fELF")
    workload = get_workload(f"{program} -v", ROOT)
    assert workload.argv == (f"/host{program.resolve()}", "-v")
    assert workload.files == {f"/host{program.resolve()}": b"\x7fELF"}
    assert "copied" in workload.notes[0]


def test_unreadable_host_program(tmp_path):
    """A directory cannot be run; the reason is the host's."""
    with pytest.raises(WorkloadError, match="Is a directory"):
        get_workload(str(tmp_path), ROOT)


def test_errno_texts():
    """The low numbers have the same meaning everywhere; others are given as numbers."""
    assert describe_errno(8) == "Exec format error"
    assert describe_errno(78) == "error 78"
