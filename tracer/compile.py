# SPDX-License-Identifier: GPL-2.0-or-later
"""The one place that calls the compiler, with the options it wants to know."""

from __future__ import annotations

from collections.abc import Sequence

from dscript import Program, TypeEnv, compile_program
from tracer.options import Options

# The user who traces inside the guest is root.
_ROOT: dict[str, int | str] = {"uid": 0, "euid": 0, "gid": 0, "egid": 0}


def compile_text(
    text: str, env: TypeEnv, options: Options, arguments: Sequence[str] = (), name: str | None = None
) -> Program:
    """Returns the compiled program; raises dscript's CompileError."""
    macros = {**_ROOT, "0": name or "dtrace"}
    written = options.written
    return compile_program(text, env, filename=name, macro_args=arguments, macros=macros, options=written)
