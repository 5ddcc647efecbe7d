# SPDX-License-Identifier: GPL-2.0-or-later
"""The subroutines of DIF for the reference interpreter: number → function of the machine and the tuple stack.

What they do is in strings.py, paths.py, transfers.py, addresses.py and jsonpath.py. Those of no machine of ours are
absent; calling one is an ILLOP fault.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dscript.idents import SUBROUTINE_NAMES
from dscript.vm import addresses, paths, strings, transfers
from dscript.vm.host import Host, Pushed, signed
from dscript.vm.jsonpath import find_json

Arguments = Sequence[Pushed]
_LOCKS = (1, 2, 3, 4, 5, 6, 7, 48, 49, 50)


def _progenyof(m: Host, a: Arguments) -> int:
    wanted, pid = signed(a[0].value), m.kernel.builtin("pid")
    while isinstance(pid, int) and pid > 0:
        if pid == wanted:
            return 1
        pid = m.kernel.parents.get(pid, 0)
    return 0


def _json(m: Host, a: Arguments) -> int:
    found = find_json(m.string(a[0].value), m.string(a[1].value))
    return 0 if found is None else m.new_string(found)


def _lock(number: int) -> Callable[[Host, Arguments], int]:
    name = SUBROUTINE_NAMES[number]
    return lambda m, a: m.kernel.locks.get((name, a[0].value), 0)


SUBROUTINES: dict[int, Callable[[Host, Arguments], int]] = {
    0: lambda m, _a: m.kernel.rand(),
    8: transfers.copyin,
    9: transfers.copyinstr,
    10: lambda m, _a: m.allocate_speculation(),
    11: _progenyof,
    12: lambda m, a: len(m.string(a[0].value)),
    13: transfers.copyout,
    14: transfers.copyoutstr,
    15: lambda m, a: m.scratch(a[0].value),
    16: transfers.bcopy,
    17: transfers.copyinto,
    23: lambda m, a: m.new_string(m.string(a[0].value) + m.string(a[1].value)),
    24: strings.lltostr,
    25: paths.basename,
    26: paths.dirname,
    27: paths.cleanpath,
    28: lambda m, a: strings.find_char(m, a, last=False),
    29: lambda m, a: strings.find_char(m, a, last=True),
    30: strings.strstr,
    31: strings.strtok,
    32: strings.substr,
    33: lambda m, a: strings.search(m, a, last=False),
    34: lambda m, a: strings.search(m, a, last=True),
    35: addresses.swap(2),
    36: addresses.swap(4),
    37: addresses.swap(8),
    38: addresses.swap(2),
    39: addresses.swap(4),
    40: addresses.swap(8),
    41: addresses.inet_ntop,
    42: addresses.inet_ntoa,
    43: addresses.inet_ntoa6,
    44: lambda m, a: m.new_string(m.string(a[0].value).upper()),
    45: lambda m, a: m.new_string(m.string(a[0].value).lower()),
    46: transfers.memref,
    51: transfers.memstr,
    53: _json,
    54: strings.strtoll,
} | {number: _lock(number) for number in _LOCKS}
