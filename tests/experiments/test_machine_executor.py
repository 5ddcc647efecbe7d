# SPDX-License-Identifier: GPL-2.0-or-later
"""The executor that uses the machine: what it makes of a run's result, and the lecture's plans for real."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from experiments import PlanError, RunError, Setup, Silence, list_tasks, load_plan, parse_plan, read_results, run_plan
from experiments.harvest import count_firings
from experiments.machine_executor import MachineExecutor, make_sample
from sim import Report
from tracer import AggregationEntry, RunResult

REPORT = Report(9, 7, 0, 310_000_000, 10_000, 180_000, 5_120, 3, 4)
COUNTERS = {"cycles": 170_000_000, "instructions": 80_000_000}


def entry(function, *words):
    """An aggregation entry of the named function."""
    return AggregationEntry("a", SimpleNamespace(name=function), (), words)


def test_sample_of_a_run():
    """Times come from the guest's report, cycles from the machine's counters, losses of every kind are summed."""
    result = RunResult(
        ("dd",), REPORT, COUNTERS, drops=1, aggregation_drops=2, lost={"dynamic": 4}, errors=5, records=6, output="text"
    )
    sample = make_sample(result)
    assert (sample.real_s, sample.user_s, sample.sys_s) == (0.31, 0.01, 0.18)
    assert (sample.cycles, sample.instructions, sample.minflt) == (170_000_000, 80_000_000, 5_120)
    assert (sample.drops, sample.errors, sample.firings, sample.output) == (7, 5, 6, "text")


def test_firings_count_what_count_counted():
    """Firings are the records and what count() says; other functions' words are no counts."""
    found = (entry("COUNT", 2), entry("COUNT", 1), entry("SUM", 1000))
    assert count_firings(RunResult(("dd",), REPORT, records=4, aggregations=found)) == 7


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (RunResult(("dd",), None), "without a report"),
        (RunResult(("no",), None, exec_errno=2), r"failed to execute no \(errno 2\)"),
        (RunResult(("dd",), replace(REPORT, status=0x100)), "pid 7 exited with status 1"),
        (RunResult(("dd",), replace(REPORT, status=11)), "pid 7 terminated by signal 11"),
    ],
)
def test_failed_workloads_are_no_samples(result, message):
    """A workload that did not start, or did not end well, is a failed run."""
    with pytest.raises(RunError, match=message):
        make_sample(result)


@pytest.mark.parametrize(
    ("setup", "message"),
    [
        (Setup("a", machine={"kernel.unwind": "fast"}), "setup 'a': .*kernel.unwind = 'fast'"),
        (Setup("a", machine={"kernel.colour": 1}), "setup 'a': .*kernel.colour"),
    ],
)
def test_bad_machine_options_cost_no_boot(setup, message):
    """A wrong machine option is refused before any machine is booted."""
    with pytest.raises(PlanError, match=message):
        MachineExecutor(["dd"]).prepare([setup])


@pytest.mark.guest
def test_bad_scripts_and_options_are_placed():
    """What the compiler or the options' table refuses is told with the set-up's place in the plan."""
    text = '[plan]\nname = "p"\nworkload = ["dd"]\n[[setup]]\nname = "a"\nscript = "{script}"\n{more}\n'
    for script, more, message in (
        ("BEGIN {", "", r"^p\.toml:4: setup 'a': line 1: syntax error"),
        (
            "BEGIN { }",
            'dtrace_options = ["bufsiz=1"]',
            r"^p\.toml:4: setup 'a': option 'bufsiz=1': Invalid option name",
        ),
    ):
        plan = parse_plan(text.replace("{script}", script).replace("{more}", more), "p.toml")
        with pytest.raises(PlanError, match=message):
            MachineExecutor(["dd"]).prepare(plan.setups)


def test_a_program_the_machine_has_not():
    """A workload whose program is not there is refused before any machine is booted."""
    with pytest.raises(PlanError, match="setup 'a': no program 'nosuch' on the machine"):
        MachineExecutor(["nosuch"]).prepare([Setup("a")])


def test_unknown_board():
    """A machine that does not exist is refused with the names of those that do."""
    with pytest.raises(PlanError, match="beaglebone-black-l41"):
        MachineExecutor(["dd"], "pdp11").prepare([Setup("a")])


@pytest.fixture(scope="module")
def malloc_runs(tmp_path_factory):
    """The lecture's plan, three runs of each set-up, two at once."""
    plan = replace(load_plan("lecture3-malloc"), runs=3, seed=1)
    folder = tmp_path_factory.mktemp("malloc")
    summary = run_plan(plan, MachineExecutor(plan.workload, plan.board), folder, 2, Silence)
    assert summary.failures == []
    return read_results(folder)


@pytest.mark.guest
def test_unwinding_through_modules_is_what_costs(malloc_runs):
    """Tracing with the searching unwinder costs far more than without; with the static one it does not."""
    means = {name: sum(malloc_runs.values(name, "cycles")) / 3 for name in malloc_runs.setups}
    assert means["dtrace"] > 1.5 * means["no-dtrace"]
    assert means["dtrace-better"] < 1.1 * means["no-dtrace"]


@pytest.mark.guest
def test_three_firings_and_no_losses(malloc_runs):
    """Every traced run sees the three malloc calls of exec, and nothing is lost anywhere."""
    for name in malloc_runs.setups:
        assert malloc_runs.values(name, "firings") == [0 if name == "no-dtrace" else 3] * 3
        assert malloc_runs.values(name, "drops") == [0] * 3


@pytest.mark.guest
def test_seeds_vary_the_machine(malloc_runs):
    """Runs with different seeds take different numbers of cycles."""
    for name in malloc_runs.setups:
        assert len(set(malloc_runs.values(name, "cycles"))) == 3


@pytest.mark.guest
def test_same_plan_same_cycles(malloc_runs, tmp_path):
    """The first block run again, one at a time, gives the same samples to the last digit."""
    plan = replace(load_plan("lecture3-malloc"), runs=1, seed=1)
    run_plan(plan, MachineExecutor(plan.workload, plan.board), tmp_path, 1, Silence)
    assert read_results(tmp_path).rows == malloc_runs.rows[: len(list_tasks(plan))]


@pytest.mark.guest
def test_scripts_that_cannot_be_compiled():
    """A script with a fault, and one that matches nothing, are refused by name before any run."""
    for script, message in (("fbt::malloc:entry {", "syntax|expected"), ("fbt::nosuch:entry { }", "match")):
        with pytest.raises(PlanError, match=rf"setup 'a': .*({message})"):
            MachineExecutor(["dd"]).prepare([Setup("a", script)])
