# SPDX-License-Identifier: GPL-2.0-or-later
"""The request: what init is told to run."""

import pytest

from sim import LoadError, Request, load_config
from sim.abi import PV_REQUEST
from sim.request import encode_request


def words(request):
    """Returns the argument strings in the mailbox."""
    data, _ = encode_request(request, load_config(), 1 << 20)
    _, offset, size, *_ = PV_REQUEST.unpack_from(data)
    return data[offset : offset + size].decode().split("\0")[:-1]


def test_a_program_brings_its_commands():
    """With a D program, the guest's dtrace gets each command by its number of words, and the process to follow."""
    assert words(Request(argv=("time", "ls"))) == ["time", "ls"]
    traced = Request(program=bytes(8), commands=(("echo", "a b", ""), ("ls",)), pid=12)
    assert words(traced) == ["dtrace", "-p", "12", "-c", "3", "echo", "a b", "", "-c", "1", "ls"]
    assert words(Request(program=bytes(8))) == ["dtrace"]


@pytest.mark.parametrize("request_", [Request(), Request(argv=("a\0b",)), Request(program=bytes(8), commands=((),))])
def test_requests_for_nothing_are_refused(request_):
    """No words, a command without any, or a NUL in one cannot be requested."""
    with pytest.raises(LoadError):
        words(request_)
