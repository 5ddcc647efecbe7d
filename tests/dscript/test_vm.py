# SPDX-License-Identifier: GPL-2.0-or-later
"""The reference interpreter: memory, faults, variables, aggregating functions."""

import pytest

from dscript import ActionKind, DifFault, EmptyEnv, compile_program
from dscript.dif import Op, encode
from dscript.program import Difo, ValueKind, ValueType
from dscript.vm import FakeKernel, Fault, Machine, Memory, Run
from dscript.vm.aggregate import add, lquantize_bucket, quantize_bucket, start

UINT64 = ValueType(ValueKind.INTEGER, 8, False, "uint64_t")


def run_words(*words, integers=(), strings=b"\0"):
    """The value that instruction words return."""
    return Machine(FakeKernel()).run(Difo(words, integers, strings, (), UINT64))


def test_memory_knows_its_segments():
    """Reads inside a segment succeed; outside, across its end, or misaligned they fault."""
    memory = Memory()
    memory.map(0x1000, bytes(range(16)))
    assert memory.load(0x1004, 4, signed=False) == 0x07060504
    for address, fault in ((0xFFF, Fault.BADADDR), (0x100E, Fault.BADALIGN), (0x1010, Fault.BADADDR)):
        with pytest.raises(DifFault) as caught:
            memory.load(address, 4, signed=False) if fault != Fault.BADADDR else memory.read(address, 4)
        assert caught.value.fault == fault


def test_strings_end():
    """A string ends at its NUL or at the limit; one that runs out of its segment faults."""
    memory = Memory()
    memory.map(0x1000, b"hello\0x")
    assert memory.string(0x1000, 256) == b"hello"
    assert memory.string(0x1000, 3) == b"hel"
    with pytest.raises(DifFault):
        memory.string(0x1006, 256)


@pytest.mark.parametrize(("op", "fault"), [(Op.SDIV, Fault.DIVZERO), (Op.UREM, Fault.DIVZERO)])
def test_division_by_zero_faults(op, fault):
    """Dividing by %r0 is a fault at that instruction."""
    with pytest.raises(DifFault) as caught:
        run_words(encode(op, 1, 0, 1), encode(Op.RET, 1))
    assert (caught.value.fault, caught.value.pc) == (fault, 0)


def test_tuple_overflow_faults():
    """The ninth push is TUPOFLOW."""
    with pytest.raises(DifFault) as caught:
        run_words(*[encode(Op.PUSHTV, 0, 0, 1)] * 9, encode(Op.RET, 1))
    assert (caught.value.fault, caught.value.pc) == (Fault.TUPOFLOW, 8)


def test_unknown_subroutine_faults():
    """A subroutine that needs a real kernel is ILLOP."""
    with pytest.raises(DifFault) as caught:
        run_words(encode(Op.CALL, 1, 1), encode(Op.RET, 1))
    assert caught.value.fault == Fault.ILLOP


def test_scratch_memory_is_writable():
    """allocs gives zeroed memory that stores reach."""
    words = (
        encode(Op.SETX, 0, 1), encode(Op.ALLOCS, 1, 2), encode(Op.STX, 1, 2), encode(Op.LDX, 2, 3), encode(Op.RET, 3),
    )  # fmt: skip
    assert run_words(*words, integers=(16,)) == 16


def test_clause_with_a_fault_leaves_no_record():
    """A fault in the second action loses the whole record, and is noted with its place."""
    run = Run(compile_program("BEGIN { trace(1); trace(*(int *)arg0); trace(2); }", EmptyEnv()))
    run.fire("BEGIN", arg0=8)
    assert run.records == []
    (error,) = run.errors
    assert (error.clause, error.action, error.fault.fault, error.fault.value) == (0, 2, Fault.BADADDR, 8)


def test_error_in_a_predicate_is_action_zero():
    """A predicate that faults is action 0."""
    run = Run(compile_program("BEGIN /1 / arg0/ { trace(1); }", EmptyEnv()))
    run.fire("BEGIN")
    assert run.errors[0].action == 0


@pytest.mark.parametrize(
    ("number", "bucket"),
    [(0, 63), (1, 64), (2, 65), (3, 65), (4, 66), (-1, 62), (-2, 61), (-5, 60), ((1 << 63) - 1, 126)],
)
def test_quantize_buckets(number, bucket):
    """A power-of-two bucket holds the numbers whose magnitude is from its power up to the next."""
    assert quantize_bucket(number) == bucket


def test_lquantize_buckets():
    """A linear bucket holds one step; below and above have their own."""
    arg = 10 << 48 | 5 << 32 | 100
    assert [lquantize_bucket(n, arg) for n in (99, 100, 109, 110, 149, 150, 1000)] == [0, 1, 1, 2, 5, 6, 6]


def test_stddev_keeps_sums():
    """stddev keeps the count, the sum and the sum of squares."""
    value = start(ActionKind.STDDEV, 0)
    for number in (1, -2, 3):
        value = add(ActionKind.STDDEV, 0, value, number)
    assert value == (3, 2, 14)
