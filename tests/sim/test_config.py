# SPDX-License-Identifier: GPL-2.0-or-later
"""Machine files: what is read from them, and one clear line for every mistake."""

import pytest

from sim.config import MACHINES, core_parameters, list_machines, load_config, parse_override
from sim.errors import ConfigError
from sim.native import parameter_names
from sim.schema import KEYS


@pytest.mark.parametrize("name", list_machines())
def test_every_machine_is_valid_and_complete(name):
    """The machines that come with the package load, and give the core every parameter it takes."""
    config = load_config(name)
    assert set(config.values) == set(KEYS)
    assert set(core_parameters(config)) == set(parameter_names())


@pytest.mark.parametrize("name", list_machines())
def test_every_figure_has_a_comment(name):
    """Each number of the hardware has its unit and source beside it."""
    section = ""
    for line in (MACHINES / f"{name}.toml").read_text().splitlines():
        if line.startswith("["):
            section = line
        elif "=" in line and not line.startswith("#") and section != "[machine]":
            assert "#" in line, line


def test_the_default_runs_at_the_lectures_clock():
    """The default machine has the 549.5 MHz of the lecture, the other one the rated 1 GHz."""
    assert load_config().integer("cpu.hz") == 549_500_000
    assert load_config("beaglebone-black-1ghz").integer("cpu.hz") == 1_000_000_000


def test_nanoseconds_become_cycles_of_the_clock():
    """DRAM's nanoseconds are constant, so a slower clock waits fewer cycles."""
    slow, fast = (core_parameters(load_config(name)) for name in ("beaglebone-black-l41", "beaglebone-black-1ghz"))
    assert (slow["dram.latency_cycles"], fast["dram.latency_cycles"]) == (104, 190)


def test_overrides_win_and_are_checked():
    """An override replaces the file's value; a bad one is refused like a bad file."""
    assert load_config(overrides={"kernel.unwind": "static"})["kernel.unwind"] == "static"
    with pytest.raises(
        ConfigError, match=r"override: kernel\.unwind = 'none'; expected one of modules, static, cached"
    ):
        load_config(overrides={"kernel.unwind": "none"})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("hz = 24_000_000 ", "hz = 24.5 ", r"timer\.hz = 24\.5; expected a whole number from 1e\+06"),
        ("entries = 32 ", "entries = 0 ", r"tlb\.entries = 0; expected a whole number from 1 to 128"),
        ("ways = 8 ", "ways = 6 ", r"l2\.ways = 6; expected a power of two from 1 to 16"),
        ("junk = true", "junk = 1", r"kernel\.junk = 1; expected true or false"),
        ("stathz = ", "stathertz = ", r"unknown key kernel\.stathertz = 127; expected kernel\.boottime, kernel\.hz"),
        ("[tlb]", "[tbl]", r"unknown key tbl\.entries = 32; expected a known section"),
        ("latency_ns = 190.0", "#", r"dram\.latency_ns is missing; expected a number"),
        ("[noise]", "[noise", r"not a readable TOML file"),
        ("bytes = 536_870_912", "bytes = 536_870_913", r"expected multiples of 1 MiB"),
    ],
)
def test_mistakes_are_named(tmp_path, old, new, message):
    """Every mistake is one line with file, key, value and what was expected."""
    text = (MACHINES / "beaglebone-black-l41.toml").read_text()
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ConfigError, match=message) as caught:
        load_config(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value).split("TOML file")[0]


def test_unknown_machine_lists_those_there_are():
    """A wrong name is answered with the right ones."""
    with pytest.raises(ConfigError, match="beaglebone-black-1ghz, beaglebone-black-l41"):
        load_config("beagleboard")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kernel.junk=false", ("kernel.junk", False)),
        ("cpu.hz=0x3b9aca00", ("cpu.hz", 1_000_000_000)),
        ("dram.latency_ns=85.5", ("dram.latency_ns", 85.5)),
    ],
)
def test_overrides_are_read_by_the_keys_type(text, expected):
    """A command-line override takes the type its key has."""
    assert parse_override(text) == expected


@pytest.mark.parametrize("text", ["kernel.junk", "kernel.jnk=true", "kernel.junk=yes", "cpu.hz=fast"])
def test_malformed_overrides_are_refused(text):
    """An override without '=', with an unknown key or a value that does not suit is a ConfigError."""
    with pytest.raises(ConfigError, match="override"):
        parse_override(text)
