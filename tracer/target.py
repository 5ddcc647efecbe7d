# SPDX-License-Identifier: GPL-2.0-or-later
"""``$target``, ``$pid`` and kin for the compiler: the machine is asked only for what a script uses.

``used`` is ``$target`` if the script has it; it goes into the program's blob, and the guest refuses the program if
its process has another pid. ``$pid`` is that of the guest's dtrace, a child of init in init's group and session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

_INIT = 1
_OF_INIT = {"ppid": _INIT, "pgid": _INIT, "sid": _INIT}
_NAMES = ("target", "pid", *_OF_INIT)


class TargetMacro(Mapping[str, int | str]):
    """The macros that depend on the machine, found out when they are read: ``$target`` and dtrace's own numbers."""

    def __init__(self, find: Callable[[], int], find_self: Callable[[], int]) -> None:
        self._find = find
        self._find_self = find_self
        self.used = 0

    def __getitem__(self, name: str) -> int | str:
        if name == "target":
            self.used = self.used or self._find()
            return self.used
        return self._find_self() if name == "pid" else _OF_INIT[name]

    def __contains__(self, name: object) -> bool:
        return name in _NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)
