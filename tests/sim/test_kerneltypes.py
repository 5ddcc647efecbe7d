# SPDX-License-Identifier: GPL-2.0-or-later
"""The built kernel's types, held against its sources, its own struct layouts and its symbol table."""

import hashlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sim
from sim.elf import parse_elf
from sim.errors import LoadError

SIM = Path(sim.__file__).parent
KERNEL = SIM / "_build" / "kernel"


@pytest.fixture(scope="module")
def types():
    """The types of the built kernel."""
    return sim.load_kernel_types()


def fields_of(types, name):
    """Returns a structure's members by name."""
    return {field.name: field for field in types.get(types.find(name)).fields}


def test_structures_are_those_of_the_headers(types):
    """struct proc has p_comm as an array of characters and a p_pid of type pid_t."""
    fields = fields_of(types, "struct proc")
    assert types.describe(fields["p_comm"].type, "p_comm") == "char p_comm[20]"
    assert types.describe(fields["p_pid"].type) == "pid_t"
    assert types.describe(fields["p_fd"].type) == "struct filedesc *"


def test_members_lie_in_order_and_inside(types):
    """Every structure's members rise, do not overlap, and end within its size; its alignment divides its size."""
    for number in range(1 << 20):
        try:
            row = types.get(number)
        except IndexError:
            break
        if isinstance(row, sim.Aggregate) and row.fields is not None and not row.union:
            offsets = [field.offset_bits for field in row.fields]
            assert offsets == sorted(offsets), row.name
            assert row.size % row.align == 0, row.name
            assert all(offset <= row.size * 8 for offset in offsets), row.name
    assert number > 500


def test_functions_have_signatures(types):
    """A C function's parameters have names and types; an assembly function's come from its prototype."""
    malloc = types.find_function("malloc")
    assert [(name, types.describe(kind)) for name, kind in malloc.parameters] == [
        ("size", "unsigned long"),
        ("type", "struct malloc_type *"),
        ("flags", "int"),
    ]
    assert types.describe(malloc.result) == "void *"
    assert types.find_function("printf").variadic
    copyin = types.find_function("copyin")
    assert [types.describe(kind) for _, kind in copyin.parameters] == ["const void *", "void *", "size_t"]
    assert types.find_function("no_such_function") is None


def test_every_variable_is_a_symbol(types):
    """Global variables have types, and the linker knows them."""
    assert types.describe(types.find_variable("ticks")) == "volatile int"
    names = {symbol.name for symbol in parse_elf(KERNEL.read_bytes(), "kernel").symbols}
    for name in ("ticks", "hz", "allproc", "dtrace_state"):
        assert types.find_variable(name) is not None
        assert name in names


def test_c_spelling_of_declarations(types):
    """Types are spelled as C declares them."""
    assert types.describe(types.get(types.find("sysinit_cfunc_t")).target, "f") == "void f(void *)"
    assert types.describe(sim.VOID) == "void"


def test_unknown_names_are_none(types):
    """What the kernel does not have is None."""
    assert types.find("struct no_such") is None
    assert types.find("no_such_t") is None
    assert types.find_variable("no_such") is None


def test_same_kernel_same_bytes(tmp_path):
    """The file depends on the kernel alone."""
    made = tmp_path / "kernel.types"
    subprocess.run([sys.executable, str(SIM / "gentypes.py"), str(KERNEL), str(made)], check=True)
    built = SIM / "_build" / "kernel.types"
    assert hashlib.sha256(made.read_bytes()).digest() == hashlib.sha256(built.read_bytes()).digest()


def test_opens_quickly():
    """Opening the file costs milliseconds, because types are made one at a time."""
    best = min(_timed_load() for _ in range(5))
    assert best < 0.03


def _timed_load():
    start = time.perf_counter()
    sim.load_kernel_types()
    return time.perf_counter() - start


@pytest.mark.parametrize(("content", "complaint"), [(None, "no kernel types"), ("{", "damaged"), ("{}", "format 1")])
def test_bad_files_are_refused(tmp_path, content, complaint):
    """A missing, damaged or foreign file is one clear error."""
    path = tmp_path / "kernel.types"
    if content is not None:
        path.write_text(content)
    with pytest.raises(LoadError, match=complaint):
        sim.load_kernel_types(path)


def test_generator_refuses_what_is_no_kernel(tmp_path):
    """The build step says in one line what it cannot read."""
    junk = tmp_path / "junk"
    junk.write_bytes(b"not an ELF file")
    done = subprocess.run(
        [sys.executable, str(SIM / "gentypes.py"), str(junk), str(tmp_path / "out")], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "junk" in done.stderr
