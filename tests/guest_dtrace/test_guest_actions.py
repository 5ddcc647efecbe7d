# SPDX-License-Identifier: GPL-2.0-or-later
"""On the booted guest: timed probes, user stacks, speculation, destructive actions, several commands, policies."""

import re

import pytest

from sim import GuestPanic, load_config
from tracer import LoadError, Options, Session

pytestmark = pytest.mark.guest

DD = "dd if=/dev/zero of=/dev/null bs=1k count=2 status=none"
SIGUSR1, ESRCH = 30, 3


@pytest.fixture(scope="module")
def session():
    """One machine for all programs: each of them leaves it alive for the next."""
    return Session.boot(load_config(overrides={"kernel.unwind": "static"}))


def trace(session, text, command=DD, *, options=None, **running):
    """Run a D program quietly; return its result."""
    settings = Options()
    for name, value in {"quiet": "1", **(options or {})}.items():
        settings.set(name, value)
    enabling = session.compile(text, settings, pid=running.get("pid"))
    return session.run(command, enabling, **running)


DESTRUCTIVE = {"destructive": "1"}


def test_profile_samples_at_its_rate(session):
    """A busy half second is sampled 997 times a second, in the program that runs; tick fires as often as it says."""
    text = (
        'profile-997 /execname == "sleep"/ { @a = count(); } profile-997 { @b = count(); } tick-20ms { @c = count(); }'
    )
    result = trace(session, text + " tick-500ms { exit(0); }", "sleep 10", options={"statusrate": "10ms"})
    counts = {entry.name: entry.words[0] for entry in result.aggregations}
    assert 495 <= counts["b"] <= 510
    assert 24 <= counts["c"] <= 26


def test_timed_probes_know_what_they_interrupt(session):
    """arg0 is a kernel pc or 0, arg1 a user pc or 0, never both; user mode has no kernel stack."""
    text = 'profile-4999 /execname == "dd"/ { @[arg0 != 0, arg1 != 0, stackdepth != 0] = count(); }'
    result = trace(session, text, "dd if=/dev/zero of=/dev/null bs=4m count=1 status=none")
    assert {entry.keys for entry in result.aggregations} == {(1, 0, 1), (0, 1, 0)}


def test_missed_beats_are_counted():
    """What fired and what was missed make up the time; a probe that keeps up misses nothing."""
    text = "profile-997 { @n = count(); %s @first = min(timestamp); @last = max(timestamp); }"
    command = "dd if=/dev/zero of=/dev/null bs=10m count=1 status=none"
    for clause, missing in (("@s[stack()] = count();", True), ("", False)):
        result = trace(Session.boot(), text % clause, command)
        words = {entry.name: entry.words[0] for entry in result.aggregations if entry.name != "s"}
        beats = (words["last"] - words["first"]) * 997 / 1e9
        missed = result.lost.get("missed", 0)
        assert (missed > 100) is missing
        assert words["n"] + missed >= beats - 1
        if not missing:
            assert missed == 0


def test_a_machine_overrun_by_timers_goes_on():
    """Every rate at once with a slow stack each: tracing gets half of the machine, and the command ends."""
    result = trace(Session.boot(), "profile:::, tick-5000 { @[stack()] = count(); }", "true")
    assert result.report.status == 0
    assert not result.killed


def test_unknown_rates_match_nothing(session):
    """A rate beyond 5,000 a second is no probe."""
    options = Options()
    options.set("zdefs")
    assert session.compile("tick-9999 { }", options).matched == 0


def test_ustack_names_program_and_library(session):
    """A system call's user stack runs from libc's stub through the program to its start."""
    result = trace(session, "syscall::read:entry { ustack(); } syscall::read:entry { @[ustack(2)] = count(); }")
    frames = re.findall(r"^\s+(\S+`[^+\s]+)\+0x", result.output, re.M)
    assert frames[:4] == ["libc.so.7`read", "dd`main", "dd`crt1_main", "dd`_start"]
    assert frames[-2:] == ["libc.so.7`read", "dd`main"]


