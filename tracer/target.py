# SPDX-License-Identifier: GPL-2.0-or-later
"""``$target`` for the compiler: the machine is asked for the pid only when a script uses it, and it is noted that one did.

``used`` goes into the program's blob; the guest refuses the program if its process has another pid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping


class TargetMacro(Mapping[str, int | str]):
    """A mapping with one name, ``target``, whose value is found out when it is read."""

    def __init__(self, find: Callable[[], int]) -> None:
        self._find = find
        self.used = 0

    def __getitem__(self, name: str) -> int | str:
        if name != "target":
            raise KeyError(name)
        self.used = self.used or self._find()
        return self.used

    def __contains__(self, name: object) -> bool:
        return name == "target"

    def __iter__(self) -> Iterator[str]:
        return iter(("target",))

    def __len__(self) -> int:
        return 1
