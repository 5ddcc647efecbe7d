# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``probelab`` command with the instant executor: output, messages, exit statuses."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from experiments import FakeExecutor, read_results
from experiments.cli import main
from experiments.commands import run as run_command
from experiments.ministat import main as ministat
from experiments.reading import describe_reading

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def fake(monkeypatch):
    """Let the commands use the instant executor."""
    executor = FakeExecutor()
    monkeypatch.setattr(run_command, "make_executor", lambda _: executor)
    return executor


@pytest.fixture
def results(fake, tmp_path, capsys):
    """A results directory of the lecture's plan."""
    assert main(["run", "lecture3-malloc", "--runs", "10", "--seed", "1", "--out", str(tmp_path / "r")]) == 0
    capsys.readouterr()
    return tmp_path / "r"


def test_run_saves_and_tells(fake, tmp_path, capsys):
    """`probelab run` fills the directory, and tells on standard error how many runs were saved."""
    assert main(["run", "lecture3-mutex", "--runs", "3", "--out", str(tmp_path / "r"), "--jobs", "2"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "probelab: 6 of 6 runs saved in" in captured.err
    assert len(read_results(tmp_path / "r").rows) == 6


def test_failed_runs_give_status_one(fake, tmp_path, capsys):
    """Failed runs are shown with the first reason, and the status is 1."""
    fake.fails = ("dtrace",)
    assert main(["run", "lecture3-malloc", "--runs", "8", "--out", str(tmp_path / "r")]) == 1
    assert "runs failed (see" in (err := capsys.readouterr().err)
    assert "pid 7 exited with status 1" in err


def test_compare_prints_what_ministat_would(results, tmp_path, monkeypatch, capsys):
    """The comparison begins with ministat's output for files named as the set-ups, byte for byte."""
    assert main(["compare", str(results)]) == 0
    whole = capsys.readouterr().out
    assert main(["compare", str(results), "--brief"]) == 0
    ours = capsys.readouterr().out
    assert whole.startswith(ours + "\nsys_s in detail (95 % confidence, equivalence within ±5 %)\n")
    monkeypatch.chdir(tmp_path)
    found = read_results(results)
    for name in found.setups:
        Path(name).write_text("".join(f"{value!r}\n" for value in found.values(name, "sys_s")))
    assert ministat(["no-dtrace", "dtrace", "dtrace-better"]) == 0
    assert capsys.readouterr().out == ours
    assert ours.startswith("x no-dtrace\n+ dtrace\n* dtrace-better\n+--")


def test_compare_options(results, capsys):
    """Measurement, confidence and shape of the comparison can be chosen."""
    assert main(["compare", str(results), "--metric", "cycles", "-c", "99", "-A"]) == 0
    out = capsys.readouterr().out
    assert "Difference at 99.0% confidence" in out
    assert "+--" not in out


def test_compare_tells_what_the_block_hides(results, capsys):
    """After the block come interval, ratio, p values, verdict on the margin, resolution and the cost of a firing."""
    assert main(["compare", str(results), "--margin", "20"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"\ndtrace against no-dtrace \(10 and 10 runs\)\n  difference    \+\d+\.\d+ ms \(", out)
    assert re.search(r"  ratio         2\.\d+, that is \+1\d\d\.\d % \(.* %\), bootstrap BCa\n", out)
    assert "(Mann-Whitney); Welch's after Holm for 2 tests: " in out
    assert "equivalence   refuted: the difference is larger than ±20 %" in out
    assert re.search(r"so many runs show .* with power 0\.8; 20 % takes \d+ runs of each", out)
    assert "  per firing    +" in out


def test_a_sweep_is_a_table(fake, tmp_path, capsys):
    """A plan with factors is compared level by level, in blocks without pictures and in one table, with its costs."""
    assert main(["run", "buffer-size", "--runs", "3", "--out", str(tmp_path / "r")]) == 0
    assert main(["compare", str(tmp_path / "r")]) == 0
    out = capsys.readouterr().out
    assert out.count("x no-dtrace@bs=") == 16
    assert "+--" not in out
    assert "p (Holm, 16)   rank p could show runs for 5 %  verdict\n" in out
    assert re.search(r"\ndtrace@bs=512 .* % +\d+  (slower|within|inconclusive)", out)
    assert "\ncosts (weighted least squares over 96 runs" in out
    assert main(["compare", str(tmp_path / "r"), "--full"]) == 0
    full = capsys.readouterr().out
    assert full.count("  resolution    so many runs show") == 16
    assert full.count("Welch's after Holm for 16 tests") == 16


def test_reading_is_careful(results):
    """The explanation names the interval of a proven difference, and what could hide behind one not proven."""
    text = describe_reading(read_results(results))
    assert re.search(r"dtrace differs from no-dtrace by \+0\.\d+ s \(\+1\d\d\.\d %\)", text)
    assert "sys_s, 10 runs of each set-up" in text


FAULTS = {
    ("run", "nosuch"): (1, "probelab: no plan 'nosuch'"),
    ("compare", "/nonexistent"): (1, "probelab: /nonexistent: no such directory"),
    ("plans", "nosuch"): (1, "probelab: no plan 'nosuch'"),
    (): (2, "usage: probelab"),
    ("frobnicate",): (2, "invalid choice: 'frobnicate'"),
    ("run",): (2, "required: PLAN"),
    ("run", "lecture3-malloc", "--runs", "0"): (2, "--runs: '0'; expected a whole number from 1"),
    ("run", "lecture3-malloc", "--seed", "x"): (2, "--seed: 'x'; expected a whole number from 0"),
    ("run", "lecture3-malloc", "--jobs", "-1"): (2, "--jobs: '-1'; expected a whole number"),
    ("compare", ".", "-c", "91"): (2, "-c: invalid choice: 91.0"),
    ("compare", ".", "--margin", "0"): (2, "--margin: '0'; expected a percentage above 0"),
    ("compare", ".", "-w", "1"): (2, "-w: '1'; expected a whole number from 2"),
}


@pytest.mark.parametrize("arguments", FAULTS, ids=" ".join)
def test_wrong_calls(arguments, capsys):
    """Wrong usage gives status 2, a failure one line and status 1; never a traceback."""
    status, message = FAULTS[arguments]
    try:
        got = main(list(arguments))
    except SystemExit as stop:
        got = stop.code
    captured = capsys.readouterr()
    assert (got, captured.out) == (status, "")
    assert message in captured.err
    assert status == 2 or captured.err.count("\n") == 1


def test_used_directory_and_unknown_metric(results, capsys):
    """A directory with samples is not run into again; an unknown measurement is named with those there are."""
    assert main(["run", "lecture3-malloc", "--out", str(results)]) == 1
    assert "already holds samples; choose another --out, or --resume" in capsys.readouterr().err
    assert main(["run", "lecture3-malloc", "--out", str(results), "--resume"]) == 0
    assert "30 of them were there already" in capsys.readouterr().err
    assert main(["compare", str(results), "--metric", "time"]) == 1
    assert "no measurement 'time'; there are real_s" in capsys.readouterr().err


def test_too_few_runs_to_compare(fake, tmp_path, capsys):
    """Two runs are too few, and the message says which set-up and how many are needed."""
    main(["run", "lecture3-malloc", "--runs", "2", "--out", str(tmp_path / "r")])
    assert main(["compare", str(tmp_path / "r")]) == 1
    assert "set-up 'no-dtrace' has 2 runs; a comparison needs at least 3" in capsys.readouterr().err


def test_dry_run_shows_the_order(capsys, monkeypatch, tmp_path):
    """--dry-run lists set-ups, order and seeds, and touches nothing."""
    monkeypatch.chdir(tmp_path)
    assert main(["run", "lecture3-malloc", "--runs", "2", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "506737521" in out
    assert "kernel.unwind=static" in out
    assert list(tmp_path.iterdir()) == []


def test_default_directories_are_new(fake, monkeypatch, tmp_path):
    """Without --out each run gets the next free directory under out/."""
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert main(["run", "lecture3-mutex", "--runs", "1"]) == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["lecture3-mutex-001", "lecture3-mutex-002"]


def test_resume_finds_the_last_directory(fake, monkeypatch, tmp_path, capsys):
    """Without --out, --resume goes on in the plan's last directory, with the runs and the seed it was begun with."""
    monkeypatch.chdir(tmp_path)
    assert main(["run", "lecture3-mutex", "--resume"]) == 1
    assert "no out/lecture3-mutex-001 to resume" in capsys.readouterr().err
    main(["run", "lecture3-mutex", "--runs", "4", "--seed", "9"])
    before = Path("out/lecture3-mutex-001/samples.csv").read_bytes()
    Path("out/lecture3-mutex-001/samples.csv").write_bytes(before[:-30])
    assert main(["run", "lecture3-mutex", "--resume"]) == 0
    assert Path("out/lecture3-mutex-001/samples.csv").read_bytes() == before


def test_plans_are_listed(capsys):
    """`probelab plans` names every built-in plan with its question and set-ups."""
    assert main(["plans"]) == 0
    out = capsys.readouterr().out
    assert "lecture3-malloc" in out
    assert "no-dtrace, dtrace-mutex; 10 runs of each" in out


def test_help_is_light():
    """Help needs neither the machine nor the statistics libraries."""
    code = "import sys; from experiments.cli import make_parser; make_parser(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"numpy", "pandas", "scipy", "matplotlib", "sim", "tracer.session", "dscript", "unicorn"}


@pytest.mark.parametrize("command", ["run", "compare", "plans", "machines", "bench", "demo"])
def test_every_command_has_help(command, capsys):
    """Every command explains itself, and the README names it."""
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert "usage: probelab " + command in capsys.readouterr().out
    assert f"probelab {command}" in (ROOT / "README.md").read_text()
