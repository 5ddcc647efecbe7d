# SPDX-License-Identifier: GPL-2.0-or-later
"""What a script has declared so far, and what its compilation may ask.

One ``Scope`` lives through a compilation: variables of the three scopes, aggregations, options and the
environment. Names enter it in source order, by declaration or by first assignment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from dscript import nodes, tree
from dscript.check.definitions import Definitions
from dscript.check.typescope import TypeScope
from dscript.ctype import (
    ArrayType,
    CType,
    FloatType,
    IntType,
    PointerType,
    StringType,
    StructType,
    describe,
)  # fmt: skip
from dscript.env import ProbeArgument, TypeEnv
from dscript.errors import Diagnostic, Problem
from dscript.idents import FIRST_USER_VARIABLE, LAST_VARIABLE
from dscript.options import Options
from dscript.program import ActionKind, DifVariable, ValueKind, ValueType
from dscript.source import Span
from dscript.stability import Attributes, ProviderAttributes
from dscript.versions import INTRODUCED

MAX_PROBLEMS = 20
SCOPES = {"global": 0, "self": 1, "this": 2}


@dataclass(frozen=True)
class Declared:
    """A user variable: its DIF identity, D type, and the key types of an array (None for a scalar)."""

    variable: DifVariable
    type: CType
    keys: tuple[CType, ...] | None


@dataclass(frozen=True)
class Collected:
    """An aggregation as its first use defined it."""

    id: int
    name: str
    function: ActionKind
    keys: tuple[CType | ValueType, ...]
    arg: int
    shape: tuple[int, ...]


class LibrarySource(Protocol):
    """The D library, as far as a scope needs it (check/library.py)."""

    def load(self, name: str) -> bool:
        """Bring in what defines a name; False if there is nothing new."""
        ...

    def load_translators(self, result: StructType) -> None:
        """Bring in the translators to a type."""
        ...


@dataclass
class Scope:
    """Everything that the checks share."""

    env: TypeEnv
    options: Options
    level: str = "name"
    variables: dict[tuple[str, str], Declared] = field(default_factory=dict)
    aggregations: dict[str, Collected] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)  # aggregations that were given keys, perhaps never a function
    declared: set[str] = field(default_factory=set)  # global variables that a declaration made
    assigning: str | None = None  # the global name that the assignment being checked will make
    counts: dict[str, int] = field(default_factory=dict)
    poisoned: set[tuple[str, str]] = field(default_factory=set)
    waiting: set[tuple[str, str]] = field(default_factory=set)  # names that clauses which wait will introduce
    unseen: bool = False  # the clause being checked needs the type of an array that nothing was assigned to so far
    diagnostics: list[Diagnostic] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    name_attributes: dict[str, Attributes] = field(default_factory=dict)  # given by pragmas
    provider_attributes: dict[str, ProviderAttributes] = field(default_factory=dict)
    definitions: Definitions = field(default_factory=Definitions)
    provided: dict[str, dict[str, tuple[ProbeArgument, ...]]] = field(default_factory=dict)  # providers of the script
    offered: list[tuple[ProbeArgument, ...]] = field(default_factory=list)  # their probes that the clause matches
    library: LibrarySource | None = None
    loading: bool = False  # an item of the library is being checked
    type_questions: tuple[Callable[[str], bool], ...] = ()  # what the parser asks about names
    tracing: Problem | None = None  # a tracing function met inside the expression that is being checked
    region: str | None = None  # the part of the clause that is being checked
    probes: tuple[int, ...] | None = None  # that the clause being checked matches; None outside clauses
    string: StringType = field(init=False)
    types: TypeScope = field(init=False)
    cook: Callable[[nodes.Expr], tree.Expr] = field(init=False)  # typing of expressions, for constants in declarations

    def __post_init__(self) -> None:
        self.string = StringType(size=self.options.strsize)
        self.types = TypeScope(self.env)

    @contextmanager
    def in_program(self) -> Iterator[None]:
        """One expression of a clause: a tracing function inside of it is a problem if there is no other."""
        self.tracing = None
        yield
        if self.tracing is not None:
            raise self.tracing

    def report(self, problem: Problem) -> None:
        """Collect a problem, unless it only follows from one collected before."""
        if problem.diagnostic.message:
            problem.stand_in(self.region)
            if len(self.diagnostics) < MAX_PROBLEMS:
                self.diagnostics.append(problem.diagnostic)

    def hides(self, name: str) -> bool:
        """True if D defines the name only in a later version than the one asked for."""
        return INTRODUCED.get(name, self.options.version) > self.options.version

    def defines(self, name: str) -> bool:
        """True if the script defines a global name, or an aggregation or provider of that name."""
        return (
            ("global", name) in self.variables
            or name in self.aggregations
            or name in self.provided
            or name in self.definitions.inlines
        )

    def is_named(self, name: str) -> bool:
        """True if a global name stands for something else than a variable: an inline, a parameter, an enumerator."""
        if name in self.types.enumerators or name in self.definitions.inlines or name in self.definitions.bound:
            return True
        return ("global", name) not in self.variables and self.load(name) and self.is_named(name)

    def load(self, name: str) -> bool:
        """Bring in what the D library has of that name; False if there is nothing new."""
        return self.library is not None and self.library.load(name)

    def load_translators(self, result: StructType) -> None:
        """Bring in the D library's translators to a type."""
        if self.library is not None:
            self.library.load_translators(result)

    def is_variable(self, name: str) -> bool:
        """True if the script has a global variable of that name."""
        return ("global", name) in self.variables

    def is_global(self, name: str) -> bool:
        """True if the script gave a global name a meaning."""
        return ("global", name) in self.variables or self.is_named(name)

    def declare(self, scope: str, name: str, kind: CType, keys: tuple[CType, ...] | None, span: Span) -> Declared:
        """Add a variable; it must not exist yet."""
        number = FIRST_USER_VARIABLE + self.counts.get(scope, 0)
        self.counts[scope] = self.counts.get(scope, 0) + 1
        if number > LAST_VARIABLE:
            raise Problem("D_ID_OFLOW", span, f"cannot create {name}: too many {scope} variables")
        variable = DifVariable(name, number, 0 if keys is not None else 1, SCOPES[scope], self.value_type(kind))
        declared = Declared(variable, kind, keys)
        self.variables[scope, name] = declared
        return declared

    def value_type(self, kind: CType | ValueType) -> ValueType:
        """How a value of a D type is recorded."""
        match kind:
            case ValueType():
                return kind
            case StringType():
                return ValueType(ValueKind.STRING, self.options.strsize, False, "string")
            case IntType() | PointerType():
                return ValueType(ValueKind.INTEGER, kind.size, kind.signed, str(kind))
            case StructType() | ArrayType() | FloatType():
                return ValueType(ValueKind.BYTES, kind.size, False, describe(kind))
            case _:
                return ValueType(ValueKind.INTEGER, 0, True, str(kind))


def describe_type(kind: CType | ValueType) -> str:
    """A type as messages show it."""
    return kind.name if isinstance(kind, ValueType | StructType) else str(kind)
