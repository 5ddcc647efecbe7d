# SPDX-License-Identifier: GPL-2.0-or-later
"""The corpus of D scripts: ``tst.*.d`` run in the reference interpreter, ``err.D_TAG.*.d`` refused with that tag.

What a run shows, one line each: traced values, printf's lines, stacks as hexadecimal addresses, faults, then the
aggregations in the order of their names' first use.
"""

import re
from pathlib import Path

import pytest

from dscript import ActionKind, CompileError, EmptyEnv, KernelSymbol, StatementKind, compile_program, parse_format
from dscript.formats import Literal
from dscript.vm import Fault, Run

CORPUS = Path(__file__).parents[1] / "corpus"
MACROS = {"pid": 4321, "target": 99}
EVENTS = (
    ("dtrace:::BEGIN", {}),
    ("fbt:kernel:malloc:entry", {"arg0": 64, "arg1": -1}),
    ("syscall:freebsd:read:entry", {"tid": 100_069}),
    ("dtrace:::END", {"tid": 100_068}),
)


class Env(EmptyEnv):
    """Every probe but those of a provider named nosuch."""

    def match(self, description):
        """No ids for nosuch."""
        return [] if description.provider == "nosuch" else super().match(description)


def compile_file(path, macro_args=()):
    """The program of a corpus file."""
    env = Env([KernelSymbol("ticks", 0xC0400000, 4, "int")])
    return compile_program(path.read_bytes(), env, filename=path.name, macro_args=macro_args, macros=MACROS)


def show_datum(datum):
    """A recorded value as the .out files write it."""
    if isinstance(datum, tuple):
        return ":".join(f"{address:x}" for address in datum)
    return datum.decode() if isinstance(datum, bytes) else str(datum)


def show_printf(text, values):
    """A small printf, enough for the corpus."""
    out, values = "", list(values)
    for piece in parse_format(text):
        if isinstance(piece, Literal):
            out += piece.text
            continue
        stars = tuple(values.pop(0) for _ in range(piece.stars))
        value = values.pop(0)
        letter = {"i": "d", "u": "d"}.get(piece.letter, piece.letter)
        form = re.sub(r"(hh|h|ll|l|L|j|z|t|q)?[a-zA-Z]+$", letter, piece.text)
        out += form % (*stars, value.decode() if isinstance(value, bytes) else value)
    return out.removesuffix("\n")


def show_record(record):
    """The line of one record."""
    match record.statement.kind:
        case StatementKind.PRINTF:
            return show_printf(record.statement.format, record.values)
        case StatementKind.EXIT:
            return f"exit {record.values[0]}"
        case StatementKind.NONE:
            return "(default)"
        case StatementKind.TRACEMEM | StatementKind.PRINTM:
            return " ".join(map(str, record.values))
    return show_datum(record.values[0])


def show_aggregations(run):
    """The lines of all aggregations."""
    for aggregation in run.program.aggregations:
        for keys, value in run.aggregations.get(aggregation.id, {}).items():
            shown = [str(v) for v in value]
            if aggregation.function in (ActionKind.QUANTIZE, ActionKind.LQUANTIZE, ActionKind.LLQUANTIZE):
                shown = [f"{bucket}:{count}" for bucket, count in enumerate(value) if count]
            yield " ".join(filter(None, [f"@{aggregation.name}", ",".join(map(show_datum, keys)), *shown]))


def run_file(path):
    """What a corpus file does, as text."""
    uses = path.read_text().count("$3")
    program = compile_file(path, ("7", "word", "BEGIN") if uses else ())
    options = {name: int(value) for name, value in program.options if name in ("nspec", "strsize")}
    run = Run(program, **options)
    run.kernel.memory.map(0xC0400000, (5).to_bytes(4, "little") + b"\0" * 4)
    run.kernel.memory.map(0xC0500000, b"kernel text\0")
    run.kernel.user.map(0x8000, b"user string\0")
    for probe, values in EVENTS:
        run.fire(probe, **values)
    lines = [show_record(record) for record in run.records]
    lines += [f"error {Fault(e.fault.fault).name} clause {e.clause} action {e.action}" for e in run.errors]
    return "\n".join([*lines, *show_aggregations(run)]) + "\n"


def list_corpus(pattern):
    """The corpus files of one kind, with readable names."""
    return [pytest.param(p, id=str(p.relative_to(CORPUS))) for p in sorted(CORPUS.rglob(pattern))]


@pytest.mark.parametrize("path", [p for p in list_corpus("tst.*.d") if not p.id.startswith("output/")])
def test_script_does_what_is_written(path):
    """The script's records are those of its .out file."""
    assert run_file(path) == path.with_suffix(".out").read_text()


@pytest.mark.parametrize("path", list_corpus("err.*.d"))
def test_script_is_refused(path):
    """The script is refused with the tag in its name, and the message shows its line underlined."""
    with pytest.raises(CompileError) as caught:
        compile_file(path)
    assert caught.value.tag == path.name.split(".")[1]
    text = caught.value.render()
    assert text.startswith(f"dtrace: failed to compile script {path.name}: line ")
    assert "^" in text


def test_scripts_state_what_they_show():
    """Every script that runs begins with a comment saying what it asserts."""
    for path in CORPUS.rglob("tst.*.d"):
        assert "/* " in "".join(path.read_text().splitlines(True)[:2]), path
