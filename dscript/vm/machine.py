# SPDX-License-Identifier: GPL-2.0-or-later
"""The reference interpreter of DIF.

``Machine.run(difo)`` executes one object and gives the 64-bit value it returns, or raises DifFault.
The machine keeps the script's variables between runs. Values in registers are unsigned 64-bit.
"""

from __future__ import annotations

from collections.abc import Callable

from dscript.dif.encode import Fields, decode
from dscript.dif.opcodes import LOADS, SCOPE_OF, STORES, TUPLE_REGISTERS, TYPE_STRING, Op
from dscript.errors import DifFault
from dscript.idents import FIRST_USER_VARIABLE, NAMES_BY_NUMBER
from dscript.program import Difo, ValueKind, ValueType
from dscript.vm.faults import Fault
from dscript.vm.host import MASK, Pushed, signed
from dscript.vm.kernel import FakeKernel
from dscript.vm.subroutines import SUBROUTINES

Key = tuple[bytes | int, ...]
Place = tuple[int, int, int, Key]  # scope, thread, number, keys
SCRATCH_BYTES = 4 << 20  # the default principal buffer, whose free end is the scratch space


class Machine:
    """Registers, variables and memory of one CPU with one enabling."""

    def __init__(self, kernel: FakeKernel, strsize: int = 256) -> None:
        self.kernel, self.memory, self.strsize = kernel, kernel.memory, strsize
        self.variables: dict[Place, int | bytes] = {}
        self._blocks: dict[Place, int] = {}  # addresses of the variables that are held by reference
        self._tables: dict[bytes, int] = {}
        self._strings: dict[bytes, int] = {}
        self.tuple: list[Pushed] = []
        self.token_rest: bytes | None = None
        self.allocate_speculation: Callable[[], int] = lambda: 0

    def run(self, difo: Difo) -> int:
        """Execute an object; the value it returns."""
        registers = [0] * 8
        table = self._table(difo.strings)
        flags = (False, False, False)  # negative, zero, carry
        pc = 0
        self.tuple = []
        try:
            while True:
                f = decode(difo.code[pc])
                pc += 1
                op = Op(f.op)
                if op == Op.RET:
                    return registers[f.rd]
                if Op.BA <= op <= Op.BLEU:
                    pc = f.label if _TAKEN[op](*flags) else pc
                elif op in (Op.CMP, Op.TST, Op.SCMP):
                    flags = self._compare(op, registers[f.r1], registers[f.r2])
                elif op == Op.SETX:
                    registers[f.rd] = difo.integers[f.wide]
                elif op == Op.SETS:
                    registers[f.rd] = table + f.wide
                else:
                    self._step(op, f, registers, difo)
        except DifFault as fault:
            raise DifFault(fault.fault, fault.value, pc - 1) from None

    def _table(self, strings: bytes) -> int:
        if strings not in self._tables:
            self._tables[strings] = self.memory.place(strings, own=False)
        return self._tables[strings]

    def _compare(self, op: Op, left: int, right: int) -> tuple[bool, bool, bool]:
        if op == Op.TST:
            return False, left == 0, False
        if op == Op.SCMP:
            one, two = (self.string(address) if address else b"" for address in (left, right))
            return one < two, one == two, False
        # the published rule: the sign of the difference, whose overflow is not looked at
        return signed(left - right & MASK) < 0, left == right, left < right

    def _step(self, op: Op, f: Fields, registers: list[int], difo: Difo) -> None:
        if op in _ARITHMETIC:
            registers[f.rd] = _ARITHMETIC[op](registers[f.r1], registers[f.r2]) & MASK
        elif op in LOADS:
            registers[f.rd] = self._load(op, registers[f.r1])
        elif op in STORES:
            self._store(registers[f.rd], registers[f.r1], STORES[op])
        elif op in SCOPE_OF:
            self._variable(op, f, registers, difo)
        elif op in (Op.PUSHTR, Op.PUSHTV):
            self._push(op, f, registers)
        elif op == Op.FLUSHTS:
            self.tuple = []
        elif op == Op.POPTS:
            self.tuple = self.tuple[:-1]
        elif op == Op.CALL:
            if f.wide not in SUBROUTINES:
                raise DifFault(Fault.ILLOP)
            try:
                registers[f.rd] = SUBROUTINES[f.wide](self, self.tuple) & MASK
            except IndexError:  # fewer arguments than it has: no compiler made this
                raise DifFault(Fault.ILLOP) from None
        elif op == Op.LDGA:
            registers[f.rd] = self._item(NAMES_BY_NUMBER.get(f.r1, ""), registers[f.r2])
        elif op == Op.ALLOCS:
            registers[f.rd] = self.scratch(registers[f.r1])
        elif op == Op.COPYS:
            self.memory.store(registers[f.rd], self.memory.read(registers[f.r1], registers[f.r2]))
        elif op != Op.NOP:
            raise DifFault(Fault.ILLOP)

    def _load(self, op: Op, address: int) -> int:
        size, sign = LOADS[op]
        memory = self.kernel.user if Op.ULDSB <= op <= Op.ULDX else self.memory
        return memory.load(address, size, signed=sign) & MASK

    def _store(self, address: int, value: int, size: int) -> None:
        if address % size:
            raise DifFault(Fault.BADALIGN, address)
        self.memory.store(address, (value & (1 << 8 * size) - 1).to_bytes(size, "little"))

    # variables

    def _variable(self, op: Op, f: Fields, registers: list[int], difo: Difo) -> None:
        if f.wide < FIRST_USER_VARIABLE:
            registers[f.rd] = self._builtin(NAMES_BY_NUMBER[f.wide])
            return
        array = op.name.endswith("AA")
        key: Key = tuple(p.key for p in self.tuple) if array else ()
        scope = SCOPE_OF[op]
        thread = self._thread() if scope == 1 else 0
        place = (scope, thread, f.wide, (int(array), *key))
        kind = _type_of(f.wide, scope, difo)
        static = not array and scope != 1  # zeroes until it is set; a dynamic variable is not there: null
        if op in (Op.STGS, Op.STTS, Op.STLS, Op.STGAA, Op.STTAA):
            self._set(place, registers[f.rd], kind)
        elif kind is not None and kind.kind == ValueKind.BYTES:
            registers[f.rd] = self._blocks.get(place, 0) or (self._block(place, kind.size) if static else 0)
        else:
            stored = self.variables.get(place, b"" if kind is not None and static else 0)
            registers[f.rd] = self._intern(stored) if isinstance(stored, bytes) else stored

    def _set(self, place: Place, value: int, kind: ValueType | None) -> None:
        if kind is None:
            self.variables[place] = value
        elif kind.kind == ValueKind.STRING:
            self.variables[place] = self.memory.string(value, self.strsize - 1) if value else value
        elif value:
            data = self.memory.read(value, kind.size)
            self.memory.store(self._blocks.get(place) or self._block(place, kind.size), data)
        else:
            self._blocks.pop(place, None)

    def _block(self, place: Place, size: int) -> int:
        """Memory of a variable that is a structure or array."""
        self._blocks[place] = self.memory.place(bytes(size))
        return self._blocks[place]

    def _thread(self) -> int:
        value = self.kernel.builtin("tid")
        return value if isinstance(value, int) else 0

    def _builtin(self, name: str) -> int:
        value = self.kernel.builtin(name)
        return self._intern(value) if isinstance(value, bytes) else value & MASK

    def _item(self, array: str, index: int) -> int:
        """An item of args[] or uregs[]; raises DifFault ILLOP behind the end."""
        if array == "args":
            return self._builtin(f"arg{index}")
        if array != "uregs" or index >= len(self.kernel.registers):
            raise DifFault(Fault.ILLOP)
        return self.kernel.registers[index]

    def scratch(self, size: int) -> int:
        """So many zero bytes of scratch space; raises DifFault NOSCRATCH."""
        if size > SCRATCH_BYTES:
            raise DifFault(Fault.NOSCRATCH)
        return self.memory.place(bytes(size))

    def _intern(self, text: bytes) -> int:
        if text not in self._strings:
            self._strings[text] = self.memory.place_string(text)
        return self._strings[text]

    def string(self, address: int) -> bytes:
        """The string at an address, cut to strsize."""
        return self.memory.string(address, self.strsize)

    def new_string(self, text: bytes) -> int:
        """A string in scratch space, cut to strsize."""
        return self.memory.place(text[: self.strsize - 1].ljust(self.strsize, b"\0"))

    def _push(self, op: Op, f: Fields, registers: list[int]) -> None:
        if len(self.tuple) >= TUPLE_REGISTERS:
            raise DifFault(Fault.TUPOFLOW)
        value, size = registers[f.rd], registers[f.r2]
        reference = None
        if op == Op.PUSHTR:
            by_length = f.r1 == TYPE_STRING and size == 0
            reference = self.string(value) if by_length else self.memory.read(value, size)
        self.tuple.append(Pushed(value, reference))


