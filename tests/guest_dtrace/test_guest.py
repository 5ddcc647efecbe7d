# SPDX-License-Identifier: GPL-2.0-or-later
"""The tracing code in the booted guest: probes, stacks, errors, with programs assembled here."""

import collections
import struct

import pytest
from harness import Act, Blob, Clause, Difo, asm

from sim import Machine, Request, hooks, load_config

pytestmark = pytest.mark.guest

DD = ("dd", "if=/dev/zero", "of=/dev/null", "bs=64k", "count=1", "status=none")
COUNT, STACK, DIFEXPR, EXIT = 0x701, 0x401, 1, 2
ERROR, ENOENT = 3, 2


class Run:
    """One traced command on a machine of its own: its aggregation entries, records, and the losses."""

    def __init__(self, clauses, difos=(), command=DD, mode="static", **options):
        machine = Machine(load_config("beaglebone-black-l41", {"kernel.unwind": mode}), timed=False)
        machine.boot()
        self.symbols, self.entries, self.data, self.events = machine.symbols, [], b"", []
        self.lost = self.drops = self.errors = 0
        self.probes = self.read_table(machine)
        clauses = [
            Clause(self.ids(c.probes) if isinstance(c.probes, str) else c.probes, c.actions, c.predicate)
            for c in clauses
        ]
        blob = Blob(clauses, list(difos), bufsize=1 << 20, aggsize=1 << 20, **options).build()
        machine.submit(Request(("dtrace", *command), program=blob, seed=1))
        for event in machine.events():
            self.take(event)
        machine.close()

    def read_table(self, machine):
        def word(name):
            return struct.unpack("<I", machine.read_virtual(machine.symbols.find_name(name).address, 4))[0]

        data, names = machine.read_virtual(word("dtrace_probe_table"), 40 * word("dtrace_nprobes")), {}

        def text(address):
            if address not in names:
                names[address] = machine.read_string(address)
            return names[address]

        rows = struct.iter_unpack("<10I", data)
        return {row[0]: ":".join(map(text, row[1:5])) for row in rows}

    def ids(self, pattern):
        found = [number for number, name in self.probes.items() if name.endswith(pattern)]
        assert found, f"no probe ends in {pattern}"
        return found

    def take(self, event):
        self.events.append(event)
        if isinstance(event, hooks.Lost):
            self.lost += event.count if event.kind != "missed" else 0  # beats of profile: a matter of how slow all is
        if not isinstance(event, hooks.BufferReady):
            return
        self.drops, self.errors = self.drops + event.drops, self.errors + event.errors
        data = event.data
        if event.kind == hooks.BufferKind.PRINCIPAL:
            self.data += data
            return
        while data:
            size, count = struct.unpack_from("<2I", data)
            self.entries.append(data[8 : 8 + count])
            data = data[size:]

    def stacks(self, frames=20):
        """Return (count, names) of entries keyed by a stack."""
        return [
            (struct.unpack_from("<Q", e, len(e) - 8)[0], self.names(struct.unpack_from(f"<{frames}I", e, 4)))
            for e in self.entries
        ]

    def names(self, addresses):
        return tuple(self.symbols.find(pc).name for pc in addresses if pc)

    def counts(self):
        """Return a counter of entries keyed by one 32-bit value."""
        found = collections.Counter()
        for entry in self.entries:
            key, count = struct.unpack_from("<IQ", entry, 4)
            found[key] += count
        return found


STACK_COUNT = [Act(STACK), Act(COUNT, ntuple=1, aggid=1)]


@pytest.mark.parametrize("mode", ["modules", "static", "cached"])
def test_the_three_mallocs_of_exec(mode):
    """exec makes three malloc calls; every stack runs from malloc to the system call's entry code, in every mode."""
    run = Run([Clause("fbt:kernel:malloc:entry", STACK_COUNT)], mode=mode)
    assert sorted(run.stacks()) == sorted(
        (1, ("malloc", *inner, "kern_execve", "sys_execve", "swi_handler", "swi_exit"))
        for inner in [("elf32_load_file", "exec_elf32_imgact"), ("exec_elf32_imgact",), ("pargs_alloc",)]
    )
    assert (run.lost, run.drops, run.errors) == (0, 0, 0)


