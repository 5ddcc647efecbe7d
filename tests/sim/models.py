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


class LineCache(CacheModel):
    """A cache whose lines may be dirty; the caller says which set, as L1 is indexed by virtual address."""

    def __init__(self, size, ways):
        super().__init__(size, ways)
        self.dirty = set()

    def __contains__(self, line):
        return line in self.ways[line % len(self.ways)]

    def fill(self, line):
        """Put a line in and return the dirty line that goes, if one does."""
        ways = self.ways[line % len(self.ways)]
        way = ways.index(None) if None in ways else self.next_random() % len(ways)
        old, ways[way] = ways[way], line
        return self.take_dirty(old)

    def take_dirty(self, line):
        """Return the line if it was dirty, None otherwise; it is clean from now on."""
        if line not in self.dirty:
            return None
        self.dirty.discard(line)
        return line


class MemoryModel:
    """L1 D, L2, four combining buffers and DRAM, word by word; ``p`` are the core's parameters by name."""

    def __init__(self, p):
        self.p, self.now = p, 0
        self.l1, self.l2 = LineCache(p["l1d.bytes"], p["l1d.ways"]), LineCache(p["l2.bytes"], p["l2.ways"])
        self.buffers, self.turn = [None] * 4, 0
        self.rows, self.free, self.filling, self.filled = {}, 0, None, 0

    def open_row(self, line):
        """Open the line's row and return what that costs."""
        row = line * 64 // self.p["dram.row_bytes"]
        known = self.rows.get(row % self.p["dram.banks"]) == row
        self.rows[row % self.p["dram.banks"]] = row
        return 0 if known else self.p["dram.row_miss_cycles"]

    def write_line(self, line):
        """Queue a line's write; a full queue stalls."""
        self.open_row(line)
        each = self.p["dram.write_line_cycles"]
        self.free = max(self.free, self.now) + each
        self.now = max(self.now, self.free - each * self.p["dram.write_queue"])

    def to_l2(self, line):
        """Put L1's dirty line into L2."""
        if line in self.l2:
            self.l2.dirty.add(line)
            return
        old = self.l2.fill(line)
        self.l2.dirty.add(line)
        if old is not None:
            self.write_line(old)

    def retire(self, line):
        """Empty the buffer of stores to a line: into L2 if the line is there, else to memory."""
        if line not in self.buffers:
            return
        self.buffers[self.buffers.index(line)] = None
        if line in self.l2:
            self.l2.dirty.add(line)
        else:
            self.write_line(line)

    def read_l2(self, line):
        """Wait for a line from L2, or from memory once everything to be written has gone there."""
        if line in self.l2:
            self.now += self.p["l2.hit_cycles"]
            return
        for buffer in list(self.buffers):
            if buffer is not None:
                self.retire(buffer)
        self.now = max(self.now + self.p["l2.miss_cycles"], self.free) + self.p["dram.latency_cycles"]
        self.now += self.open_row(line)
        self.filling, self.filled = line, self.now + self.p["dram.rest_cycles"]
        old = self.l2.fill(line)
        if old is not None:
            self.write_line(old)

    def read(self, line):
        """One word is loaded."""
        if line in self.l1:
            if self.filling == line:
                self.now, self.filling = max(self.now, self.filled), None
            return
        self.retire(line)
        self.read_l2(line)
        old = self.l1.fill(line)
        if old is not None:
            self.to_l2(old)

    def write(self, line):
        """One word is stored."""
        if line in self.buffers:
            return
        if line in self.l1:
            self.l1.dirty.add(line)
            return
        if self.buffers[self.turn] is not None:
            self.retire(self.buffers[self.turn])
        self.buffers[self.turn] = line
        self.turn = (self.turn + 1) % 4

    def access(self, address, words, store):
        """Make one access, a cycle after the one before, and return the time after it."""
        self.now += 1
        for word in range(words):
            (self.write if store else self.read)((address + 4 * word) // 64)
        return self.now
