# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns syscalls.tbl into the kernel's table and argument structures, and libc's stubs.

``python gensyscalls.py TABLE OUTPUT_DIR`` writes sys/sysproto.h, sys/syscall.h, init_sysent.h, syscallnames.h,
systrace_args.h and syscall_stubs.S. A line is ``number kind prototype``; the argument structure follows the ARM EABI's
register order by itself, because a 64-bit member is 8-aligned exactly as a 64-bit argument is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LICENCE = "/* SPDX-License-Identifier: GPL-2.0-or-later */\n"
KINDS = ("STD", "HIDDEN", "NOERR", "NONE")
WIDE = ("off_t", "int64_t", "uint64_t")
PROTOTYPE = re.compile(r"(?P<result>.+?)(?P<name>\w+)\((?P<args>[^()]*)\)$")
ARGUMENT = re.compile(r"(?P<type>.+?)(?P<name>\w+)$")


class TableError(Exception):
    """A line of the table is wrong; the text says which and why."""


@dataclass(frozen=True)
class Syscall:
    """One system call: its number, stub kind, name and (type, name) arguments."""

    number: int
    kind: str
    name: str
    result: str
    args: tuple[tuple[str, str], ...]

    @property
    def kernel_name(self) -> str:
        """The name behind ``sys_`` in the kernel; FreeBSD calls exit's ``sys_exit``."""
        return "sys_exit" if self.name == "exit" else self.name


def parse_arguments(text: str, where: str) -> tuple[tuple[str, str], ...]:
    """Return the (type, name) pairs of a parameter list."""
    if text.strip() == "void":
        return ()
    found = [ARGUMENT.match(part.strip()) for part in text.split(",")]
    if not all(found):
        raise TableError(f"{where}: cannot read the arguments {text!r}")
    return tuple((match["type"].strip(), match["name"]) for match in found if match)


def parse_line(line: str, where: str) -> Syscall:
    """Return the system call one table line describes; raises TableError."""
    fields = line.split(None, 2)
    if len(fields) != 3 or not fields[0].isdigit() or fields[1] not in KINDS:
        raise TableError(f"{where}: expected 'number kind prototype', kind one of {', '.join(KINDS)}; got {line!r}")
    match = PROTOTYPE.match(fields[2].strip())
    if match is None:
        raise TableError(f"{where}: not a prototype: {fields[2]!r}")
    arguments = parse_arguments(match["args"], where)
    return Syscall(int(fields[0]), fields[1], match["name"], match["result"].strip(), arguments)


