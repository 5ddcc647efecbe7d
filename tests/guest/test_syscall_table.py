# SPDX-License-Identifier: GPL-2.0-or-later
"""The generator of system call tables: what it makes of good and bad lines."""

import importlib.util
import sys

import pytest

from sim.build import GUEST


@pytest.fixture(scope="module")
def generator():
    """The generator's module; it is a script beside its table."""
    spec = importlib.util.spec_from_file_location("gensyscalls", GUEST / "abi" / "gensyscalls.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


def test_reads_the_real_table(generator):
    """The kernel's own table parses, and its numbers are FreeBSD's."""
    calls = generator.parse_table((GUEST / "abi" / "syscalls.tbl").read_text(), "syscalls.tbl")
    numbers = {call.name: call.number for call in calls}
    assert (numbers["exit"], numbers["read"], numbers["mmap"], numbers["pipe2"]) == (1, 3, 477, 542)


def test_argument_structure(generator):
    """Each argument becomes a member of the call's structure, in order."""
    (call,) = generator.parse_table("3 STD ssize_t read(int fd, void *buf, size_t nbyte)", "t")
    assert call.args == (("int", "fd"), ("void *", "buf"), ("size_t", "nbyte"))
    assert "struct read_args {\n\tint fd;\n\tvoid * buf;\n\tsize_t nbyte;\n};" in generator.describe_sysproto([call])


def test_absent_calls_have_a_name(generator):
    """A call of kind NONE has a name, a number and typed arguments, but neither a function of its own nor a stub."""
    calls = generator.parse_table("3 NONE int sendfile(int fd, off_t offset, int flags)\n4 STD int dup(int fd)", "t")
    assert "{ 5, (sy_call_t *)sys_nosys, 0, 0, 0 },\t/* 3 = sendfile */" in generator.describe_table(calls)
    assert '"sendfile",' in generator.describe_names(calls)
    assert '{ "off_t", NULL, 2 }, { "int", NULL, 4 }' in generator.describe_types(calls)
    assert "SYS_sendfile\t3" in generator.describe_numbers(calls)


def test_gaps_are_filled(generator):
    """Numbers without a line answer with sys_nosys and have a name that says so."""
    calls = generator.parse_table("2 STD int fork(void)", "t")
    assert generator.describe_table(calls).count("sys_nosys") == 2
    assert '"#0",' in generator.describe_names(calls)


def test_stub_kinds(generator):
    """A call that cannot fail has no way to cerror; a hidden one only its __sys_ name."""
    noerr, hidden = generator.parse_table("1 NOERR void exit(int rval)\n2 HIDDEN int go(void)", "t")
    assert "cerror" not in generator.describe_stub(noerr)
    assert "_exit:" in generator.describe_stub(noerr)
    assert "\ngo:" not in generator.describe_stub(hidden)


@pytest.mark.parametrize(
    "line",
    [
        "x STD int f(void)",
        "1 ODD int f(void)",
        "1 STD",
        "1 STD int f",
        "1 STD int f(3)",
        "2 STD int f(void)\n1 STD int g(void)",
    ],
)
def test_bad_lines(generator, line):
    """A line that is no system call is refused, with its place."""
    with pytest.raises(generator.TableError, match=r"^t"):
        generator.parse_table(line, "t")
