# SPDX-License-Identifier: GPL-2.0-or-later
"""``Record``: classes that only hold facts, as frozen dataclasses do, but made in a fraction of the time.

A hundred dataclasses are a tenth of a second of every start. A Record's ``__init__`` is compiled when the first one is
made, and most kinds of node never are. They are compared by identity; only the type checker keeps them frozen.
"""

from __future__ import annotations

from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T", bound="Record")


def _build_init(cls: type[Record]) -> None:
    """Give a class the ``__init__`` that its annotations describe."""
    arguments = [f"{name}=_cls.{name}" if hasattr(cls, name) else name for name in cls.__match_args__]
    lines = [f"    self.{name} = {name}" for name in cls.__match_args__] or ["    pass"]
    space: dict[str, Any] = {"_cls": cls}
    exec(f"def __init__(self, {', '.join(arguments)}):\n" + "\n".join(lines), space)  # as dataclasses do
    cls.__init__ = space["__init__"]  # type: ignore[method-assign]


def _first_init(self: Record, *args: Any, **named: Any) -> None:
    _build_init(type(self))
    type(self).__init__(self, *args, **named)


@dataclass_transform(frozen_default=True, eq_default=False)
class Record:
    """Base of the nodes of both trees; fields are annotations, those with values may be left out."""

    __match_args__: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        """Note the fields: those of the base class first."""
        own = cls.__dict__.get("__annotations__", {})  # noqa: RUF063  (inspect is slow to import)
        setattr(cls, "__match_args__", tuple(dict.fromkeys((*cls.__match_args__, *own))))  # noqa: B010  (mypy)
        setattr(cls, "__init__", _first_init)  # noqa: B010  (mypy)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({shown})"


def replace(record: T, **changes: Any) -> T:
    """A copy with some fields changed."""
    return type(record)(**(vars(record) | changes))
