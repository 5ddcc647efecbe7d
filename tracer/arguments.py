# SPDX-License-Identifier: GPL-2.0-or-later
"""The typed arguments of a probe, ``args[0]`` and on: as the kernel's table gives them, or from a function's signature.

fbt takes them from the kernel's DWARF: at entry the parameters, at return where it returns and the result.
"""

from __future__ import annotations

from dscript import CType, FunctionType, IntType, PointerType, ProbeArgument, StructType, VoidType
from tracer.registry import ArgumentType, Probe
from tracer.types import TypeBook

_WORD = 4
_OFFSET = IntType("int", 4, True, 3)
_TAGS = ("struct ", "union ")
_QUALIFIERS = ("const", "volatile", "userland")


def find_arguments(probe: Probe, types: TypeBook) -> tuple[ProbeArgument, ...]:
    """Returns the probe's typed arguments, in order; empty if it has none."""
    if probe.argtypes:
        return tuple(_given(argument, types) for argument in probe.argtypes)
    if probe.provider != "fbt":
        return ()
    function = types.find_function(probe.function)
    if function is None:
        return ()
    return _parameters(function) if probe.name == "entry" else _result(function)


def parse_type(text: str, types: TypeBook) -> CType:
    """Returns the type of a name with asterisks behind it; a structure nobody knows is incomplete, any other an int."""
    name = text.rstrip("* ")
    words = [word for word in name.split() if word not in _QUALIFIERS]
    name = " ".join(words)
    found = types.find(name) if name != "void" else VoidType()
    if found is None:
        found = StructType(name) if name.startswith(_TAGS) or "*" in text else _OFFSET
    for _ in range(text.count("*")):
        found = PointerType(found)
    return found


def _given(argument: ArgumentType, types: TypeBook) -> ProbeArgument:
    return ProbeArgument(parse_type(argument.native, types), argument.translated or None, argument.source)


def _parameters(function: FunctionType) -> tuple[ProbeArgument, ...]:
    """A parameter's registers follow the EABI: what is 8-aligned starts at an even word."""
    arguments, word = [], 0
    for kind in function.arguments or ():
        size = max(kind.size, _WORD)
        if isinstance(kind, IntType | StructType) and size >= 2 * _WORD and getattr(kind, "align", 2 * _WORD) > _WORD:
            word += word % 2
        arguments.append(ProbeArgument(kind, source=word))
        word += -(-size // _WORD)
    return tuple(arguments)


def _result(function: FunctionType) -> tuple[ProbeArgument, ...]:
    offset = ProbeArgument(_OFFSET)
    if isinstance(function.result, VoidType):
        return (offset,)
    return (offset, ProbeArgument(function.result, source=1))
