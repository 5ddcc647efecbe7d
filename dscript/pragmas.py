# SPDX-License-Identifier: GPL-2.0-or-later
"""Control lines: ``#pragma D option|attributes|binding|depends_on``, ``#error``, ``#line``, and those ignored.

``read_controls`` gives what the control lines of a script ask for, in order; ``check/pragmas.py`` holds attributes,
bindings and dependencies against the program. Values of options belong to whoever uses them (``check_option``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from dscript.errors import Problem
from dscript.idents import find_similar
from dscript.source import Span, shorten
from dscript.stability import Attributes, find_attributes
from dscript.versions import find_version

_OPTIONS_WORDS = """
aggpercpu amin argref core cpp cpphdrs cpppath ctypes defaultargs define droptags dtypes debug empty encoding
errtags evaltime incdir iregs kdefs knodefs late lazyload ldpath libdir linkmode linktype nolibs objcopypath
pgmax pspec setenv stdc strip syslibdir tree tregs udefs undef unodefs unsetenv verbose version zdefs aggsize
bufsize bufpolicy bufresize cleanrate cpu destructive dynvarsize grabanon jstackframes jstackstrsize nspec
specsize stackframes statusrate strsize ustackframes temporal agghist aggpack aggrate aggsortkey aggsortkeypos
aggsortpos aggsortrev aggzoom flowindent quiet rawbytes stackindent switchrate oformat errexit
"""
OPTIONS = frozenset(_OPTIONS_WORDS.split())
_COMMAND_LINE_ONLY = {"cpphdrs", "cpppath", "define", "incdir", "ldpath", "stdc", "undef"}
_PREPROCESSOR = {"include", "define", "undef", "if", "ifdef", "ifndef", "else", "elif", "endif"}
_KINDS = ("option", "attributes", "binding", "depends_on")
_CLASSES = ("provider", "module", "library")
PROVIDER_PARTS = ("provider", "module", "function", "name", "args")

OptionCheck = Callable[[str, str | None], str | None]  # why the value is refused, None if it is not

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"]+|"')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INTEGER = re.compile(r"[0-9]+")
_LINE = re.compile(
    r'#[ \t]*(?:pragma[ \t]+(?:D[ \t]+)?)?(?:line[ \t]+)?([0-9]{1,9})(?:[ \t]+"([^"\n]*)"(?:[ \t]+[0-9]+)?)?[ \t]*'
)


@dataclass(frozen=True)
class NamePragma:
    """``attributes`` or ``binding`` (``kind``) for a name; ``part`` is that of a provider, else empty."""

    kind: str
    span: Span
    name: str
    attributes: Attributes | None = None
    part: str = ""


@dataclass(frozen=True)
class Dependency:
    """``depends_on kind name``."""

    kind: str
    span: Span
    name: str


@dataclass
class Controls:
    """What the control lines of a script ask for."""

    options: list[tuple[str, str | None]] = field(default_factory=list)
    names: list[NamePragma] = field(default_factory=list)
    dependencies: list[Dependency] = field(default_factory=list)


def read_line_directive(text: str) -> tuple[int, str | None] | None:
    """The line number and file that ``#line 3 "file"`` or ``# 3 "file"`` announces for the next line, or None."""
    match = _LINE.fullmatch(text.strip())
    return (int(match[1]), match[2]) if match else None


def read_controls(controls: Iterable[tuple[str, Span]], check_option: OptionCheck | None = None) -> Controls:
    """What the control lines ask for; raises Problem on a line that D does not have."""
    found = Controls()
    for text, span in controls:
        words = _WORD.findall(_COMMENT.sub(" ", text).lstrip()[1:].replace("\\\n", " "))
        if words:
            _read(words, text.strip(), span, found, check_option)
    return found


def _read(words: list[str], text: str, span: Span, found: Controls, check: OptionCheck | None) -> None:
    if '"' in words:
        raise Problem("D_STR_NL", span, "newline encountered in string literal")
    prefix = ["pragma", "D"]
    while words and prefix and words[0] == prefix[0]:
        words, prefix = words[1:], prefix[1:]
    match words:
        case []:
            pass
        case [number, *_] if _INTEGER.fullmatch(number):
            _require_line(words, text, span)
        case [word, *_] if word.startswith('"'):
            raise Problem("D_PRAGCTL_INVAL", span, "invalid control directive")
        case ["ident", *_]:
            pass
        case ["error", *rest]:
            raise Problem("D_PRAGERR", span, f"#error: {' '.join(rest)}")
        case ["line", *rest]:
            _require_line(rest, text, span)
        case [kind, *rest] if not prefix:
            _read_pragma(kind, rest, span, found, check)
        case [word, *_] if len(prefix) == len(["pragma", "D"]):
            hint = "with -C the C preprocessor reads the script first" if word in _PREPROCESSOR else None
            raise Problem("D_PRAGCTL_INVAL", span, f"invalid control directive: #{shorten(word)}", hint)
    # any other pragma is somebody else's: C says to ignore it


