# SPDX-License-Identifier: GPL-2.0-or-later
"""Plans: what a file may say, what it means, and the message for every way of getting it wrong."""

import re

import pytest

from experiments import PlanError, iter_builtin_plans, load_plan, parse_plan, read_plan
from experiments.tomllines import Lines

HEAD = '[plan]\nname = "p"\nworkload = ["dd", "bs=1m"]\n'
SETUP = '[[setup]]\nname = "a"\n'
PLAN = HEAD + SETUP
FACTOR = '[[factor]]\nname = "bs"\nvalues = [1, 2]\n'
SWEPT = PLAN.replace("bs=1m", "bs={bs}") + FACTOR

# what is wrong: (the plan, what the message says, with its line)
BAD = {
    "not TOML": ("[plan\n", "p.toml:1: not valid TOML: Expected ']' at the end of a table declaration (column 6)"),
    "empty": ("", "p.toml:1: no [plan] table"),
    "plan is no table": ("\nplan = 3\n" + SETUP, "p.toml:2: no [plan] table"),
    "no setup": (HEAD, "p.toml:3: no [[setup]] table; at least one is needed"),
    "setup is no list": (HEAD + "[setup]\n", "p.toml:4: no [[setup]] table"),
    "setup is empty": ("setup = []\n" + HEAD, "p.toml:1: no [[setup]] table"),
    "unknown table": (PLAN + "[sweep]\n", "p.toml:6: unknown table 'sweep'; expected [plan], [[setup]] and [[factor]]"),
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
    "no blocks": (HEAD + "blocks = 0\n" + SETUP, "p.toml:4: plan: blocks: got 0, expected a whole number from 1"),
    "more blocks than runs": (
        HEAD + "runs = 3\nblocks = 4\n" + SETUP,
        "p.toml:5: plan: blocks: got 4, expected at most",
    ),
    "board is a path": (HEAD + 'board = "/x"\n' + SETUP, "p.toml:4: plan: board: got '/x', expected letters"),
    "metric is a number": (HEAD + "metrics = [1]\n" + SETUP, "p.toml:4: plan: metrics: got [1], expected a list"),
    "costs is a list": (HEAD + 'costs = ["x"]\n' + SETUP, "p.toml:4: plan: costs: got ['x'], expected a table"),
    "cost is no product": (
        HEAD + 'costs = { a = "b+c" }\n' + SETUP,
        "p.toml:4: plan: costs: a: got 'b+c', expected names joined",
    ),
    "cost of nothing known": (
        HEAD + 'costs = { a = "size" }\n' + SETUP,
        "p.toml:4: plan: costs: a: no level or measurement 'size'; there are real_s",
    ),
    "env is a list": (PLAN + 'env = ["A=1"]\n', "p.toml:6: setup 'a': env: got ['A=1'], expected a table"),
    "env of a number": (PLAN + "env = { A = 1 }\n", "p.toml:6: setup 'a': env: A: got 1, expected a string"),
    "env without a name": (
        PLAN + "env = { 'A B' = '1' }\n",
        "p.toml:6: setup 'a': env: got 'A B', expected a variable",
    ),
    "factor is no list": (PLAN + "[factor]\n", "p.toml:6: factor: expected [[factor]] tables"),
    "factor without a name": (PLAN + "[[factor]]\nvalues = [1]\n", "p.toml:6: factor 'number 1': no 'name'"),
    "factor without values": (PLAN + '[[factor]]\nname = "bs"\n', "p.toml:6: factor 'bs': no 'values'"),
    "factor of an odd name": (
        SWEPT.replace('"bs"\n', '"b s"\n'),
        "p.toml:7: factor 'b s': name: got 'b s', expected a word",
    ),
    "factor with a foreign key": (
        SWEPT + "step = 2\n",
        "p.toml:9: factor 'bs': unknown key 'step'; expected name, values",
    ),
    "no values": (SWEPT.replace("[1, 2]", "[]"), "p.toml:8: factor 'bs': values: got [], expected a list of values"),
    "values is a number": (
        SWEPT.replace("[1, 2]", "3"),
        "p.toml:8: factor 'bs': values: got 3, expected a list of values",
    ),
    "value is a list": (SWEPT.replace("[1, 2]", "[[1]]"), "p.toml:8: factor 'bs': values: got [1], expected a string"),
    "value is empty": (SWEPT.replace("[1, 2]", '[""]'), "p.toml:8: factor 'bs': values: got an empty string"),
    "value is infinite": (
        SWEPT.replace("[1, 2]", "[inf]"),
        "p.toml:8: factor 'bs': values: got inf, expected a finite",
    ),
    "value twice": (SWEPT.replace("[1, 2]", "[1, 2, 1]"), "p.toml:8: factor 'bs': values: 1 occurs twice"),
    "values of two kinds": (SWEPT.replace("[1, 2]", "[1, { bs = 2 }]"), "p.toml:8: factor 'bs': values: got {'bs': 2}"),
    "tables that differ": (
        SWEPT.replace("[1, 2]", "[{ bs = 1 }, { bs = 2, n = 3 }]"),
        "p.toml:8: factor 'bs': values: got {'bs': 2, 'n': 3}, expected a table with bs",
    ),
    "table without its factor": (
        SWEPT.replace("[1, 2]", "[{ n = 1 }]"),
        "p.toml:8: factor 'bs': values: no key 'bs' among n",
    ),
    "factor twice": (SWEPT + FACTOR, "p.toml:10: factor 'bs': 'bs' is varied twice"),
    "factor named as a column": (
        SWEPT.replace('"bs"\n', '"run"\n'),
        "p.toml:7: factor 'run': 'run' is the name of a column of the samples",
    ),
    "factor named as a measurement": (
        SWEPT.replace('"bs"\n', '"sys_s"\n'),
        "p.toml:7: factor 'sys_s': 'sys_s' is the name",
    ),
    "factor without effect": (PLAN + FACTOR, "p.toml:7: factor 'bs': changes nothing; write {bs} into the workload"),
    "placeholder of no factor": (
        SWEPT.replace('"dd"', '"{dd}"'),
        "p.toml:3: plan: workload: {dd} is no factor; expected one of bs",
    ),
    "too many combinations": (
        SWEPT.replace("[1, 2]", str(list(range(10_001)))),
        "p.toml:8: factor 'bs': makes 10001 combinations; expected at most 10000",
    ),
    "open string": ('[plan]\nname = """p\n\n', "p.toml:3: not valid TOML: Unterminated string (at end of document)"),
    "endless number": (
        HEAD + f"runs = {'1' * 5000}\n" + SETUP,
        "p.toml:4: not valid TOML: a number of too many digits",
    ),
    "too deep": (HEAD + f"machine = {'[' * 3000}{']' * 3000}\n", "p.toml:4: not valid TOML: nested too deeply"),
    "key twice": (HEAD + 'name = "q"\n' + SETUP, "p.toml:4: not valid TOML: Cannot overwrite a value (column 11)"),
    "dotted keys": (
        'plan.name = "p"\nplan.workload = ["dd"]\nplan.runs = "x"\n' + SETUP,
        "p.toml:3: plan: runs: got 'x', expected a whole number",
    ),
    "table in one line": (
        'plan = { name = "p", workload = ["dd"], runs = 0 }\n' + SETUP,
        "p.toml:1: plan: runs: got 0",
    ),
    "set-ups in one line": ('setup = [{ name = "a", x = 1 }]\n' + HEAD, "p.toml:1: setup 'a': unknown key 'x'"),
    "workload without a program": (PLAN.replace('"dd"', '" "'), "p.toml:3: plan: workload: got ' ' as the program"),
    "workload too long": (
        PLAN.replace("bs=1m", "x" * 100_000),
        "p.toml:3: plan: workload: got 100004 bytes, expected at most 100000",
    ),
    "metric twice": (
        HEAD + 'metrics = ["sys_s", "sys_s"]\n' + SETUP,
        "p.toml:4: plan: metrics: sys_s occurs twice",
    ),
    "second setup": (PLAN + '[[setup]]\nname = "b"\nx = 1\n', "p.toml:8: setup 'b': unknown key 'x'"),
}


