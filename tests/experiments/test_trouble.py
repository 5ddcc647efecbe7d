# SPDX-License-Identifier: GPL-2.0-or-later
"""A disk that fills up, places that cannot be written, and the bar: one clear line, and nothing half-written."""

import errno
import io
import os
from dataclasses import replace

import pytest

from experiments import FakeExecutor, ResultsError, Sample, Silence, Task, load_plan, read_results, run_plan
from experiments.cli import main
from experiments.commands import run as run_command
from experiments.progress import Bar
from experiments.results import check_output
from experiments.workers import Outcome

PLAN = replace(load_plan("lecture3-mutex"), runs=3, seed=3)


def fill_disk(monkeypatch, at):
    """Let the ``at``-th attempt to have something on the disk fail, and all that follow."""
    calls = iter(range(1_000_000))
    real = os.fsync

    def fsync(descriptor):
        if next(calls) >= at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("at", range(17))
def test_a_disk_that_fills_up(at, tmp_path, monkeypatch):
    """Whenever the disk is full, what is there is whole, and resuming gives what an undisturbed run gives."""
    folder = tmp_path / "r"
    with monkeypatch.context() as patch:
        fill_disk(patch, at)
        with pytest.raises(ResultsError, match="No space left on device"):
            run_plan(PLAN, FakeExecutor(), folder, 1, Silence)
    assert not list(tmp_path.rglob("*.tmp"))
    if at <= 1:  # neither the metadata nor the head of the samples fits
        assert not folder.exists()
    if (folder / "samples.csv").exists() and (folder / "samples.csv").stat().st_size:
        results = read_results(folder)
        assert (results.torn, results.bad) == (False, [])
        assert all(check_output(results, row["setup"], row) for row in results.rows)
    run_plan(PLAN, FakeExecutor(), folder, 1, Silence, resume=True)
    run_plan(PLAN, FakeExecutor(), tmp_path / "whole", 1, Silence)
    assert (folder / "samples.csv").read_bytes() == (tmp_path / "whole" / "samples.csv").read_bytes()


@pytest.mark.parametrize("place", ["file/r", "/proc/r", "/dev/null/r", "x" * 300])
def test_places_that_cannot_be_written(place, tmp_path, capsys, monkeypatch):
    """A place where no directory can be made is one line with its name, before any machine is booted."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    executor = FakeExecutor()
    monkeypatch.setattr(run_command, "make_executor", lambda _: executor)
    assert main(["run", "lecture3-malloc", "--out", place]) == 1
    err = capsys.readouterr().err
    assert err.startswith("probelab: ")
    assert err.count("\n") == 1
    assert executor.prepared == []
    assert os.listdir(tmp_path) == ["file"]


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize("stream", [Terminal, io.StringIO])
def test_the_bar(stream, monkeypatch):
    """On a terminal the bar shows runs, failures and the time left; elsewhere it is silent."""
    err = stream()
    monkeypatch.setattr("sys.stderr", err)
    bar = Bar(4, "lecture3")
    for number in range(4):
        sample = None if number == 1 else Sample(1.0, 0.0, 1.0, 1, 1)
        bar.advance(Outcome(Task(number, "a", number + 1, 1), sample))
    bar._bar.refresh()
    bar.close()
    if stream is Terminal:
        assert "lecture3: 100%" in err.getvalue()
        assert "4/4 [00:0" in err.getvalue()
        assert "1 failed" in err.getvalue()
    else:
        assert err.getvalue() == ""
