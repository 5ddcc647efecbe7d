# SPDX-License-Identifier: GPL-2.0-or-later
"""Tracing options: units, defaults, errors."""

import pytest

from tracer.errors import OptionError
from tracer.options import Options, parse_rate, parse_size
from tracer.optiontable import SPECS

SURFACE = """
aggpercpu amin argref core cpp cpphdrs cpppath ctypes defaultargs define droptags dtypes debug empty
encoding errtags evaltime incdir iregs kdefs knodefs late lazyload ldpath libdir linkmode linktype nolibs
objcopypath pgmax pspec setenv stdc strip syslibdir tree tregs udefs undef unodefs unsetenv verbose version zdefs
aggsize bufsize bufpolicy bufresize cleanrate cpu destructive dynvarsize grabanon jstackframes jstackstrsize nspec
specsize stackframes statusrate strsize temporal ustackframes agghist aggpack aggrate aggsortkey aggsortkeypos
aggsortpos aggsortrev aggzoom flowindent quiet rawbytes stackindent switchrate oformat errexit
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [("512", 512), ("0x10", 16), ("010", 8), ("4k", 4096), ("10M", 10 << 20), ("1g", 1 << 30), ("2t", 2 << 40)],
)
def test_sizes_take_binary_suffixes(text, expected):
    """A size is a number of bytes with k, m, g or t of either case."""
    assert parse_size(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10ms", 10_000_000),
        ("1s", 1_000_000_000),
        ("1sec", 1_000_000_000),
        ("2m", 120_000_000_000),
        ("1h", 3_600_000_000_000),
        ("1d", 86_400_000_000_000),
        ("5us", 5_000),
        ("7ns", 7),
        ("100hz", 10_000_000),
        ("10", 100_000_000),
    ],
)
def test_rates_are_times_or_frequencies(text, expected):
    """A rate is a time with its unit, or a frequency with hz or with nothing."""
    assert parse_rate(text) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bufsize", "12q"),
        ("setenv", None),
        ("setenv", "=x"),
        ("unsetenv", None),
        ("bufsize", None),
        ("bufsize", "-4"),
        ("bufsize", ""),
        ("bufsize", "9" * 30),
        ("switchrate", "1parsec"),
        ("bufpolicy", "round"),
        ("stackframes", "4k"),
        ("quiet", "maybe"),
        ("strsize", "1g"),
        ("strsize", "0"),
        ("stackframes", "1000000"),
        ("errtags", "yes"),
        ("bufsize", "08"),
        ("evaltime", "later"),
        ("version", "one"),
        ("amin", "Stable/Stable"),
        ("oformat", "html"),
        ("incdir", None),
    ],
)
def test_bad_values_are_refused(name, text):
    """A value that is no number, has a foreign unit or is out of range gives dtrace's words."""
    with pytest.raises(OptionError, match="Invalid value for specified option"):
        Options().set(name, text)


def test_unknown_option():
    """An option nobody knows gives dtrace's words."""
    with pytest.raises(OptionError, match="Invalid option name"):
        Options().set("foo", "1")


def test_refused_option_says_so():
    """An option of dtrace that this machine lacks is refused, not ignored."""
    with pytest.raises(OptionError, match="not available"):
        Options().set("grabanon")


def test_defaults_are_dtraces():
    """Without settings, the buffers, strings and rates are DTrace's."""
    options = Options()
    expected = {"bufsize": 4 << 20, "strsize": 256, "stackframes": 20, "switchrate": 10**9, "specsize": 32768}
    assert {name: options.number(name) for name in expected} == expected
    assert options.word("bufpolicy") == "switch"


def test_command_line_wins_over_pragma():
    """What -x set stays when a pragma sets it too."""
    options = Options()
    options.set("strsize", "64")
    options.apply([("strsize", "128"), ("quiet", None)])
    assert (options.number("strsize"), options.flag("quiet")) == (64, True)


def test_bad_pragma_names_the_setting():
    """A pragma's error quotes what was written."""
    with pytest.raises(OptionError, match="failed to set option 'bufsize' to 'x': Invalid value"):
        Options().apply([("bufsize", "x")])


def test_every_table_row_has_a_value_or_refuses():
    """Every option in the table can be read back or refuses to be set."""
    for name, spec in SPECS.items():
        if spec.kind == "refused":
            continue
        assert Options().word(name) == str(spec.default)


@pytest.mark.parametrize(
    ("text", "on"), [(None, True), ("yes", True), ("ENABLED", True), ("7", True), ("off", False), ("", False)]
)
def test_flags_are_words_or_numbers(text, on):
    """A flag takes dtrace's couples of words in any case, a number, or nothing."""
    options = Options()
    options.set("temporal", text)
    assert options.flag("temporal") is on


def test_surface_is_complete():
    """Every option of dtrace(1)'s three tables, and those that FreeBSD and Solaris 11 add, can be asked for."""
    assert set(SURFACE.split()) <= set(SPECS)


def test_only_some_change_while_tracing():
    """setopt() changes how things are printed, not what the kernel was told."""
    options = Options()
    options.change("aggsortrev")
    assert options.flag("aggsortrev")
    with pytest.raises(OptionError, match="illegal when tracing is active"):
        options.change("bufsize", "1m")
