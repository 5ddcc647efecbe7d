# SPDX-License-Identifier: GPL-2.0-or-later
"""Which names are types while a script is being read: D's own, the script's, the library's, the kernel's.

The lexer asks ``TypeNames`` because C's grammar cannot tell ``(a) * b`` from a cast otherwise. What only the library
or the kernel may know is asked for where a type may stand and nowhere else, since the answer may be costly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dscript import idents
from dscript.ctype import TYPEDEFS

_DEFINED = (
    idents.BUILTINS, idents.ARRAYS, idents.SUBROUTINES, idents.ACTIONS, idents.AGGREGATING,
    idents.UNSUPPORTED_FUNCTIONS,
)  # fmt: skip


class TypeNames:
    """The names of one compilation; ``questions`` are asked in turn about a name that the script did not define."""

    def __init__(self, questions: Sequence[Callable[[str], bool]] = ()) -> None:
        self._types: set[str] = set(TYPEDEFS)
        self._others: set[str] = set()
        self._questions = questions
        self._answers: dict[str, bool] = {}

    def note(self, name: str, *, is_type: bool) -> None:
        """The script declares ``name``, as a type or as something else; what is a variable stays one."""
        if not is_type:
            self._others.add(name)
        elif name not in self._others:
            self._types.add(name)

    def is_known_type(self, name: str) -> bool:
        """True if D itself or the script made a type of that name."""
        return name in self._types and name not in self._others

    def is_type(self, name: str) -> bool:
        """True for a type's name, wherever it is defined."""
        if name in self._types or name in self._others:
            return self.is_known_type(name)
        if name not in self._answers:
            defined = any(name in table for table in _DEFINED)
            self._answers[name] = not defined and any(question(name) for question in self._questions)
        return self._answers[name]
