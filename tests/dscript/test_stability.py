# SPDX-License-Identifier: GPL-2.0-or-later
"""Stability: the attributes of clauses, and the report."""

from dscript import EmptyEnv, compile_program, describe_stability


def attributes(text):
    """The attributes of a script's only clause, as text."""
    (clause,) = compile_program(text, EmptyEnv()).clauses
    return str(clause.description_attributes), str(clause.statement_attributes)


def test_a_stable_clause():
    """BEGIN and most names of D are stable."""
    assert attributes("dtrace:::BEGIN { trace(execname); }") == ("Stable/Stable/Common", "Stable/Stable/Common")


def test_parts_that_are_named_count():
    """Only the parts of a description that are written lower its stability."""
    assert attributes("syscall:::entry { }")[0] == "Evolving/Evolving/Common"
    assert attributes("syscall::read:entry { }")[0] == "Unstable/Unstable/ISA"
    assert attributes("fbt:kernel:malloc:entry { }")[0] == "Private/Private/Unknown"


def test_names_count():
    """curthread's data is private, a kernel symbol is private altogether."""
    assert attributes("BEGIN { self->t = curthread; }")[1] == "Stable/Private/Common"
    assert attributes("BEGIN { trace(1); } ")[1] == "Stable/Stable/Common"


def test_pragmas_give_attributes():
    """A pragma sets the attributes of a name that the script defines."""
    text = "#pragma D attributes Obsolete/Stable/CPU x\nint x;\nBEGIN { trace(x); }"
    assert attributes(text)[1] == "Obsolete/Stable/CPU"


def test_report():
    """The report has the layout of dtrace -v."""
    program = compile_program("BEGIN { self->t = curthread; }", EmptyEnv())
    assert describe_stability(program.clauses, "description BEGIN") == (
        "\nStability attributes for description BEGIN:\n"
        "\n\tMinimum Probe Description Attributes\n"
        "\t\tIdentifier Names: Stable\n\t\tData Semantics:   Stable\n\t\tDependency Class: Common\n"
        "\n\tMinimum Statement Attributes\n"
        "\t\tIdentifier Names: Stable\n\t\tData Semantics:   Private\n\t\tDependency Class: Common\n"
    )
