# SPDX-License-Identifier: GPL-2.0-or-later
"""A plan on a Dask cluster of separate processes on loopback: the same samples as here."""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from experiments import ClusterError, FakeExecutor, Silence, load_plan, run_plan
from experiments.cli import main
from experiments.cluster import connect

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
ROOT = Path(__file__).resolve().parents[2]
PLAN = replace(load_plan("lecture3-malloc"), runs=4, seed=3)


@contextmanager
def process(folder, *words):
    """Start a part of the cluster, which writes what it says into a file."""
    log = folder / f"{words[0]}-{len(list(folder.iterdir()))}.log"
    env = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH": "0"}
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]]
        started = subprocess.Popen(command, cwd=folder, stdout=stream, stderr=stream, env=env)
    try:
        yield log
    finally:
        started.terminate()
        started.wait(20)


def wait_for(log, pattern):
    """Return the first match in a log, waiting for it."""
    for _ in range(600):
        if match := re.search(pattern, log.read_text()):
            return match[0]
        time.sleep(0.05)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A scheduler and two workers, three processes of their own."""
    folder = tmp_path_factory.mktemp("dask")
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with process(folder, "scheduler", *options) as log:
        found = wait_for(log, r"tcp://127\.0\.0\.1:\d+")
        worker = ("worker", found, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        with process(folder, *worker) as one, process(folder, *worker) as two:
            for log in (one, two):
                wait_for(log, "Registered to")
            yield found


def read_samples(folder):
    """Return the bytes of samples and outputs."""
    files = [folder / "samples.csv", folder / "samples.parquet", *sorted((folder / "output").iterdir())]
    return {path.name: path.read_bytes() for path in files}


def test_the_same_samples_as_here(address, tmp_path):
    """Runs made by two workers elsewhere give the same files as runs made here, byte for byte."""
    run_plan(PLAN, FakeExecutor(), tmp_path / "here", 1, Silence)
    with connect(address, PLAN, "fake") as cluster:
        summary = run_plan(PLAN, cluster, tmp_path / "there", 1, Silence, run_tasks=cluster.run_tasks)
    assert summary.complete
    assert read_samples(tmp_path / "there") == read_samples(tmp_path / "here")


@pytest.mark.guest
def test_the_machine_is_the_same_there(address, tmp_path):
    """The command with --scheduler gives the machine's samples to the last digit."""
    words = ["run", "lecture3-malloc", "--runs", "2"]
    assert main([*words, "--out", str(tmp_path / "here")]) == 0
    assert main([*words, "--out", str(tmp_path / "there"), "--scheduler", address]) == 0
    assert read_samples(tmp_path / "there") == read_samples(tmp_path / "here")


@pytest.mark.guest
def test_a_bad_script_is_told_by_the_worker(address, tmp_path, capsys):
    """What a worker finds wrong with a plan is one line, and nothing is written."""
    plan = tmp_path / "p.toml"
    plan.write_text('[plan]\nname = "p"\nworkload = ["dd"]\n[[setup]]\nname = "a"\nscript = "nosuch:::entry"\n')
    assert main(["run", str(plan), "--out", str(tmp_path / "r"), "--scheduler", address]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "setup 'a'" in err
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize("where", ["tcp://127.0.0.1:1", "tcp://nosuch.invalid:8786", "nonsense"])
def test_unreachable_schedulers(where, tmp_path, capsys, monkeypatch):
    """A scheduler that is not there is one line, and nothing is written."""
    monkeypatch.setattr("experiments.cluster.CONNECT_S", 1)
    assert main(["run", "lecture3-malloc", "--out", str(tmp_path / "r"), "--scheduler", where]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"probelab: no Dask scheduler at {where}: ")
    assert err.count("\n") == 1
    assert not (tmp_path / "r").exists()


def test_a_cluster_without_workers(tmp_path):
    """A scheduler without workers is refused at once, with what to start."""
    with process(tmp_path, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard") as log:
        found = wait_for(log, r"tcp://127\.0\.0\.1:\d+")
        with (
            pytest.raises(ClusterError, match=f"has no workers; start some: dask worker {found}"),
            connect(found, PLAN),
        ):
            pass
