# SPDX-License-Identifier: GPL-2.0-or-later
"""compile_program as its callers see it: products, notes, errors, and calm in the face of any input."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dscript import ActionKind, CompileError, EmptyEnv, StatementKind, ValueKind, compile_program

LECTURE = "fbt:::malloc:entry { @traces[stack()] = count(); }"


def compile_text(text, **options):
    """The program of a text in the fake environment."""
    return compile_program(text, EmptyEnv(), **options)


def refuse(text, **options):
    """The CompileError of a text."""
    with pytest.raises(CompileError) as caught:
        compile_text(text, **options)
    return caught.value


def test_lecture_line():
    """The lecture's line is read with a note and becomes a stack key and a count."""
    program = compile_text(LECTURE)
    assert program.notes == ("probe description fbt:::malloc:entry has one colon too many; read as fbt::malloc:entry",)
    (clause,) = program.clauses
    assert str(clause.descriptions[0]) == "fbt::malloc:entry"
    assert [(a.kind, a.ntuple, a.aggid, a.arg) for a in clause.actions] == [
        (ActionKind.STACK, 0, 0, 20),
        (ActionKind.COUNT, 1, 1, 0),
    ]
    (statement,) = clause.statements
    assert (statement.kind, statement.first, statement.count) == (StatementKind.AGGREGATE, 0, 2)
    assert program.aggregations[0].name == "traces"
    assert program.aggregations[0].keys[0].kind == ValueKind.STACK


def test_statements_are_slices_of_actions():
    """Each statement covers its own actions, printf one per argument."""
    (clause,) = compile_text('BEGIN { trace(1); printf("%d %s", 1, "a"); x = 1; exit(0); }').clauses
    assert [(s.kind, s.first, s.count) for s in clause.statements] == [
        ("trace", 0, 1), ("printf", 1, 2), ("none", 3, 1), ("exit", 4, 1),
    ]  # fmt: skip
    assert clause.statements[1].format == "%d %s"


def test_printf_without_arguments_has_one_action():
    """printf without arguments still has one action, a constant 0."""
    (clause,) = compile_text('BEGIN { printf("x") }').clauses
    assert [a.kind for a in clause.actions] == [ActionKind.PRINTF]
    assert clause.actions[0].difo.integers == (0,)


def test_expression_statement_stores_nothing():
    """An expression for its effect returns void: size 0."""
    (clause,) = compile_text("BEGIN { x = 1 }").clauses
    assert clause.actions[0].difo.returns.size == 0


@pytest.mark.parametrize(
    ("expression", "size", "signed", "name"),
    [
        ("arg0", 8, True, "int64_t"), ("pid", 4, True, "pid_t"), ("uid", 4, False, "uid_t"), ("1", 4, True, "int"),
        ("timestamp", 8, False, "uint64_t"), ("execname", 256, False, "string"), ("arg0 == 1", 4, True, "int"),
        ("(char)1", 1, True, "char"), ("caller", 4, False, "uintptr_t"), ("pid + timestamp", 8, False, "uint64_t"),
    ],
)  # fmt: skip
def test_types_of_records(expression, size, signed, name):
    """A record has the size and signedness of its expression's D type."""
    (clause,) = compile_text(f"BEGIN {{ trace({expression}) }}").clauses
    (kind,) = clause.statements[0].types
    assert (kind.size, kind.signed, kind.name) == (size, signed, name)


def test_options_come_from_pragmas_and_callers():
    """strsize and stackframes shape the code, from a pragma or from the caller."""
    text = "BEGIN { trace(execname); stack(); trace(sizeof (string)) }"
    (clause,) = compile_text("#pragma D option strsize=64\n" + text, options={"stackframes": "5"}).clauses
    assert clause.statements[0].types[0].size == 64
    assert clause.actions[1].arg == 5
    assert clause.actions[2].difo.integers == (64,)


def test_unmatched_probe_is_an_error_unless_zdefs():
    """A description without a probe is D_PDESC_ZERO, or allowed with zdefs."""

    class Nothing(EmptyEnv):
        def match(self, _description):
            return []

    with pytest.raises(CompileError, match=r"probe description fbt::nope:entry does not match any probes"):
        compile_program("fbt::nope:entry", Nothing())
    (clause,) = compile_program("fbt::nope:entry", Nothing(), options={"zdefs": None}).clauses
    assert clause.probes == ()


def test_probes_are_matched_once_in_order():
    """A clause names each matched probe once, in the order of its descriptions."""
    (clause,) = compile_text("a:::, b:::, a:::").clauses
    assert clause.probes == (1, 2)
    assert compile_text("17").clauses[0].probes == (17,)


def test_every_error_is_reported():
    """All wrong statements are reported, not only the first; what follows from one of them is not."""
    error = refuse("BEGIN { x = nope; trace(x); trace(strlen(1)); }")
    assert [d.tag for d in error.diagnostics] == ["D_IDENT_UNDEF", "D_PROTO_ARG"]


def test_rendering():
    """An error names file and line, underlines the place and hints."""
    text = refuse("BEGIN\n{\n\ttrace(execnme);\n}\n", filename="x.d").render(tags=True)
    assert text == (
        "dtrace: failed to compile script x.d: [D_IDENT_UNDEF] line 3: "
        "failed to resolve execnme: Unknown variable name\n"
        "    trace(execnme);\n"
        "          ^^^^^^^\n"
        "hint: did you mean execname?"
    )