def parse_table(text: str, source: str) -> list[Syscall]:
    """Return the table's calls in order of number; raises TableError for a bad or repeated one."""
    calls = [
        parse_line(line.strip(), f"{source}:{number}")
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    numbers = [call.number for call in calls]
    if numbers != sorted(set(numbers)):
        raise TableError(f"{source}: numbers must rise; got {numbers}")
    return calls


def describe_sysproto(calls: Sequence[Syscall]) -> str:
    """Return sys/sysproto.h: one argument structure and one prototype per call."""
    structs = {word for call in calls for kind, _ in call.args for word in re.findall(r"struct (\w+)", kind)}
    out = [
        LICENCE + "/* Generated from abi/syscalls.tbl. */",
        "#ifndef _SYS_SYSPROTO_H_",
        "#define	_SYS_SYSPROTO_H_",
    ]
    out += ["", "#include <sys/types.h>", "#include <sys/signal.h>", "", "struct thread;"]
    out += [f"struct {name};" for name in sorted(structs)]
    for call in calls:
        members = [f"\t{kind} {name};" for kind, name in call.args] or ["\tregister_t dummy;"]
        out += ["", f"struct {call.kernel_name}_args {{", *members, "};"]
        out += [f"int\tsys_{call.kernel_name}(struct thread *, struct {call.kernel_name}_args *);"]
    return "\n".join([*out, "", "#endif", ""])


def describe_numbers(calls: Sequence[Syscall]) -> str:
    """Return sys/syscall.h: the SYS_ numbers, for C and assembly, kernel and user."""
    rows = [f"#define	SYS_{call.name}	{call.number}" for call in calls]
    rows.append(f"#define	SYS_MAXSYSCALL	{calls[-1].number + 1}")
    return "\n".join([LICENCE + "/* Generated from abi/syscalls.tbl. */", *rows, ""])


def describe_table(calls: Sequence[Syscall]) -> str:
    """Return init_sysent.h: the initialisers of sysent[], one row per number."""
    known = {call.number: call for call in calls}
    rows = [LICENCE + "/* Generated from abi/syscalls.tbl. */"]
    for number in range(calls[-1].number + 1):
        call = known.get(number)
        if call is None:
            rows.append(f"{{ 0, (sy_call_t *)sys_nosys, 0, 0, 0 }},\t/* {number} */")
        elif call.kind == "NONE":
            rows.append(f"{{ {count_words(call)}, (sy_call_t *)sys_nosys, 0, 0, 0 }},\t/* {number} = {call.name} */")
        else:
            narg = f"AS({call.kernel_name}_args)" if call.args else "0"
            function = f"(sy_call_t *)(void *)sys_{call.kernel_name}"
            rows.append(f"{{ {narg}, {function}, 0, 0, 0 }},\t/* {number} = {call.name} */")
    return "\n".join([*rows, ""])


def describe_names(calls: Sequence[Syscall]) -> str:
    """Return syscallnames.h: the initialisers of syscallnames[]; "#n" where there is no call."""
    known = {call.number: call.name for call in calls}
    rows = [f'"{known.get(number, f"#{number}")}",' for number in range(calls[-1].number + 1)]
    return "\n".join([LICENCE + "/* Generated from abi/syscalls.tbl. */", *rows, ""])


def describe_types(calls: Sequence[Syscall]) -> str:
    """Return systrace_args.h: the C types of each call's arguments, and of its result, for the syscall provider."""
    rows = [LICENCE + "/* Generated from abi/syscalls.tbl. */"]
    table = []
    for call in calls:
        pairs = zip(call.args, words(call), strict=True)
        entries = ", ".join(f'{{ "{kind}", NULL, {word} }}' for (kind, _), word in pairs)
        name = f"systrace_{call.name}"
        if entries:
            rows.append(f"static const struct sdt_argtype {name}_args[] = {{ {entries} }};")
        rows.append(
            f"static const struct sdt_argtype {name}_result[] = "
            f'{{ {{ "{call.result}", NULL, 0 }}, {{ "{call.result}", NULL, 1 }} }};'
        )
        args = f"{name}_args, {len(call.args)}" if entries else "NULL, 0"
        table.append(f"\t[SYS_{call.name}] = {{ {args}, {name}_result }},")
    return "\n".join([*rows, "static const struct systrace_types systrace_types[] = {", *table, "};", ""])


def count_words(call: Syscall) -> int:
    """Return how many registers the arguments take."""
    return words(call)[-1] + (2 if call.args[-1][0] in WIDE else 1) if call.args else 0


def words(call: Syscall) -> list[int]:
    """Return where each argument starts, in registers: what is 64 bits wide starts at an even one."""
    starts, word = [], 0
    for kind, _ in call.args:
        wide = kind in WIDE
        word += word % 2 if wide else 0
        starts.append(word)
        word += 2 if wide else 1
    return starts


def describe_stub(call: Syscall) -> str:
    """Return one user stub: number in r7, swi, and to cerror if the kernel set the carry flag."""
    public = "_exit" if call.name == "exit" else call.name
    symbols = [f"__sys_{call.name}"] + ([] if call.kind == "HIDDEN" else [public])
    lines = [f"\t.balign\t4\n\t.globl\t{symbols[0]}\n\t.type\t{symbols[0]}, %function"]
    lines += [f"\t.weak\t{name}\n\t.type\t{name}, %function\n{name}:" for name in symbols[1:]]
    lines += [f"{symbols[0]}:", "\tmov\tr12, r7", f"\tldr\tr7, =SYS_{call.name}", "\tswi\t0", "\tmov\tr7, r12"]
    lines += ["\tbx\tlr"] if call.kind == "NOERR" else ["\tbxcc\tlr", "\tb\tcerror"]
    lines += ["\t.ltorg"] + [f"\t.size\t{name}, . - {name}" for name in symbols]
    return "\n".join(lines)


def describe_stubs(calls: Sequence[Syscall]) -> str:
    """Return syscall_stubs.S, to be included by libc, which provides cerror."""
    head = LICENCE + "/* Generated from abi/syscalls.tbl. */\n#include <sys/syscall.h>"
    setup = "\t.syntax\tunified\n\t.arm\n\t.text\n\t.hidden\tcerror"
    return "\n\n".join([head, setup, *map(describe_stub, calls)]) + "\n"


def write(path: Path, text: str) -> None:
    """Write ``text`` unless the file holds it already, so that time stamps stay."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def main(argv: Sequence[str]) -> int:
    """Generate everything; exit status 1 with one line on standard error if the table is wrong."""
    if len(argv) != 2:
        print("usage: gensyscalls.py table output_dir", file=sys.stderr)
        return 2
    table, out = Path(argv[0]), Path(argv[1])
    try:
        calls = parse_table(table.read_text(), table.name)
    except TableError as error:
        print(f"gensyscalls: {error}", file=sys.stderr)
        return 1
    present = [call for call in calls if call.kind != "NONE"]
    write(out / "sys" / "sysproto.h", describe_sysproto(present))
    write(out / "sys" / "syscall.h", describe_numbers(calls))
    write(out / "init_sysent.h", describe_table(calls))
    write(out / "syscallnames.h", describe_names(calls))
    write(out / "systrace_args.h", describe_types(calls))
    write(out / "syscall_stubs.S", describe_stubs(present))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
