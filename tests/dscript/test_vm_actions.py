# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions of the reference interpreter that the corpus cannot show: destructive ones, user stacks, locks, registers."""

import pytest

from dscript import EmptyEnv, compile_program
from dscript.vm import FakeKernel, Fault, Run
from dscript.vm.jsonpath import find_json
from dscript.vm.speculations import Speculations


def run(text, kernel=None, **settings):
    """Fire BEGIN once."""
    run = Run(compile_program(text, EmptyEnv()), kernel or FakeKernel(), **settings)
    run.fire("dtrace:::BEGIN")
    return run


def values(text, kernel=None, **settings):
    """What BEGIN records, statement by statement."""
    return [record.values for record in run(text, kernel, **settings).records]


def test_destructive_actions_are_noted():
    """They leave no record, and the kernel knows what was asked of it."""
    done = run("BEGIN { stop(); raise(9); chill(500); breakpoint(); panic(); }")
    assert done.records == []
    assert done.kernel.effects == [("stop", 0), ("raise", 9), ("chill", 500), ("breakpoint", 0), ("panic", 0)]


def test_copyout_writes_user_memory():
    """copyout() writes so many bytes, copyoutstr() a string with its NUL."""
    kernel = FakeKernel()
    kernel.user.map(0x8000, b"................")
    run('BEGIN { copyout("abc", 0x8001, 2); copyoutstr("xyz", 0x8008, 10); copyoutstr("long", 0x8004, 2); }', kernel)
    assert kernel.user.read(0x8000, 16) == b".ab.lo..xyz\0...."


def test_copyout_elsewhere_faults():
    """An address that the process does not have is BADADDR."""
    done = run('BEGIN { copyout("abc", 4, 2); }')
    assert [(e.fault.fault, e.fault.value) for e in done.errors] == [(Fault.BADADDR, 4)]


def test_user_stacks_begin_with_the_pid():
    """ustack() and jstack() record pid and frames, uaddr() and its kin pid and address."""
    kernel = FakeKernel({"pid": 5}, user_stack=(0x8000, 0x9000, 0xA000))
    shown = values("BEGIN { ustack(2); jstack(); usym(0x8000); umod(1); sym(0xc0000000); mod(7); }", kernel)
    assert shown == [
        ((5, 0x8000, 0x9000),),
        ((5, 0x8000, 0x9000, 0xA000),),
        ((5, 0x8000),),
        ((5, 1),),
        ((0xC0000000,)),
        (7,),
    ]


def test_stacks_are_keys():
    """Stacks and addresses make keys as what they record."""
    done = run("BEGIN { @a[stack(1), ustack(1), uaddr(3), sym(4)] = count(); }", FakeKernel({"pid": 5}))
    ((key, value),) = done.aggregations[1].items()
    assert (key, value) == (((0xC0301000,), (5, 0x8CC8), (5, 3), 4), (1,))


def test_registers():
    """uregs[] are the kernel's; behind their end the verifier of the guest would not be asked."""
    assert values("BEGIN { trace(uregs[0]); trace(uregs[16]); }") == [(0x10,), (0x20,)]


def test_locks_are_asked_of_the_kernel():
    """What the kernel does not know of is not held."""
    kernel = FakeKernel(locks={("mutex_owned", 0x1000): 1})
    assert values("BEGIN { trace(mutex_owned(0x1000)); trace(mutex_owned(0x2000)); }", kernel) == [(1,), (0,)]


def test_a_fault_in_error_is_only_counted():
    """ERROR does not fire for its own faults."""
    done = run("BEGIN { trace(*(int *)1); } ERROR { trace(*(int *)1); }")
    assert (len(done.errors), done.double_errors, done.records) == (1, 1, [])


def test_speculations_are_counted():
    """nspec buffers, then 0; a commit frees one."""
    done = run("BEGIN { trace(speculation()); trace(speculation()); trace(speculation()); } BEGIN { commit(1); } "
               "BEGIN { trace(speculation()); }", nspec=2)  # fmt: skip
    assert [record.values for record in done.records] == [(1,), (2,), (0,), (1,)]
    assert done.speculations.unavailable == 1


def test_a_speculation_that_is_none():
    """Number 0 does nothing, and a clause that speculates on it ends; a number beyond nspec is ILLOP."""
    assert Speculations(1).commit(0) == []
    done = run("BEGIN { commit(0); } BEGIN { discard(7); } BEGIN { speculate(0); trace(1); } BEGIN { speculate(2); }")
    assert [(e.clause, e.action, e.fault.fault) for e in done.errors] == [(1, 1, Fault.ILLOP), (3, 1, Fault.ILLOP)]
    assert done.records == []


def test_a_discarded_speculation_is_busy_if_nothing_waited():
    """What held records is free at once; what held none is free again after a cleaning."""
    speculations = Speculations(1)
    assert speculations.allocate() == 1
    speculations.open(1).append("record")
    speculations.discard(1)
    assert speculations.allocate() == 1
    speculations.discard(1)
    assert (speculations.allocate(), speculations.open(1), speculations.commit(1)) == (0, None, [])
    speculations.clean()
    assert speculations.allocate() == 1


@pytest.mark.parametrize(
    ("text", "path", "found"),
    [
        (b'{"a":{"b":1}}', b"a", b'{"b":1}'), (b'{"a":"]}","b":2}', b"b", b"2"), (b'{"a" : true }', b"a", b"true"),
        (b"[[1,2],[3]]", b"[1][0]", b"3"), (b"[1]", b"[1]", None), (b'{"a":1', b"b", None), (b"{", b"a", None),
        (b'{"a":"x', b"a", None), (b'{"a":{"b":1', b"a", None), (b"", b"a", None), (b"{}", b"", None),
    ],
)  # fmt: skip
def test_json(text, path, found):
    """Elements are found by name and number; what is cut off is not there."""
    assert find_json(text, path) == found


def test_print_of_memory():
    """print() and tracemem() record bytes as they lie there."""
    kernel = FakeKernel()
    kernel.memory.map(0xC0500000, bytes(range(8)))
    assert values("BEGIN { tracemem(0xc0500000, 4); tracemem(0xc0500000, 4, arg0); }", kernel) == [
        (b"\0\1\2\3",), (b"\0\1\2\3", 0),
    ]  # fmt: skip
