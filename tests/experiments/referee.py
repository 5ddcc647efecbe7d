# SPDX-License-Identifier: GPL-2.0-or-later
"""Debian's ministat as referee: finds the installed program, makes random data sets, runs both sides.

The tests skip with a message where the referee is not installed. ``python -m tests.experiments.referee [CALLS [SEED]]``
compares as many random calls as wanted (500).
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

EXTREMES = (
    "nan",
    "-nan",
    "inf",
    "-inf",
    "1e400",
    "-1e308",
    "4.9e-324",
    "-0",
    "0x1.8p1",
    "Infinity",
    "NAN",
    "nan(7)",
    "1.",
)
ODD_LINES = (
    "# comment",
    "",
    "   ",
    " 7",
    "8\t# eight",
    "0x1p3",
    "1e1\r",
    "a,b",
    "1,,2",
    "  #",
    "\v9",
    "1#",
    "\0",
    "+3",
)
NO_NUMBERS = ("x", "1.2.3", "0x", "1e", "--1", "1_0", "nanx", "nan(", "0x1p", "1d5", "7f", "\xb2", "\xa05", "infin")
ODD_OPTIONS = (
    *("-AC2", "-sAn", "-w30", "-c99", "-d,", "-Z", "--foo", "--", "-", "-w", "-C", "-c", "-d", "--A", "-?", "-Aw|9"),
    *("-w|-1", "-w|1", "-w|0x20", "-w|+20", "-w|500", "-w|4294967300", "-c|nan", "-c|99.50", "-c|90x", "-c|inf"),
    *("-C|0", "-C|3", "-C|4294967297", "-C|1x", "-d|#", "-d|1", "-d|e", "-An|-Z"),
)

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


def random_set(rng: random.Random, column: int = 1, delimiters: str = " \t") -> bytes:
    """Return the bytes of a random file: numbers in a column, at times comments, odd spacing or faults."""
    kind = rng.choice(["ticks", "integers", "few", "wide", "large", "same", "gauss", "gauss"])
    count = rng.choice([3, 3, 4, 5, 9, 10, 11, 20, 60, 120] if rng.random() < 0.97 else [0, 1, 2])
    numbers = [random_number(rng, kind) for _ in range(count)]
    if rng.random() < 0.03:
        numbers = [rng.choice(EXTREMES) if rng.random() < 0.4 else number for number in numbers]
    lines = [random_line(rng, number, column, delimiters) for number in numbers]
    if rng.random() < 0.3:
        lines.insert(rng.randint(0, len(lines)), rng.choice(ODD_LINES))
    if rng.random() < 0.03:
        lines.insert(rng.randint(0, len(lines)), rng.choice(NO_NUMBERS))
    return (rng.choice(["\n"] * 8 + ["\r\n", "\n\n"]).join(lines) + rng.choice(["\n", ""])).encode("latin-1")


def random_line(rng: random.Random, number: str, column: int, delimiters: str) -> str:
    """Return a line with the number in a column, other words before it and perhaps after it."""
    before = [rng.choice(["a", "1", "x=2", "-"]) for _ in range(column - 1)]
    after = [rng.choice(["b", "3"]) for _ in range(rng.choice([0, 0, 1, 2]))]
    return "".join(word + rng.choice(delimiters) * rng.choice([1, 1, 2]) for word in [*before, number, *after])


def random_options(rng: random.Random) -> list[str]:
    """Return a random valid set of options, column and delimiters apart; one in twenty times perhaps wrong ones."""
    if rng.random() < 0.05:
        return [word for _ in range(rng.choice([1, 2, 3])) for word in rng.choice(ODD_OPTIONS).split("|")]
    options = [flag for flag in ("-A", "-n", "-s") if rng.random() < 0.2]
    if rng.random() < 0.4:
        options += ["-w", str(rng.choice([2, 3, 10, 40, 60, 74, 100, 173]))]
    if rng.random() < 0.5:
        options += ["-c", rng.choice(["80", "90", "95", "98", "99", "99.5", "9.9e1"])]
    return options


def random_call(rng: random.Random, folder: Path) -> tuple[list[str], bytes]:
    """Write random files into a folder and return random arguments for them, and the bytes of standard input."""
    column, delimiters = rng.choice([(1, " \t")] * 3 + [(2, " \t"), (1, ","), (3, ",;"), (2, ":")])
    names = [f"set{i}" for i in range(rng.choice([1, 2, 2, 3, 3, 4, 5, 6, 7]))]
    for name in names:
        (folder / name).write_bytes(random_set(rng, column, delimiters))
    if rng.random() < 0.1:
        names[rng.randrange(len(names))] = rng.choice(["-", "-", "missing"])
    elif rng.random() < 0.05:
        names = []
    options = random_options(rng)
    options += ["-C", str(column)] if column > 1 or rng.random() < 0.1 else []
    options += ["-d", delimiters] if delimiters != " \t" or rng.random() < 0.1 else []
    arguments = [*names, *options] if rng.random() < 0.2 else [*options, *names]
    return arguments, random_set(rng, column, delimiters)


def run_in_process(arguments: list[str], folder: Path, stdin: bytes = b"") -> tuple[bytes, bytes, int]:
    """Return what our command prints when it is called, without starting a process."""
    from experiments.ministat import main

    before, streams = Path.cwd(), (sys.stdin, sys.stdout, sys.stderr)
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    os.chdir(folder)
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(stdin)), out, err
    try:
        status = main(arguments)
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        os.chdir(before)
    for stream in (out, err):
        stream.flush()
    return out.buffer.getvalue(), err.buffer.getvalue(), status  # type: ignore[attr-defined]


def main(count: int, seed: int) -> int:
    """Compare so many random calls, and tell of every difference; 1 if there was one."""
    program = find_referee()
    if program is None:
        print("Debian's ministat is not installed (apt-get install ministat)", file=sys.stderr)
        return 2
    rng, differences, crashes = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in range(count):
            arguments, stdin = random_call(rng, folder)
            theirs = run_referee(program, arguments, folder, stdin)
            if theirs[2] < 0:
                crashes += 1
            elif run_in_process(arguments, folder, stdin) != theirs:
                differences += 1
                print(f"case {case}: ministat {' '.join(map(repr, arguments))} differs")
    print(f"{count} random calls, {differences} differences; in {crashes} Debian's crashed, so nothing to compare")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
