# SPDX-License-Identifier: GPL-2.0-or-later
"""execve: what a program finds, what it costs, and files that are no programs."""

import re
import struct

import pytest

pytestmark = pytest.mark.guest

ENOENT, ENOEXEC, EACCES, ENOTDIR = 2, 8, 13, 20
SIGABRT = 6
EHDR = "<16sHHIIIIIHHHHHH"
PHDR = "<IIIIIIII"
PT_LOAD, PT_INTERP = 1, 3


def make_elf(*segments, entry=0x8000, phoff=52, phnum=None, kind=2, machine=40, ident=b"\x7fELF\x01\x01\x01", body=b""):
    """An ELF file in memory; a segment is (type, offset, vaddr, filesz, memsz, flags)."""
    count = len(segments) if phnum is None else phnum
    header = struct.pack(EHDR, ident, kind, machine, 1, entry, phoff, 0, 0x5000000, 52, 32, count, 40, 0, 0)
    table = b"".join(struct.pack(PHDR, t, off, va, va, fs, ms, fl, 4096) for t, off, va, fs, ms, fl in segments)
    return (header + table + body).ljust(8192, b"\0")


TEXT = (PT_LOAD, 0, 0x8000, 4096, 4096, 5)
INTERP = (PT_INTERP, 200, 0x80C8, 13, 13, 4)
MALFORMED = {
    "text": b"#!/bin/sh\n" * 10,
    "short": b"\x7fELF",
    "empty_table": make_elf(),
    "class64": make_elf(TEXT, ident=b"\x7fELF\x02\x01\x01"),
    "big_endian": make_elf(TEXT, ident=b"\x7fELF\x01\x02\x01"),
    "machine": make_elf(TEXT, machine=62),
    "shared_object": make_elf(TEXT, kind=3),
    "table_outside": make_elf(TEXT, phoff=0xFFFFFFF0),
    "table_unaligned": make_elf(TEXT, phoff=53),
    "table_too_long": make_elf(TEXT, phnum=60000),
    "beyond_file": make_elf((PT_LOAD, 0, 0x8000, 1 << 20, 1 << 20, 5)),
    "offset_wraps": make_elf((PT_LOAD, 0xFFFFF000, 0x8000, 0x2000, 0x2000, 5)),
    "in_kernel": make_elf((PT_LOAD, 0, 0xC0200000, 4096, 4096, 7)),
    "into_kernel": make_elf((PT_LOAD, 0, 0x8000, 4096, 0xC0000000, 7)),
    "address_wraps": make_elf((PT_LOAD, 0, 0xFFFFF000, 4096, 0x2000, 7)),
    "page_zero": make_elf((PT_LOAD, 0, 0, 4096, 4096, 7)),
    "not_congruent": make_elf((PT_LOAD, 100, 0x8000, 1000, 1000, 5)),
    "more_file_than_memory": make_elf((PT_LOAD, 0, 0x8000, 4096, 100, 5)),
    "overlap": make_elf(TEXT, (PT_LOAD, 0, 0x8000, 4096, 4096, 6)),
    "interp_outside": make_elf(TEXT, (PT_INTERP, 0x7FFFFFFF, 0x8000, 20, 20, 4)),
    "interp_unended": make_elf(TEXT, (PT_INTERP, 1, 0x8001, 3, 3, 4)),
}


def make_interp(path):
    """An ELF file that names this run-time linker."""
    return make_elf(TEXT, INTERP, body=bytes(200 - 52 - 64) + path.ljust(13, b"\0"))


# What a program names as its run-time linker, and how its exec fails.
INTERPRETERS = {
    "missing": (b"/not/here", ENOENT),
    "below_file": (b"/bin/dd/x", ENOTDIR),
    "no_elf": (b"/host/text", ENOEXEC),
    "short": (b"/host/short", ENOEXEC),
    "no_room": (b"/host/wraps", ENOEXEC),
    "directory": (b"/bin", EACCES),
    "device": (b"/dev/null", EACCES),
}


