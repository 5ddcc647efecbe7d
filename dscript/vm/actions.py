# SPDX-License-Identifier: GPL-2.0-or-later
"""What one action of a clause stores, in the reference interpreter.

``store(action, machine)`` runs the action's DIF object and gives the Datum that the kernel's record would hold, None if
it holds none. Aggregating actions and speculations are run.py's.
"""

from __future__ import annotations

from dscript.program import Action, ActionKind, Difo, ValueKind
from dscript.vm.host import MASK
from dscript.vm.machine import Machine
from dscript.vm.transfers import MEMREF_WORD_BYTES

# integers; strings and bytes; stacks; pid and addresses of user ones (pid first)
Datum = int | bytes | tuple[int, ...]

_EFFECTS = frozenset({ActionKind.STOP, ActionKind.RAISE, ActionKind.BREAKPOINT, ActionKind.PANIC, ActionKind.CHILL})
_USER = frozenset({ActionKind.UADDR, ActionKind.USYM, ActionKind.UMOD})
_WORD = (1 << 32) - 1
LENGTH_BYTES = 4  # before the bytes of printm: a uintptr_t of the machine


class Dropped(Exception):  # noqa: N818  (DTrace calls it a drop)
    """The clause ends here and leaves no record."""


def store(action: Action, machine: Machine) -> Datum | None:
    """What the action records; raises DifFault, or Dropped if the data does not fit."""
    kernel = machine.kernel
    if action.kind == ActionKind.STACK:
        return kernel.stack[: action.arg]
    if action.kind in (ActionKind.USTACK, ActionKind.JSTACK):
        return _pid(machine), *kernel.user_stack[: action.arg & _WORD]
    value = 0 if action.difo is None else machine.run(action.difo)
    if action.kind in _EFFECTS:
        kernel.effects.append((action.kind.name.lower(), value))
        return None
    if action.kind in _USER:
        return _pid(machine), value
    if action.kind == ActionKind.TRACEMEM:
        return machine.memory.read(value, action.arg)
    if action.kind == ActionKind.PRINTM:
        return _referred(value, action.arg, machine)
    return None if action.difo is None else _read(value, action.difo, machine)


def _pid(machine: Machine) -> int:
    pid = machine.kernel.builtin("pid")
    return pid if isinstance(pid, int) else 0


def _referred(place: int, most: int, machine: Machine) -> bytes:
    """The memory that a memref() names, behind its length."""
    address, size = (
        machine.memory.load(place + offset, MEMREF_WORD_BYTES, signed=False) for offset in (0, MEMREF_WORD_BYTES)
    )
    if size > most:
        raise Dropped
    return size.to_bytes(LENGTH_BYTES, "little") + machine.memory.read(address, size).ljust(most, b"\0")


def _read(value: int, difo: Difo, machine: Machine) -> Datum | None:
    """The value as its type is stored."""
    kind = difo.returns
    match kind.kind:
        case ValueKind.STRING:
            return machine.string(value)[: machine.strsize - 1]
        case ValueKind.BYTES:
            return machine.memory.read(value, kind.size)
    if kind.size == 0:
        return None
    value &= MASK >> 64 - 8 * kind.size
    return value - (1 << 8 * kind.size) if kind.signed and value >> 8 * kind.size - 1 else value
