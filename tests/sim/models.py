# SPDX-License-Identifier: GPL-2.0-or-later
"""Slow, obvious models of the core's caches, TLBs and branch predictor, to hold its C against."""

from __future__ import annotations

BRANCH, CONDITIONAL, CALL, RETURN, EXCEPTION = 1, 2, 4, 8, 16


class CacheModel:
    """Set-associative, replaced pseudo-randomly by a 32-bit xorshift generator seeded with 1."""

    def __init__(self, size, ways):
        self.ways = [[None] * ways for _ in range(size // 64 // ways)]
        self.random = 1

    def next_random(self):
        """Return the next number of Marsaglia's xorshift (13, 17, 5)."""
        x = self.random
        x ^= x << 13 & 0xFFFFFFFF
        x ^= x >> 17
        x ^= x << 5 & 0xFFFFFFFF
        self.random = x
        return x

    def access(self, line):
        """Return whether the line was there, and put it there."""
        ways = self.ways[line % len(self.ways)]
        if line in ways:
            return True
        way = ways.index(None) if None in ways else self.next_random() % len(ways)
        ways[way] = line
        return False


class TlbModel:
    """Fully associative, entries replaced in turn."""

    def __init__(self, entries):
        self.keys = [None] * entries
        self.next = 0

    def access(self, key):
        """Return whether the key was there, and put it there."""
        if key in self.keys:
            return True
        self.keys[self.next] = key
        self.next = (self.next + 1) % len(self.keys)
        return False

    def remove(self, key):
        """Forget one key."""
        self.keys = [None if known == key else known for known in self.keys]

    def flush(self):
        """Forget all keys."""
        self.__init__(len(self.keys))


class PredictorModel:
    """Branch target buffer, two-bit counters under global history, return stack."""

    def __init__(self, entries, ways, counters, history_bits, depth):
        self.sets = [[None] * ways for _ in range(entries // ways)]
        self.victims = [0] * len(self.sets)
        self.counters = [1] * counters
        self.history, self.history_bits = 0, history_bits
        self.stack, self.top = [0] * depth, 0

    def predict(self, kind, pc, actual):
        """Return whether the branch at ``pc`` was foretold to go to ``actual``, and learn from it."""
        if kind & EXCEPTION:
            return False
        number = (pc >> 2) % len(self.sets)
        entries = self.sets[number]
        known = next((way for way, entry in enumerate(entries) if entry and entry[0] == pc), None)
        taken = actual != pc + 4
        guess = entries[known][1] if known is not None else None
        says_taken = known is not None
        if kind & CONDITIONAL:
            index = (pc >> 2 ^ self.history) % len(self.counters)
            says_taken = says_taken and self.counters[index] >= 2
            self.counters[index] = min(3, self.counters[index] + 1) if taken else max(0, self.counters[index] - 1)
            self.history = (self.history << 1 | taken) % (1 << self.history_bits)
        if kind & RETURN and taken:
            if known is not None:
                guess = self.stack[self.top]
            self.top = (self.top - 1) % len(self.stack)
        if taken:
            if known is None:
                known = self.victims[number]
                self.victims[number] = (known + 1) % len(entries)
            entries[known] = (pc, actual)
            if kind & CALL:
                self.top = (self.top + 1) % len(self.stack)
                self.stack[self.top] = pc + 4
        return says_taken and guess == actual if taken else not says_taken
