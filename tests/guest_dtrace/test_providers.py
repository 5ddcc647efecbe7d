# SPDX-License-Identifier: GPL-2.0-or-later
"""The providers beside the kernel's code, held against what a command is known to do and against each other."""

import re

import pytest

from sim import Machine, load_config
from tracer import Session

pytestmark = pytest.mark.guest

DD = "dd if=/dev/zero of=/dev/null bs=64k count=3 status=none"


@pytest.fixture(scope="module")
def session():
    """A booted machine without the timing model."""
    machine = Machine(load_config(overrides={"kernel.unwind": "static"}), timed=False)
    machine.boot()
    return Session(machine)


@pytest.fixture(scope="module")
def count(session):
    """Traces a command with a script that aggregates; returns {key words: value}."""

    def run(script, command=DD):
        result = session.run(command, session.compile("#pragma D option quiet\n" + script), seed=1)
        assert not result.total_drops
        rows = (re.split(r"\s{2,}", line.strip()) for line in result.output.splitlines() if line.strip())
        return {tuple(keys) if len(keys) > 1 else keys[0]: int(value) for *keys, value in rows}

    return run


def test_every_provider_is_there(session):
    """The table has the documented providers, and no probe twice."""
    probes = session.registry.probes
    assert {"dtrace", "fbt", "syscall", "proc", "sched", "lockstat", "io", "vfs", "fsinfo", "sysinfo", "vminfo"} <= {
        probe.provider for probe in probes
    }
    assert len({str(probe) for probe in probes}) == len(probes)


@pytest.mark.parametrize(
    "name",
    [
        "proc:kernel:none:exec-success",
        "lockstat:kernel:none:adaptive-acquire",
        "dtmalloc::proc-args:malloc",
        "vfs:namei:lookup:entry",
        "vfs:vop:vop_read:return",
        "callout_execute:kernel:none:callout-start",
        "vminfo:kernel:vm_fault_hold:zfod",
    ],
)
def test_probes_have_the_published_names(session, name):
    """Module, function and name are FreeBSD's, with dashes for double underscores."""
    assert name in {str(probe) for probe in session.registry.probes}


def test_every_argument_type_has_a_name(session):
    """No typed argument lacks its type, and its source is one of the ten arguments."""
    typed = [argument for probe in session.registry.probes for argument in probe.argtypes]
    assert len(typed) > 100
    assert all(argument.native and argument.source < 10 for argument in typed)


def test_lock_probes_fire_once_for_each_call(count):
    """Mutex, reader/writer and shared/exclusive acquisitions are as many as calls of the lock functions."""
    found = count("""
        lockstat:::*-acquire { @[probename] = count(); }
        fbt::_mtx_lock_flags:entry, fbt::_mtx_lock_spin_flags:entry,
        fbt::_rw_rlock:entry, fbt::_rw_wlock:entry { @[probefunc] = count(); }
    """)
    assert found["adaptive-acquire"] == found["_mtx_lock_flags"] > 100
    assert found["spin-acquire"] == found["_mtx_lock_spin_flags"] > 10
    assert found["rw-acquire"] == found["_rw_rlock"] + found["_rw_wlock"] > 100


def test_what_is_acquired_is_released(count):
    """Over a whole command every lock that is got is given back."""
    found = count("lockstat::: { @[probename] = count(); }")
    for kind in ("adaptive", "spin", "rw", "sx"):
        assert found[f"{kind}-acquire"] == found[f"{kind}-release"]
    assert "adaptive-spin" not in found


def test_lock_arguments_are_the_lock(count):
    """arg0 is the lock that the lock function was given."""
    found = count("""
        fbt::_mtx_lock_flags:entry { self->lock = arg0; }
        lockstat:::adaptive-acquire /self->lock/ { @[arg0 == self->lock ? "same" : "other"] = count(); self->lock = 0; }
    """)
    assert list(found) == ["same"]


def test_dd_reads_and_writes_what_it_says(count):
    """Three blocks of 64 KiB: three writes of as many bytes, three reads besides the run-time linker's."""
    found = count('sysinfo::: /execname == "dd"/ { @[probename] = sum(arg0); }')
    assert found["syswrite"] == 3
    assert found["writech"] == 3 * 65536
    reads = count('syscall::*read:entry /execname == "dd"/ { @["calls"] = count(); }')
    assert found["sysread"] == reads["calls"]
    assert found["readch"] >= 3 * 65536
    assert found["trap"] > 10