@pytest.mark.parametrize(
    "probe",
    [
        "fbt::_mtx_lock_flags:entry",
        "fbt::_mtx_lock_flags:return",
        "fbt::memcpy:",
        "lockstat:::adaptive-acquire",
        "syscall:::",
        "proc:::",
        "sched:::",
        "dtmalloc:::",
        "profile-997",
        "dtrace:::BEGIN",
    ],
)
def test_caller_is_the_second_frame(session, probe):
    """Whatever kind of probe it is, the quick way to the caller and the walk of stack() agree at every firing."""
    result = trace(
        session, f"{probe} {{ @[stack(2), caller] = count(); }}", "dd if=/dev/zero of=/dev/null bs=64k count=300"
    )
    assert result.aggregations
    assert [entry for entry in result.aggregations if entry.keys[1] & 0xFFFFFFFF != (*entry.keys[0], 0, 0)[1]] == []


def test_ucaller_ustackdepth_and_user_symbols(session):
    """ucaller is the frame below, ustackdepth their number; usym, umod and uaddr name addresses."""
    text = (
        """syscall::read:entry { printf("%d ", ustackdepth); usym(ucaller); umod(ucaller); uaddr(ucaller); exit(0); }"""
    )
    words = trace(session, text).output.split()
    assert words[:3] == ["4", "dd`main", "dd"]
    assert words[3].startswith("dd`main+0x")


def test_the_tracers_own_process_and_kernel_threads_have_names(session):
    """execname in BEGIN is dtrace; a kernel thread has no user frames."""
    text = 'BEGIN { printf("%s ", execname); ustack(1); } profile-500 /pid == 0/ { @ = max(ustackdepth); }'
    result = trace(session, text, "sleep 0.1")
    assert result.output.startswith("dtrace \n")
    assert "dtrace`" in result.output or "libc.so.7`" in result.output


def test_speculation_on_the_guest(session):
    """Only the speculations that are committed show; the time of their records is the commit's."""
    text = """syscall::write:entry { self->s = speculation(); speculate(self->s); printf("w%d ", arg2); }
        syscall::write:return /self->s && arg0 == 512/ { commit(self->s); self->s = 0; }
        syscall::write:return /self->s/ { discard(self->s); self->s = 0; }"""
    result = trace(session, text, "dd if=/dev/zero of=/dev/null count=3 status=none")
    assert result.output.split() == ["w512"] * 3
    assert result.lost.get("speculation-unavailable") is None


def test_destructive_programs_need_leave(session):
    """Without the option they are refused."""
    with pytest.raises(LoadError, match="Destructive actions not allowed"):
        trace(session, "BEGIN { panic(); }")


def test_raise_ends_the_process(session):
    """The signal arrives on the way out of the system call."""
    result = trace(session, f"syscall::read:entry /pid == $target/ {{ raise({SIGUSR1}); }}", options=DESTRUCTIVE)
    assert result.report.status == SIGUSR1


def test_stop_stops_it(session):
    """A stopped process does nothing more; the end of tracing ends it."""
    text = 'syscall::read:entry /execname == "dd"/ { stop(); } syscall::write:entry { @ = count(); }'
    text += " tick-100ms { exit(0); }"
    result = trace(session, text, options={**DESTRUCTIVE, "statusrate": "50ms"})
    assert result.aggregations == ()
    assert result.report.status != 0


def test_stop_in_begin_does_not_stop_the_consumer(session):
    """The consumer's own process is left alone: nobody could continue it."""
    assert trace(session, 'BEGIN { stop(); raise(9); printf("on"); exit(4); }', options=DESTRUCTIVE).exit_status == 4


def test_chill_takes_its_time(session):
    """The program is held up by what chill() spends."""
    result = trace(session, "syscall::read:entry { chill(20000000); }", options=DESTRUCTIVE)
    assert result.report.real_ns > 40_000_000


