# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of DIF opcodes, shared by encoder, verifier, disassembler and interpreter.

Numbers, names and layouts are DTrace's published ones (DIF version 2): a 32-bit word with the opcode on
top; ``Layout`` says what the other 24 bits are.
"""

from __future__ import annotations

from enum import Enum, IntEnum


class Layout(Enum):
    """What stands in bits 23..0."""

    THREE = "r1 r2 rd"
    TWO = "r1 0 rd"  # not, mov, allocs
    COMPARE = "r1 r2 0"
    TEST = "r1 0 0"
    BRANCH = "label"
    LOAD = "[r1] 0 rd"
    STORE = "r1 0 [rd]"
    RETURN = "0 0 rd"
    NONE = "0"
    INTEGER = "index16 rd"
    STRING = "offset16 rd"
    ARRAY = "var8 ri rd"
    READ = "var16 rd"
    WRITE = "var16 rs"
    CALL = "subr16 rd"
    PUSH = "type8 rs rr"


class Op(IntEnum):
    """DIF opcodes."""

    OR = 1
    XOR = 2
    AND = 3
    SLL = 4
    SRL = 5
    SUB = 6
    ADD = 7
    MUL = 8
    SDIV = 9
    UDIV = 10
    SREM = 11
    UREM = 12
    NOT = 13
    MOV = 14
    CMP = 15
    TST = 16
    BA = 17
    BE = 18
    BNE = 19
    BG = 20
    BGU = 21
    BGE = 22
    BGEU = 23
    BL = 24
    BLU = 25
    BLE = 26
    BLEU = 27
    LDSB = 28
    LDSH = 29
    LDSW = 30
    LDUB = 31
    LDUH = 32
    LDUW = 33
    LDX = 34
    RET = 35
    NOP = 36
    SETX = 37
    SETS = 38
    SCMP = 39
    LDGA = 40
    LDGS = 41
    STGS = 42
    LDTA = 43
    LDTS = 44
    STTS = 45
    SRA = 46
    CALL = 47
    PUSHTR = 48
    PUSHTV = 49
    POPTS = 50
    FLUSHTS = 51
    LDGAA = 52
    LDTAA = 53
    STGAA = 54
    STTAA = 55
    LDLS = 56
    STLS = 57
    ALLOCS = 58
    COPYS = 59
    STB = 60
    STH = 61
    STW = 62
    STX = 63
    ULDSB = 64
    ULDSH = 65
    ULDSW = 66
    ULDUB = 67
    ULDUH = 68
    ULDUW = 69
    ULDX = 70
    RLDSB = 71
    RLDSH = 72
    RLDSW = 73
    RLDUB = 74
    RLDUH = 75
    RLDUW = 76
    RLDX = 77

    @property
    def mnemonic(self) -> str:
        """The name in a listing."""
        return self.name.lower()

    @property
    def layout(self) -> Layout:
        """What stands beside the opcode."""
        return LAYOUTS[self]


def _layouts() -> dict[Op, Layout]:
    table = dict.fromkeys(Op, Layout.THREE)
    table |= dict.fromkeys((Op.NOT, Op.MOV, Op.ALLOCS), Layout.TWO)
    table |= dict.fromkeys((Op.CMP, Op.SCMP), Layout.COMPARE)
    table |= {op: Layout.BRANCH for op in Op if Op.BA <= op <= Op.BLEU}
    table |= {op: Layout.LOAD for op in Op if Op.LDSB <= op <= Op.LDX or op >= Op.ULDSB}
    table |= {op: Layout.STORE for op in Op if Op.STB <= op <= Op.STX}
    table |= dict.fromkeys((Op.LDGS, Op.LDTS, Op.LDLS, Op.LDGAA, Op.LDTAA), Layout.READ)
    table |= dict.fromkeys((Op.STGS, Op.STTS, Op.STLS, Op.STGAA, Op.STTAA), Layout.WRITE)
    table |= dict.fromkeys((Op.LDGA, Op.LDTA), Layout.ARRAY)
    table |= dict.fromkeys((Op.PUSHTR, Op.PUSHTV), Layout.PUSH)
    table |= dict.fromkeys((Op.NOP, Op.POPTS, Op.FLUSHTS), Layout.NONE)
    return table | {
        Op.TST: Layout.TEST, Op.RET: Layout.RETURN, Op.SETX: Layout.INTEGER, Op.SETS: Layout.STRING,
        Op.CALL: Layout.CALL,
    }  # fmt: skip


LAYOUTS = _layouts()

REGISTERS = 8
TUPLE_REGISTERS = 8
TYPE_CTF, TYPE_STRING = 0, 1

# bytes and signedness of the loads; user (u) and restricted (r) loads come in the same order
LOADS = {
    Op.LDSB: (1, True), Op.LDSH: (2, True), Op.LDSW: (4, True),
    Op.LDUB: (1, False), Op.LDUH: (2, False), Op.LDUW: (4, False), Op.LDX: (8, False),
}  # fmt: skip
LOADS |= {Op(op + 36): LOADS[op] for op in tuple(LOADS)} | {Op(op + 43): LOADS[op] for op in tuple(LOADS)}
STORES = {Op.STB: 1, Op.STH: 2, Op.STW: 4, Op.STX: 8}

SCOPE_READS = {0: Op.LDGS, 1: Op.LDTS, 2: Op.LDLS}
SCOPE_WRITES = {0: Op.STGS, 1: Op.STTS, 2: Op.STLS}
ARRAY_READS = {0: Op.LDGAA, 1: Op.LDTAA}
ARRAY_WRITES = {0: Op.STGAA, 1: Op.STTAA}
# scope of each variable opcode, for the verifier and the interpreter
SCOPE_OF = {
    op: scope for table in (SCOPE_READS, SCOPE_WRITES, ARRAY_READS, ARRAY_WRITES) for scope, op in table.items()
}  # fmt: skip
