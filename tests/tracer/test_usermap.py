# SPDX-License-Identifier: GPL-2.0-or-later
"""Names for user addresses: mappings of made-up processes, symbols of the guest's real files."""

from types import SimpleNamespace

import pytest

from sim import Mapped, UserProgram
from sim.loader import read_root
from tracer.usermap import UserMaps, UserSymbol

LIBC = "/lib/libc.so.7"


@pytest.fixture(scope="module")
def files():
    """The files of the guest's root."""
    return read_root()


def mapped(pid, address, size, offset=0, path=LIBC):
    """Returns an announcement of a mapping."""
    return Mapped(0, pid, address, size, offset, path)


def get_symbol(files, name):
    """Returns a function of libc."""
    return UserProgram.read(files[LIBC], LIBC).symbols.find_name(name)


def test_an_address_has_file_and_function(files):
    """What is mapped at an address, and the function there with its place in the process."""
    maps, write = UserMaps(SimpleNamespace(files=files)), get_symbol(files, "write")
    maps.add(mapped(7, 0x20000000, 0x10000))
    assert maps.find(7, 0x20000000 + write.address + 8) == UserSymbol("libc.so.7", "write", 8)
    assert maps.find(7, 0x20000000) == UserSymbol("libc.so.7")


def test_other_processes_and_places_have_nothing(files):
    """No mapping, no name; an empty map forgets what was there; a later mapping lies over an earlier one."""
    maps = UserMaps(SimpleNamespace(files={**files, "/bin/text": b"no ELF"}))
    maps.add(mapped(7, 0x20000000, 0x1000))
    assert maps.find(8, 0x20000000) is maps.find(7, 0x20001000) is None
    maps.add(mapped(7, 0x20000000, 0x800, path="/bin/text"))
    assert maps.find(7, 0x20000000) == UserSymbol("text")
    maps.add(mapped(7, 0, 0, path=""))
    assert maps.find(7, 0x20000000) is None


def test_mappings_from_the_middle_of_a_file(files):
    """A mapping's offset in the file counts."""
    maps, write = UserMaps(SimpleNamespace(files=files)), get_symbol(files, "write")
    page = write.address & ~0xFFF
    maps.add(mapped(7, 0x40000000, 0x1000, offset=page))
    assert maps.find(7, 0x40000000 + write.address - page).name == "write"


def test_a_return_address_past_a_last_call_is_its_functions(files):
    """A function that ends in a call is named for the address after it, where no other function begins."""
    program = UserProgram.read(files["/bin/dd"], "/bin/dd")
    last = program.symbols.find_name("crt1_main")
    symbol, offset = program.find(last.address + last.size - program.segments[0].vaddr + program.segments[0].offset)
    assert (symbol.name, offset) == ("crt1_main", last.size)