def test_breakpoint_says_so_and_goes_on(session):
    """The console tells the probe; the program ends as usual."""
    result = trace(session, "syscall::read:entry { breakpoint(); exit(0); }", options=DESTRUCTIVE)
    assert b"dtrace: breakpoint action at probe syscall:freebsd:read:entry" in result.console


def test_copyout_reaches_the_program(session):
    """What copyoutstr writes is what the program sees; the program's own text cannot be written."""
    text = 'syscall::write:entry /arg0 == 1/ { copyoutstr("HELLO", arg1, 5); }'
    assert trace(session, text, "echo hello there", options=DESTRUCTIVE).stdout == b"HELLO there\n"
    result = trace(
        session, "syscall::write:entry /arg0 == 1/ { copyout(&`hz, 0x8000, 4); }", "echo x", options=DESTRUCTIVE
    )
    assert result.errors == 1


def test_panic_panics():
    """panic() ends the machine, with the probe's name."""
    with pytest.raises(GuestPanic, match="panic action at probe syscall:freebsd:read:entry"):
        trace(Session.boot(), "syscall::read:entry { panic(); }", options=DESTRUCTIVE)


def test_several_commands_run_together(session):
    """All are released at once, $target is the first, tracing ends when all have ended; each is reported."""
    commands = [("echo", "a"), ("sleep", "0.05"), ("false",)]
    text = 'syscall::write:entry /pid == $target/ { @ = count(); } END { printf("end"); }'
    result = trace(session, text, None, commands=commands)
    assert [report.status for report in result.reports] == [0, 0, 256]
    assert (result.output.startswith("end"), result.aggregations[0].words) == (True, (1,))


def test_which_command_failed_is_told(session):
    """A command that cannot be executed is named."""
    result = trace(session, "BEGIN { }", None, commands=[("true",), ("/no/such", "x")])
    assert (result.exec_errno, result.exec_failed) == (2, ("/no/such", "x"))


def test_following_a_process(session):
    """-p follows a process to its end; one that is not there cannot be followed."""
    result = trace(
        session, "syscall::exit:entry /pid == $target/ { @ = count(); }", "sleep 0.05", pid=session.next_target
    )
    assert result.aggregations[0].words == (1,)
    assert trace(session, "BEGIN { }", None, pid=9999).grab_errno == ESRCH


def test_target_compiled_too_early_is_refused(session):
    """$target of a program that waited while other processes came and went is no longer right: the guest says so."""
    options = Options()
    enabling = session.compile("syscall::read:entry /pid == $target/ { }", options)
    session.run("true")
    with pytest.raises(LoadError, match=r"\$target is"):
        session.run(DD, enabling)


def test_fill_ends_the_tracing_and_ring_keeps_the_last(session):
    """A full buffer of policy fill ends the tracing, END included; policy ring shows the newest."""
    text = 'syscall:::entry { printf("%d ", i++); } END { printf("end"); }'
    fill = trace(session, text, "sleep 30", options={"bufpolicy": "fill", "bufsize": "200", "statusrate": "50ms"})
    assert fill.output.split()[:3] == ["0", "1", "2"]
    assert fill.output.endswith("end\n") or fill.output.endswith("end")
    assert fill.report.real_ns < 10 * 10**9
    ring = trace(session, text, options={"bufpolicy": "ring", "bufsize": "200"}).output.split()
    assert ring[-1] == "end"
    numbers = [int(word) for word in ring[:-1]]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert numbers[0] > 10


def test_a_thousand_probes(session):
    """A thousand fbt probes are enabled, fire and are gone again in much less than a second of the guest's time."""
    options = Options()
    options.set("quiet")
    enabling = session.compile("fbt::: { @ = count(); }", options)
    result = session.run("true", enabling)
    assert enabling.matched > 1000
    assert result.aggregations[0].words[0] > 1000
    assert session.run("true").report.status == 0