@pytest.mark.parametrize("case", BAD)
def test_malformed_plans(case, tmp_path):
    """Each malformed plan gives one line: file, line, what was found, what was expected."""
    text, expected = BAD[case]
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "p.toml", tmp_path)
    message = str(caught.value)
    assert expected in message
    assert re.match(r"p\.toml:[1-9]\d*: ", message)
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


def test_factors_cross_everything():
    """Every set-up is crossed with every combination; levels reach workload, script, machine, options and samples."""
    text = (
        '[plan]\nname = "p"\nworkload = ["dd", "bs={bs}", "count={count}"]\n[[setup]]\nname = "plain"\n[[setup]]\n'
        'name = "traced"\nscript = "BEGIN /{bs} > 1/ { }"\nenv = { SIZE = "{bs}" }\ndtrace_options = ["quiet"]\n'
        '[[factor]]\nname = "bs"\nvalues = [{ bs = 512, count = 8 }, { bs = 1024, count = 4 }]\n'
        '[[factor]]\nname = "kernel.unwind"\nvalues = ["modules", "static"]\n'
        '[[factor]]\nname = "bufsize"\nvalues = ["64k", "1m"]\n[[factor]]\nname = "noise.background"\nvalues = [true]\n'
    )
    plan = parse_plan(text)
    assert len(plan.setups) == 2 * 2 * 2 * 2
    assert plan.families == ("plain", "traced")
    assert plan.level_names == ("bs", "count", "kernel.unwind", "bufsize", "noise.background")
    cell = plan.get_setup("traced@bs=1024,kernel.unwind=static,bufsize=64k,noise.background=true")
    assert cell.workload == ("dd", "bs=1024", "count=4")
    assert (cell.script, cell.env) == ("BEGIN /1024 > 1/ { }", {"SIZE": "1024"})
    assert cell.dtrace_options == ("quiet", "bufsize=64k")
    assert cell.machine == {"kernel.unwind": "static", "noise.background": True}
    assert plan.get_setup(cell.name.replace("traced", "plain")).dtrace_options == ()


