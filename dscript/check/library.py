# SPDX-License-Identifier: GPL-2.0-or-later
"""The D library as one compilation uses it: an item is parsed and checked when its name is first mentioned.

What it defines enters the scope as if the script had written it. The items of a file whose ``depends_on`` is not
fulfilled are not there.
"""

from __future__ import annotations

from collections.abc import Callable

from dscript import nodes
from dscript.check.scope import Scope
from dscript.ctype import CType, StructType, same_type
from dscript.errors import Problem
from dscript.library import Item, Library
from dscript.macros import Macros
from dscript.parse import parse
from dscript.program import ProbeDescription
from dscript.source import NOWHERE, Source

Check = Callable[[nodes.Item, Scope], None]


class Loader:
    """Brings items of a library into a scope; ``check`` enters one declaration."""

    def __init__(self, library: Library, scope: Scope, check: Check) -> None:
        self._library, self._scope, self._check = library, scope, check
        self._seen: set[Item] = set()
        self._usable: dict[int, bool] = {}

    def load(self, name: str) -> bool:
        """Bring in what defines ``name``; False if there is nothing, or nothing new."""
        new = [item for item in self._library.find(name) if item not in self._seen and self._is_usable(item)]
        for item in new:
            self._seen.add(item)
            self._load(item)
        return bool(new)

    def find_type(self, name: str) -> CType | None:
        """The typedef of that name, or the type ``struct tag``, if the library has it."""
        self.load(name)
        types = self._scope.types
        return types.typedefs.get(name) or types.tags.get(name)

    def load_translators(self, result: StructType) -> None:
        """Bring in the translators to a type."""
        for written in self._library.iter_translated():
            kind = self._scope.types.find_tag(written) if " " in written else self._scope.types.find(written)
            if kind is not None and same_type(kind, result):
                self.load(f"translator {written}")

    def _is_usable(self, item: Item) -> bool:
        if item.file not in self._usable:
            self._usable[item.file] = all(self._has(kind, name) for kind, name in self._library.iter_dependencies(item))
        return self._usable[item.file]

    def _has(self, kind: str, name: str) -> bool:
        match kind:
            case "provider":
                return bool(self._scope.env.match(ProbeDescription(provider=name)))
            case "module":
                return self._scope.env.has_module(name)
        return any(path.endswith(f"/{name}") for path, _ in self._library.files)

    def _load(self, item: Item) -> None:
        """Parse and check an item; its problems are told with its own file and line, wherever it was mentioned."""
        scope, (path, text) = self._scope, self._library.read(item)
        collected, scope.diagnostics = scope.diagnostics, []
        outside = scope.probes, scope.region, scope.loading
        scope.probes, scope.region, scope.loading = None, None, True
        try:
            with scope.definitions.binding({}):
                for node in parse(Source(text, path), Macros((), {}), *scope.type_questions).script.items:
                    self._check(node, scope)
            problem = scope.diagnostics[0] if scope.diagnostics else None
        except Problem as error:
            problem = error.diagnostic
        finally:
            scope.diagnostics = collected
            scope.probes, scope.region, scope.loading = outside
        if problem is not None:
            line = item.line + Source(text).position(problem.span.start)[0] - 1
            raise Problem(problem.tag, NOWHERE, f'"{path}", line {line}: {problem.message}', problem.hint)
