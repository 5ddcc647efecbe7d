# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's types as the compiler wants them: sim's rows turned into dscript's CTypes, each once, when asked for.

``load_types()`` opens the built kernel's, ``TypeBook`` answers by name; a structure's members are converted when
somebody looks at them. Qualifiers are dropped: D has no use for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dscript import (
    ArrayType,
    CType,
    EnumType,
    FloatType,
    FunctionType,
    IntType,
    Member,
    PointerType,
    StructType,
    VoidType,
)

if TYPE_CHECKING:
    from sim import Aggregate, BaseType, KernelTypes, Signature, Typedef

# C's integers as D has them, by the compiler's name of them; char is signed in D whatever the machine's is.
_RANKS = {"_Bool": 1, "char": 1, "short": 2, "int": 3, "long": 4, "long long": 5}


def load_types() -> TypeBook:
    """Returns the types of the built kernel."""
    from sim import load_kernel_types

    return TypeBook(load_kernel_types())


class TypeBook:
    """All types of one kernel, by number and by name."""

    def __init__(self, types: KernelTypes) -> None:
        self._types = types
        self._made: dict[int, CType] = {}

    def find(self, name: str) -> CType | None:
        """Returns the type ``struct x``, ``union x``, ``enum x`` or a typedef's, or None."""
        number = self._types.find(" ".join(name.split()))
        return None if number is None else self.get(number)

    def find_variable(self, name: str) -> CType | None:
        """Returns the type of a kernel variable, or None."""
        number = self._types.find_variable(name)
        return None if number is None else self.get(number)

    def find_function(self, name: str) -> FunctionType | None:
        """Returns the type of a kernel function, or None."""
        signature = self._types.find_function(name)
        return None if signature is None else self._function(signature)

    def get(self, number: int) -> CType:
        """Returns the type of that number; the same object every time."""
        if number < 0:
            return VoidType()
        if number not in self._made:
            made = self._convert(number)
            self._made[number] = made
        return self._made[number]

    def _convert(self, number: int) -> CType:
        # sim is slow to import, and nobody needs it before the first type.
        from sim import Aggregate, Array, BaseType, Enumeration, Pointer, Qualified, Signature, Typedef

        row = self._types.get(number)
        match row:
            case BaseType():
                return _base(row)
            case Typedef():
                return self._typedef(row)
            case Pointer(target):
                return PointerType(self.get(target))
            case Qualified(_, target):
                return self.get(target)
            case Array(element, count):
                return ArrayType(self.get(element), count)
            case Aggregate():
                return self._aggregate(row)
            case Enumeration(name, size, values):
                return EnumType(name or "enum", values, size)
            case Signature():
                return self._function(row)

    def _typedef(self, row: Typedef) -> CType:
        """A typedef keeps its name, but for one of an enumeration with a tag."""
        target = self.get(row.target)
        match target:
            case IntType(_, size, signed, rank):
                return IntType(row.name, size, signed, rank)
            case PointerType(pointed):
                return PointerType(pointed, row.name)
            case StructType(name="struct" | "union"):
                return StructType(row.name, target.size, target.align, target.load)
            case StructType():
                return target.under(row.name)
            case ArrayType(element, count):
                return ArrayType(element, count, row.name)
            case EnumType(name="enum"):
                return EnumType(row.name, target.values, target.size)
        return target

    def _aggregate(self, row: Aggregate) -> StructType:
        fields = row.fields
        name = row.name or ("union" if row.union else "struct")
        if fields is None:
            return StructType(name)

        def load() -> tuple[Member, ...]:
            return tuple(Member(field.name, self.get(field.type), field.offset_bits, field.bits) for field in fields)

        return StructType(name, row.size, row.align, load)

    def _function(self, signature: Signature) -> FunctionType:
        arguments = tuple(self.get(kind) for _, kind in signature.parameters)
        return FunctionType(self.get(signature.result), arguments, signature.variadic)


def _base(row: BaseType) -> CType:
    if row.kind == "f":
        return FloatType(row.name, row.size)
    word = row.name.removeprefix("unsigned ").removeprefix("signed ")
    return IntType(row.name, row.size, row.kind == "s" or row.name == "char", _RANKS.get(word, 3))
