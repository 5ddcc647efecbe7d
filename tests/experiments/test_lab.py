# SPDX-License-Identifier: GPL-2.0-or-later
"""What notebooks call: measuring, and showing what was measured."""

from dataclasses import replace

import pytest

from experiments import FakeExecutor, Lab, RunError, Silence, load_plan, measure, read_results, run_plan


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The lecture's plan, run by the instant executor."""
    folder = tmp_path_factory.mktemp("lab")
    run_plan(replace(load_plan("lecture3-malloc"), runs=5), FakeExecutor(), folder, 1, Silence)
    return Lab(read_results(folder))


def test_a_lab_shows_itself(lab, tmp_path):
    """Text is shown as it is, drawings as SVG, samples as a DataFrame; a report can be written."""
    assert "x no-dtrace" in lab.ministat()._repr_html_()
    assert " %  dtrace costs system time: the " in lab.answer()
    assert "within ±2 %" in lab.explain("cycles", margin=2)
    assert lab.strip()._repr_html_().startswith("<svg")
    assert lab.ratios()._repr_html_().startswith("<svg")
    assert len(lab.frame) == 15
    lab.report(tmp_path / "r.md")
    assert (tmp_path / "r.md").exists()
    assert "15 runs of no-dtrace, dtrace, dtrace-better" in repr(lab)


def test_what_cannot_be_shown(lab):
    """A sweep without a factor, and stacks nobody took, are refused in words."""
    with pytest.raises(RunError, match=r"no \[\[factor\]\]"):
        lab.sweep()
    with pytest.raises(RunError, match="no stacks of 'dtrace'"):
        lab.flame("dtrace")


@pytest.mark.parametrize(
    ("plan", "message"),
    [("nosuch", "no plan 'nosuch'"), ('[plan]\nname = "p"\nworkload = ["dd"]\n', r"no \[\[setup\]\] table")],
)
def test_bad_plans_are_told(plan, message):
    """What the command says of a bad plan is the error's message."""
    with pytest.raises(RunError, match=message):
        measure(plan)


@pytest.mark.guest
def test_measuring(tmp_path):
    """A plan given as text is run on the machine, and run again only as far as runs are missing."""
    text = '[plan]\nname = "p"\nworkload = ["true"]\n[[setup]]\nname = "a"\nenv = { LANG = "C" }\n'
    assert len(measure(text, runs=2, out=tmp_path / "r").frame) == 2
    found = measure(text, runs=3, out=tmp_path / "r")
    assert found.frame["run"].tolist() == [1, 2, 3]
    assert (found.frame["cycles"] > 0).all()
