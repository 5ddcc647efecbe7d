# SPDX-License-Identifier: GPL-2.0-or-later
"""The compiler from end to end: text, tree, types, code.

``compile_program`` is what other packages call. It returns a Program or raises CompileError with every
problem it found; whatever the input, nothing else comes out of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dscript import nodes
from dscript.check import CheckedClause, Scope, check_script
from dscript.check.pragmas import check_controls, check_dependencies, enter_attributes
from dscript.env import TypeEnv
from dscript.errors import CompileError, Problem
from dscript.gen import generate_clause
from dscript.macros import Macros
from dscript.options import Options, collect
from dscript.parse import parse
from dscript.pragmas import OptionCheck, read_controls
from dscript.program import Aggregation, Clause, Program
from dscript.source import NOWHERE, Source, Span


def compile_program(
    source: str | bytes,
    env: TypeEnv,
    *,
    filename: str | None = None,
    macro_args: Sequence[str] = (),
    macros: Mapping[str, int | str] | None = None,
    options: Mapping[str, str | None] | None = None,
    level: str = "name",
    check_option: OptionCheck | None = None,
) -> Program:
    """The program of a D script, or CompileError.

    ``macro_args`` are $1, $2 …; ``macros`` the named ones ($target, $pid …); ``options`` those of -x that matter
    here (strsize, stackframes, zdefs, defaultargs, argref); ``level`` is ``provider``, ``module``, ``function`` or
    ``name``: which part of a description its last component is (dtrace -P, -m, -f, -n);
    ``check_option`` says why the value of a ``#pragma D option`` is refused, None if it is good.
    """
    text = Source(source if isinstance(source, str) else source.decode("utf-8", "replace"), filename)
    try:
        if isinstance(source, bytes):
            _require_text(source)
        given = options or {}
        arguments = Macros(macro_args, macros or {}, default=_has(given, "defaultargs"))
        return _compile(text, env, arguments, given, level, check_option)
    except Problem as problem:
        raise CompileError(text, [problem.diagnostic]) from None


def _has(options: Mapping[str, str | None] | None, name: str) -> bool:
    return bool(options) and name in (options or {})


def _require_text(data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise Problem(
            "D_SYNTAX",
            Span(error.start, error.start + 1),
            f"the script is not text: byte {data[error.start]:#04x} at offset {error.start} is not UTF-8",
        ) from None


def _compile(
    source: Source,
    env: TypeEnv,
    macros: Macros,
    given: Mapping[str, str | None],
    level: str,
    check_option: OptionCheck | None,
) -> Program:
    parsed = parse(source, macros)
    controls = read_controls(parsed.controls, check_option)
    options = collect(given, controls.options)
    _require_content(parsed.script, options)
    _require_macros_used(macros, options)
    scope = Scope(env, options, level)
    check_dependencies(controls, scope)
    enter_attributes(controls, scope)
    checked = check_script(parsed.script, scope)
    check_controls(controls, scope)
    clauses = [] if scope.diagnostics else _generate(checked, scope, source)
    if scope.diagnostics:
        raise CompileError(source, scope.diagnostics)
    return Program(
        clauses=tuple(clauses),
        variables=tuple(declared.variable for declared in scope.variables.values()),
        aggregations=tuple(
            Aggregation(a.id, a.name, a.function, tuple(scope.value_type(k) for k in a.keys), a.arg)
            for a in scope.aggregations.values()
        ),
        options=tuple(controls.options),
        notes=tuple(scope.notes),
    )


def _require_content(script: nodes.Script, options: Options) -> None:
    if not script.items and not options.empty:
        raise Problem("D_EMPTY", NOWHERE, "empty D program translation unit")


def _require_macros_used(macros: Macros, options: Options) -> None:
    unused = None if options.argref else macros.find_unused()
    if unused is not None:
        number, text = unused
        raise Problem("D_MACRO_UNUSED", NOWHERE, f"extraneous argument '{text}' (${number} is not referenced)")


def _generate(checked: list[CheckedClause], scope: Scope, source: Source) -> list[Clause]:
    clauses = []
    for clause in checked:
        try:
            clauses.append(generate_clause(clause, scope, source.position(clause.span.start)[0]))
        except Problem as problem:
            scope.report(problem)
    return clauses
