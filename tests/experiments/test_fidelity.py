# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab fidelity``: what is made of the runs, and the one number that needs no clock."""

import pytest

from experiments.fidelity import MUTEX_COUNT, MUTEXES, Runs, _measure, predict, render_table
from sim import DEFAULT_MACHINE, load_config

BASELINE = Runs((0.17, 0.18, 0.175), (100, 101, 99))
SLOW = Runs((0.49, 0.50, 0.495), (60_000_100,) * 3, (3,) * 3, (18,) * 3)
QUICK = Runs((0.171, 0.182, 0.174), (101, 102, 100), (3,) * 3, (18,) * 3)
COUNTED = Runs((0.2,), (150,), (57_446,), (0,))
MUTEX = Runs((0.65,), (300,), (57_446,), (57_446 * 7,))


def test_the_lectures_own_numbers_agree_with_themselves():
    """Runs as the lecture saw them give ratios near one; a difference above a tenth is marked and explained."""
    found = {entry.name: entry for entry in predict(BASELINE, SLOW, QUICK, COUNTED, MUTEX)}
    assert found["baseline, system time"].agrees
    assert found["malloc stacks, extra system time"].ours == pytest.approx(182.86, abs=0.01)
    assert found["the same, module-free kernel"].verdict == "not significant"
    assert found["mutex acquisitions in one dd"].ratio == 1
    assert found["mutex stacks, system time"].agrees
    assert not found["cycles per frame"].agrees
    assert found["cycles a mutex stack"].lecture == pytest.approx(6252, abs=1)
    table = render_table(load_config(), list(found.values()), 3)
    assert table.count("*") == 3
    assert "cycles per frame: kernel.symbols is a BEAGLEBONE kernel's of 2013" in table


def test_a_significant_difference_is_told():
    """A quick unwinder that is not quick is found out; two runs are too few to tell."""
    worse = Runs((0.27, 0.28, 0.275), (200,) * 3, (3,) * 3, (18,) * 3)
    assert predict(BASELINE, SLOW, worse, COUNTED, MUTEX)[3].verdict == "significant"
    few = Runs((0.17,), (100,), (3,), (18,))
    assert predict(BASELINE, SLOW, few, COUNTED, MUTEX)[3].verdict == "too few runs for a test"


@pytest.mark.guest
def test_mutexes_are_as_many_as_in_the_lecture():
    """One dd acquires as many mutexes as on the lecture's board, to within a twentieth."""
    (counted,) = _measure(DEFAULT_MACHINE, "static", (MUTEX_COUNT,), 1)
    assert counted.traced[0] == pytest.approx(MUTEXES, rel=0.05)
