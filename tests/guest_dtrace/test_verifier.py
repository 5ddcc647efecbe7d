# SPDX-License-Identifier: GPL-2.0-or-later
"""The guest's verifier against the compiler's: both pass and refuse the same objects, at the same instruction."""

import random

from harness import Act, Blob, Clause, Difo

import dscript.program as product
from dscript.dif.opcodes import LAYOUTS, Op
from dscript.dif.verify import validate_difo
from dscript.errors import DifError
from dscript.idents import BUILTINS

INTEGER = product.ValueType(product.ValueKind.INTEGER, 8)
USER = [(0x500 + n, kind, scope) for n, (kind, scope) in enumerate([(1, 0), (1, 1), (1, 2), (0, 0), (0, 1)])]
TABLE = tuple(product.DifVariable(f"v{n}", *variable, INTEGER) for n, variable in enumerate(USER))
TABLE += tuple(product.DifVariable(name, builtin.number, 1, 0, INTEGER) for name, builtin in BUILTINS.items())
INTEGERS, STRINGS = (1, 2, 3), b"\0ab\0"


def random_word(dice, length):
    """An instruction that may well be a good one."""
    op = dice.choice(list(LAYOUTS)) if dice.random() < 0.98 else dice.randrange(256)
    wide = dice.choice([dice.randrange(8), dice.randrange(60), 0x500 + dice.randrange(7), dice.choice(TABLE).id])
    rest = wide << 8 | dice.randrange(9)
    if dice.random() < 0.5:
        rest = (
            dice.randrange(9) << 16 | dice.choice([0, 0, dice.randrange(9)]) << 8 | dice.choice([0, dice.randrange(9)])
        )
    return int(op) << 24 | (rest if dice.random() < 0.9 else dice.randrange(length + 2))


def refused_by_compiler(code):
    """Return the instruction the compiler's verifier names, None if it passes the object."""
    try:
        validate_difo(product.Difo(tuple(code), INTEGERS, STRINGS, TABLE, INTEGER))
    except DifError as error:
        return error.pc
    return None


def refused_by_guest(guest, code):
    """Return the instruction the guest's verifier names, None if it passes the object."""
    variables = [(number, kind, scope, 0, 0, 8) for number, kind, scope in USER]
    blob = Blob([Clause([4], [Act(1, 0)])], [Difo(list(code), INTEGERS, STRINGS)], variables, destructive=1)
    error, _, pc = guest.load(blob)
    assert error in (0, 2)
    return pc if error else None


def test_both_verifiers_agree(guest):
    """Thousands of random objects: passed by both, or refused by both at the same place."""
    dice = random.Random(7)
    passed = 0
    for _ in range(6000):
        length = dice.choice([0, 0, 1, 2, 3])
        code = [random_word(dice, length + 1) for _ in range(length)] + [int(Op.RET) << 24 | dice.randrange(9)]
        ours, theirs = refused_by_guest(guest, code), refused_by_compiler(code)
        if dice.random() < 0.02:
            code = code[:-1] or [int(Op.NOP) << 24]
            ours, theirs = refused_by_guest(guest, code), refused_by_compiler(code)
        assert (ours is None) == (theirs is None), [f"{word:08x}" for word in code]
        passed += ours is None
        if ours is not None and theirs >= 0 and ours < len(code):
            assert ours == theirs, [f"{word:08x}" for word in code]
    assert passed > 1500
