# SPDX-License-Identifier: GPL-2.0-or-later
"""The corpus of D scripts on the real guest: ``tst.*.d`` does there what ``.out`` says.

The probes of the corpus are made up, so a clause runs where something like its probe fires once: at BEGIN for BEGIN and
malloc (the same thread), at the command's exit for read (another one), at END. Builtin variables there become constants
with the corpus's values, and its addresses some that hold its bytes; whatever else a script does, the guest does.
"""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dscript import KernelSymbol, compile_program
from dscript.dif.encode import decode, encode
from dscript.dif.opcodes import Op
from dscript.idents import NAMES_BY_NUMBER
from dscript.vm import FakeKernel, Fault
from dscript.vm.kernel import DEFAULTS
from dscript.vm.run import matches
from tracer import Options

pytestmark = pytest.mark.guest

TESTS = Path(__file__).parents[1]
BEGIN, READ, END = "dtrace:::BEGIN", "syscall:freebsd:exit:entry", "dtrace:::END"
ERROR = "dtrace:::ERROR"
# speculation() says so by its value, ERROR by not firing
EXPECTED_LOSSES = ("speculation-unavailable", "speculation-busy", "double-error")
PLACES = {0xC0400: 0xEE800, 0xC0500: 0xEE801}  # pages: the corpus's, and in the mailbox far behind the request
KEPT = {"timestamp", "vtimestamp", "walltimestamp", "curthread"}
USER_MEMORY = "functions/tst.copyin.d"  # needs a process with that memory: see test_user_memory


def load(path):
    """A module of another folder of tests."""
    spec = importlib.util.spec_from_file_location(path.stem + "_shared", TESTS / path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


corpus, traced = load(Path("dscript/test_corpus.py")), load(Path("guest_dtrace/traced.py"))
SCRIPTS = [p for p in corpus.list_corpus("tst.*.d") if p.id != USER_MEMORY and not p.id.startswith("output/")]


@pytest.fixture(scope="module")
def guest():
    """One machine for all scripts, with the corpus's memory."""
    guest = traced.Guest()
    guest.plant(place(0xC0400000), (5).to_bytes(8, "little"))
    guest.plant(place(0xC0500000), b"kernel text\0")
    return guest


def place(address):
    """Where the corpus's memory lies on the guest; any other number stays what it is."""
    return PLACES.get(address >> 12, address >> 12) << 12 | address & 0xFFF


def with_constants(difo, values):
    """The object with builtin variables and the corpus's addresses replaced."""
    if difo is None:
        return None
    code, integers, strings = [], [place(v) for v in difo.integers], difo.strings
    for word in difo.code:
        fields = decode(word)
        name = NAMES_BY_NUMBER.get(fields.wide) if fields.op == Op.LDGS else None
        if name is not None and name not in KEPT:
            value = values.get(name, DEFAULTS.get(name, 0))
            if isinstance(value, str):
                word = encode(Op.SETS, len(strings), fields.rd)
                strings += value.encode() + b"\0"
            else:
                word = encode(Op.SETX, len(integers), fields.rd)
                integers.append(value & (1 << 64) - 1)
        code.append(word)
    return replace(difo, code=tuple(code), integers=tuple(integers), strings=strings)


def staged(program):
    """The program with a clause for each description that one of the corpus's events matches, and their probes."""
    clauses, where, sources = [], [], []
    for probe, extra in corpus.EVENTS:
        parts = ["", "", "", *probe.split(":")][-4:]
        values = dict(zip(("probeprov", "probemod", "probefunc", "probename"), parts, strict=True)) | extra
        for index, clause in enumerate(program.clauses):
            for _ in filter(lambda description: matches(description, parts), clause.descriptions):
                actions = tuple(replace(a, difo=with_constants(a.difo, values)) for a in clause.actions)
                clauses.append(replace(clause, predicate=with_constants(clause.predicate, values), actions=actions))
                where.append(READ if parts[2] == "read" else END if parts[3] == "END" else BEGIN)
                sources.append(index)
    for index, clause in enumerate(program.clauses):
        if any(matches(description, ERROR.split(":")) for description in clause.descriptions):
            clauses.append(clause)
            where.append(ERROR)
            sources.append(index)
    return replace(program, clauses=tuple(clauses)), where, sources


def as_fake_stack(values):
    """Stacks have the corpus's frames: what is compared is how many there are."""
    return tuple(FakeKernel().stack[: len(v)] if isinstance(v, tuple) else v for v in values)


def show_entry(entry):
    """An aggregation's entry as the .out files write it."""
    words = entry.words[1:] if entry.function.name in ("LQUANTIZE", "LLQUANTIZE") else entry.words
    shown = [str(word) for word in words]
    if entry.function.name in ("QUANTIZE", "LQUANTIZE", "LLQUANTIZE"):
        shown = [f"{bucket}:{count}" for bucket, count in enumerate(words) if count]
    keys = ",".join(map(corpus.show_datum, as_fake_stack(entry.keys)))
    return " ".join(filter(None, [f"@{entry.name}", keys, *shown]))


def run_script(guest, path):
    """What a script does on the guest: its lines, and those of its aggregations in no order."""
    uses = path.read_text().count("$3")
    env = corpus.Env([KernelSymbol("ticks", 0xC0400000, 4, "int")])
    macro_args = ("7", "word", "BEGIN") if uses else ()
    program = compile_program(path.read_bytes(), env, filename=path.name, macro_args=macro_args, macros=corpus.MACROS)
    program, where, sources = staged(program)
    options = Options()
    options.apply(program.options)
    outcome = guest.run(program, [[guest.probe(name)] for name in where], options)
    assert [loss for loss in outcome.losses if getattr(loss, "kind", "") not in EXPECTED_LOSSES] == []
    lines = [corpus.show_record(replace(r, values=as_fake_stack(r.values))) for r in outcome.records]
    for error in outcome.errors:
        lines.append(f"error {Fault(error.fault.fault).name} clause {sources[error.clause]} action {error.action}")
    return "".join(f"{line}\n" for line in lines).splitlines(), [show_entry(entry) for entry in outcome.entries]


@pytest.mark.parametrize("path", SCRIPTS)
def test_script_does_on_the_guest_what_is_written(guest, path):
    """The script's records on the guest are those of its .out file."""
    lines, aggregations = run_script(guest, path)
    want = path.with_suffix(".out").read_text().splitlines()
    assert lines == [line for line in want if not line.startswith("@")]
    assert sorted(aggregations) == sorted(line for line in want if line.startswith("@"))


def test_user_memory(guest):
    """copyinstr and copyin read the memory of the process at a system call, as the corpus says of made-up memory."""
    text = """syscall::open:entry /copyinstr(arg0) == "user string"/ {
        trace(copyinstr(arg0)); trace(*(char *)copyin(arg0, 4)); trace(stringof(copyin(arg0, 12)));
        trace(copyinstr(arg0, 4)); }"""
    program = compile_program(text.encode(), corpus.Env())
    outcome = guest.run(program, [[guest.probe("syscall:freebsd:open:entry")]], command=("dd", "if=user string"))
    assert [r.values[0] for r in outcome.records] == [b"user string", 117, b"user string", b"user"]
    assert (outcome.errors, outcome.losses) == ([], [])
