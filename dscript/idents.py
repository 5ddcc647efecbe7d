# SPDX-License-Identifier: GPL-2.0-or-later
"""The names that D defines: builtin variables, subroutines, actions and aggregating functions.

Numbers and prototypes are DTrace's published ones (dtrace.h, the guide). Argument types are written as words, which
check/prototypes.py explains; ``?`` an argument that may be left out, ``...`` any number more.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from dscript.program import ActionKind

FIRST_USER_VARIABLE, LAST_VARIABLE = 0x500, 0xFFFF
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
# a process here has one user and one group, real and effective; all of them are in the jail that is none
SAME_AS = {"euid": "uid", "egid": "gid"}
CONSTANTS: dict[str, int | str] = {"jid": 0, "jailname": "0"}
NAMES_BY_NUMBER = {builtin.number: name for name, builtin in BUILTINS.items()} | {n: a for a, n in ARRAYS.items()}


@dataclass(frozen=True)
class Prototype:
    """The arguments of a function as words (see check/prototypes.py); the last ``optional`` may be left out.

    With ``variadic`` more may follow.
    """

    arguments: tuple[str, ...]
    optional: int = 0
    variadic: bool = False


@dataclass(frozen=True)
class Subroutine:
    """A subroutine: DIF number, result type, prototype."""

    number: int
    returns: str
    prototype: Prototype


def _prototype(words: list[str]) -> Prototype:
    variadic = words[-1:] == ["..."]
    words = words[:-1] if variadic else words
    return Prototype(tuple(w.rstrip("?") for w in words), sum(w.endswith("?") for w in words), variadic)


def _rows(text: str) -> list[list[str]]:
    return [words for row in text.replace("\n", "|").split("|") if (words := row.split())]


_SUBROUTINE_ROWS = """
rand 0 int | mutex_owned 1 int lock | mutex_owner 2 uintptr_t lock | mutex_type_adaptive 3 int lock
mutex_type_spin 4 int lock | rw_read_held 5 int lock | rw_write_held 6 int lock | rw_iswriter 7 int lock
copyin 8 address uintptr_t size_t | copyinstr 9 string uintptr_t size_t? | speculation 10 int
progenyof 11 int pid_t | strlen 12 size_t chars | copyout 13 void address uintptr_t size_t
copyoutstr 14 void chars uintptr_t size_t | alloca 15 address size_t | bcopy 16 void address address size_t
copyinto 17 void uintptr_t size_t address | strjoin 23 string chars chars | lltostr 24 string int64_t int?
basename 25 string chars | dirname 26 string chars | cleanpath 27 string chars | strchr 28 string chars char
strrchr 29 string chars char | strstr 30 string chars chars | strtok 31 string chars chars
substr 32 string chars int int? | index 33 int chars chars int? | rindex 34 int chars chars int?
htons 35 uint16_t uint16_t | htonl 36 uint32_t uint32_t | htonll 37 uint64_t uint64_t
ntohs 38 uint16_t uint16_t | ntohl 39 uint32_t uint32_t | ntohll 40 uint64_t uint64_t
inet_ntop 41 string int address | inet_ntoa 42 string pointer | inet_ntoa6 43 string pointer
toupper 44 string chars | tolower 45 string chars | memref 46 memref address size_t
sx_shared_held 48 int lock | sx_exclusive_held 49 int lock | sx_isexclusive 50 int lock
memstr 51 string address char size_t | json 53 string chars chars | strtoll 54 int64_t chars int?
"""

SUBROUTINES = {
    name: Subroutine(int(number), returns, _prototype(arguments))
    for name, number, returns, *arguments in _rows(_SUBROUTINE_ROWS)
}
SUBROUTINE_NAMES = {subroutine.number: name for name, subroutine in SUBROUTINES.items()}
LAST_SUBROUTINE = 54
COPYOUT = frozenset({13, 14})  # the subroutines that change a process's memory

_ACTION_ROWS = """
trace any | print any | printf any ... | printa any ... | printm size_t pointer | tracemem any size_t ... | exit int
stack ... | ustack ... | jstack ... | sym uintptr_t | func uintptr_t | mod uintptr_t
uaddr uintptr_t | usym uintptr_t | ufunc uintptr_t | umod uintptr_t
trunc ... | clear ... | normalize ... | denormalize ... | setopt chars chars? | ftruncate
speculate int | commit int | discard int
stop | raise int | chill int | panic | breakpoint | system any ... | freopen any ...
"""

ACTIONS = {name: _prototype(arguments) for name, *arguments in _rows(_ACTION_ROWS)}

AGGREGATING = {
    "count": ActionKind.COUNT, "sum": ActionKind.SUM, "min": ActionKind.MIN, "max": ActionKind.MAX,
    "avg": ActionKind.AVG, "stddev": ActionKind.STDDEV, "quantize": ActionKind.QUANTIZE,
    "lquantize": ActionKind.LQUANTIZE, "llquantize": ActionKind.LLQUANTIZE,
}  # fmt: skip
_AGGREGATING_ROWS = """
count | sum any | min any | max any | avg any | stddev any | quantize any ...
lquantize any int32_t int32_t ... | llquantize any int32_t int32_t int32_t int32_t ...
"""
AGGREGATING_PROTOTYPES = {name: _prototype(arguments) for name, *arguments in _rows(_AGGREGATING_ROWS)}

# names of D's surface that this compiler refuses, so that a script gets a true answer
_UNSUPPORTED_FUNCTIONS_WORDS = """
ddi_pathname getf getmajor getminor msgdsize msgsize offsetof xlate
"""
UNSUPPORTED_FUNCTIONS = frozenset(_UNSUPPORTED_FUNCTIONS_WORDS.split())
# what $name gives but name does not: a script may use these names for variables of its own
MACROS_ONLY = frozenset(["pgid", "projid", "sid", "target", "taskid"])
SCOPE_NAMES = ("self", "this")


def is_reserved(name: str) -> bool:
    """True if D itself defines the name, so that a script cannot give it to anything."""
    return (
        name in BUILTINS or name in SAME_AS or name in CONSTANTS or name in ARRAYS or name in SUBROUTINES
        or name in ACTIONS or name in AGGREGATING or name in UNSUPPORTED_FUNCTIONS
        or name in SCOPE_NAMES
    )  # fmt: skip


def find_similar(name: str, known: list[str]) -> str | None:
    """``did you mean …?`` for the closest known name, or None."""
    close = get_close_matches(name[:64], known, n=1, cutoff=0.7)
    return f"did you mean {close[0]}?" if close else None
