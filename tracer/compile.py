# SPDX-License-Identifier: GPL-2.0-or-later
"""The one place that calls the compiler, with the options it wants to know."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import cast

from dscript import Library, Program, TypeEnv, compile_program, desugar
from tracer.errors import OptionError
from tracer.options import Options, parse_value

_LIBRARY = Path(__file__).with_name("lib")
# The user who traces inside the guest is root.
_ROOT: dict[str, int | str] = {"uid": 0, "euid": 0, "gid": 0, "egid": 0}


def check_option(name: str, text: str | None) -> str | None:
    """Why ``#pragma D option name=text`` is refused, None if it is good."""
    try:
        parse_value(name, text)
    except OptionError as error:
        return str(error)
    return None


def _name_macros(name: str | None, macros: Mapping[str, int | str] | None) -> Mapping[str, int | str]:
    own: dict[str, int | str] = {"0": name or "dtrace"}
    return ChainMap(own, cast("MutableMapping[str, int | str]", macros or {}), _ROOT)  # only read


def describe_text(
    text: str,
    env: TypeEnv,
    arguments: Sequence[str] = (),
    name: str | None = None,
    macros: Mapping[str, int | str] | None = None,
) -> str:
    """Returns a program that compiles as ``dtrace -d`` shows it: macros put in, every if made clauses of their own."""

    def is_type(word: str) -> bool:
        return word.endswith("_t") or env.find_type(word) is not None

    shown = desugar(text, macro_args=arguments, macros=_name_macros(name, macros), is_type_name=is_type)
    return shown if shown.endswith("\n") else f"{shown}\n"


def compile_text(
    text: str,
    env: TypeEnv,
    options: Options,
    arguments: Sequence[str] = (),
    name: str | None = None,
    macros: Mapping[str, int | str] | None = None,
    needs_body: Callable[[int], bool] = lambda _line: False,
) -> Program:
    """Returns the compiled program; raises dscript's CompileError.

    ``macros`` are the values of ``$pid``, ``$target`` and their kin, asked for only if the script uses them;
    ``needs_body`` says which lines are a file's, where a probe description may not stand alone.
    """
    named = _name_macros(name, macros)
    written = options.written
    library = Library([Path(options.word("syslibdir") or _LIBRARY), *map(Path, options.list("libdir"))])
    return compile_program(
        text,
        env,
        filename=name,
        macro_args=arguments,
        macros=named,
        options=written,
        check_option=check_option,
        library=library,
        needs_body=needs_body,
    )
