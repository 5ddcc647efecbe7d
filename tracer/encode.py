# SPDX-License-Identifier: GPL-2.0-or-later
"""A compiled program becomes the blob the guest kernel loads (sim/guest/abi/dprog.h).

``encode(program, probes, options)`` takes the probe ids of each clause, in the clauses' order. DIF objects are
numbered as they are met: a clause's predicate, then its actions. Sizes the program leaves to the options
(strings, stack depths) are filled in here.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from dscript import Action, ActionKind, Clause, Difo, DifVariable, Program, ValueKind, ValueType
from tracer import abi
from tracer.errors import DataError
from tracer.options import Options
from tracer.profile import NewProbe

FIRST_USER_VARIABLE = 0x500


class _Image:
    """The blob while it grows: append-only, every piece aligned, offsets returned."""

    def __init__(self, reserved: int) -> None:
        self.data = bytearray(reserved)

    def add(self, piece: bytes, align: int = 4) -> int:
        """Appends ``piece`` at the next aligned offset and returns that offset."""
        self.data += bytes(-len(self.data) % align)
        offset = len(self.data)
        self.data += piece
        return offset

    def add_words(self, words: Sequence[int]) -> int:
        """Appends 32-bit words and returns their offset."""
        return self.add(struct.pack(f"<{len(words)}I", *words))


def _type_fields(value: ValueType, strsize: int) -> tuple[int, int, int]:
    """Returns (DIF type kind, size, flags) of a value as the guest's verifier expects them."""
    match value.kind:
        case ValueKind.STRING:
            return abi.TYPE_STRING, value.size or strsize, abi.TF_BYREF
        case ValueKind.BYTES | ValueKind.STACK:
            return abi.TYPE_CTF, value.size, abi.TF_BYREF
        case _:
            return abi.TYPE_CTF, value.size, 0


def _user_stack_argument(action: Action, options: Options) -> int:
    """Returns what ustack() and jstack() ask for, frames and bytes for strings, with the options where they are silent."""
    frames, strings = action.arg & 0xFFFFFFFF, action.arg >> 32
    java = action.kind is ActionKind.JSTACK
    frames = frames or options.number("jstackframes" if java else "ustackframes")
    strings = strings or (options.number("jstackstrsize") if java else 0)
    return frames | (strings + 7 & ~7) << 32


def _argument(action: Action, options: Options) -> int:
    """Returns an action's argument as the kernel wants it."""
    match action.kind:
        case ActionKind.STACK:
            return action.arg or options.number("stackframes")
        case ActionKind.USTACK | ActionKind.JSTACK:
            return _user_stack_argument(action, options)
        case _:
            return action.arg & (1 << 64) - 1


class _Encoder:
    def __init__(self, program: Program, options: Options) -> None:
        self.program = program
        self.options = options
        self.image = _Image(abi.HEADER.size)
        self.difos: list[bytes] = []

    def difo(self, difo: Difo | None) -> int:
        """Adds a DIF object's tables and returns its number, DPROG_NONE for none."""
        if difo is None:
            return abi.NONE
        kind, size, flags = _type_fields(difo.returns, self.options.number("strsize"))
        integers = struct.pack(f"<{len(difo.integers)}Q", *(value & (1 << 64) - 1 for value in difo.integers))
        fields = {
            "ninsn": len(difo.code),
            "insn_off": self.image.add_words(difo.code),
            "nint": len(difo.integers),
            "int_off": self.image.add(integers, align=8),
            "str_bytes": len(difo.strings),
            "str_off": self.image.add(difo.strings),
            "rtype_kind": kind,
            "rtype_size": size,
            "rtype_flags": flags,
        }
        self.difos.append(abi.DIFO.pack(fields))
        return len(self.difos) - 1

    def action(self, action: Action) -> bytes:
        """Returns one action's entry."""
        fields = {"kind": action.kind, "difo": self.difo(action.difo), "ntuple": action.ntuple, "aggid": action.aggid}
        return abi.ACTION.pack({**fields, "arg": _argument(action, self.options)})

    def clause(self, clause: Clause, probes: Sequence[int]) -> bytes:
        """Returns one clause's entry; its probe list and actions go into the image."""
        predicate = self.difo(clause.predicate)
        actions = b"".join(self.action(action) for action in clause.actions)
        fields = {
            "nprobe": len(probes),
            "probe_off": self.image.add_words(probes),
            "predicate": predicate,
            "naction": len(clause.actions),
            "action_off": self.image.add(actions, align=8),
        }
        return abi.CLAUSE.pack(fields)

    def variable(self, variable: DifVariable) -> bytes:
        """Returns one user variable's entry."""
        kind, size, flags = _type_fields(variable.type, self.options.number("strsize"))
        fields = {"id": variable.id, "kind": variable.kind, "scope": variable.scope}
        return abi.VARIABLE.pack({**fields, "type_kind": kind, "flags": flags, "size": size})

    def option_fields(self) -> dict[str, int]:
        """Returns the header fields that carry tracing options."""
        names = ("bufsize", "aggsize", "dynvarsize", "specsize", "strsize", "stackframes", "nspec", "destructive")
        fields = {name: self.options.number(name) for name in names}
        fields["flags"] = abi.F_RESIZE if self.options.word("bufresize") == "auto" else 0
        fields["bufpolicy"] = abi.POLICIES[self.options.word("bufpolicy")]
        for name in ("switchrate", "aggrate", "statusrate", "cleanrate"):
            fields[f"{name}_ns"] = self.options.number(name)
        return fields

    def new_probe(self, probe: NewProbe) -> bytes:
        """Returns the entry of a probe the guest is to make."""
        name = self.image.add(probe.name.encode() + b"\0")
        fields = {"id": probe.id, "name_off": name, "kind": probe.rate.kind, "period_ns": probe.rate.period_ns}
        return abi.NEWPROBE.pack(fields)

    def encode(self, probes: Sequence[Sequence[int]], new: Sequence[NewProbe], target: int) -> bytes:
        """Returns the finished blob, padded to 8 bytes."""
        clauses = [self.clause(*pair) for pair in zip(self.program.clauses, probes, strict=True)]
        user = [variable for variable in self.program.variables if variable.id >= FIRST_USER_VARIABLE]
        variables = [self.variable(variable) for variable in user]
        fields = {
            **self.option_fields(),
            "magic": abi.MAGIC,
            "version": abi.VERSION,
            "nclause": len(clauses),
            "clause_off": self.image.add(b"".join(clauses), align=8),
            "ndifo": len(self.difos),
            "difo_off": self.image.add(b"".join(self.difos), align=8),
            "nvar": len(variables),
            "var_off": self.image.add(b"".join(variables), align=8),
            "target_pid": target,
            "nnewprobe": len(new),
            "newprobe_off": self.image.add(b"".join(map(self.new_probe, new)), align=8),
        }
        self.image.add(b"", align=8)
        fields["length"] = len(self.image.data)
        self.image.data[: abi.HEADER.size] = abi.HEADER.pack(fields)
        return bytes(self.image.data)


def encode(
    program: Program,
    probes: Sequence[Sequence[int]],
    options: Options,
    new_probes: Sequence[NewProbe] = (),
    target: int = 0,
) -> bytes:
    """Returns the program's blob.

    ``probes`` holds the matched probe ids of each clause, in order; ``new_probes`` those that the guest may have to
    make; ``target`` is what $target stood for, 0 if it was not used.
    """
    if len(probes) != len(program.clauses):
        raise DataError(f"{len(program.clauses)} clauses but probes for {len(probes)}")
    return _Encoder(program, options).encode(probes, new_probes, target)