def test_faults_are_counted_by_kind(count):
    """Zero-filled pages are as many as pages zeroed, copies as copies; the sum is that of handled faults."""
    found = count("""
        vminfo:::as_fault, vminfo:::cow_fault, vminfo:::zfod { @[probename] = count(); }
        fbt::vm_fault:entry { self->fault = 1; }
        fbt::pmap_zero_page:entry, fbt::pmap_copy_page:entry /self->fault/ { @[probefunc] = count(); }
        fbt::vm_fault:return { self->fault = 0; @[probefunc] = count(); }
    """)
    assert found["zfod"] == found["pmap_zero_page"] > 10
    assert found["cow_fault"] == found["pmap_copy_page"] > 0
    assert found["as_fault"] + found["cow_fault"] == found["vm_fault"]


def test_exec_names_the_new_program(count):
    """exec-success fires in the new program, exec in the old one, with the path in arg0."""
    found = count("proc:::exec, proc:::exec-success { @[probename, execname, stringof((char *)arg0)] = count(); }")
    assert found == {("exec", "dtrace", "/bin/dd"): 1, ("exec-success", "dd", "/bin/dd"): 1}


def test_exit_and_signals(count):
    """A process that ends normally exits with CLD_EXITED, and its parent gets a SIGCHLD it ignores."""
    found = count("""
        proc:::exit { @[probename, arg0] = count(); }
        proc:::signal-send, proc:::signal-discard { @[probename, arg2] = count(); }
    """)
    assert found == {("exit", "1"): 1, ("signal-send", "20"): 1, ("signal-discard", "20"): 1}


def test_new_processes_start_once(count):
    """A program that forks: as many starts as creations, and each creation has a new thread."""
    found = count(
        "proc:::create, proc:::start, proc:::lwp-create, proc:::lwp-start, proc:::lwp-exit { @[probename] = count(); }",
        "time true",
    )
    assert found["create"] == found["start"] == found["lwp-create"] == found["lwp-start"] == 1
    assert found["lwp-exit"] == 2


def test_the_cpu_changes_hands(count):
    """Every thread that leaves the CPU lets another one on it; every switch is counted by sysinfo too."""
    found = count("sched:::*-cpu, sched:::*queue, sysinfo:::pswitch { @[probename] = count(); }")
    assert found["off-cpu"] == found["pswitch"] >= 2
    assert abs(found["off-cpu"] - found["on-cpu"]) <= 1
    assert abs(found["enqueue"] - found["dequeue"]) <= 1


def test_malloc_types(count):
    """dtmalloc counts what fbt counts, by type: three mallocs of an exec, of two types."""
    found = count("dtmalloc:::malloc { @[probefunc] = count(); } fbt::malloc:entry { @[probefunc] = count(); }")
    assert found["temp"] == 2
    assert found["proc-args"] == 1
    assert found["malloc"] == 3


def test_reads_of_files_are_transfers(count):
    """Reading a file starts and ends as many transfers as the file system's read is called, with its bytes."""
    found = count(
        """
        io:::start, io:::done { @[probename] = count(); }
        vfs::vop_read:entry, vfs::vop_read:return { @vop[probefunc, probename] = count(); }
        fbt::rootfs_getpage:entry { @[probefunc] = count(); }
        """,
        "cat /bin/cat",
    )
    at_end = 1  # the last read finds nothing, and no transfer is needed to say so
    assert found["start"] == found["done"] == found["vop_read", "entry"] + found["rootfs_getpage"] - at_end
    assert found["vop_read", "entry"] == found["vop_read", "return"] >= 2


def test_lookups_pair_up(count):
    """Each path looked up ends, with an errno if there is no such file."""
    found = count(
        "vfs:namei:lookup: { @[probename] = count(); } vfs:namei:lookup:return { @e[arg0] = count(); }", "cat /none"
    )
    assert found["entry"] == found["return"]
    assert found["2"] == 1


def test_late_arguments_of_system_calls(count):
    """A 64-bit argument on the user's stack is seen: the data segment is mapped from an offset in the file."""
    found = count("syscall::mmap:entry /arg6 != 0/ { @[arg6] = count(); }")
    assert found
    assert all(int(offset) % 4096 == 0 for offset in found)


def test_patched_sites_are_put_back(session):
    """After a traced run every site is a nop again, so that the next run costs what the first did."""
    machine = session.machine

    def code():
        start = machine.symbols.find_name("_mtx_lock_flags")
        return machine.read_virtual(start.address, start.size)

    before = code()
    session.run(DD, session.compile("lockstat::: { @ = count(); }"), seed=1)
    assert code() == before