def test_cells_have_names_that_files_can_have():
    """Whatever the values are, cells have different names, of moderate length and without a slash."""
    values = ["/dev/zero", "_dev_zero", "x" * 300, "y" * 300, "ä"]
    text = SWEPT.replace("[1, 2]", repr(values)) + FACTOR.replace("bs", "count") + "values2 = 1\n"
    plan = parse_plan(text.replace("values2 = 1\n", "").replace("bs={bs}", "{bs}{count}"))
    names = [setup.name for setup in plan.setups]
    assert len(set(names)) == 10
    assert all(len(name) < 200 and "/" not in name and name.isascii() for name in names)


def test_scripts_keep_their_braces():
    """Braces that name no factor stay as they are, in plans with factors and without."""
    plan = parse_plan(PLAN + 'script = "BEGIN {x = 1; exit(0);} END {y}"\n')
    assert plan.setups[0].script == "BEGIN {x = 1; exit(0);} END {y}"
    swept = parse_plan(SWEPT.replace("[[factor]]", 'script = "BEGIN {y} END {bs}"\n[[factor]]'))
    assert swept.setups[1].script == "BEGIN {y} END 2"


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
    assert len(plans["buffer-size"].setups) == 2 * 16
    assert {setup.workload[3] for setup in plans["buffer-size"].setups} >= {"bs=512", "bs=16777216"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lecture3-maloc", "did you mean lecture3-malloc?"),
        ("zzz", "the plans are buffer-size, lecture3-malloc, lecture3-mutex, probe-cost, scaling"),
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
    path.write_bytes(b"\x7fELF\n\xff")
    with pytest.raises(PlanError, match=r"x\.toml:2: not a text file: byte 0xff is not UTF-8"):
        read_plan(path)
    with pytest.raises(PlanError, match="Is a directory"):
        read_plan(tmp_path)


def test_plans_of_other_editors(tmp_path):
    """A byte-order mark and lines that end in CR LF change nothing."""
    path = tmp_path / "p.toml"
    path.write_bytes(b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode())
    assert read_plan(path).workload == ("dd", "bs=1m")


def test_lines_skip_quoted_text():
    """Keys inside a multi-line string are text, and tables are told apart by their number."""
    lines = Lines("[[setup]]\nname = 'a'\nscript = '''\nname = 'no'\n[plan]\n'''\nx = 1\n[[setup]]\nname = 'b'\n")
    assert (lines.find("setup", 0, "name"), lines.find("setup", 0, "x"), lines.find("setup", 1, "name")) == (2, 7, 9)
    assert lines.find("plan") is None
