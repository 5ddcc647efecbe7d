# SPDX-License-Identifier: GPL-2.0-or-later
"""What a script has declared so far, and what its compilation may ask.

One ``Scope`` lives through a compilation: variables of the three scopes, aggregations, options and the
environment. Names enter it in source order, by declaration or by first assignment.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dscript.ctype import CType, IntType, PointerType, StringType, StructType
from dscript.env import TypeEnv
from dscript.errors import Diagnostic, Problem
from dscript.idents import FIRST_USER_VARIABLE
from dscript.options import Options
from dscript.program import ActionKind, DifVariable, ValueKind, ValueType
from dscript.source import Span
from dscript.stability import Attributes, ProviderAttributes
from dscript.versions import INTRODUCED

SCOPES = {"global": 0, "self": 1, "this": 2}
LAST_VARIABLE = 0xFFFF


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


@dataclass
class Scope:
    """Everything that the checks share."""

    env: TypeEnv
    options: Options
    level: str = "name"
    variables: dict[tuple[str, str], Declared] = field(default_factory=dict)
    aggregations: dict[str, Collected] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    poisoned: set[tuple[str, str]] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    name_attributes: dict[str, Attributes] = field(default_factory=dict)  # given by pragmas
    provider_attributes: dict[str, ProviderAttributes] = field(default_factory=dict)
    providers: set[str] = field(default_factory=set)  # defined by the script
    region: str | None = None  # the part of the clause that is being checked
    string: StringType = field(init=False)

    def __post_init__(self) -> None:
        self.string = StringType(size=self.options.strsize)

    def report(self, problem: Problem) -> None:
        """Collect a problem, unless it only follows from one collected before."""
        if problem.diagnostic.message:
            problem.stand_in(self.region)
            self.diagnostics.append(problem.diagnostic)

    def hides(self, name: str) -> bool:
        """True if D defines the name only in a later version than the one asked for."""
        return INTRODUCED.get(name, self.options.version) > self.options.version

    def defines(self, name: str) -> bool:
        """True if the script defines a global name, or an aggregation or provider of that name."""
        return ("global", name) in self.variables or name in self.aggregations or name in self.providers

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
            case _:
                return ValueType(ValueKind.INTEGER, 0, True, str(kind))


def describe_type(kind: CType | ValueType) -> str:
    """A type as messages show it."""
    return kind.name if isinstance(kind, ValueType | StructType) else str(kind)