def test_macro_arguments_must_be_used():
    """A macro argument that nothing references is an error, unless argref is set."""
    assert refuse("BEGIN { trace($1) }", macro_args=("1", "2")).tag == "D_MACRO_UNUSED"
    assert compile_text("BEGIN { trace($1) }", macro_args=("1", "2"), options={"argref": None})


def test_default_arguments():
    """With defaultargs a missing $1 is 0 and a missing $$1 the empty string."""
    (clause,) = compile_text("BEGIN { trace($1); trace($$1) }", options={"defaultargs": None}).clauses
    assert clause.actions[0].difo.integers == (0,)
    assert clause.actions[1].difo.returns.kind == ValueKind.STRING


def test_levels():
    """With level function a bare word is a function."""
    assert str(compile_text("malloc", level="function").clauses[0].descriptions[0]) == "::malloc:"
    assert str(compile_text("fbt", level="provider").clauses[0].descriptions[0]) == "fbt:::"


NOISE = {
    "parentheses": "BEGIN { x = " + "(" * 10_000,
    "nots": "BEGIN { x = " + "!" * 10_000 + "1 }",
    "sums": "BEGIN { x = 1" + "+arg0" * 10_000 + " }",
    "choices": "BEGIN { x = " + "1 ? 2 : " * 10_000 + "3 }",
    "casts": "BEGIN { x = " + "(int)" * 10_000 + "3 }",
    "assignments": "BEGIN { " + "x = " * 10_000 + "3 }",
    "indexes": "BEGIN { x" + "[1]" * 10_000 + " }",
    "doubling": "BEGIN { a[0] = 0; " + "a[" * 60 + "0" + "]++" * 60 + " }",
    "braces": "{" * 10_000,
    "unterminated string": 'BEGIN { trace("' + "x" * 100_000,
    "unterminated comment": "BEGIN { /*" + "*" * 100_000,
    "slashes": "BEGIN /" + "/ " * 50_000,
    "NUL": "BEGIN { \0 }",
    "colons": ":" * 100_000,
    "digits": "BEGIN { trace(" + "9" * 100_000 + ") }",
    "quotes": "BEGIN { " + "'" * 100_000,
    "junk": "\x7fELF\x01\x02" * 20_000,
    "backslashes": "BEGIN { " + "\\" * 100_000,
    "ats": "BEGIN { " + "@" * 100_000,
    "hashes": "#" * 100_000,
}


@pytest.mark.parametrize("name", NOISE)
def test_noise_is_refused_quickly(name):
    """Absurd input is refused with a diagnostic, and quickly."""
    start = time.perf_counter()
    assert refuse(NOISE[name]).render()
    assert time.perf_counter() - start < 5


def test_deepest_nesting_compiles():
    """Expressions just inside the limit compile without exhausting the stack."""
    assert compile_text("BEGIN { x = " + "(" * 190 + "1" + ")" * 190 + " }")
    assert compile_text("BEGIN { x = " + "!" * 190 + "arg0 }")
    assert compile_text("BEGIN { x = " + "arg0 ? 2 : " * 190 + "3 }")
    assert compile_text("BEGIN { x = arg0" + " + 1" * 190 + " }")


def test_bytes_that_are_not_text():
    """A script that is not UTF-8 gives one diagnostic."""
    with pytest.raises(CompileError, match="not text"):
        compile_program(b"BEGIN \xff\xfe", EmptyEnv())


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_compiles_or_is_refused(text):
    """Whatever the text, the compiler returns or raises CompileError."""
    try:
        compile_text("BEGIN { " + text + " }")
    except CompileError as error:
        error.render()


TOKENS = [
    "x",
    "self->y",
    "this->z",
    "a[1]",
    "@q",
    "@",
    "=",
    "+=",
    "++",
    "--",
    "+",
    "-",
    "*",
    "/",
    "%",
    "&",
    "|",
    "^",
    "^^",
    "&&",
    "||",
    "!",
    "~",
    "?",
    ":",
    ",",
    ";",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "1",
    '"s"',
    "pid",
    "execname",
    "count()",
    "sum(",
    "strlen(",
    "(int)",
    "(string)",
    "sizeof",
    "stringof",
    "`",
    "$1",
    "->",
    ".",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=14))
def test_any_tokens_compile_or_are_refused(tokens):
    """Whatever the order of tokens, the compiler returns or raises CompileError."""
    try:
        compile_text("BEGIN { " + " ".join(tokens) + " }")
    except CompileError as error:
        error.render()


def test_time_is_linear():
    """1,000 clauses compile well within seconds."""
    clause = "fbt::f{0}:entry /pid == {0}/ {{ self->x{0} = timestamp; @a[execname, arg0] = sum(arg1 * {0} + 2); }}\n"
    start = time.perf_counter()
    assert len(compile_text("".join(clause.format(n) for n in range(1000))).clauses) == 1000
    assert time.perf_counter() - start < 10


def test_import_is_light():
    """Importing the compiler loads neither the machine nor numeric libraries."""
    code = "import dscript, sys; print(sorted({'unicorn', 'pandas', 'sim', 'elftools'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
