# SPDX-License-Identifier: GPL-2.0-or-later
"""``$target``, ``$pid`` and their kin for the compiler: the machine is asked only when a script uses them.

``target`` and ``pid`` note what they were compiled to. The guest refuses a program whose target is another process,
``Session.run`` one whose ``$pid`` is not what dtrace's own process in the guest will have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

# dtrace is a child of the guest's process 1, in its group and session; nobody there has projects and tasks
_KNOWN = {"ppid": 1, "pgid": 1, "sid": 1}


class ProcessMacros(Mapping[str, int | str]):
    """The macro variables that name processes; ``target`` and ``pid`` are 0 until they are used."""

    def __init__(self, find_target: Callable[[], int], find_pid: Callable[[], int]) -> None:
        self._find = {"target": find_target, "pid": find_pid}
        self._found: dict[str, int] = {}

    @property
    def target(self) -> int:
        """What $target was compiled to."""
        return self._found.get("target", 0)

    @property
    def pid(self) -> int:
        """What $pid was compiled to."""
        return self._found.get("pid", 0)

    def __getitem__(self, name: str) -> int | str:
        if name in self._find and name not in self._found:
            self._found[name] = self._find[name]()
        return self._found[name] if name in self._found else _KNOWN[name]

    def __contains__(self, name: object) -> bool:
        return name in self._find or name in _KNOWN

    def __iter__(self) -> Iterator[str]:
        return iter((*self._find, *_KNOWN))

    def __len__(self) -> int:
        return len(self._find) + len(_KNOWN)
