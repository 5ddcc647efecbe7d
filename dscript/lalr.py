# SPDX-License-Identifier: GPL-2.0-or-later
"""An LALR(1) parser on tables that are ready made: tokens in, whatever the rules' actions make of them out.

``Parser(tables, actions).parse(tokens)``; the method of ``actions`` named after a rule (or its alias) gets the rule's
symbols. Linear, without recursion. ``SyntaxFailure`` says which token cannot stand where it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dscript.tables import RuleTable, Tables
from dscript.tokens import Token

END = "$END"


class SyntaxFailure(Exception):  # noqa: N818  (the caller makes an error of it)
    """A token that no rule allows (None: the end of the text); ``expected`` are the terminals that could be there."""

    def __init__(self, token: Token | None, expected: frozenset[str]) -> None:
        super().__init__(token)
        self.token, self.expected = token, expected


class _Spread(list[Any]):
    """The symbols of a rule without an action, to be spread into the rule that uses it."""


_Step = tuple[str, int, Callable[..., Any] | None, bool, RuleTable]


class Parser:
    """A parser for one grammar; it keeps nothing between two texts."""

    def __init__(self, tables: Tables, actions: object) -> None:
        self._tables = tables
        self._steps = [self._step(rule, actions) for rule in tables.rules]

    @staticmethod
    def _step(rule: RuleTable, actions: object) -> _Step:
        plain = rule.plan == tuple((index, False, 0) for index in range(rule.length)) and not rule.nones
        action = getattr(actions, rule.action, None) if rule.action else None
        assert action is not None or not rule.action or rule.single, f"no action for rule {rule.action}"
        return rule.result, rule.length, action, plain, rule

    def parse(self, tokens: Iterable[Token]) -> Any:
        """What the action of the start rule makes of the text."""
        states: list[int] = [self._tables.start]
        values: list[Any] = []
        table, steps = self._tables.states, self._steps
        for token in tokens:
            kind = token.type
            while True:
                target = table[states[-1]].get(kind)
                if target is None:
                    raise SyntaxFailure(token, self._expected(states))
                if target >= 0:
                    states.append(target)
                    values.append(token)
                    break
                step = steps[~target]
                if step[1] == 1 and step[3] and step[4].single:  # one symbol stands for another: nothing to be made
                    states.pop()
                    states.append(table[states[-1]][step[0]])
                else:
                    self._reduce(step, states, values)
        while states[-1] != self._tables.end:
            target = table[states[-1]].get(END)
            if target is None or target >= 0:
                raise SyntaxFailure(None, self._expected(states))
            self._reduce(steps[~target], states, values)
        return values[-1]

    def _reduce(self, step: _Step, states: list[int], values: list[Any]) -> None:
        result, length, action, plain, rule = step
        children = values[-length:] if length else []
        if length:
            del values[-length:], states[-length:]
        values.append(self._make(action, children if plain else _select(rule, children), rule))
        states.append(self._tables.states[states[-1]][result])

    @staticmethod
    def _make(action: Callable[..., Any] | None, children: list[Any], rule: RuleTable) -> Any:
        if rule.single and len(children) == 1:
            return children[0]
        if action is None:
            return children if isinstance(children, _Spread) else _Spread(children)
        return action(*children)

    def _expected(self, states: list[int]) -> frozenset[str]:
        """The terminals that the parser could take after ``states``."""
        names = (name for name in self._tables.states[states[-1]] if name.isupper() or name == END)
        return frozenset(name for name in names if self._takes(name, list(states)))

    def _takes(self, terminal: str, states: list[int]) -> bool:
        while True:
            if terminal == END and states[-1] == self._tables.end:
                return True
            target = self._tables.states[states[-1]].get(terminal)
            if target is None or target >= 0:
                return target is not None
            rule = self._tables.rules[~target]
            del states[len(states) - rule.length :]
            states.append(self._tables.states[states[-1]][rule.result])


def _select(rule: RuleTable, children: list[Any]) -> list[Any]:
    """The children that the action gets; a list that comes first is made longer, so that long lists cost no more."""
    selected: list[Any] | None = None
    for index, spread, nones in rule.plan:
        if selected is None:
            if spread and not nones:
                selected = children[index]
                continue
            selected = []
        selected += [None] * nones
        if spread:
            selected += children[index]
        else:
            selected.append(children[index])
    selected = [] if selected is None else selected
    return selected + [None] * rule.nones if rule.nones else selected
