# SPDX-License-Identifier: GPL-2.0-or-later
"""The pragmas that speak of names: attributes and bindings of what the script defines, and what it depends on."""

from __future__ import annotations

from dscript.check import names
from dscript.check.scope import Scope
from dscript.errors import Problem
from dscript.pragmas import PROVIDER_PARTS, Controls, Dependency, NamePragma
from dscript.program import ProbeDescription
from dscript.source import shorten
from dscript.stability import Attributes, ProviderAttributes, get_provider


def enter_attributes(controls: Controls, scope: Scope) -> None:
    """Make the attributes that pragmas give known to the scope, before anything is checked."""
    for pragma in controls.names:
        if pragma.attributes is None:
            continue
        if pragma.part:
            before = scope.provider_attributes.get(pragma.name) or get_provider(pragma.name)
            scope.provider_attributes[pragma.name] = _with_part(before, pragma.part, pragma.attributes)
        else:
            scope.name_attributes[pragma.name] = pragma.attributes


def _with_part(before: ProviderAttributes, part: str, attributes: Attributes) -> ProviderAttributes:
    parts = list(before)
    parts[PROVIDER_PARTS.index(part)] = attributes
    return parts[0], parts[1], parts[2], parts[3], parts[4]


def check_controls(controls: Controls, scope: Scope) -> None:
    """Report the pragmas that nothing in the program used, or that ask for what is not there."""
    for pragma in controls.names:
        try:
            _check_name(pragma, scope)
        except Problem as problem:
            scope.report(problem)


def check_dependencies(controls: Controls, scope: Scope) -> None:
    """Raise Problem D_PRAGMA_DEPEND for the first thing that the program depends on and that is not there."""
    for dependency in controls.dependencies:
        _check_dependency(dependency, scope)


def _check_name(pragma: NamePragma, scope: Scope) -> None:
    if pragma.part:
        known = pragma.name in scope.provided or _has_provider(pragma.name, scope)
    else:
        if names.is_reserved(pragma.name):
            message = f"#pragma {pragma.kind} cannot modify entity defined outside program scope"
            raise Problem("D_PRAGMA_SCOPE", pragma.span, message)
        known = scope.defines(pragma.name) or (pragma.name == "translator" and bool(scope.definitions.translators))
    if not known:
        what = f"no {'provider' if pragma.part else 'name'} {shorten(pragma.name)} is defined"
        raise Problem("D_PRAGMA_UNUSED", pragma.span, f"unused #pragma {pragma.kind}", what)


def _check_dependency(dependency: Dependency, scope: Scope) -> None:
    match dependency.kind:
        case "library":
            message = "main program may not explicitly depend on a library"
            raise Problem("D_PRAGMA_DEPEND", dependency.span, message)
        case "provider":
            found = _has_provider(dependency.name, scope)
        case _:
            found = scope.env.has_module(dependency.name)
    if not found:
        message = f"program requires {dependency.kind} {shorten(dependency.name)}"
        raise Problem("D_PRAGMA_DEPEND", dependency.span, message)


def _has_provider(name: str, scope: Scope) -> bool:
    return name == "dtrace" or bool(scope.env.match(ProbeDescription(provider=name)))
