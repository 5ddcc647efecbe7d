# SPDX-License-Identifier: GPL-2.0-or-later
"""The compiler from end to end: text, tree, types, code.

``compile_program`` is what other packages call. It returns a Program or raises CompileError with every
problem it found; whatever the input, nothing else comes out of it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence

from dscript import nodes
from dscript.check import CheckedClause, Scope, check_clauses, check_declarations, use_library
from dscript.check.pragmas import check_controls, check_dependencies, enter_attributes
from dscript.desugar import desugar_script
from dscript.env import TypeEnv
from dscript.errors import CompileError, Diagnostic, Problem
from dscript.gen import generate_clause
from dscript.library import Library
from dscript.macros import Macros
from dscript.options import collect
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
    library: Library | None = None,
    needs_body: Callable[[int], bool] = lambda _line: False,
) -> Program:
    """The program of a D script, or CompileError.

    ``macro_args`` are $1, $2 …; ``macros`` the named ones ($target, $pid …); ``options`` those of -x that matter
    here (strsize, stackframes, zdefs, defaultargs, argref); ``level`` is ``provider``, ``module``, ``function`` or
    ``name``: which part of a description its last component is (dtrace -P, -m, -f, -n);
    ``check_option`` says why the value of a ``#pragma D option`` is refused, None if it is good;
    ``library`` is the D library; ``needs_body`` says of a line whether a description that stands there must have a
    predicate or a body behind it, as DTrace has it in files and not on the command line.
    """
    text = Source(source if isinstance(source, str) else source.decode("utf-8", "replace"), filename)
    collects = gc.isenabled()
    gc.disable()  # trees have no loops, and looking for some in the trees of a long script takes most of the time
    try:
        if isinstance(source, bytes):
            _require_text(source)
        given = options or {}
        arguments = Macros(macro_args, macros or {}, default=_has(given, "defaultargs"))
        return _compile(text, env, arguments, given, level, check_option, library, needs_body)
    except Problem as problem:
        raise CompileError(text, [problem.diagnostic]) from None
    except RecursionError:
        too_deep = Diagnostic("D_UNKNOWN", NOWHERE, "the program's expressions are nested too deeply")
        raise CompileError(text, [too_deep]) from None
    finally:
        if collects:
            gc.enable()


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
    library: Library | None,
    needs_body: Callable[[int], bool],
) -> Program:
    library = None if _has(given, "nolibs") else library
    questions = [] if library is None else [library.is_type]
    questions.append(lambda name: env.find_type(name.rpartition("`")[2]) is not None)
    parsed = parse(source, macros, *questions)
    _require_bodies(parsed.script, source, needs_body)
    controls = read_controls(parsed.controls, check_option)
    options = collect(given, controls.options)
    scope = Scope(env, options, level, type_questions=tuple(questions))
    if library is not None and not options.nolibs:
        use_library(library, scope)
    check_dependencies(controls, scope)
    enter_attributes(controls, scope)
    script = desugar_script(parsed.script)
    check_declarations(script, scope)
    check_controls(controls, scope)
    _check_whole(script, macros, scope)
    checked = check_clauses(script, scope)
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


def _require_bodies(script: nodes.Script, source: Source, needs_body: Callable[[int], bool]) -> None:
    for item in script.items:
        if isinstance(item, nodes.Clause) and item.body is None and needs_body(source.position(item.span.start)[0]):
            message = "expected predicate and/or actions following probe description"
            raise Problem("D_SYNTAX", item.span, message)


def _check_whole(script: nodes.Script, macros: Macros, scope: Scope) -> None:
    """Report a script that declares things and does nothing, and a macro argument that it does not use."""
    unused = None if scope.options.argref else macros.find_unused()
    if unused is not None:
        number, text = unused
        problem = Problem("D_MACRO_UNUSED", NOWHERE, f"extraneous argument '{text}' (${number} is not referenced)")
        scope.report(problem)
    if all(isinstance(item, nodes.Declaration) for item in script.items) and not scope.options.empty:
        scope.report(Problem("D_EMPTY", NOWHERE, "empty D program translation unit"))


def _generate(checked: list[CheckedClause], scope: Scope, source: Source) -> list[Clause]:
    clauses = []
    for clause in checked:
        try:
            clauses.append(generate_clause(clause, scope, source.position(clause.span.start)[0]))
        except Problem as problem:
            scope.report(problem)
    return clauses
