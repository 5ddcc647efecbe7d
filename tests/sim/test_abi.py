# SPDX-License-Identifier: GPL-2.0-or-later
"""sim.abi against the headers the guest is compiled from."""

import re
from pathlib import Path

import pytest

import sim
from sim import abi

HEADERS = Path(sim.__file__).parent / "guest" / "abi"


def defines(name):
    """Return the integer #defines of a header."""
    text = (HEADERS / name).read_text()
    return {key: int(value, 0) for key, value in re.findall(r"^#define\s+(\w+)\s+(0x[0-9a-fA-F]+|\d+)", text, re.M)}


def struct_bytes(header, name):
    """Return the size of a struct of unsigned int and unsigned long long fields."""
    text = re.sub(r"/\*.*?\*/", "", (HEADERS / header).read_text(), flags=re.S)
    body = re.search(rf"struct {name} \{{(.*?)\}};", text, re.S).group(1)
    total = 0
    for declaration in filter(None, (part.strip() for part in body.split(";"))):
        width = 8 if "long long" in declaration else 4
        for field in declaration.split(","):
            array = re.search(r"\[(\d+)\]", field)
            total += width * (int(array.group(1)) if array else 1)
    return total


def test_constants_are_the_headers():
    """Every constant here has the value the guest was compiled with."""
    known = defines("pvctl.h") | defines("bootinfo.h") | defines("rootfs.h")
    names = [name for name in vars(abi) if name in known]
    assert len(names) > 12
    assert {name: getattr(abi, name) for name in names} == {name: known[name] for name in names}


def test_events_are_the_headers():
    """PvEvent has every PV_EV_* and no other."""
    known = {
        name.removeprefix("PV_EV_"): value for name, value in defines("pvctl.h").items() if name.startswith("PV_EV_")
    }
    assert {event.name: event.value for event in abi.PvEvent} == known


@pytest.mark.parametrize(
    ("header", "name", "layout"),
    [
        ("pvctl.h", "pv_request", abi.PV_REQUEST),
        ("pvctl.h", "pv_report", abi.PV_REPORT),
        ("bootinfo.h", "bootinfo", abi.BOOTINFO),
        ("rootfs.h", "rootfs_super", abi.ROOTFS_SUPER),
        ("rootfs.h", "rootfs_inode", abi.ROOTFS_INODE),
        ("rootfs.h", "rootfs_dirent", abi.ROOTFS_DIRENT),
    ],
)
def test_layouts_are_the_headers(header, name, layout):
    """Every structure has the header's size."""
    assert layout.size == struct_bytes(header, name)
