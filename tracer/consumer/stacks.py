# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses and stacks in words: module`function+0xoffset, one frame a line, indented by 14 columns.

``name_address`` and ``name_user_address`` give the parts; the ``describe_`` functions put them together as dtrace does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dscript import ActionKind
from tracer.consumer.context import Context

SYMBOL_WIDTH = 50


@dataclass(frozen=True)
class Name:
    """An address in parts; ``module`` and ``name`` are "" if they are not known, ``start`` then is the address."""

    address: int
    module: str = ""
    name: str = ""
    start: int = 0

    @property
    def offset(self) -> int:
        """Bytes from the symbol's start, the address itself if there is no symbol."""
        return self.address - self.start if self.name else self.address

    def __str__(self) -> str:
        prefix = f"{self.module}`" if self.module else ""
        if not self.name:
            return f"{prefix}{self.address:#x}"
        return f"{prefix}{self.name}" + (f"+{self.offset:#x}" if self.offset else "")

    @property
    def symbol(self) -> str:
        """The symbol without its offset, the address if there is none."""
        return f"{self.module}`{self.name}" if self.name else str(self)


def name_address(context: Context, address: int) -> Name:
    """Returns a kernel address's name."""
    symbol = context.symbols.find(address)
    if symbol is None:
        return Name(address)
    return Name(address, symbol.module, symbol.name, symbol.address)


def name_user_address(context: Context, pid: int, address: int) -> Name:
    """Returns the name of an address in a process: the file's base name, and the symbol."""
    path = context.users.find_object(pid, address)
    if path is None:
        return Name(address)
    module = path.rpartition("/")[2]
    symbol = context.users.find(pid, address)
    if symbol is None:
        return Name(address, module)
    return Name(address, module, symbol.name, symbol.address)


def split_user(data: bytes) -> tuple[int, int]:
    """Returns pid and address of a record of uaddr(), usym() or umod()."""
    return int.from_bytes(data[:8], "little"), int.from_bytes(data[8:16], "little")


def describe_symbol(context: Context, kind: ActionKind, data: bytes) -> str:
    """Returns the words of sym, func, mod, uaddr, usym, ufunc and umod for a record of theirs."""
    if kind in (ActionKind.SYM, ActionKind.MOD):
        name = name_address(context, int.from_bytes(data[:8], "little"))
    else:
        name = name_user_address(context, *split_user(data))
    if kind in (ActionKind.MOD, ActionKind.UMOD):
        return name.module or f"{name.address:#x}"
    return str(name) if kind is ActionKind.UADDR else name.symbol


def decode_ustack(data: bytes, frames: int) -> tuple[int, list[int], list[str]]:
    """Returns the pid, the frames before the first zero, and each frame's string (jstack), "" for none."""
    pid = int.from_bytes(data[:8], "little")
    end = min(len(data), 8 * (frames + 1)) if frames else len(data)
    addresses: list[int] = []
    for offset in range(8, end - 7, 8):
        address = int.from_bytes(data[offset : offset + 8], "little")
        if address == 0:
            break
        addresses.append(address)
    strings = [text.decode("utf-8", "surrogateescape") for text in data[end:].split(b"\0")]
    return pid, addresses, strings


def name_ustack(context: Context, data: bytes, frames: int) -> list[str]:
    """Returns the frames of a user stack in words; a frame in no file is what jstack's string says, if there is one."""
    pid, addresses, strings = decode_ustack(data, frames)
    lines = []
    for index, address in enumerate(addresses):
        name = name_user_address(context, pid, address)
        text = strings[index] if index < len(strings) else ""
        lines.append(text if text and not name.module else str(name))
    return lines


def describe_frames(lines: Iterable[str], indent: int, width: int = 0) -> str:
    """Returns a stack as dtrace prints it: a newline, then a line per frame, ``width`` (%k's) wide at least."""
    padded = (line.ljust(-width) if width < 0 else line.rjust(width) for line in lines)
    return "\n" + "".join(f"{'':{indent}}{line}\n" for line in padded)


def describe_stack(context: Context, frames: Sequence[int], indent: int | None = None) -> str:
    """Returns a kernel stack in dtrace's layout."""
    lines = (str(name_address(context, frame)) for frame in frames)
    return describe_frames(lines, context.stack_indent if indent is None else indent)


def describe_ustack(context: Context, data: bytes, frames: int) -> str:
    """Returns a user stack in dtrace's layout."""
    return describe_frames(name_ustack(context, data, frames), context.stack_indent)
