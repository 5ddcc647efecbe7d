# SPDX-License-Identifier: GPL-2.0-or-later
"""quantize(), lquantize() and llquantize() tables."""

from dscript import ActionKind
from tracer.consumer.histogram import describe_histogram, llquantize_bounds, quantize_value

HEADING = "\n           value  ------------- Distribution ------------- count    \n"


def buckets(**counts):
    """Returns 127 buckets from b64=3-like keywords."""
    values = [0] * 127
    for name, count in counts.items():
        values[int(name[1:])] = count
    return values


def describe_quantize(counts, **settings):
    """Returns the picture of quantize()."""
    return describe_histogram(ActionKind.QUANTIZE, counts, **settings)


def describe_lquantize(arg, counts):
    """Returns the picture of lquantize()."""
    return describe_histogram(ActionKind.LQUANTIZE, [arg, *counts])


def test_bucket_values():
    """Buckets stand for powers of two either side of zero."""
    assert [quantize_value(bucket) for bucket in (60, 61, 62, 63, 64, 65, 66)] == [-4, -2, -1, 0, 1, 2, 4]


def test_quantize_shows_a_row_either_side():
    """Rows run from one before the first used bucket to one after the last; bars share 40 columns."""
    text = describe_quantize(buckets(b74=1, b75=3))
    assert text == HEADING + (
        "             512 |                                         0        \n"
        "            1024 |@@@@@@@@@@                               1        \n"
        "            2048 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           3        \n"
        "            4096 |                                         0        \n"
    )


def test_quantize_of_nothing_shows_the_middle():
    """Without data the three buckets around zero are shown."""
    rows = describe_quantize([0] * 127).splitlines()[2:]
    assert [row.split("|")[0].strip() for row in rows] == ["-1", "0", "1"]


def test_negative_counts_grow_to_the_left():
    """Only negative counts: bars end at the line; both signs: they start from a centre line."""
    assert "|" in describe_quantize(buckets(b64=-4)).splitlines()[3]
    assert describe_quantize(buckets(b64=-4)).splitlines()[3] == f"{1:>16} {'@' * 40}| {-4:<9}"
    both = describe_quantize(buckets(b64=-1, b65=1)).splitlines()
    assert both[3] == f"{1:>16} {'@' * 10:>20}|{'':20} {-1:<9}"
    assert both[4] == f"{2:>16} {'':20}|{'@' * 10:<20} {1:<9}"


def test_lquantize_labels_both_ends():
    """Underflow and overflow are labelled with the bounds."""
    arg = 10 << 48 | 2 << 32 | 0
    text = describe_lquantize(arg, [1, 0, 2, 1])
    assert [row.split("|")[0].strip() for row in text.splitlines()[2:]] == ["< 0", "0", "10", ">= 20"]


def test_lquantize_base_may_be_negative():
    """The packed base is a signed 32-bit number."""
    arg = 1 << 48 | 2 << 32 | 0xFFFFFFFF
    assert "< -1" in describe_lquantize(arg, [1, 1, 0, 0])


def test_llquantize_steps_grow_with_the_value():
    """Every order of magnitude has as many steps; where they would be less than one there are fewer."""
    arg = 10 << 48 | 0 << 32 | 2 << 16 | 10
    assert llquantize_bounds(arg) == [*range(1, 10), *range(10, 100, 10), *range(100, 1001, 100)]
    words = [arg, 1, *[0] * 26, 0, 5]
    text = describe_histogram(ActionKind.LLQUANTIZE, words).splitlines()
    assert (text[2].split("|")[0], text[-1].split("|")[0]) == (f"{'< 1':>16} ", f"{'>= 1000':>16} ")


def test_zoom_scales_to_the_highest_bar():
    """With aggzoom the highest bar has 95 % of the width, whatever the total."""
    text = describe_quantize(buckets(b64=1, b65=1, b66=1), zoom=True).splitlines()
    assert [line.count("@") for line in text[3:6]] == [38] * 3


def test_normalized_counts_keep_their_bars():
    """normalize() divides what is printed, towards zero, and leaves the bars."""
    assert describe_quantize(buckets(b64=5), normal=2).splitlines()[3] == f"{1:>16} |{'@' * 40} {2:<9}"


def test_blocks_are_exact_to_an_eighth():
    """With encoding=utf8 bars are block characters, the last of them as wide as the rest of the count asks for."""
    lines = describe_quantize(buckets(b64=2, b65=1), blocks=True).splitlines()
    assert lines[3] == f"{1:>16} |{'█' * 26 + '▋':<40} 2        "
    assert lines[4] == f"{2:>16} |{'█' * 13 + '▎':<40} 1        "
