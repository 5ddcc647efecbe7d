# SPDX-License-Identifier: GPL-2.0-or-later
"""Kernel types in scripts: members, casts, symbols, enumerations, modules, typed arguments of probes."""

import pytest

from dscript import (
    ArrayType,
    CompileError,
    EmptyEnv,
    EnumType,
    FunctionType,
    IntType,
    KernelSymbol,
    Member,
    PointerType,
    ProbeArgument,
    StructType,
    compile_program,
)
from dscript.vm import Run

INT, CHAR = IntType("int", 4, True, 3), IntType("char", 1, True, 1)
STATE = EnumType("enum state", (("NEW", 0), ("READY", 1), ("GONE", 7)))


def make_types():
    """A small kernel: threads and processes that point to each other, made when somebody looks."""
    proc, thread = StructType("struct proc", 32, 4), StructType("struct thread", 16, 4)
    proc.load = lambda: (
        Member("p_pid", INT, 0), Member("p_comm", ArrayType(CHAR, 8), 32), Member("p_state", STATE, 96),
        Member("p_flag", INT, 128, 3), Member("p_rest", INT, 131, 20), Member("p_thread", PointerType(thread), 160),
        Member("p_op", PointerType(FunctionType(INT, (INT,))), 192),
    )  # fmt: skip
    thread.load = lambda: (Member("td_tid", INT, 0), Member("td_proc", PointerType(proc), 32))
    return {"struct proc": proc, "struct thread": thread, "enum state": STATE, "proc_t": proc, "pidx_t": INT}


TYPES = make_types()
SYMBOLS = [
    KernelSymbol("proc0", 0xC0001000, 32, type=TYPES["struct proc"]),
    KernelSymbol("table", 0xC0003000, 12, type=ArrayType(INT, 3)),
    KernelSymbol("kmain", 0xC0000100, 64, is_function=True),
]
ARGUMENTS = {
    1: (ProbeArgument(PointerType(TYPES["struct proc"]), None, 0), ProbeArgument(CHAR, None, 2)),
    2: (ProbeArgument(PointerType(TYPES["struct thread"]), None, 0),),
    3: (ProbeArgument(PointerType(TYPES["struct proc"]), "procinfo_t *", 0),),
}
PROCINFO = """
typedef struct procinfo { int pr_pid; int p_flag; } procinfo_t;
translator procinfo_t < struct proc *P > { pr_pid = P->p_pid + 1000; p_flag = 77; };
"""


class AnyEnv(EmptyEnv):
    """A description with a function matches probes 1 and 2, one with a number that probe."""

    def match(self, description):
        """The probes' numbers."""
        return [1, 2] if description.function else super().match(description)


def trace(expression, before="", probe=1, **values):
    """The values that a clause on a probe traces, the kernel's memory in place."""
    run = Run(compile_program(f"{before} {probe} {{ {expression} }}", EmptyEnv(SYMBOLS, TYPES, ARGUMENTS)))
    proc = (
        (42).to_bytes(4, "little")
        + b"init\0\0\0\0"
        + (7).to_bytes(4, "little")
        + ((5 | 1000 << 3).to_bytes(4, "little"))
    )
    run.kernel.memory.map(0xC0001000, proc + (0xC0002000).to_bytes(4, "little") + bytes(8))
    run.kernel.memory.map(0xC0002000, (9).to_bytes(4, "little") + (0xC0001000).to_bytes(4, "little") + bytes(8))
    run.kernel.memory.map(0xC0003000, b"".join(n.to_bytes(4, "little") for n in (4, 5, 6)))
    for clause in run.program.clauses:
        assert clause.probes == (probe,)
    run.kernel.values["curthread"] = 0xC0002000
    # the clause is bound to the probe's number; here any name fires it
    object.__setattr__(run.program.clauses[0].descriptions[0], "id", None)
    run.fire("a:b:c:d", arg0=0xC0001000, **values)
    assert not run.errors, run.errors
    return [record.values[0] for record in run.records]


def refuse(text):
    """The tag of a script that does not compile."""
    with pytest.raises(CompileError) as caught:
        compile_program(text, AnyEnv(SYMBOLS, TYPES, ARGUMENTS))
    return caught.value.tag


