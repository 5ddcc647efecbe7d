# SPDX-License-Identifier: GPL-2.0-or-later
"""Our ministat by itself: the worked example of its manual, the lecture's data, and what the vintages differ in."""

import math
import subprocess
import sys
from pathlib import Path

import pytest
from scipy import stats

from experiments.ministat import VINTAGES, MinistatError, Options, describe_comparison, judge, main, make_dataset
from experiments.ministat.cfloat import describe, divide, parse_double, parse_int, root, truncate
from experiments.ministat.reading import find_token
from experiments.ministat.student import LEVELS, QUANTILES

IGUANA = (50, 200, 150, 400, 750, 400, 150)
CHAMELEON = (150, 400, 720, 500, 930)
MANUAL = """\
x iguana
+ chameleon
+------------------------------------------------------------+
|x      *  x            *      +              + x           +|
| |________M______A_______________|                          |
|             |________________M__A___________________|      |
+------------------------------------------------------------+
    N           Min           Max        Median           Avg        Stddev
x   7            50           750           200           300     238.04761
+   5           150           930           500           540     299.08193
"""
DIFFERENCE = """\
Difference at 80.0% confidence
\t240 +/- 212.215
\t80% +/- 70.7384%
\t(Student's t, pooled s = 264.159)
"""


def compare(first, second, **options):
    """Return the text for two unnamed sets."""
    vintage = options.get("vintage", VINTAGES["2015"])
    sets = [make_dataset("a", first, vintage), make_dataset("b", second, vintage)]
    return describe_comparison(sets, Options(**options))


NONE = "No difference proven at 95.0% confidence\n"


@pytest.mark.parametrize(("level", "verdict"), [(95.0, NONE), (80.0, DIFFERENCE)])
def test_worked_example_of_the_manual(level, verdict):
    """The iguana and the chameleon of ministat(1) come out as its manual prints them."""
    sets = [make_dataset("iguana", IGUANA), make_dataset("chameleon", CHAMELEON)]
    assert describe_comparison(sets, Options(confidence=level, width=60, separate=True)) == MANUAL + verdict


def test_lecture_data_show_no_difference():
    """The course's published samples of dtmalloc counting: no difference at 95 %, as the slide says."""
    plain = [0.20] * 3 + [0.21] * 7 + [0.22]
    counted = [0.20] + [0.21] * 6 + [0.22] * 4
    text = compare(plain, counted)
    assert "0.20818182" in text
    assert "0.21272727" in text
    assert text.endswith("No difference proven at 95.0% confidence\n")


def test_table_is_students_t():
    """Every entry of the table is the quantile to three decimals, but for seven old ones (0.004 off)."""
    one_sided = (0.90, 0.95, 0.975, 0.99, 0.995, 0.999)
    odd = []
    for freedom, row in enumerate(QUANTILES):
        for p, value in zip(one_sided, row, strict=True):
            exact = stats.t.ppf(p, freedom) if freedom else stats.norm.ppf(p)
            assert abs(value - exact) < 0.005
            if abs(value - exact) > 0.000501:
                odd.append(freedom)
    assert odd == [1, 7, 8, 9, 10, 11, 12]
    assert len(LEVELS) == len(one_sided)


def test_verdict_is_scipys():
    """A difference is called proven exactly when scipy's t test of equal variances has p below five percent."""
    verdict = judge(make_dataset("b", CHAMELEON), make_dataset("a", IGUANA), Options())
    assert verdict.proven == (stats.ttest_ind(IGUANA, CHAMELEON).pvalue < 0.05)
    shifted = make_dataset("c", [value + 2000 for value in CHAMELEON])
    assert judge(shifted, make_dataset("a", IGUANA), Options()).proven


def test_last_set_cuts_the_plot():
    """The plot is as tall as the last set needs, even if an earlier one is cut off: a habit kept from the original."""
    text = compare([1, 1, 1, 1, 1, 9], [1, 5, 9], width=20)
    assert text.count("\n|") == 2
    assert "*" in text.splitlines()[3]


def test_no_span_no_plot():
    """Sets of one value have no plot, and say so."""
    assert "[no plot, span is zero width]\n" in compare([3, 3, 3], [3, 3, 3])


