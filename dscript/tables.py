# SPDX-License-Identifier: GPL-2.0-or-later
"""The parser's LALR tables: worked out from the grammar file by lark, then kept (cache.py).

Working them out takes longer than all the rest of a small compilation, and so does importing lark; where the tables
are kept neither happens. ``lalr.py`` parses with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dscript import cache

if TYPE_CHECKING:
    from lark.grammar import Rule


_FORMAT = "1"  # to be changed with the shape of Tables


class RuleTable(NamedTuple):
    """One rule: what it makes, from how many symbols, with which action, and which symbols the action gets.

    ``plan`` lists (index, whether it is a list to be spread, how many Nones go before it); ``nones`` end the list.
    ``single``: one child stands for itself. ``action`` is empty for the lists that rules are made of.
    """

    result: str
    length: int
    action: str
    plan: tuple[tuple[int, bool, int], ...]
    nones: int
    single: bool


class Tables(NamedTuple):
    """``states`` map a symbol's name to the state that follows, or to ~n for reducing rule n."""

    states: list[dict[str, int]]
    rules: list[RuleTable]
    start: int
    end: int
    patterns: dict[str, str]


def read_tables(grammar: Path) -> Tables:
    """The tables of a grammar file."""
    text = grammar.read_text(encoding="utf-8")
    key = f"{_FORMAT}{text}".encode()
    kept = _unpack(cache.find(grammar.parent, grammar.name, key))
    if kept is not None:
        return kept
    tables = _work_out(text)
    cache.keep(grammar.parent, grammar.name, key, (*tables[:1], [tuple(rule) for rule in tables.rules], *tables[2:]))
    return tables


def _unpack(data: Any) -> Tables | None:
    try:
        states, rules, start, end, patterns = data
        return Tables(states, [RuleTable(*rule) for rule in rules], start, end, patterns)
    except (TypeError, ValueError):
        return None


def _work_out(text: str) -> Tables:
    from lark import Lark  # slow to import, and needed only when the tables are not kept
    from lark.parsers.lalr_analysis import Shift

    lark = Lark(text, parser="lalr", lexer="basic", maybe_placeholders=True)
    table: Any = lark.parser.parser._parse_table
    numbers = {rule: number for number, rule in enumerate(lark.rules)}
    states = [
        {
            name: target if kind is Shift else ~numbers[target]
            for name, (kind, target) in table.states[state].items()
            if kind is Shift or target in numbers
        }
        for state in range(len(table.states))
    ]
    patterns = {terminal.name: terminal.pattern.to_regexp() for terminal in lark.terminals}
    rules = [_describe(rule) for rule in lark.rules]
    return Tables(states, rules, table.start_states["start"], table.end_states["start"], patterns)


def _describe(rule: Rule) -> RuleTable:
    """Which children a rule's action gets, as lark's parse trees have them."""
    flags = rule.options.empty_indices or (False,) * len(rule.expansion)
    plan, nones, symbols = [], 0, iter(enumerate(rule.expansion))
    for empty in flags:
        if empty:
            nones += 1
            continue
        index, symbol = next(symbols)
        if symbol.is_term and getattr(symbol, "filter_out", False):
            continue
        plan.append((index, not symbol.is_term and symbol.name.startswith("_"), nones))
        nones = 0
    name = str(rule.origin.name)
    action = rule.alias or ("" if name.startswith("_") else name)
    single = bool(rule.options.expand1) and not rule.alias
    return RuleTable(name, len(rule.expansion), action, tuple(plan), nones, single)
