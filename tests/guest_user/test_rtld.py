# SPDX-License-Identifier: GPL-2.0-or-later
"""The run-time linker: loading, binding, constructors, copies, and its errors."""

import pytest
from elftools.elf.elffile import ELFFile

BEFORE = ["issetugid", "open", "fstat", "pread"]
LIBRARY = """
int counter = 41;
int *pointer = &counter;
static void begin(void) __attribute__((constructor));
static void begin(void) { counter++; }
int puts(const char *);
static void end(void) __attribute__((destructor));
static void end(void) { puts("bye"); }
int twice(int n) { return n * 2 + *pointer - counter; }
"""
USER = """
extern int counter; int twice(int); int printf(const char *, ...);
int missing(void) __attribute__((weak));
int main(void) { printf("%d %d %d\\n", counter, twice(4), missing == 0); return 0; }
"""


@pytest.fixture(scope="module")
def library(compile_guest):
    """A library with data, a constructor and a destructor, and a program that uses it."""
    data = compile_guest(LIBRARY, shared="libfoo.so")
    return data, compile_guest(USER, libs=(compile_guest.folder / "libfoo.so",))


def test_a_library_is_found_bound_and_constructed(run, library):
    """Data copied into the program is the library's too, constructors run first and destructors last."""
    files = {"/usr/lib/libfoo.so": library[0], "/prog": library[1]}
    result = run("/prog", files=files)
    assert (result.status, result.stdout) == (0, b"42 8 1\nbye\n")


def test_ld_library_path_is_searched_first(run, library):
    """LD_LIBRARY_PATH is looked at before the standard folders."""
    files = {"/opt/libfoo.so": library[0], "/prog": library[1]}
    assert run("/prog", files=files, environ={"LD_LIBRARY_PATH": "/nowhere:/opt"}).status == 0


def test_a_missing_library_is_named(run, library):
    """Without the library the program does not start: status 1 and one line."""
    result = run("/prog", files={"/prog": library[1]})
    message = 'ld-elf.so.1: Shared object "libfoo.so" not found, required by "prog"\n'
    assert (result.status, result.stderr.decode()) == (1, message)


def test_an_undefined_symbol_is_named(run, compile_guest, library):
    """A symbol that nothing defines ends the program before main, with its name."""
    poorer = compile_guest("int counter = 1;", shared="libfoo.so")
    result = run("/prog", files={"/lib/libfoo.so": poorer, "/prog": library[1]})
    assert (result.status, result.stderr.decode()) == (1, 'ld-elf.so.1: /prog: Undefined symbol "twice"\n')


@pytest.mark.parametrize("data", [b"", b"not an ELF file", b"\x7fELF\x01\x01\x01" + bytes(45)])
def test_a_malformed_library_is_refused(run, library, data):
    """A library that is no ARM shared object is refused in one line."""
    result = run("/prog", files={"/lib/libfoo.so": data, "/prog": library[1]})
    assert (result.status, result.stderr.decode()) == (1, "ld-elf.so.1: /lib/libfoo.so: invalid file format\n")


def test_libc_is_mapped_in_one_extent(run, root):
    """libc's extent is reserved in one piece, text, data and bss are laid over it, and the file is closed."""
    with (root / "lib/libc.so.7").open("rb") as file:
        loads = [s.header for s in ELFFile(file).iter_segments() if s["p_type"] == "PT_LOAD"]
    bss = [s for s in loads if -(-(s.p_vaddr + s.p_filesz) // 4096) < -(-(s.p_vaddr + s.p_memsz) // 4096)]
    mappings = 1 + len(loads) + len(bss)
    calls = run("/usr/bin/true").calls
    assert calls[: calls.index("close") + 1] == [*BEFORE, *["mmap"] * mappings, "close"]