def _type_of(number: int, scope: int, difo: Difo) -> ValueType | None:
    """The type of a variable that is held by reference, None if it is a number."""
    for variable in difo.variables:
        if (variable.id, variable.scope) == (number, scope) and variable.type.kind != ValueKind.INTEGER:
            return variable.type
    return None


def _divide(left: int, right: int, *, sign: bool, remainder: bool) -> int:
    if right == 0:
        raise DifFault(Fault.DIVZERO)
    if sign:
        left, right = signed(left), signed(right)
    quotient = abs(left) // abs(right)
    quotient = -quotient if (left < 0) != (right < 0) else quotient
    return left - quotient * right if remainder else quotient


_ARITHMETIC: dict[Op, Callable[[int, int], int]] = {
    Op.OR: lambda a, b: a | b,
    Op.XOR: lambda a, b: a ^ b,
    Op.AND: lambda a, b: a & b,
    Op.SLL: lambda a, b: a << (b & 63),
    Op.SRL: lambda a, b: a >> (b & 63),
    Op.SRA: lambda a, b: signed(a) >> (b & 63),
    Op.SUB: lambda a, b: a - b,
    Op.ADD: lambda a, b: a + b,
    Op.MUL: lambda a, b: a * b,
    Op.SDIV: lambda a, b: _divide(a, b, sign=True, remainder=False),
    Op.UDIV: lambda a, b: _divide(a, b, sign=False, remainder=False),
    Op.SREM: lambda a, b: _divide(a, b, sign=True, remainder=True),
    Op.UREM: lambda a, b: _divide(a, b, sign=False, remainder=True),
    Op.NOT: lambda a, _: ~a,
    Op.MOV: lambda a, _: a,
}

# branch conditions on (negative, zero, carry); overflow is always clear
_TAKEN: dict[Op, Callable[[bool, bool, bool], bool]] = {
    Op.BA: lambda _n, _z, _c: True,
    Op.BE: lambda _n, z, _c: z,
    Op.BNE: lambda _n, z, _c: not z,
    Op.BG: lambda n, z, _c: not (z or n),
    Op.BGU: lambda _n, z, c: not (c or z),
    Op.BGE: lambda n, _z, _c: not n,
    Op.BGEU: lambda _n, _z, c: not c,
    Op.BL: lambda n, _z, _c: n,
    Op.BLU: lambda _n, _z, c: c,
    Op.BLE: lambda n, z, _c: z or n,
    Op.BLEU: lambda _n, z, c: c or z,
}
