# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever the input, the compiler answers soon, with a diagnostic or a program."""

import random
import time

import pytest

from dscript import CompileError, EmptyEnv, compile_program

N = 20_000


def grow(first, step, levels, use):
    """Definitions of which each uses the one before, more than once."""
    return first + "".join(step.format(i, i + 1) for i in range(levels)) + f"BEGIN {{ trace({use}); }}"


CASES = {
    "noise": "".join(random.Random(1).choices("abc {}()[];,/*\"'@#$%^&!~<>=+-.:?0123\n", k=N)),
    "bytes": random.Random(1).randbytes(N),
    "parentheses": "BEGIN { trace(" + "(" * N,
    "minus": "BEGIN { x = " + "-" * N + "1; }",
    "plus": "BEGIN { x = " + "pid+" * N + "1; }",
    "choose": "BEGIN { x = " + "1?" * N + "1" + ":1" * N + "; }",
    "ifs": "BEGIN { " + "if (pid) { " * N,
    "pointers": "int " + "*" * N + "x; BEGIN {}",
    "dimensions": "int x" + "[2]" * N + "; BEGIN {}",
    "string": 'BEGIN { trace("' + "a" * N,
    "comment": "BEGIN { } /* " + "*" * N,
    "identifier": "BEGIN { trace(" + "a" * N + "); }",
    "number": "BEGIN { trace(" + "1" * N + "); }",
    "description": "a" * N + " { }",
    "macro": "BEGIN { trace($" + "1" * N + "); }",
    "casts": "BEGIN { x = " + "(int)" * N + "1; }",
    "pragma": "#pragma D option " + "a" * N + "\nBEGIN {}",
    "conversions": 'BEGIN { printf("' + "%d" * N + '"); }',
    "inlines": grow("inline int a0 = pid;", "inline int a{1} = a{0} + a{0};", 60, "a60"),
    "parameters": grow("inline int f0[int a] = a + a;", "inline int f{1}[int a] = f{0}[a + a];", 50, "f50[pid]"),
    "levels": grow("inline int a0 = pid;", "inline int a{1} = " + "(" * 150 + "a{0}" + "+ 1)" * 150 + ";", 20, "a20"),
}


@pytest.mark.parametrize("name", CASES)
def test_refused_soon(name):
    """Text without meaning is refused within seconds, in few words."""
    start = time.process_time()
    with pytest.raises(CompileError) as caught:
        compile_program(CASES[name], EmptyEnv())
    assert time.process_time() - start < 5
    assert len(caught.value.diagnostics) <= 20
    assert len(caught.value.message()) < 1000


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN, " * (N - 1) + "BEGIN { }",
        "struct s { " + "".join(f"int x{i};" for i in range(N)) + "}; BEGIN { }",
        "#pragma D option quiet\n" * N + "BEGIN { }",
        "provider p { " + "".join(f"probe q{i}(int);" for i in range(2000)) + "}; BEGIN { }",
    ],
    ids=["descriptions", "members", "pragmas", "probes"],
)
def test_long_but_right(text):
    """Long lists compile within seconds."""
    start = time.process_time()
    compile_program(text, EmptyEnv())
    assert time.process_time() - start < 8


def test_time_grows_with_length():
    """Twice the clauses take about twice the time."""
    clause = 'fbt::f:entry /arg0 > {}/ {{ self->x = timestamp; @a[execname] = count(); printf("%d", arg0); }}\n'

    def measure(count):
        text = "".join(clause.format(i) for i in range(count))
        start = time.process_time()
        compile_program(text, EmptyEnv())
        return time.process_time() - start

    measure(10)
    assert measure(800) < 6 * measure(200) + 0.5
