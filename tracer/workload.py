# SPDX-License-Identifier: GPL-2.0-or-later
"""The traced command: its words, and where its program comes from.

A command is split at white space, as dtrace -c does. A program named with a ``/`` that the guest does not have but the
host does is copied into the guest's root under /host, so that anyone's ARM programs can be traced.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from os import strerror
from pathlib import Path

from tracer.errors import WorkloadError

LECTURE_COMMAND = "dd if=/dev/zero of=/dev/null bs=10m count=1 status=none"
HOST_PREFIX = "/host"
GUEST_PATH = ("/bin", "/sbin", "/usr/bin", "/usr/sbin")
_SHARED_ERRNOS = 34  # errno values up to here mean the same on FreeBSD and on the host


def describe_errno(number: int) -> str:
    """Returns the text of a FreeBSD errno."""
    return strerror(number) if 0 < number <= _SHARED_ERRNOS else f"error {number}"


@dataclass(frozen=True)
class Workload:
    """A command for the guest, the files it brings along, and remarks for the user."""

    argv: tuple[str, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def _read_host_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkloadError(f"failed to execute {path}: {error.strerror}") from error


def _borrow(word: str, argv: list[str]) -> Workload:
    """Returns the workload with the host's program copied in."""
    path = Path(word)
    inside = HOST_PREFIX + str(path.resolve())
    note = f"{word} copied into the guest as {inside}"
    return Workload((inside, *argv[1:]), {inside: _read_host_file(path)}, (note,))


def has_program(word: str, root: Collection[str]) -> bool:
    """Returns whether the guest would find the program ``word``; ``root`` holds the paths of its files."""
    if "/" in word:
        return word in root
    return any(f"{folder}/{word}" in root for folder in GUEST_PATH)


def get_workload(command: str, root: Collection[str]) -> Workload:
    """Returns what to run for ``command``; ``root`` holds the paths of the guest's files. Raises WorkloadError."""
    argv = command.split()
    if not argv:
        raise WorkloadError("failed to execute '': No such file or directory")
    word = argv[0]
    if has_program(word, root):
        return Workload(tuple(argv))
    if "/" in word and Path(word).exists():
        return _borrow(word, argv)
    raise WorkloadError(f"failed to execute {word}: No such file or directory")
