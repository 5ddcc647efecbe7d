# SPDX-License-Identifier: GPL-2.0-or-later
"""Control lines: ``#pragma D option name=value``, and those that are ignored.

``read_controls`` gives the options of a script in order. Only the option's name is judged here; values
belong to whoever uses them, except the few that the compiler itself needs (``options.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dscript.errors import Problem
from dscript.idents import find_similar
from dscript.source import Span

_OPTIONS_WORDS = """
aggpercpu amin argref core cpp cpphdrs cpppath ctypes defaultargs define droptags dtypes debug empty encoding
errtags evaltime incdir iregs kdefs knodefs late lazyload ldpath libdir linkmode linktype nolibs objcopypath
pgmax pspec setenv stdc strip syslibdir tree tregs udefs undef unodefs unsetenv verbose version zdefs aggsize
bufsize bufpolicy bufresize cleanrate cpu destructive dynvarsize grabanon jstackframes jstackstrsize nspec
specsize stackframes statusrate strsize ustackframes temporal agghist aggpack aggrate aggsortkey aggsortkeypos
aggsortpos aggsortrev aggzoom flowindent quiet rawbytes stackindent switchrate oformat errexit
"""
OPTIONS = frozenset(_OPTIONS_WORDS.split())

_PRAGMA = re.compile(r"#\s*pragma\s+D\s+(\w+)\s*(.*)", re.DOTALL)
_IGNORED = re.compile(r"#\s*(ident\b.*|pragma\s+ident\b.*|pragma\s+(?!D\b).*|line\b.*|\d+.*)?\s*", re.DOTALL)


def read_controls(controls: Iterable[tuple[str, Span]]) -> tuple[tuple[str, str | None], ...]:
    """The options that the control lines set, in order; raises Problem on a line that D does not have."""
    return tuple(option for text, span in controls for option in _read(text.strip(), span))


def _read(text: str, span: Span) -> list[tuple[str, str | None]]:
    if _IGNORED.fullmatch(text):
        return []
    if re.match(r"#\s*error\b", text):
        raise Problem("D_PRAGERR", span, text)
    match = _PRAGMA.fullmatch(text)
    if match is None:
        raise Problem("D_PRAGCTL_INVAL", span, f"invalid control directive: {text[:60]}")
    kind, rest = match.groups()
    rest = re.sub(r"/\*.*?\*/", " ", rest, flags=re.DOTALL).strip()
    match kind:
        case "option":
            return [_option(rest, span)]
        case "error":
            raise Problem("D_PRAGERR", span, f"#error: {rest}")
        case "attributes" | "binding" | "line":
            return []
        case "depends_on":
            raise Problem("D_PRAGMA_DEPEND", span, f"program requires {rest}, which this compiler does not have")
    raise Problem("D_PRAGMA_INVAL", span, f"invalid D pragma: {kind}", "the one most scripts want is: #pragma D option")


def _option(text: str, span: Span) -> tuple[str, str | None]:
    if len(text.split()) != 1:
        raise Problem("D_PRAGMA_MALFORM", span, "malformed #pragma D option: expected name or name=value")
    name, equals, value = text.partition("=")
    if name not in OPTIONS:
        hint = find_similar(name, sorted(OPTIONS))
        raise Problem("D_PRAGMA_OPTSET", span, f"failed to set option '{name}': Invalid option name", hint)
    return name, value if equals else None
