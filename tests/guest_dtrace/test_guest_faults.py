# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs that go wrong in the guest: what ERROR is told, what dtrace says, and that everything goes on."""

import pytest
from traced import Guest

pytestmark = pytest.mark.guest

BADADDR, BADALIGN, ILLOP, DIVZERO, NOSCRATCH = 1, 2, 3, 4, 5
CASES = {
    "null": ("trace(*(int *)v)", BADADDR, 0, "invalid address (0x0)"),
    "unmapped": ("trace(*(int *)0xedfff000)", BADADDR, 0xEDFFF000, "invalid address (0xedfff000)"),
    "user's": ("trace(*(int *)0x8000)", BADADDR, 0x8000, "invalid address (0x8000)"),
    "device": ("trace(*(int *)0xf4e09000)", BADADDR, 0xF4E09000, "invalid address (0xf4e09000)"),
    "unaligned": ("trace(*(int *)0xc0200002)", BADALIGN, 0xC0200002, "invalid alignment (0xc0200002)"),
    "string": ("trace(strlen((char *)0xedfff000))", BADADDR, 0xEDFFF000, "invalid address (0xedfff000)"),
    "null string": ("trace(self->s)", BADADDR, 0, "invalid address (0x0)"),
    "null argument": ("trace(strlen(self->s))", BADADDR, 0, "invalid address (0x0)"),
    "null key": ("n[self->s] = 1", BADADDR, 0, "invalid address (0x0)"),
    "copyin": ("trace(copyinstr(0x7f000000))", BADADDR, 0x7F000000, "invalid address (0x7f000000)"),
    "copyin of the kernel": ("trace(copyin(0xc0200000, 1))", BADADDR, 0xC0200000, "invalid address (0xc0200000)"),
    "bcopy": ("bcopy(alloca(8), (void *)0xc0200000, 4)", BADADDR, 0xC0200000, "invalid address (0xc0200000)"),
    "lock": ("trace(mutex_owner(v))", BADADDR, 12, None),
    "division": ("trace(7 / v)", DIVZERO, 0, "divide-by-zero"),
    "remainder": ("trace((uint64_t)7 % v)", DIVZERO, 0, "divide-by-zero"),
    "tracemem": ("tracemem(v, 8)", BADADDR, 0, "invalid address (0x0)"),
    "json": ('trace(json((char *)0xedfff000, "a"))', BADADDR, 0xEDFFF000, "invalid address (0xedfff000)"),
    "address family": ("trace(inet_ntop(v, &`hz))", ILLOP, 0, "illegal operation"),
    "memstr": ("trace(memstr(&`hz, '.', 5000))", ILLOP, 0, "illegal operation"),
    "memstr of nothing": ("trace(memstr((void *)v, '.', 5))", BADADDR, 0, "invalid address (0x0)"),
    "scratch": ("trace(alloca(1 << 30))", NOSCRATCH, 0, "out of scratch space"),
    "negative scratch": ("trace(alloca(-1))", NOSCRATCH, 0, "out of scratch space"),
    "base": ("trace(lltostr(7, 1))", ILLOP, 0, "illegal operation"),
    "key": ("@[7 / v] = count()", DIVZERO, 0, "divide-by-zero"),
    "aggregated": ("@ = sum(7 / v)", DIVZERO, 0, "divide-by-zero"),
    "exit": ("exit(7 / v)", DIVZERO, 0, "divide-by-zero"),
}


@pytest.fixture(scope="module")
def guest():
    """One machine for all programs: each of them leaves it alive for the next."""
    return Guest()


def trace(guest, text, command="true"):
    """Run the D program and return its result."""
    return guest.session.run(command, guest.session.compile("#pragma D option quiet\nself string s;\n" + text))


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_told_and_the_next_clause_runs(guest, name):
    """ERROR gets the fault and its value; dtrace names it; the clause leaves no record; what follows goes on."""
    body, fault, value, message = CASES[name]
    if value == 12:
        value, message = 8, "invalid address (0x8)"  # the lock word's offset
    text = f"""BEGIN {{ v = 0; n[""] = 0; }}
        BEGIN {{ printf("lost"); {body}; printf("lost too"); }}
        BEGIN {{ printf("alive "); }}
        ERROR {{ printf("fault %d %x in %d ", arg4, arg5, arg2); }}
        END {{ printf("end"); }}"""
    result = trace(guest, text)
    assert result.output.strip() == f"fault {fault} {value:x} in 2 alive end"
    (told,) = [line for line in result.messages if line.startswith("error")]
    # what is read when it is stored is read after all DIF
    where = "" if name in ("null string", "tracemem") else " at DIF offset "
    assert told.startswith(f"error on enabled probe ID 2 (ID 1: dtrace:::BEGIN): {message} in action #2{where}")
    assert (result.errors, result.exit_status, result.report.status, result.aggregations) == (1, 0, 0, ())


