# SPDX-License-Identifier: GPL-2.0-or-later
"""Formats against arguments: printf, system and freopen with their values, printa with an aggregation's keys."""

from __future__ import annotations

from collections.abc import Sequence

from dscript import nodes, tree
from dscript.check.expressions import cook
from dscript.check.prototypes import is_integer, mismatch
from dscript.check.scope import Scope, describe_type
from dscript.ctype import INT, CType
from dscript.errors import Problem
from dscript.formats import Conversion, FormatError, accepts, describe_wanted, parse_format
from dscript.program import ActionKind, StatementKind, ValueKind, ValueType
from dscript.source import Span

_KINDS = {
    "printf": (StatementKind.PRINTF, ActionKind.PRINTF),
    "system": (StatementKind.SYSTEM, ActionKind.SYSTEM),
    "freopen": (StatementKind.FREOPEN, ActionKind.FREOPEN),
}
_RESTORE = "."  # what dtrace keeps for itself as the name of the first standard output
_CONSTANT = ValueType(ValueKind.INTEGER, 4, True, "int")

_Given = tuple[CType | ValueType, Span]


def check_printflike(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``printf(format, values…)`` and its kin: an action for each value, or one of a constant 0 if there is none."""
    first = call.arguments[0]
    if not isinstance(first, nodes.String):
        given = str(cook(first, scope).type)
        raise Problem("D_PRINTF_ARG_FMT", first.span, mismatch(name, 1, "string constant", given))
    text = first.value.partition(b"\0")[0].decode("utf-8", "surrogateescape")  # a C string, as all text is
    if name == "freopen" and text == _RESTORE:
        raise Problem("D_FREOPEN_INVALID", first.span, f'freopen( ) argument #1 cannot be "{_RESTORE}"')
    values = tuple(cook(a, scope) for a in call.arguments[1:])
    if text or name != "freopen":  # freopen("") goes back to the first standard output
        _Match(name, call.span, [(v.type, v.span) for v in values]).check(text, exact=True)
    statement, kind = _KINDS[name]
    actions = tuple(tree.TypedAction(kind, value) for value in values)
    if not actions:
        actions = (tree.TypedAction(kind, tree.IntConst(INT, call.span, 0), records=_CONSTANT),)
    return tree.TypedStatement(statement, actions, format=text, name=name)


def match_format(name: str, call: nodes.Call, text: str, keys: Sequence[CType | ValueType], value: CType) -> None:
    """Check printa's format against the keys of an aggregation and the type of its result; raises Problem."""
    _Match(name, call.span, [(key, call.span) for key in keys], value).check(text, exact=False)


class _Match:
    """The walk through a format's conversions along its arguments."""

    def __init__(self, name: str, span: Span, given: list[_Given], result: CType | None = None) -> None:
        self.name, self.span, self.given, self.result = name, span, given, result
        self.used = 0

    def check(self, text: str, *, exact: bool) -> None:
        """Raise Problem at the first conversion that does not suit, or argument too many."""
        if not text:
            raise Problem("D_PRINTF_FMT_EMPTY", self.span, f"{self.name}( ) format string is empty")
        try:
            pieces = parse_format(text)
        except FormatError as error:
            raise Problem("D_SYNTAX", self.span, f"{self.name}( ) {error}") from None
        conversions = [piece for piece in pieces if isinstance(piece, Conversion)]
        for number, conversion in enumerate(conversions, 1):
            self._dynamic(number, conversion)
            self._value(number, conversion)
        if exact and self.used < len(self.given):
            raise Problem(
                "D_PRINTF_ARG_EXTRA",
                self.given[self.used][1],
                f"{self.name}( ) prototype mismatch: only {self.used} arguments required by this format string",
            )

    def _take(self) -> _Given | None:
        self.used += 1
        return self.given[self.used - 1] if self.used <= len(self.given) else None

    def _dynamic(self, number: int, conversion: Conversion) -> None:
        for which in (["*"] if conversion.width == "*" else []) + ([".*"] if conversion.precision == "*" else []):
            given = self._take()
            if given is None:
                raise Problem(
                    "D_PRINTF_DYN_PROTO",
                    self.span,
                    f"{self.name}( ) prototype mismatch: conversion #{number} ({conversion.text}) "
                    f'is missing a corresponding "{which}" argument',
                )
            kind, span = given
            if isinstance(kind, ValueType) or not is_integer(kind):
                what = f"% {which} {conversion.letter}"
                raise self._incompatible(
                    "D_PRINTF_DYN_TYPE", span, f"argument #{self.used + 1}", number, what, "int", kind
                )

    def _value(self, number: int, conversion: Conversion) -> None:
        kind: CType | ValueType
        if conversion.letter == "n":
            return
        if conversion.aggregated:
            if self.result is None:
                raise Problem(
                    "D_PRINTF_AGG_CONV",
                    self.span,
                    f"%@ conversion requires an aggregation and is not for use with {self.name}( )",
                )
            what, (kind, span) = "aggregating action", (self.result, self.span)
        else:
            given = self._take()
            if given is None:
                raise Problem(
                    "D_PRINTF_ARG_PROTO",
                    self.span,
                    f"{self.name}( ) prototype mismatch: conversion #{number} ({conversion.text}) "
                    "is missing a corresponding value argument",
                )
            what, (kind, span) = f"argument #{self.used + 1}", given
        if not accepts(conversion, kind):
            wanted = describe_wanted(conversion)
            raise self._incompatible("D_PRINTF_ARG_TYPE", span, what, number, conversion.text, wanted, kind)

    def _incompatible(
        self, tag: str, span: Span, what: str, number: int, conversion: str, wanted: str, kind: CType | ValueType
    ) -> Problem:
        return Problem(
            tag,
            span,
            f"{self.name}( ) {what} is incompatible with conversion #{number} prototype:\n"
            f"\tconversion: {conversion}\n\t prototype: {wanted}\n\t  argument: {describe_type(kind)}",
        )