@pytest.fixture(scope="module")
def guest(boot):
    """A machine with files that are no programs."""
    files = {f"/host/{name}": data for name, data in MALFORMED.items()}
    files |= {f"/host/interp_{name}": make_interp(path) for name, (path, _) in INTERPRETERS.items()}
    files["/host/wraps"] = make_elf((PT_LOAD, 0, 0xE0000000, 4096, 4096, 5), kind=3)
    return boot(files | {"/host/onto": make_interp(b"/host/fixed"), "/host/fixed": make_elf(TEXT)})


def test_malformed_elf(guest):
    """A malformed ELF file is ENOEXEC to its caller, which lives on, and nothing is lost."""
    guest.run("/host/kerntest exec_fails 8 /host/text")
    before = guest.leaks()
    for name in MALFORMED:
        outcome = guest.run(f"/host/kerntest exec_fails {ENOEXEC} /host/{name}")
        assert (name, outcome.status, outcome.stdout) == (name, 0, "")
    assert guest.leaks() == before


def test_interpreter_fails(guest):
    """A run-time linker that is missing or none is the error of execve; its caller lives on and nothing is lost."""
    guest.run(f"/host/kerntest exec_fails {ENOENT} /host/interp_missing")
    before = guest.leaks()
    for name, (_, code) in INTERPRETERS.items():
        outcome = guest.run(f"/host/kerntest exec_fails {code} /host/interp_{name}")
        assert (name, outcome.status, outcome.stdout, outcome.stderr) == (name, 0, "", "")
    assert guest.leaks() == before


def test_interpreter_overlaps(guest):
    """A program whose run-time linker cannot be mapped beside it is killed by SIGABRT, with a line on the console."""
    guest.run(f"/host/kerntest exec_dies {SIGABRT} /host/onto")
    before = guest.leaks()
    outcome = guest.run(f"/host/kerntest exec_dies {SIGABRT} /host/onto")
    assert outcome.status == 0, outcome.stdout
    assert outcome.stderr.startswith("ELF interpreter ")
    assert guest.leaks() == before


def test_exec_errors(check):
    """execve of a missing file, a directory or a device, and with bad vectors, fails with the right error."""
    check("exec_errors")


def test_arguments(guest):
    """The new program finds its arguments, the environment, and the auxiliary vector in FreeBSD's order."""
    out = guest.run("/host/kerntest show one two").stdout
    assert re.findall(r"^arg (.*)$", out, re.M) == ["one", "two"]
    assert re.findall(r"^env (.*)$", out, re.M) == ["PATH=/bin:/sbin:/usr/bin:/usr/sbin"]
    aux = {int(kind): value for kind, value in re.findall(r"^aux (\d+) (.*)$", out, re.M)}
    assert list(aux) == [3, 4, 5, 6, 8, 9, 7, 15, 18, 16, 17, 19, 20, 21, 23]
    assert aux[3] == "0x8034"
    assert aux[6] == "0x1000"
    assert aux[15].endswith(" /host/kerntest")


def test_address_map(guest):
    """Program, run-time linker and stack lie where FreeBSD/arm puts them."""
    out = guest.run("/host/kerntest show").stdout
    at = {name: int(value, 16) for name, value in re.findall(r"^(stack|text) (0x\w+)$", out, re.M)}
    base = int(re.search(r"^aux 7 (0x\w+)$", out, re.M)[1], 16)
    assert 0x8000 <= at["text"] < 0x40000
    assert 0x20000000 < base < 0x20100000
    assert 0xBFFE0000 <= at["stack"] < 0xC0000000


def test_three_mallocs(guest):
    """exec of a dynamic program calls malloc(9) three times: twice M_TEMP, given back, and once for its arguments."""
    guest.run("true")
    before = guest.mallocs()
    guest.run("true")
    after = guest.mallocs()
    calls = {name: after[name][0] - before[name][0] for name in after if after[name] != before[name]}
    assert calls == {"M_TEMP": 2, "M_PARGS": 1, "M_SUBPROC": 1}  # the last is fork's
    assert after["M_TEMP"][0] == after["M_TEMP"][1]
