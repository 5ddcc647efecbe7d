# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab calibrate``: the table, the plot, and the machine's agreement with what is published of the real one."""

import json

import pytest

from experiments.calibrate import ORDERS, Calibration, Figure, read_results, render_table, run_calibration
from experiments.calibrate_plot import plot_latency
from experiments.calibrate_published import PUBLISHED, Group
from experiments.cli import main
from experiments.errors import ExperimentError
from sim import load_config


def make_calibration(factor=1.0):
    """Return a calibration whose figures are the published ones times ``factor``."""
    figures = tuple(Figure(published, (published.value * factor,)) for published in PUBLISHED)
    results = {published.name: published.value for published in PUBLISHED}
    return Calibration("toy", results, figures)


def test_results_are_names_and_numbers():
    """Lines are read by name; anything else is refused with the line."""
    assert read_results("int_add 1.000\nbandwidth_rd 250000\n") == {"int_add": 1.0, "bandwidth_rd": 250000.0}
    with pytest.raises(ExperimentError, match="'Killed'; expected a name and a number"):
        read_results("Killed\n")


def test_disagreement_is_marked():
    """A figure of the hardware that is a fifth off gets a star, one of the kernel does not."""
    table = render_table(make_calibration(1.2))
    hardware, _, kernel = table.partition("kernel operations")
    assert hardware.count("1.20*") == sum(published.group.tuned for published in PUBLISHED)
    assert "*" not in kernel
    assert "0 of 19 figures of the hardware are within 10%" in table
    assert "*" not in render_table(make_calibration())


def test_the_plot_is_written(tmp_path):
    """The latency plot is a file of the kind its name says; a bad place or kind is one line."""
    plot_latency(make_calibration(), tmp_path / "plot.svg")
    assert "<svg" in (tmp_path / "plot.svg").read_text()
    with pytest.raises(ExperimentError, match="cannot write the plot"):
        plot_latency(make_calibration(), tmp_path / "no" / "plot.png")
    with pytest.raises(ExperimentError, match="cannot write the plot"):
        plot_latency(make_calibration(), tmp_path / "plot.txt.gz")


def test_a_range_is_shown_and_judged():
    """A median that is off is marked ~ if the published figure was among the measured ones, * if it was not."""
    published = PUBLISHED[0]
    for measured, mark in (((1.0, 2.0, 2.8), "0.67~"), ((1.0, 2.0, 2.5), "0.67*"), ((1.0, 2.9, 9.0), "0.97 ")):
        calibration = Calibration("toy", {}, (Figure(published, measured),))
        table = render_table(calibration)
        assert mark in table
        assert f"1.00 to {measured[-1]:.2f}" in table
        assert ("; ~ 1 more within what 3 orders of the free pages give" in table) == ("~" in mark)


@pytest.mark.guest
def test_the_hardware_agrees_with_what_is_published():
    """Bandwidths and operations are within a tenth of TI's; so are load latencies, or theirs is among ours."""
    parts = ("latency", "bandwidth", "operations")
    calibration = run_calibration(load_config("beaglebone-black-1ghz"), parts)
    tuned = [figure for figure in calibration.figures if figure.published.group.tuned]
    assert len(tuned) == sum(published.group.tuned for published in PUBLISHED)
    assert [(figure.published.name, figure.ratio) for figure in tuned if not figure.agrees and not figure.covered] == []
    assert all(len(figure.measured) == ORDERS for figure in tuned if figure.published.group is Group.LATENCY)
    assert [figure.published.name for figure in tuned if figure.covered] in ([], ["latency_128_256000"])


@pytest.mark.guest
def test_kernel_operations_are_reported(capsysbinary):
    """The command measures the kernel's operations too, and prints JSON."""
    assert main(["calibrate", "kernel", "processes", "--json"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    names = {figure["name"] for figure in found["figures"]}
    assert names == {published.name for published in PUBLISHED if published.group is Group.KERNEL}
    assert all(figure["ours"] > 0 and not figure["tuned"] for figure in found["figures"])
