# SPDX-License-Identifier: GPL-2.0-or-later
"""Scripts in Solaris's names: probes and kernel variables that are called something else here."""

import pytest

from dscript import ProbeDescription
from tracer.cli import main
from tracer.foreign import find_native, find_native_symbol

CAT = "cat /etc/nosuch"


@pytest.fixture
def command(capfdbinary):
    """The command: its status, what it printed, what it complained of."""

    def run(*argv):
        status = main(argv)
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return run


def parts(text):
    """A description of four parts."""
    return ProbeDescription(*text.split(":"))


@pytest.mark.parametrize(
    ("foreign", "native"),
    [("syscall::exece:return", "syscall::execve:return"), ("syscall::open64:entry", "syscall::open:entry"),
     ("io:genunix::start", "io:::start"), ("sched:unix:resume:on-cpu", "sched:::on-cpu"),
     ("proc::proc_exit:exit", "proc:::exit")],
)  # fmt: skip
def test_a_foreign_name_has_a_native_one(foreign, native):
    """What has another name here is found by it."""
    assert find_native(parts(foreign)) == parts(native)


@pytest.mark.parametrize(
    "text", ["syscall::nosuch:entry", "syscall::open:entry", "fbt:genunix:bdev_strategy:entry", "proc::nosuch:exit"]
)
def test_other_names_are_left_alone(text):
    """A name that no system has stays an error, and a module of fbt is not guessed."""
    assert find_native(parts(text)) is None


def test_symbols():
    """Kernel variables too."""
    assert find_native_symbol("ncpus_online") == "mp_ncpus"
    assert find_native_symbol("nosuch") is None


@pytest.mark.guest
def test_a_system_call_by_its_other_name(command):
    """The trace is of the same call, and the command says so once."""
    status, out, err = command(
        "-qn", 'syscall::exece:return /errno == 0/ { printf("%s %d %d", execname, arg0, errno); }', "-c", "true"
    )
    assert (status, out.strip()) == (0, "true 0 0")
    assert (
        err.count("probe description syscall::exece:return is in Solaris's names; read as syscall::execve:return") == 1
    )


@pytest.mark.guest
def test_both_names_of_a_call_are_one_call(command):
    """A clause that names a call in both ways fires once for each call, and nothing is remarked."""
    script = (
        'syscall::open:entry, syscall::open64:entry { @[copyinstr(arg0)] = count(); } END { printa("%s %@d\\n", @); }'
    )
    _, out, err = command("-qn", script, "-c", CAT)
    assert sorted(out.split("\n")[:2]) == ["/etc/nosuch 1", "/lib/libc.so.7 1"]
    assert "Solaris" not in err


@pytest.mark.guest
def test_variables_by_their_other_name(command):
    """The number of CPUs, a page's size, the load averages, which are 0 so early, and the last process's number."""
    script = 'BEGIN { printf("%d %d %d %d", `ncpus_online, `_pagesize, `hp_avenrun[2], `mpid > 1); exit(0); }'
    status, out, _ = command("-qn", script)
    assert (status, out.strip()) == (0, "1 4096 0 1")


@pytest.mark.guest
def test_load_averages(command):
    """A busy thread counts in both variables, which differ in scale only."""
    script = 'tick-6s { printf("%d %d", `averunnable.ldavg[0] * 32 == `hp_avenrun[0], `averunnable.fscale); exit(0); }'
    status, out, _ = command("-qn", script)
    assert (status, out.strip()) == (0, "1 2048")


@pytest.mark.guest
def test_current_directory(command):
    """cwd and root are paths."""
    status, out, _ = command("-qn", 'proc:::exec-success { printf("%s %s", cwd, root); }', "-c", "true")
    assert (status, out.strip()) == (0, "/ /")


@pytest.mark.guest
def test_fsinfo(command):
    """Operations on files, by the file's path, with the bytes that were read."""
    body = 'printf("%s %s %d\\n", probename, args[0]->fi_pathname, args[1]);'
    script = f'fsinfo:::open, fsinfo:::read, fsinfo:::close /execname == "cat"/ {{ {body} }}'
    _, out, _ = command("-qn", script, "-c", CAT)
    assert out.split("\n")[:3] == ["open /lib/libc.so.7 0", "read /lib/libc.so.7 1024", "close /lib/libc.so.7 0"]