def _require_line(words: list[str], text: str, span: Span) -> None:
    if not words or read_line_directive(text) is None:
        raise Problem("D_PRAGMA_MALFORM", span, 'malformed #line <line> [ ["file"] state ]')


def _read_pragma(kind: str, words: list[str], span: Span, found: Controls, check: OptionCheck | None) -> None:
    match kind:
        case "option":
            found.options.append(_option(words, span, check))
        case "attributes":
            found.names.append(_attributes(words, span))
        case "binding":
            found.names.append(_binding(words, span))
        case "depends_on":
            found.dependencies.append(_dependency(words, span))
        case _:
            hint = find_similar(kind, list(_KINDS))
            raise Problem("D_PRAGMA_INVAL", span, f"invalid D pragma: {shorten(kind)}", hint)


def _is_name(word: str) -> bool:
    """True for a word that is neither a string nor a number."""
    return not word.startswith('"') and not _INTEGER.fullmatch(word)


def _malformed(span: Span, kind: str, expected: str) -> Problem:
    return Problem("D_PRAGMA_MALFORM", span, f"malformed #pragma {kind} {expected}")


def _option(words: list[str], span: Span, check: OptionCheck | None) -> tuple[str, str | None]:
    if not words or not _is_name(words[0]):
        raise _malformed(span, "option", "<option>=<val>")
    name, equals, text = words[0].partition("=")
    rest = words[1:]
    if equals and not text and rest and rest[0].startswith('"'):
        text = rest.pop(0)[1:-1]
    if rest:
        raise Problem("D_PRAGMA_MALFORM", span, "superfluous arguments specified for #pragma option")
    value = text if equals else None
    shown = f"failed to set option '{shorten(name)}'" + (f" to '{shorten(value)}'" if value is not None else "")
    if name not in OPTIONS:
        raise Problem("D_PRAGMA_OPTSET", span, f"{shown}: Invalid option name", find_similar(name, sorted(OPTIONS)))
    if name in _COMMAND_LINE_ONLY:
        raise Problem("D_PRAGMA_OPTSET", span, f"{shown}: Option cannot be used from within a D program")
    if check is not None and (reason := check(name, value)) is not None:
        raise Problem("D_PRAGMA_OPTSET", span, f"{shown}: {reason}")
    return name, value


def _attributes(words: list[str], span: Span) -> NamePragma:
    if len(words) < 2 or not all(map(_is_name, words[:2])):
        raise _malformed(span, "attributes", "<attributes> <ident>")
    attributes = find_attributes(words[0])
    if attributes is None:
        raise Problem(
            "D_PRAGMA_INVAL",
            span,
            "invalid attributes specified by #pragma attributes",
            "name stability/data stability/class, such as Evolving/Private/Common",
        )
    if words[1] != "provider" or len(words) == 2:
        return NamePragma("attributes", span, words[1], attributes)
    if len(words) < 4:
        raise _malformed(span, "attributes", "<attributes> provider <name> <part>")
    if words[3] not in PROVIDER_PARTS:
        raise Problem(
            "D_PRAGMA_INVAL",
            span,
            f'invalid component "{shorten(words[3])}" in attribute #pragma for provider {shorten(words[2])}',
            f"the components are {', '.join(PROVIDER_PARTS)}",
        )
    return NamePragma("attributes", span, words[2], attributes, words[3])


def _binding(words: list[str], span: Span) -> NamePragma:
    if len(words) < 2 or not words[0].startswith('"') or not _is_name(words[1]):
        raise _malformed(span, "binding", '"version" <ident>')
    if find_version(words[0][1:-1]) is None:
        raise Problem("D_PRAGMA_INVAL", span, "invalid version string specified by #pragma binding")
    return NamePragma("binding", span, words[1])


def _dependency(words: list[str], span: Span) -> Dependency:
    if len(words) < 2 or not all(map(_is_name, words[:2])):
        raise _malformed(span, "depends_on", "<class> <name>")
    if words[0] not in _CLASSES:
        hint = f"the classes are {', '.join(_CLASSES)}"
        raise Problem(
            "D_PRAGMA_INVAL", span, f"invalid class {shorten(words[0])} specified by #pragma depends_on", hint
        )
    return Dependency(words[0], span, words[1])
