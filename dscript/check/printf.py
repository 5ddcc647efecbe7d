# SPDX-License-Identifier: GPL-2.0-or-later
"""printf: the format against the arguments."""

from __future__ import annotations

from collections.abc import Sequence

from dscript import nodes, tree
from dscript.ctype import INT, IntType
from dscript.errors import Problem
from dscript.formats import Conversion, FormatError, accepts, describe_wanted, parse_format
from dscript.program import ActionKind, StatementKind
from dscript.source import Span


def check_printf(call: nodes.Call, arguments: Sequence[tree.Expr]) -> tree.TypedStatement:
    """The statement: one PRINTF action per argument, or one of a constant 0 if there is none."""
    text = read_format(call)
    _match(call.span, text, arguments)
    values = arguments or (tree.IntConst(INT, call.span, 0),)
    actions = tuple(tree.TypedAction(ActionKind.PRINTF, value) for value in values)
    return tree.TypedStatement(StatementKind.PRINTF, actions, format=text)


def read_format(call: nodes.Call) -> str:
    """The format, which must be a string constant; raises Problem."""
    if not call.arguments:
        raise Problem("D_PROTO_LEN", call.span, "printf( ) prototype mismatch: 0 args passed, at least 1 expected")
    first = call.arguments[0]
    if not isinstance(first, nodes.String):
        raise Problem(
            "D_PRINTF_ARG_FMT",
            first.span,
            "printf( ) argument #1 is incompatible with prototype: expected a string constant",
        )
    text = first.value.decode("utf-8", "replace")
    if not text:
        raise Problem("D_PRINTF_FMT_EMPTY", first.span, "printf( ) format string is empty")
    return text


def _match(span: Span, text: str, arguments: Sequence[tree.Expr]) -> None:
    try:
        conversions = [piece for piece in parse_format(text) if isinstance(piece, Conversion)]
    except FormatError as error:
        raise Problem("D_PRINTF_ARG_FMT", span, f"printf( ) {error}") from None
    waiting = list(arguments)
    for number, conversion in enumerate(conversions, 1):
        if conversion.letter == "@":
            raise Problem("D_PRINTF_AGG_CONV", span, "printf( ) conversion %@ is for printa( ) only")
        for _ in range(conversion.stars):
            _take_star(span, number, conversion, waiting)
        _take_value(span, number, conversion, waiting, len(arguments))
    if waiting:
        used = len(arguments) - len(waiting)
        raise Problem(
            "D_PRINTF_ARG_EXTRA",
            waiting[0].span,
            f"printf( ) prototype mismatch: only {used} arguments required by this format string",
        )


def _take_star(span: Span, number: int, conversion: Conversion, waiting: list[tree.Expr]) -> None:
    if not waiting:
        raise Problem(
            "D_PRINTF_DYN_PROTO",
            span,
            f"printf( ) conversion #{number} ({conversion.text}) is missing the argument for its *",
        )
    value = waiting.pop(0)
    if not isinstance(value.type, IntType):
        raise Problem(
            "D_PRINTF_DYN_TYPE",
            value.span,
            f"printf( ) conversion #{number} ({conversion.text}): the argument "
            f'for * must be an integer, not "{value.type}"',
        )


def _take_value(span: Span, number: int, conversion: Conversion, waiting: list[tree.Expr], total: int) -> None:
    if conversion.letter == "n":
        return
    if not waiting:
        raise Problem(
            "D_PRINTF_ARG_PROTO",
            span,
            f"printf( ) prototype mismatch: conversion #{number} ({conversion.text}) "
            "is missing a corresponding value argument",
        )
    value = waiting.pop(0)
    if not accepts(conversion, value.type):
        raise Problem(
            "D_PRINTF_ARG_TYPE",
            value.span,
            f"printf( ) argument #{total - len(waiting) + 1} is incompatible with "
            f'conversion #{number} type: {conversion.text} takes {describe_wanted(conversion)}, not "{value.type}"',
        )
