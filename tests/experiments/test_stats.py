# SPDX-License-Identifier: GPL-2.0-or-later
"""The statistics against published examples, hand calculations and made-up truth."""

import numpy as np
import pytest
from scipy import stats

from experiments.stats import (
    Settings,
    Table,
    Verdict,
    adjust,
    compare_samples,
    describe_common_drift,
    find_difference,
    find_ratio,
    find_runs,
    find_smallest,
    fit_costs,
    judge_equivalence,
    list_cautions,
)

SETTINGS = Settings()
# the two sets of ministat's manual page
IGUANA = [50, 200, 150, 400, 750, 400, 150]
CHAMELEON = [150, 400, 720, 500, 930]
# the second example of Rosetta Code's "Welch's t-test", whose p all its programs print as 0.148841696605327
A = [17.2, 20.9, 22.6, 18.1, 21.7, 21.4, 23.5, 24.2, 14.7, 21.8]
B = [21.5, 22.8, 21.0, 23.0, 21.6, 23.6, 22.5, 20.7, 23.4, 21.8]
B += [20.7, 21.7, 21.5, 22.5, 23.6, 21.5, 22.5, 23.5, 21.5, 21.8]


def test_welch_as_calculated_by_hand():
    """The interval is mean difference ± t(ν)·s with Welch and Satterthwaite's ν."""
    found = find_difference(CHAMELEON, IGUANA, SETTINGS)
    a, b = np.var(CHAMELEON, ddof=1) / 5, np.var(IGUANA, ddof=1) / 7
    freedom = (a + b) ** 2 / (a**2 / 4 + b**2 / 6)
    half = stats.t.ppf(0.975, freedom) * np.sqrt(a + b)
    assert found.estimate == pytest.approx(540 - 300)
    assert (found.low, found.high) == pytest.approx((240 - half, 240 + half))


def test_rank_tests():
    """Without ties the p is Mann and Whitney's exact one; with ties the means are permuted."""
    assert find_difference([1, 2, 3, 4], [5, 6, 7, 8], SETTINGS).rank_p == pytest.approx(2 / 70)
    tied = find_difference([1, 1, 2, 2], [3, 3, 4, 4], SETTINGS)
    assert (tied.rank_method, tied.rank_p) == ("permutation", pytest.approx(2 / 70))


def test_known_p_value():
    """Welch's p of a published pair of samples is the published one."""
    assert find_difference(A, B, SETTINGS).p == pytest.approx(0.148841696605327, abs=1e-12)


def test_no_variance_no_p_value():
    """Where all values are identical no interval, ratio, verdict or p is given, and it is said why."""
    found = compare_samples(("a", [0.2] * 5), ("b", [0.1] * 5), SETTINGS)
    assert (found.difference, found.ratio, found.equivalence, found.smallest) == (None, None, None, None)
    assert not found.shown
    assert "b: all 5 values are identical (0.1): no variance, so no p value" in found.cautions
    half = compare_samples(("a", [0.2, 0.21, 0.19]), ("b", [0.1] * 3), SETTINGS)
    assert half.difference is None


def test_equivalence_verdicts():
    """Close means are equivalent, far ones are not, and few scattered runs prove neither."""
    rng = np.random.default_rng(1)
    base = rng.normal(100, 1, 30)
    assert judge_equivalence(rng.normal(100.2, 1, 30), base, SETTINGS).verdict is Verdict.EQUIVALENT
    assert judge_equivalence(rng.normal(120, 1, 30), base, SETTINGS).verdict is Verdict.DIFFERENT
    assert judge_equivalence(rng.normal(100, 20, 4), base[:4], SETTINGS).verdict is Verdict.INCONCLUSIVE
    assert judge_equivalence(base * 1.002, base, Settings(margin=0.1)).verdict is Verdict.INCONCLUSIVE


def test_power_as_tabulated():
    """Cohen's table: d = 0.5, 0.8 and 1.0 take 64, 26 and 17 in each group at 5 % and power 0.8."""
    assert [find_runs(d, 1.0, SETTINGS) for d in (0.5, 0.8, 1.0)] == [64, 26, 17]
    values = stats.norm.ppf((np.arange(64) + 0.5) / 64)
    smallest = find_smallest(values, values, SETTINGS)
    assert smallest / values.std(ddof=1) == pytest.approx(0.499, abs=2e-3)


@pytest.mark.parametrize(
    ("difference", "scale", "runs"), [(1e6, 1e-6, 2), (1e-9, 1, None), (0.0, 1, None), (1, 0.0, 2)]
)
def test_power_at_the_ends(difference, scale, runs):
    """Huge and tiny differences have an answer too: two runs, or none."""
    assert find_runs(difference, scale, SETTINGS) == runs


def test_holm():
    """Holm's corrections are those of his worked example, and a missing p counts for nothing."""
    assert adjust([0.01, None, 0.04, 0.03, 0.005]) == pytest.approx([0.03, None, 0.06, 0.06, 0.02], nan_ok=True)
    assert adjust([None]) == [None]