@pytest.mark.parametrize(
    ("expression", "value"),
    [("((struct proc *)arg0)->p_pid", 42), ("curthread->td_proc->p_pid", 42), ("args[0]->p_pid", 42),
     ("((proc_t *)arg0)->p_thread->td_tid", 9), ("stringof(args[0]->p_comm)", b"init"),
     ("args[0]->p_comm == \"init\"", 1), ("GONE != args[0]->p_state", 0),
     ("args[0]->p_flag", -3), ("args[0]->p_rest", 1000), ("args[0]->p_state == GONE", 1),
     ("`proc0.p_pid", 42), ("(&`proc0)->p_pid", 42), ("`table[2]", 6), ("sizeof (`table)", 12), ("*`table", 4),
     ("sizeof (struct kernel`proc)", 32), ("(int)&`kmain == 0xc0000100", 0), ("(uintptr_t)&`kmain == 0xc0000100", 1),
     ("args[1]", -2), ("offsetof(struct proc, p_thread)", 20), ("args[0]->p_comm[1]", ord("n")), ("(pidx_t)5", 5),
     ("args[0]->p_thread->td_proc == args[0]", 1), ("&`table[1] - &`table[0]", 1), ("strlen(`proc0.p_comm)", 4)],
)  # fmt: skip
def test_values(expression, value):
    """Kernel structures, symbols and typed arguments are read as C reads them."""
    assert trace(f"trace({expression});", arg2=254) == [value]


def test_structures_are_copied_from_the_kernel():
    """A kernel structure can be kept in a variable and looked at later."""
    assert trace("this->p = *args[0]; trace(this->p.p_pid); this->p.p_pid = 1; trace(this->p.p_pid);") == [42, 1]


@pytest.mark.parametrize(
    ("text", "tag"),
    [("1 { args[0]->p_pid = 1; }", "D_OP_WRITE"), ("1 { `proc0.p_pid++; }", "D_OP_WRITE"),
     ("1 { trace(args[2]); }", "D_ARGS_IDX"), ("fbt::f: { trace(args[0]); }", "D_ARGS_MULTI"),
     ("1, 2 { trace(args[1]); }", "D_ARGS_IDX"), ("4 { trace(args[0]); }", "D_ARGS_IDX"),
     (PROCINFO + "3 { trace(args[0]->nosuch); }", "D_XLATE_NOCONV"), ("1 { trace(args[0]->nosuch); }", "D_TYPE_MEMBER"),
     ("1 { trace((struct nosuch`proc *)0); }", "D_DECL_INCOMPLETE"), ("1 { trace(nosuch`proc0); }", "D_IDENT_UNDEF"),
     ("1 { trace(args[0]->p_state == NOSUCH); }", "D_IDENT_UNDEF"),
     ("int GONE; 1 { trace(args[0]->p_state == GONE); }", "D_IDENT_AMBIG"),
     ("1 { trace(*args[0]->p_op); }", "D_DEREF_FUNC"), ("1 { x = args[0]->p_comm; }", "D_OP_ARRFUN"),
     ("1 { trace(&args[0]->p_flag); }", "D_ADDROF_BITFIELD"), ("1 { trace(`nosuch); }", "D_IDENT_UNDEF")],
)  # fmt: skip
def test_refusals(text, tag):
    """What DTrace refuses about kernel data is refused with its tag."""
    assert refuse(text) == tag


@pytest.mark.parametrize(
    ("expression", "value"),
    [("args[0]->pr_pid", 1042), ("args[0]->p_flag", 77), ("args[0]->p_pid", 42),
     ("args[0]->p_thread->td_tid", 9), ("args[0] != NULL", 1), ("(uintptr_t)args[0] == arg0", 1)],
)  # fmt: skip
def test_translated_arguments_keep_their_native_members(expression, value):
    """The published type's members come first; any other, and the value itself, are those of the kernel's pointer."""
    assert trace(f"trace({expression});", PROCINFO, probe=3) == [value]


def test_each_description_has_its_own_arguments():
    """A clause of several descriptions is typed for each, so args[ ] may differ between them."""
    text = "1, 2 /args[0] != NULL/ { trace(sizeof (*args[0])); }"
    program = compile_program(text, EmptyEnv(SYMBOLS, TYPES, ARGUMENTS))
    assert [clause.probes for clause in program.clauses] == [(1,), (2,)]
    assert [clause.actions[0].difo.integers for clause in program.clauses] == [(32,), (16,)]


def test_scripts_may_define_what_the_kernel_has():
    """A script's structure hides the kernel's of the same name."""
    before = "struct proc { int mine; };"
    assert trace("trace(((struct proc *)arg0)->mine);", before) == [42]
