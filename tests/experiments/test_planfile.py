# SPDX-License-Identifier: GPL-2.0-or-later
"""Plans: what a file may say, what it means, and the message for every way of getting it wrong."""

import pytest

from experiments import PlanError, iter_builtin_plans, load_plan, parse_plan, read_plan
from experiments.tomllines import Lines

HEAD = '[plan]\nname = "p"\nworkload = ["dd", "bs=1m"]\n'
SETUP = '[[setup]]\nname = "a"\n'
PLAN = HEAD + SETUP

# what is wrong: (the plan, what the message says, with its line)
BAD = {
    "not TOML": ("[plan\n", "not valid TOML: Expected ']' at the end of a table declaration (at line 1, column 6)"),
    "empty": ("", "top level: no [plan] table"),
    "plan is no table": ("plan = 3\n" + SETUP, "top level: no [plan] table"),
    "no setup": (HEAD, "top level: no [[setup]] table; at least one is needed"),
    "setup is no list": (HEAD + "[setup]\n", "top level: no [[setup]] table"),
    "setup is empty": ("setup = []\n" + HEAD, "top level: no [[setup]] table"),
    "unknown table": (PLAN + "[sweep]\n", "p.toml:6: unknown table 'sweep'; expected [plan] and [[setup]]"),
    "unknown key at the top": ("x = 1\n" + PLAN, "p.toml:1: unknown table 'x'"),
    "no name": ('[plan]\nworkload = ["dd"]\n' + SETUP, "p.toml:1: plan: no 'name'"),
    "no workload": ('[plan]\nname = "p"\n' + SETUP, "p.toml:1: plan: no 'workload'"),
    "name with a slash": (PLAN.replace('"p"', '"../p"'), "p.toml:2: plan: name: got '../p', expected letters"),
    "name is a number": (PLAN.replace('"p"', "1"), "p.toml:2: plan: name: got 1, expected letters"),
    "misspelt key": (HEAD + "run = 3\n" + SETUP, "p.toml:4: plan: unknown key 'run'; did you mean 'runs'?"),
    "foreign key": (HEAD + "colour = 3\n" + SETUP, "p.toml:4: plan: unknown key 'colour'; expected name, question"),
    "workload is a string": (
        PLAN.replace('["dd", "bs=1m"]', '"dd"'),
        "p.toml:3: plan: workload: got 'dd', expected a list",
    ),
    "workload is empty": (PLAN.replace('["dd", "bs=1m"]', "[]"), "p.toml:3: plan: workload: got [], expected a list"),
    "workload holds a number": (PLAN.replace('"bs=1m"', "1"), "p.toml:3: plan: workload: got ['dd', 1]"),
    "workload holds a NUL": (PLAN.replace("bs=1m", "\\u0000"), "p.toml:3: plan: workload: got"),
    "no runs": (HEAD + "runs = 0\n" + SETUP, "p.toml:4: plan: runs: got 0, expected a whole number from 1 to 100000"),
    "half a run": (HEAD + "runs = 1.5\n" + SETUP, "p.toml:4: plan: runs: got 1.5, expected a whole number"),
    "true runs": (HEAD + "runs = true\n" + SETUP, "p.toml:4: plan: runs: got True, expected a whole number"),
    "negative seed": (HEAD + "seed = -1\n" + SETUP, "p.toml:4: plan: seed: got -1, expected a whole number from 0"),
    "large seed": (HEAD + "seed = 4294967296\n" + SETUP, "p.toml:4: plan: seed: got 4294967296"),
    "unknown metric": (
        HEAD + 'metrics = ["time"]\n' + SETUP,
        "p.toml:4: plan: metrics: got 'time', expected one of real_s",
    ),
    "metrics is a string": (
        HEAD + 'metrics = "sys_s"\n' + SETUP,
        "p.toml:4: plan: metrics: got 'sys_s', expected a list",
    ),
    "question is empty": (HEAD + 'question = " "\n' + SETUP, "p.toml:4: plan: question: got ' ', expected a string"),
    "machine is a string": (HEAD + 'machine = "x"\n' + SETUP, "p.toml:4: plan: machine: got 'x', expected a table"),
    "machine holds a list": (
        HEAD + "machine = { a = [1] }\n" + SETUP,
        "p.toml:4: plan: machine: a: got [1], expected a string",
    ),
    "setup without a name": (HEAD + "[[setup]]\n", "p.toml:4: setup 'number 1': no 'name'"),
    "two of a name": (PLAN + SETUP, "p.toml:7: setup 'a': a second set-up of that name"),
    "misspelt script": (PLAN + 'scirpt = "x"\n', "p.toml:6: setup 'a': unknown key 'scirpt'; did you mean 'script'?"),
    "script is a number": (PLAN + "script = 1\n", "p.toml:6: setup 'a': script: got 1, expected a string"),
    "script and file": (PLAN + 'script = "x"\nscript_file = "y"\n', "p.toml:7: setup 'a': both script and script_file"),
    "missing script file": (PLAN + 'script_file = "no.d"\n', "p.toml:6: setup 'a': script_file no.d: No such file"),
    "options without script": (
        PLAN + 'dtrace_options = ["quiet"]\n',
        "p.toml:6: setup 'a': dtrace_options without a script",
    ),
    "second setup": (PLAN + '[[setup]]\nname = "b"\nx = 1\n', "p.toml:8: setup 'b': unknown key 'x'"),
}


