# SPDX-License-Identifier: GPL-2.0-or-later
"""Kernel types as the compiler sees them, and the typed arguments of probes."""

import pytest

from dscript import ArrayType, EnumType, FunctionType, IntType, PointerType, StructType, VoidType
from tracer.arguments import find_arguments, parse_type
from tracer.env import TracerEnv
from tracer.fakes import FakeMachine, FakeSymbol, FakeSymbols
from tracer.registry import ArgumentType, Probe, Registry
from tracer.types import load_types


@pytest.fixture(scope="module")
def types():
    """The types of the built kernel."""
    return load_types()


def member(kind, name):
    """Returns a structure's member by name."""
    return next(item for item in kind.members if item.name == name)


def test_structures_are_one_object_and_lazy(types):
    """curthread's process is the same struct proc that is found by name, and leads back to the thread."""
    proc, thread = types.find("struct proc"), types.find("struct thread")
    assert isinstance(proc, StructType)
    td_proc = member(thread, "td_proc").type
    assert isinstance(td_proc, PointerType)
    assert td_proc.target is proc
    assert str(td_proc) == "struct proc *"


def test_members_have_kinds(types):
    """Arrays, typedefs of integers, enumerations and nested structures come out as D's types."""
    proc = types.find("struct proc")
    comm = member(proc, "p_comm").type
    assert isinstance(comm, ArrayType)
    assert (comm.element, comm.count) == (IntType("char", 1, True, 1), 20)
    assert member(proc, "p_pid").type == IntType("pid_t", 4, True, 3)
    assert isinstance(member(proc, "p_mtx").type, StructType)
    assert isinstance(member(proc, "p_state").type, EnumType | IntType)


def test_functions_are_types_too(types):
    """A kernel function's type has its result and its parameters."""
    malloc = types.find_function("malloc")
    assert isinstance(malloc, FunctionType)
    assert str(malloc) == "void * (unsigned long, struct malloc_type *, int)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("struct proc *", "struct proc *"),
        ("int", "int"),
        ("void *", "void *"),
        ("const char *", "char *"),
        ("userland const char *", "char *"),
        ("char **", "char **"),
        ("size_t", "size_t"),
        ("struct unknown *", "struct unknown *"),
    ],
)
def test_argument_types_are_read(types, text, expected):
    """The kernel's spelling of a type gives the type; qualifiers do not matter."""
    assert str(parse_type(text, types)) == expected


def test_fbt_arguments_come_from_the_signature(types):
    """At entry the parameters; at return the offset and the result; of a void function only the offset."""
    entry = find_arguments(Probe(4, "fbt", "kernel", "malloc", "entry"), types)
    assert [str(item.native) for item in entry] == ["unsigned long", "struct malloc_type *", "int"]
    assert [item.source for item in entry] == [0, 1, 2]
    back = find_arguments(Probe(5, "fbt", "kernel", "malloc", "return"), types)
    assert [(str(item.native), item.source) for item in back] == [("int", 0), ("void *", 1)]
    assert len(find_arguments(Probe(6, "fbt", "kernel", "free", "return"), types)) == 1


def test_wide_parameters_take_even_registers(types):
    """A 64-bit parameter starts at an even register, as the EABI passes it."""
    arguments = find_arguments(Probe(4, "fbt", "kernel", "vm_object_allocate", "entry"), types)
    signature = types.find_function("vm_object_allocate").arguments
    wide = [index for index, kind in enumerate(signature) if kind.size == 8]
    assert all(arguments[index].source % 2 == 0 for index in wide)


def test_other_probes_have_what_the_table_says(types):
    """Typed arguments of the guest's probe table survive the way to the compiler."""
    given = (ArgumentType("struct proc *", "psinfo_t *", 1), ArgumentType("int", "", 0))
    machine = FakeMachine([Probe(9, "proc", "", "", "create", 2, given)])
    registry = Registry.read(machine, machine.symbols)
    assert registry.get(9).argtypes == given
    found = TracerEnv(lambda: registry, lambda: machine.symbols).find_arguments(9)
    assert [(str(item.native), item.translated, item.source) for item in found] == [
        ("struct proc *", "psinfo_t *", 1),
        ("int", None, 0),
    ]


def refuse():
    """Stands for a machine that must not be booted."""
    raise AssertionError("the machine was booted")


def test_types_and_symbols_need_no_machine():
    """Types, modules, variables and the arguments of BEGIN are known before any boot."""
    symbols = FakeSymbols([FakeSymbol("ticks", 0xC0400000, 4), FakeSymbol("malloc", 0xC0300000)])
    env = TracerEnv(refuse, lambda: symbols)
    assert isinstance(env.find_type("struct vnode"), StructType)
    assert env.find_type("struct nonsense") is None
    assert env.has_module("kernel")
    assert not env.has_module("zfs")
    assert env.find_arguments(1) == ()
    ticks = env.find_symbol("ticks")
    assert (ticks.address, ticks.size, str(ticks.type), ticks.is_function) == (0xC0400000, 4, "int", False)
    assert env.find_symbol("malloc").is_function
    assert isinstance(env.find_symbol("malloc").type, FunctionType)


def test_void_is_void(types):
    """A pointer to nothing in particular points to void."""
    assert isinstance(parse_type("void *", types).target, VoidType)