def test_every_probe_at_once():
    """All of fbt and syscall enabled together, with stacks: the guest lives, nothing is lost, returns match entries."""
    key = Difo(asm("ldgs 0x105 1; ret 1"), size=4)
    run = Run([Clause("", [Act(DIFEXPR, 0), Act(COUNT, ntuple=1, aggid=1)])], [key])
    counts = {run.probes[number]: count for number, count in run.counts().items()}
    assert (run.lost, run.drops, run.errors) == (0, 0, 0)
    assert len(counts) > 500
    # What neither sleeps nor leaves sideways returns as often as it is entered.
    for name in ("malloc", "free", "_mtx_lock_flags", "vm_fault_hold", "pmap_enter", "uma_zalloc_arg", "vm_page_alloc"):
        assert counts[f"fbt:kernel:{name}:entry"] == counts[f"fbt:kernel:{name}:return"] > 0
    assert counts["dtrace:::BEGIN"] == counts["dtrace:::END"] == 1
    assert isinstance(run.events[-1], hooks.Done)


def test_a_walk_that_calls_probed_code_is_refused_inside():
    """In mode modules stack() takes kld_sx: the firing of _sx_xlock within it is refused and counted, not nested."""
    run = Run(
        [Clause("fbt:kernel:malloc:entry", STACK_COUNT), Clause("fbt:kernel:_sx_xlock:entry", [])], mode="modules"
    )
    assert sum(count for count, _ in run.stacks()) == 3
    assert run.lost > 3 * 5
    assert run.errors == 0


def test_arguments_and_return_values():
    """malloc's first argument is a size, its return value a kernel address, its return offset inside it."""
    difos = [Difo(asm(f"ldgs {0x106 + n} 1; ret 1"), size=4) for n in range(2)]
    entry = Clause("fbt:kernel:malloc:entry", [Act(DIFEXPR, 0)])
    ret = Clause("fbt:kernel:malloc:return", [Act(DIFEXPR, 0), Act(DIFEXPR, 1)])
    run = Run([entry, ret], difos)
    sizes, returns, data = [], [], run.data
    while data:
        if struct.unpack_from("<I", data)[0] == 1:
            sizes.append(struct.unpack_from("<I", data, 12)[0])
            data = data[16:]
        else:
            returns.append(struct.unpack_from("<2I", data, 12))
            data = data[20:]
    assert len(sizes) == len(returns) == 3
    assert all(0 < size < 8192 for size in sizes)
    malloc = run.symbols.find_name("malloc")
    assert all(0 < offset < malloc.size and value >= 0xC0000000 for offset, value in returns)


def test_syscall_probes_and_errno():
    """A failing open returns -1 with errno; entry and return probes pair up."""
    errno = Difo(asm("ldgs 0x120 1; ret 1"), size=4)
    failed = Difo(
        asm("ldgs 0x106 1; setx 0 2; cmp 1 2 0; be 6; mov 0 0 3; ba 7; setx 1 3; ret 3"), (2**64 - 1, 1), size=4
    )
    actions = [Act(DIFEXPR, 0), Act(COUNT, ntuple=1, aggid=1)]
    run = Run(
        [Clause("syscall:freebsd:open:return", actions, 1), Clause("syscall:freebsd:openat:return", actions, 1)],
        [errno, failed],
        command=("cat", "/no/such/file"),
    )
    assert run.counts() == {ENOENT: 1}


def test_a_bad_address_raises_error_and_the_guest_goes_on():
    """Loads from unmapped memory, a device and the user's half are errors that tell the address; the run ends well."""
    addresses = (0xEDFFF000, 0xF4E09000, 0x8000)
    bad = [Difo(asm("setx 0 1; lduw 1 0 2; ret 2"), (address,), size=4) for address in addresses]
    args = [Difo(asm(f"ldgs {0x109 + n} 1; ret 1")) for n in range(3)]  # arg3, arg4, arg5
    clauses = [Clause("fbt:kernel:sys_execve:entry", [Act(DIFEXPR, n)]) for n in range(3)]
    run = Run([*clauses, Clause([ERROR], [Act(DIFEXPR, n + 3) for n in range(3)])], [*bad, *args])
    reports = [struct.unpack_from("<3Q", run.data, at + 16) for at in range(0, len(run.data), 40)]
    assert reports == [(4, 1, address) for address in addresses]
    assert run.errors == 3
    assert next(e for e in run.events if isinstance(e, hooks.Report)).status == 0