def test_a_predicate_that_faults(guest):
    """A fault in a predicate is told as the predicate's; the clause does not run."""
    result = trace(guest, 'BEGIN { v = 0; } BEGIN /1 / v/ { printf("lost"); } END { printf("end"); }')
    assert result.output.strip() == "end"
    (told,) = [line for line in result.messages if line.startswith("error")]
    assert "divide-by-zero in predicate at DIF offset" in told


def test_a_fault_in_error_does_not_fire_error(guest):
    """A clause of ERROR that faults itself is counted, and neither nested nor repeated."""
    result = trace(guest, 'BEGIN { trace(*(int *)0); } ERROR { n++; trace(*(int *)4); } END { printf("n=%d", n); }')
    assert result.output.strip() == "n=1"


def test_faults_at_every_system_call(guest):
    """Thousands of faults in a row: all are told, the command runs on and ends well."""
    text = """BEGIN { v = 0; } syscall:::entry { @ = count(); } syscall:::entry { trace(1 / v); }
        syscall:::entry { @b = count(); }"""
    result = trace(guest, text, "dd if=/dev/zero of=/dev/null bs=1k count=500 status=none")
    before, after = (entry.value for entry in result.aggregations)
    assert before == after == result.errors > 1000
    assert (result.report.status, result.total_drops) == (0, 0)


def test_running_out_of_scratch_ends(guest):
    """Strings are made until the buffer has no room left: that clause faults, others do not."""
    calls = " ".join('trace(strlen(strjoin("a", "b")));' for _ in range(40))
    text = f'#pragma D option bufsize=4k\nBEGIN {{ {calls} }} BEGIN {{ printf("alive"); }}'
    result = trace(guest, text)
    assert result.output.strip() == "alive"
    assert "out of scratch space" in result.messages[0]


def test_null_strings_compare_as_empty(guest):
    """/self->s == "x"/ on an unset variable is false, not a fault."""
    text = 'BEGIN /self->s == "x"/ { printf("x"); } BEGIN /self->s == ""/ { printf("empty"); }'
    result = trace(guest, text + 'BEGIN /self->s < "a"/ { trace(1); }')
    assert (result.output.strip(), result.errors) == ("empty1", 0)


def test_locks_are_told_as_they_are(guest):
    """A mutex is its thread's when it is unlocked; an sx lock that is taken was free before, and is exclusive after."""
    text = """
        fbt::_mtx_unlock_flags:entry { @m[mutex_owned(arg0), mutex_owner(arg0) == (uintptr_t)curthread,
            mutex_type_adaptive(arg0), mutex_type_spin(arg0)] = count(); }
        fbt::_sx_xunlock:entry { @x[sx_exclusive_held(arg0), sx_shared_held(arg0), sx_isexclusive(arg0)] = count(); }
        fbt::_rw_runlock:entry { @r[rw_read_held(arg0), rw_write_held(arg0), rw_iswriter(arg0)] = count(); }
        fbt::_rw_wunlock:entry { @w[rw_read_held(arg0), rw_write_held(arg0), rw_iswriter(arg0)] = count(); }"""
    result = trace(guest, text, "dd if=/dev/zero of=/dev/null bs=1k count=2 status=none")
    keys = {(entry.name, entry.keys) for entry in result.aggregations}
    assert {key for key in keys if key[0] == "m"} == {("m", (1, 1, 1, 0))}
    assert keys - {("m", (1, 1, 1, 0))} <= {("x", (1, 0, 1)), ("r", (1, 0, 0)), ("w", (0, 1, 1))}
    assert len(keys) > 1