def test_vintages_differ_in_median_and_relative_error():
    """An even set's median is the upper middle in 2015 and the mean since; head propagates the base's error too."""
    even, other = [1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 40.0]
    texts = {name: compare(even, other, plot=False, vintage=vintage) for name, vintage in VINTAGES.items()}
    medians = {name: float(text.splitlines()[3].split()[4]) for name, text in texts.items()}
    assert medians == {"2015": 3.0, "2016": 2.5, "head": 2.5}
    assert "\t900% +/- 634.964%\n" in texts["2015"]
    assert "\t900% +/- 634.964%\n" in texts["2016"]
    # sqrt(3·166.67 + 3·1.6667·(25/2.5)²)·t(6)·sqrt(8/(4·4·6))/2.5, by hand
    by_hand = 2.447 * math.sqrt((3 * 500 / 3 + 3 * 5 / 3 * 100) * 8 / (16 * 6)) * 100 / 2.5
    assert f"\t900% +/- {by_hand:g}%\n" in texts["head"]


def test_head_lists_quiet_and_any_vintage_takes_it(tmp_path, capsysbinary):
    """-q leaves names and header out in every vintage; only head's usage names it."""
    path = tmp_path / "a"
    path.write_text("1\n2\n3\n")
    assert main(["-qA", str(path)]) == 0
    row = capsysbinary.readouterr().out
    assert row == b"x   3             1             3             2             2             1\n"
    assert main(["--vintage", "head", "-Z"]) == 2
    assert b"-q : suppress" in capsysbinary.readouterr().err
    assert main(["-Z"]) == 2
    assert b"-q : suppress" not in capsysbinary.readouterr().err


def test_unknown_vintage_and_help(capsysbinary):
    """--vintage names those there are when it is wrong; --help says which is the default."""
    assert main(["--vintage=1999"]) == 2
    assert b"there are 2015, 2016, head" in capsysbinary.readouterr().err
    assert main(["--help"]) == 0
    assert b"(default 2015)" in capsysbinary.readouterr().out


def test_too_few_points():
    """Fewer than three points are refused with ministat's message and status."""
    with pytest.raises(MinistatError, match="Dataset few must contain at least 3 data points") as caught:
        make_dataset("few", [1, 2])
    assert caught.value.status == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [("1e3", 1000.0), (" +.5", 0.5), ("0x1p4", 16.0), ("-inf", -math.inf), ("1e999", math.inf), ("", 0.0)],
)
def test_numbers_as_strtod_reads_them(text, value):
    """Decimal, hexadecimal and infinite numbers are read as C does."""
    assert parse_double(text) == value


@pytest.mark.parametrize("text", ["1_0", "1e", "0x", "x", "1 ", "1,5", "١", "--1", "0x1p", "  "])
def test_what_strtod_refuses(text):
    """What C would not read to the end is no number, whatever Python thinks of it."""
    assert parse_double(text) is None


def test_c_arithmetic():
    """Casts, divisions and roots behave as C's, without raising."""
    assert (truncate(2.9), truncate(-2.9), truncate(math.nan), truncate(1e300)) == (2, -2, -(2**31), -(2**31))
    assert (divide(1, 0.0), divide(-1, 0.0)) == (math.inf, -math.inf)
    assert describe(divide(0, 0.0), "%6.3g") == "  -nan"
    assert describe(root(-1.0)) == "-nan"
    assert (parse_int("99999999999999999999"), parse_int(" 7"), parse_int("7x")) == (-1, 7, None)


@pytest.mark.parametrize(
    ("line", "column", "token"),
    [("a b", 2, "b"), ("  a", 1, "a"), ("a", 2, None), ("# 1", 1, None), ("1 #2 3", 3, None), ("a\t\tb", 2, "b")],
)
def test_columns(line, column, token):
    """Runs of delimiters count once, and a token that starts with # ends the line."""
    assert find_token(line, column, " \t") == token


def test_starts_without_heavy_imports():
    """The command needs nothing beyond the standard library, neither machine nor compiler."""
    root = Path(__file__).resolve().parents[2]
    code = "import sys, experiments.ministat as m; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"numpy", "pandas", "scipy", "matplotlib", "tqdm", "sim", "dscript", "unicorn", "tracer.cli"}