def test_ratio_is_repeatable_and_sane():
    """The bootstrap gives the same interval each time; a base that is not positive has none."""
    one, two = (find_ratio(CHAMELEON, IGUANA, SETTINGS) for _ in range(2))
    assert one == two
    assert one.low < 1.8 < one.high
    assert find_ratio([1, 2, 3], [-1, 0, 1], SETTINGS) is None


CAUTIONS = {
    "ties": ([0.1] * 4 + [0.2] * 4, "8 of 8 values are ties (least step 0.1)"),
    "outlier": ([*np.linspace(1, 1.1, 12), 9.0], "1 of 13 values are far out (9); they are kept"),
    "drift": (np.linspace(1, 1.2, 12), "values rise with the order of the runs (Kendall's tau +1.00"),
    "few": ([1.0, 2.0, 3.0], "3 runs are few"),
    "one": ([1.0], "one run says nothing"),
}


@pytest.mark.parametrize("case", CAUTIONS)
def test_cautions(case):
    """Each kind of doubt is told with its figures."""
    values, text = CAUTIONS[case]
    assert any(text in line for line in list_cautions("x", list(values), list(range(len(values)))))


def test_few_runs_are_not_called_odd_lightly():
    """Of five normal values one in a hundred samples at most (and scatter) is said to hold an outlier or to drift."""
    rng = np.random.default_rng(6)
    found = [list_cautions("x", list(rng.normal(10, 1, 5)), range(5)) for _ in range(1000)]
    assert sum(map(bool, found)) < 25
    assert any("1 of 5 values are far out (99)" in text for text in list_cautions("x", [1, 1.1, 0.9, 1.05, 99.0]))


def test_a_drift_of_many_small_samples():
    """Three runs of each of twenty set-ups show a drift of all together that none of them could, and only if it is."""
    rng = np.random.default_rng(8)
    order = rng.permutation(60).reshape(20, 3)
    drifting = [([10 * n + 0.1 * n * at for at in when], list(when)) for n, when in enumerate(order, start=1)]
    assert "values rise with the order of the runs (Kendall's tau +" in describe_common_drift(drifting)
    steady = [(list(rng.normal(10 * n, n, 3)), list(when)) for n, when in enumerate(order, start=1)]
    assert describe_common_drift(steady) == ""
    assert describe_common_drift([([1.0] * 3, [0, 1, 2]), ([0.0, 0.0], [3, 4])]) == ""


def test_good_samples_raise_no_doubt():
    """Forty normal values in random order raise no doubt."""
    values = np.random.default_rng(5).normal(1, 0.1, 40)
    assert list_cautions("x", list(values), list(range(40))) == []


def make_sweep(knee=None):
    """Return a sweep of two set-ups with known costs: 2 and 5 µs a call, 3 ns a byte, and 1 % scatter."""
    rng = np.random.default_rng(2)
    size = np.repeat(2.0 ** np.arange(9, 22), 4)
    calls = np.maximum(1, 2**20 / size)
    setups, times = [], []
    for name, call, fixed in (("plain", 2e-6, 1e-3), ("traced", 5e-6, 2e-3)):
        clean = fixed + call * calls + 3e-9 * calls * size
        if knee:
            clean = clean + 9e-9 * calls * np.maximum(0, size - knee)
        setups += [name] * len(size)
        times.append(clean * rng.normal(1, 0.01, len(size)))
    counts = {"call": np.tile(calls, 2), "byte": np.tile(calls * size, 2)}
    return Table(setups, np.concatenate(times), counts, np.tile(size, 2), "byte")


def test_costs_are_found():
    """Regression finds what a call and a byte cost, and what the script adds, inside narrow intervals."""
    model = fit_costs(make_sweep(), SETTINGS)
    costs = {(cost.setup, cost.thing): cost for cost in model.costs}
    added = {cost.thing: cost for cost in model.added}
    for cost, truth in ((costs["plain", "call"], 2e-6), (costs["traced", "byte"], 3e-9), (added["call"], 3e-6)):
        assert cost.low <= truth <= cost.high
        assert cost.high - cost.low < 0.2 * truth
    assert added["call"].shown
    assert not added["byte"].shown
    assert model.knee is None
    assert model.misfit < 1.5


def test_the_knee_is_found():
    """Where bytes get dearer beyond a size, the size is found, with both prices."""
    model = fit_costs(make_sweep(knee=262_144), SETTINGS)
    assert model.knee.low <= 262_144 <= model.knee.high
    assert model.knee.high / model.knee.low < 1.3
    dear = next(cost for cost in model.costs if cost.thing == "byte beyond the knee")
    assert dear.estimate == pytest.approx(9e-9, rel=0.03)


def test_too_little_for_a_regression():
    """Nothing that varies, fewer runs than coefficients, or no scatter at all gives no model."""
    counts = np.tile([1.0, 2.0, 3.0], 3)
    assert fit_costs(Table(["a"] * 9, 2 + counts, {"x": counts}), SETTINGS) is None
    ones = np.ones(4)
    assert fit_costs(Table(["a"] * 4, ones, {"x": ones}), SETTINGS) is None
    assert fit_costs(Table(["a"] * 2, ones[:2], {"x": np.array([1.0, 2.0])}), SETTINGS) is None
