# SPDX-License-Identifier: GPL-2.0-or-later
"""Debian's ministat as referee: finds the installed program, makes random data sets, runs both sides.

The tests skip with a message where the referee is not installed.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

ENV = {key: value for key, value in os.environ.items() if key != "COLUMNS"} | {"LC_ALL": "C"}


def find_referee() -> str | None:
    """Return the path of an installed compiled ministat (ours is a script), or None."""
    for folder in [*os.environ.get("PATH", "").split(os.pathsep), "/usr/bin"]:
        program = Path(folder or ".") / "ministat"
        if program.is_file() and program.read_bytes()[:4] == b"\x7fELF":
            return str(program)
    return None


def run_referee(program: str, arguments: list[str], folder: Path, stdin: bytes = b"") -> tuple[bytes, bytes, int]:
    """Return the referee's standard output, standard error and status."""
    call = ["ministat", *arguments]
    done = subprocess.run(call, executable=program, cwd=folder, input=stdin, capture_output=True, env=ENV, check=False)
    return done.stdout, done.stderr, done.returncode


def run_ours(arguments: list[str], folder: Path, stdin: bytes = b"") -> tuple[bytes, bytes, int]:
    """Return what our command prints in a process of its own, and its status."""
    call = "import sys; from experiments.ministat import main; sys.exit(main())"
    env = ENV | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", call, *arguments], cwd=folder, input=stdin, capture_output=True, env=env, check=False
    )
    return done.stdout, done.stderr, done.returncode


def random_number(rng: random.Random, kind: str) -> str:
    """Return one number of a family as a file would hold it."""
    match kind:
        case "ticks":
            return f"{rng.gauss(0.2, 0.01):.2f}"
        case "integers":
            return str(rng.randint(-50, 50))
        case "few":
            return str(rng.choice([1, 2, 3]))
        case "wide":
            return f"{rng.choice([-1, 1]) * 10 ** rng.uniform(-300, 300):.17g}"
        case "large":
            return f"{1e15 + rng.randint(0, 9)}"
        case "same":
            return "0.1"
        case _:
            return repr(rng.gauss(rng.choice([0, 5]), 3))


def random_set(rng: random.Random) -> bytes:
    """Return the bytes of a random file of numbers, now and then with comments, blank lines and odd spacing."""
    kind = rng.choice(["ticks", "integers", "few", "wide", "large", "same", "gauss", "gauss"])
    lines = [random_number(rng, kind) for _ in range(rng.choice([3, 3, 4, 5, 9, 10, 11, 20, 60, 120]))]
    if rng.random() < 0.3:
        odd = rng.choice(["# comment", "", "   ", " 7", "8\t# eight", "0x1p3", "1e1\r"])
        lines.insert(rng.randrange(len(lines)), odd)
    return ("\n".join(lines) + rng.choice(["\n", ""])).encode()


def random_options(rng: random.Random) -> list[str]:
    """Return a random valid set of options."""
    options = [flag for flag in ("-A", "-n", "-s") if rng.random() < 0.2]
    if rng.random() < 0.4:
        options += ["-w", str(rng.choice([2, 3, 10, 40, 60, 74, 100, 173]))]
    if rng.random() < 0.5:
        options += ["-c", rng.choice(["80", "90", "95", "98", "99", "99.5", "9.9e1"])]
    return options
