# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the guest's tracing code on the host: builds it as a shared object, writes programs for it, reads its buffers.

A ``Guest`` is one loaded library. ``Blob`` writes a program in the layout of abi/dprog.h; ``asm`` writes DIF.
Nothing here knows how the tracer does either, so the two check each other.
"""

import ctypes
import os
import struct
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GUEST = ROOT / "sim" / "guest"
# The files that know neither trap frames nor locks; dtrace_subr.c and its like are replaced by host.c.
MACHINE_DEPENDENT = {"dtrace_subr.c", "dtrace_clock.c", "dtrace_isa.c", "dtrace_dev.c", "fbt.c", "systrace.c", "sdt.c", "dtmalloc.c"}

NONE = 0xFFFFFFFF
HEADER, CLAUSE, ACTION, DIFO, VAR = 128, 32, 32, 40, 24
BYREF, STRING, CTF = 1, 1, 0
NAMES = """
- or xor and sll srl sub add mul sdiv udiv srem urem not mov cmp tst ba be bne bg bgu bge bgeu bl blu ble bleu
ldsb ldsh ldsw ldub lduh lduw ldx ret nop setx sets scmp ldga ldgs stgs ldta ldts stts sra call pushtr pushtv popts
flushts ldgaa ldtaa stgaa sttaa ldls stls allocs copys stb sth stw stx uldsb uldsh uldsw uldub ulduh ulduw uldx rldsb
rldsh rldsw rldub rlduh rlduw rldx xlate xlarg
"""
OPS = NAMES.split()


def asm(text):
    """Assemble DIF, split by ; or newline: ``op r1 r2 rd``, ``op index rd``, ``op rd``, ``branch label``."""
    words = []
    for part in text.replace("\n", ";").split(";"):
        if not part.strip():
            continue
        name, *operands = part.split()
        numbers = [int(item, 0) for item in operands]
        word = OPS.index(name) << 24
        if name in {"ba", "be", "bne", "bg", "bgu", "bge", "bgeu", "bl", "blu", "ble", "bleu"}:
            word |= numbers[0]
        elif len(numbers) == 2:
            word |= numbers[0] << 8 | numbers[1]
        elif len(numbers) == 3:
            word |= numbers[0] << 16 | numbers[1] << 8 | numbers[2]
        elif len(numbers) == 1:
            word |= numbers[0]
        words.append(word)
    return words


@dataclass
class Difo:
    """A DIF object: assembled words, integers, string table, and what it returns."""

    code: list
    ints: tuple = ()
    strings: bytes = b"\0"
    kind: int = CTF
    size: int = 8
    flags: int = 0


@dataclass
class Act:
    """One action: its kind, DIFO (an index into the blob's), and an aggregation's details."""

    kind: int
    difo: int = NONE
    ntuple: int = 0
    aggid: int = 0
    arg: int = 0


@dataclass
class Clause:
    """One clause: probe ids, actions, predicate."""

    probes: list
    actions: list
    predicate: int = NONE


@dataclass
class Blob:
    """A program; ``build()`` gives its bytes."""

    clauses: list
    difos: list = field(default_factory=list)
    variables: list = field(default_factory=list)  # (id, kind, scope, type kind, flags, size)
    bufsize: int = 65536
    aggsize: int = 65536
    dynvarsize: int = 65536
    strsize: int = 256
    policy: int = 0
    flags: int = 0

    def build(self):
        body = bytearray(HEADER)

        def put(data, align=8):
            body.extend(bytes(-len(body) % align))
            offset = len(body)
            body.extend(data)
            return offset

        difos = b""
        for difo in self.difos:
            code = put(struct.pack(f"<{len(difo.code)}I", *difo.code))
            ints = put(struct.pack(f"<{len(difo.ints)}Q", *difo.ints))
            strings = put(difo.strings)
            counts = (len(difo.code), code, len(difo.ints), ints, len(difo.strings), strings)
            difos += struct.pack("<10I", *counts, difo.kind, difo.size, difo.flags, 0)
        clauses = b""
        for clause in self.clauses:
            probes = put(struct.pack(f"<{len(clause.probes)}I", *clause.probes))
            packed = [struct.pack("<4IQ2I", a.kind, a.difo, a.ntuple, a.aggid, a.arg, 0, 0) for a in clause.actions]
            actions = put(b"".join(packed))
            clauses += struct.pack("<8I", len(clause.probes), probes, clause.predicate, len(packed), actions, 0, 0, 0)
        clause_off, difo_off = put(clauses), put(difos)
        var_off = put(b"".join(struct.pack("<6I", *var) for var in self.variables))
        body.extend(bytes(-len(body) % 8))
        head = struct.pack(
            "<10I",
            0x47525044,
            1,
            len(body),
            self.flags,
            len(self.clauses),
            clause_off,
            len(self.difos),
            difo_off,
            len(self.variables),
            var_off,
        )
        head += struct.pack("<4Q", self.bufsize, self.aggsize, self.dynvarsize, 0)
        head += struct.pack("<4I2Q2I4I", self.strsize, 20, 0, self.policy, 10**9, 10**9, 0, 0, 0, 0, 0, 0)
        body[: len(head)] = head
        assert len(head) == HEADER
        return bytes(body)


def build_library(out):
    """Compile the machine-independent tracing code, the unwinder and host.c for this host; return the file."""
    sources = [path for path in sorted((GUEST / "dtrace").glob("*.c")) if path.name not in MACHINE_DEPENDENT]
    sources += [GUEST / "arm" / "unwind.c", HERE / "host.c"]
    include = [f"-I{HERE / 'shim'}", f"-I{GUEST / 'include'}", f"-I{GUEST}"]
    flags = [
        "-std=gnu17",
        "-O1",
        "-g",
        "-fPIC",
        "-shared",
        "-nostdinc",
        "-Wall",
        "-Werror",
        "-Wno-incompatible-library-redeclaration",
        "-Wno-gnu",
        "-fno-strict-aliasing",
        "-fno-builtin",
        "-fno-sanitize=all",
    ]
    env = os.environ | {"ZIG_GLOBAL_CACHE_DIR": str(ROOT / "build" / "zig-cache")}
    command = [sys.executable, "-m", "ziglang", "cc", *flags, *include, *map(str, sources), "-o", str(out)]
    subprocess.run(command, check=True, env=env)
    return out


class Guest:
    """The tracing code, loaded; firing a probe and taking a snapshot are method calls."""

    PROBE = 4  # the first one after BEGIN, END, ERROR

    def __init__(self, library):
        self.lib = ctypes.CDLL(str(library))
        self.state = ctypes.c_char.in_dll(self.lib, "dtrace_state")
        self.lib.host_init_probes(8)
        self.blob = None

    def number(self, name, kind=ctypes.c_uint):
        return kind.in_dll(self.lib, name).value

    def set(self, name, value, kind=ctypes.c_uint):
        kind.in_dll(self.lib, name).value = value

    def load(self, blob):
        """Enable a program; return (error, difo, pc) of its header."""
        data = blob if isinstance(blob, bytes) else blob.build()
        self.blob = ctypes.create_string_buffer(data, len(data))
        for name in ("host_refused", "host_dynvar_drops", "host_events", "host_state"):
            self.set(name, 0)
        self.lib.dtrace_state_enable(ctypes.byref(self.state), self.blob, len(data), 1)
        return struct.unpack_from("<3I", self.blob.raw, 112)

    def load_one(self, code, ints=(), strings=b"\0"):
        """Load one DIFO as the only action; return the header's error."""
        return self.load(Blob([Clause([self.PROBE], [Act(1, 0)])], [Difo(code, ints, strings)]))

    def go(self):
        self.lib.dtrace_state_go(ctypes.byref(self.state))

    def stop(self):
        self.lib.dtrace_state_stop(ctypes.byref(self.state))

    def fire(self, *args, probe=PROBE):
        five = [*args, 0, 0, 0, 0, 0][:5]
        self.lib.dtrace_probe(probe, *(ctypes.c_size_t(arg) for arg in five))

    def run(self, blob, *args, times=1):
        """Load, go, fire the test probe; the blob must be accepted."""
        assert self.load(blob)[0] == 0
        self.go()
        for _ in range(times):
            self.fire(*args)

    def principal(self):
        """Return the bytes of the principal buffer, switched."""
        assert self.lib.dtrace_state_bufsnap(ctypes.byref(self.state)) == 0
        return self.out()

    def aggregations(self):
        """Return the tuples of the aggregation buffer, switched."""
        self.set("host_out_bytes", 0, ctypes.c_size_t)
        self.lib.dtrace_state_aggsnap(ctypes.byref(self.state))
        data, tuples = self.out(), []
        while data:
            size, tuple_bytes = struct.unpack_from("<2I", data)
            tuples.append(data[8 : 8 + tuple_bytes])
            data = data[size:]
        return tuples

    def out(self):
        count = self.number("host_out_bytes", ctypes.c_size_t)
        return bytes((ctypes.c_char * count).in_dll(self.lib, "host_out").raw)

    def clause(self, index=0):
        """Return (first epid, record size, needed) the guest wrote back."""
        clause_off = struct.unpack_from("<I", self.blob.raw, 20)[0]
        return struct.unpack_from("<3I", self.blob.raw, clause_off + index * CLAUSE + 20)

    def action(self, index, clause=0):
        """Return (rec_offset, rec_size) the guest wrote back."""
        clause_off = struct.unpack_from("<I", self.blob.raw, 20)[0]
        action_off = struct.unpack_from("<I", self.blob.raw, clause_off + clause * CLAUSE + 16)[0]
        return struct.unpack_from("<2I", self.blob.raw, action_off + index * ACTION + 24)

    def records(self):
        """Return (epid, record bytes) of the principal buffer, paddings left out."""
        data, found, sizes = self.principal(), [], {}
        nclause, clause_off = struct.unpack_from("<2I", self.blob.raw, 16)
        for index in range(nclause):
            nprobe = struct.unpack_from("<I", self.blob.raw, clause_off + index * CLAUSE)[0]
            first, size, _ = self.clause(index)
            sizes |= dict.fromkeys(range(first, first + nprobe), size)
        while data:
            epid = struct.unpack_from("<I", data)[0]
            size = sizes[epid] if epid else 4
            if epid:
                found.append((epid, data[:size]))
            data = data[size:]
        return found

    def value(self, difo, *args, variables=(), action=1, **options):
        """Run one DIFO at a firing; return what it stored, None if nothing was kept."""
        self.run(Blob([Clause([self.PROBE], [Act(action, 0)])], [difo], list(variables), **options), *args)
        records = self.records()
        offset, size = self.action(0)
        return records[0][1][offset : offset + size] if records else None

    def integer(self, text, *args, ints=(), strings=b"\0", **options):
        """Run DIF that returns an integer; None if it faulted."""
        data = self.value(Difo(asm(text), ints, strings), *args, **options)
        return None if data is None else struct.unpack("<q", data)[0]

    def string(self, text, *args, ints=(), strings=b"\0", **options):
        """Run DIF that returns a string; None if it faulted."""
        data = self.value(Difo(asm(text), ints, strings, STRING, 256, BYREF), *args, **options)
        return None if data is None else data.split(b"\0")[0]