def test_user_memory_is_read_by_copyin():
    """copyinstr(arg0) at open's entry is the path; a wild user address is an error, not a panic."""
    path = Difo(asm("ldgs 0x106 1; pushtv 0 0 1; call 9 2; ret 2"), (), b"\0", 1, 64, 1)
    wild = Difo(asm("setx 0 1; pushtv 0 0 1; call 9 2; ret 2"), (0x7F000000,), b"\0", 1, 64, 1)
    probe = "syscall:freebsd:execve:entry"
    run = Run([Clause(probe, [Act(DIFEXPR, 0)]), Clause(probe, [Act(DIFEXPR, 1)])], [path, wild])
    assert b"/bin/dd" in run.data
    assert run.errors >= 1


def test_exit_drains():
    """exit(7) at the first malloc: tracing drains with that value, END still fires, the command finishes."""
    seven = Difo(asm("setx 0 1; ret 1"), (7,), size=4)
    run = Run([Clause("fbt:kernel:malloc:entry", [Act(EXIT, 0)]), Clause([2], [])], [seven])
    states = [(e.state, e.exit_value) for e in run.events if isinstance(e, hooks.Activity)]
    assert states == [(1, 0), (2, 7), (3, 7)]
    assert [struct.unpack_from("<I", run.data)[0], struct.unpack_from("<I", run.data, 16)[0]] == [1, 2]


def test_builtin_variables_of_the_workload():
    """execname, pid and ppid are the traced command's; probefunc names the function."""
    name = Difo(asm("ldgs 0x118 1; ret 1"), (), b"\0", 1, 16, 1)
    func = Difo(asm("ldgs 0x114 1; ret 1"), (), b"\0", 1, 16, 1)
    pid, ppid = (Difo(asm(f"ldgs {var} 1; ret 1"), size=4) for var in (0x116, 0x11D))
    run = Run([Clause("fbt:kernel:zero_read:entry", [Act(DIFEXPR, n) for n in range(4)])], [name, func, pid, ppid])
    assert run.data[16:32].split(b"\0")[0] == b"dd"
    assert run.data[32:48].split(b"\0")[0] == b"zero_read"
    pid, ppid = struct.unpack_from("<2I", run.data, 48)
    assert pid == next(e for e in run.events if isinstance(e, hooks.Mark)).pid
    assert 0 < ppid < pid


def test_caller_and_stackdepth_agree_with_the_stack():
    """caller is the second frame of stack(), stackdepth their number."""
    caller, depth = (Difo(asm(f"ldgs {var} 1; ret 1"), size=4) for var in (0x111, 0x110))
    run = Run(
        [Clause("fbt:kernel:zero_read:entry", [Act(STACK, arg=20), Act(DIFEXPR, 0), Act(DIFEXPR, 1)])], [caller, depth]
    )
    frames = struct.unpack_from("<20I", run.data, 16)
    assert struct.unpack_from("<2I", run.data, 96) == (frames[1], sum(1 for pc in frames if pc))
    assert run.names(frames)[0] == "zero_read"
    assert run.names(frames)[-1] == "swi_exit"


def test_timestamps_rise_with_the_machine():
    """Timestamps of successive firings rise, and stay within the run's own length."""
    stamp = Difo(asm("ldgs 0x101 1; ret 1"))
    run = Run([Clause("syscall:freebsd:mmap:entry", [Act(DIFEXPR, 0)])], [stamp])
    stamps = [struct.unpack_from("<Q", run.data, at + 16)[0] for at in range(0, len(run.data), 24)]
    real_ns = next(e for e in run.events if isinstance(e, hooks.Report)).real_ns
    assert stamps == sorted(stamps)
    assert 0 < stamps[-1] - stamps[0] < real_ns


def test_a_call_that_does_not_return_is_its_callers():
    """exit1 does not return, and is the last thing sys_exit does; its caller in a stack is sys_exit all the same."""
    run = Run([Clause("fbt:kernel:exit1:entry", STACK_COUNT)])
    assert run.stacks() == [(1, ("exit1", "sys_sys_exit", "swi_handler", "swi_exit"))]
