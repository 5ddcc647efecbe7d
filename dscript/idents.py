# SPDX-License-Identifier: GPL-2.0-or-later
"""The names that D defines: builtin variables, subroutines, actions and aggregating functions.

Numbers are DTrace's published ones (dtrace.h). Argument types are written as words: ``int`` any integer or
pointer, ``string`` a string or pointer to characters, ``token`` that or 0, ``ptr`` a pointer or integer address.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from dscript.program import ActionKind

FIRST_USER_VARIABLE = 0x500
ARRAYS = {"args": 0, "regs": 1, "uregs": 2}


@dataclass(frozen=True)
class Builtin:
    """A builtin scalar variable: DIF number and D type."""

    number: int
    type_name: str


BUILTINS = {
    "curthread": Builtin(0x100, "struct thread *"),
    "timestamp": Builtin(0x101, "uint64_t"),
    "vtimestamp": Builtin(0x102, "uint64_t"),
    "ipl": Builtin(0x103, "uint_t"),
    "epid": Builtin(0x104, "uint_t"),
    "id": Builtin(0x105, "uint_t"),
    **{f"arg{n}": Builtin(0x106 + n, "int64_t") for n in range(10)},
    "stackdepth": Builtin(0x110, "uint32_t"),
    "caller": Builtin(0x111, "uintptr_t"),
    "probeprov": Builtin(0x112, "string"),
    "probemod": Builtin(0x113, "string"),
    "probefunc": Builtin(0x114, "string"),
    "probename": Builtin(0x115, "string"),
    "pid": Builtin(0x116, "pid_t"),
    "tid": Builtin(0x117, "id_t"),
    "execname": Builtin(0x118, "string"),
    "zonename": Builtin(0x119, "string"),
    "walltimestamp": Builtin(0x11A, "int64_t"),
    "ustackdepth": Builtin(0x11B, "uint32_t"),
    "ucaller": Builtin(0x11C, "uint64_t"),
    "ppid": Builtin(0x11D, "pid_t"),
    "uid": Builtin(0x11E, "uid_t"),
    "gid": Builtin(0x11F, "gid_t"),
    "errno": Builtin(0x120, "int"),
    "execargs": Builtin(0x121, "string"),
    "cpu": Builtin(0x200, "processorid_t"),
}
NAMES_BY_NUMBER = {builtin.number: name for name, builtin in BUILTINS.items()} | {n: a for a, n in ARRAYS.items()}


@dataclass(frozen=True)
class Subroutine:
    """A subroutine: DIF number, result type, argument words; the last ``optional`` arguments may be left out."""

    number: int
    returns: str
    arguments: tuple[str, ...]
    optional: int = 0


def _subroutines() -> dict[str, Subroutine]:
    rows = """
    rand 0 int | mutex_owned 1 int ptr | mutex_owner 2 uintptr_t ptr | mutex_type_adaptive 3 int ptr
    mutex_type_spin 4 int ptr | rw_read_held 5 int ptr | rw_write_held 6 int ptr | rw_iswriter 7 int ptr
    copyin 8 address ptr int | copyinstr 9 string ptr int? | progenyof 11 int int
    strlen 12 size_t string | alloca 15 address int | bcopy 16 void ptr ptr int | copyinto 17 void ptr int ptr
    strjoin 23 string string string | lltostr 24 string int int? | basename 25 string string
    dirname 26 string string | cleanpath 27 string string | strchr 28 string string int | strrchr 29 string string int
    strstr 30 string string string | strtok 31 string token string | substr 32 string string int int?
    index 33 int string string int? | rindex 34 int string string int? | htons 35 uint16_t int
    htonl 36 uint32_t int | htonll 37 uint64_t int | ntohs 38 uint16_t int | ntohl 39 uint32_t int
    ntohll 40 uint64_t int | inet_ntoa 42 string ptr | toupper 44 string string | tolower 45 string string
    sx_shared_held 48 int ptr | sx_exclusive_held 49 int ptr | sx_isexclusive 50 int ptr
    strtoll 54 int64_t string int?
    """
    table = {}
    for row in rows.replace("\n", "|").split("|"):
        if words := row.split():
            name, number, returns, *arguments = words
            optional = sum(a.endswith("?") for a in arguments)
            table[name] = Subroutine(int(number), returns, tuple(a.rstrip("?") for a in arguments), optional)
    return table


SUBROUTINES = _subroutines()
SUBROUTINE_NAMES = {subroutine.number: name for name, subroutine in SUBROUTINES.items()}
LAST_SUBROUTINE = 54

ACTIONS = frozenset({"trace", "printf", "stack", "exit", "tracemem"})

AGGREGATING = {
    "count": ActionKind.COUNT, "sum": ActionKind.SUM, "min": ActionKind.MIN, "max": ActionKind.MAX,
    "avg": ActionKind.AVG, "stddev": ActionKind.STDDEV, "quantize": ActionKind.QUANTIZE,
    "lquantize": ActionKind.LQUANTIZE, "llquantize": ActionKind.LLQUANTIZE,
}  # fmt: skip

# names of D's surface that this compiler refuses, so that a script gets a true answer
_UNSUPPORTED_FUNCTIONS_WORDS = """
breakpoint chill clear commit copyout copyoutstr ddi_pathname denormalize discard freopen ftruncate func getf
getmajor getminor inet_ntoa6 inet_ntop json jstack memref memstr mod msgdsize msgsize normalize offsetof panic
print printa printm raise setopt speculate speculation stop sym system trunc uaddr ufunc umod ustack usym xlate
"""
UNSUPPORTED_FUNCTIONS = frozenset(_UNSUPPORTED_FUNCTIONS_WORDS.split())
_UNSUPPORTED_VARIABLES_WORDS = """
jailname jid egid euid sid pgid projid taskid target
"""
UNSUPPORTED_VARIABLES = frozenset(_UNSUPPORTED_VARIABLES_WORDS.split())


def find_similar(name: str, known: list[str]) -> str | None:
    """``did you mean …?`` for the closest known name, or None."""
    close = get_close_matches(name[:64], known, n=1, cutoff=0.7)
    return f"did you mean {close[0]}?" if close else None