@pytest.mark.parametrize("case", BAD)
def test_malformed_plans(case, tmp_path):
    """Each malformed plan gives one line: file, line where there is one, what was found, what was expected."""
    text, expected = BAD[case]
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "p.toml", tmp_path)
    message = str(caught.value)
    assert expected in message
    assert message.startswith("p.toml:")
    assert "\n" not in message


def test_everything_a_plan_may_say(tmp_path):
    """All keys arrive where they belong; nested machine options get dotted names, and a set-up overrides the plan's."""
    (tmp_path / "s.d").write_text("BEGIN { exit(0); }\n")
    text = (
        HEAD + 'question = "why?"\nruns = 4\nseed = 9\nmetrics = ["cycles"]\nboard = "b"\n'
        'machine = { kernel.unwind = "modules", "noise.page_order" = false }\n' + SETUP + '[[setup]]\nname = "b"\n'
        'script_file = "s.d"\ndtrace_options = ["bufsize=1m", "quiet"]\nmachine = { "kernel.unwind" = "static" }\n'
    )
    plan = parse_plan(text, folder=tmp_path)
    assert (plan.name, plan.question, plan.runs, plan.seed, plan.metrics, plan.board) == (
        "p",
        "why?",
        4,
        9,
        ("cycles",),
        "b",
    )
    first, second = plan.setups
    assert first.machine == {"kernel.unwind": "modules", "noise.page_order": False}
    assert second.machine == {"kernel.unwind": "static", "noise.page_order": False}
    assert (first.script, second.script) == (None, "BEGIN { exit(0); }\n")
    assert second.dtrace_options == ("bufsize=1m", "quiet")


def test_builtin_plans_are_the_lectures():
    """The built-in plans are found by name, and hold the lecture's command, scripts and set-ups."""
    plans = {plan.name: plan for plan in iter_builtin_plans()}
    malloc, mutex = load_plan("lecture3-malloc"), plans["lecture3-mutex"]
    assert malloc == plans["lecture3-malloc"]
    assert " ".join(malloc.workload) == "dd if=/dev/zero of=/dev/null bs=10m count=1 status=none"
    assert [setup.name for setup in malloc.setups] == ["no-dtrace", "dtrace", "dtrace-better"]
    assert [setup.machine["kernel.unwind"] for setup in malloc.setups] == ["modules", "modules", "static"]
    assert {setup.machine["kernel.unwind"] for setup in mutex.setups} == {"static"}
    assert mutex.metrics[0] == "sys_s"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lecture3-maloc", "did you mean lecture3-malloc?"),
        ("zzz", "the plans are lecture3-malloc, lecture3-mutex"),
        ("../plans/lecture3-malloc", "no plan"),
        ("none.toml", "No such file or directory"),
    ],
)
def test_unknown_plans(name, expected):
    """A plan that does not exist is refused in one line that helps."""
    with pytest.raises(PlanError, match=expected):
        load_plan(name)


def test_plan_that_is_no_text(tmp_path):
    """A binary file is called what it is, and so is a directory."""
    path = tmp_path / "x.toml"
    path.write_bytes(b"\x7fELF\xff")
    with pytest.raises(PlanError, match="not a text file"):
        read_plan(path)
    with pytest.raises(PlanError, match="Is a directory"):
        read_plan(tmp_path)


def test_lines_skip_quoted_text():
    """Keys inside a multi-line string are text, and tables are told apart by their number."""
    lines = Lines("[[setup]]\nname = 'a'\nscript = '''\nname = 'no'\n[plan]\n'''\nx = 1\n[[setup]]\nname = 'b'\n")
    assert (lines.find("setup", 0, "name"), lines.find("setup", 0, "x"), lines.find("setup", 1, "name")) == (2, 7, 9)
    assert lines.find("plan") is None
