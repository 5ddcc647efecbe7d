# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds plans: ``load_plan`` reads one by name or from a TOML file.

The built-in plans are the files in ``plans/``; they are read by the same code as a user's own.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from experiments.errors import PlanError
from experiments.plan import Plan
from experiments.planfile import build_plan

PLANS = Path(__file__).parent / "plans"
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_END = "(at end of document)"


def iter_builtin_plans() -> Iterator[Plan]:
    """Yield the built-in plans by name."""
    for path in sorted(PLANS.glob("*.toml")):
        yield read_plan(path)


def load_plan(name: str) -> Plan:
    """Return the built-in plan ``name``, or the plan in the file of that name; raises PlanError."""
    path = Path(name)
    if path.suffix == ".toml" or path.is_file():
        return read_plan(path)
    builtin = PLANS / f"{name}.toml"
    if "/" not in name and builtin.is_file():
        return read_plan(builtin)
    names = [item.stem for item in PLANS.glob("*.toml")]
    near = get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"the plans are {', '.join(sorted(names))}"
    raise PlanError(f"no plan {name!r} (and no such file); {hint}")


def read_plan(path: Path) -> Plan:
    """Return the plan in a TOML file; raises PlanError with file and line."""
    try:
        data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
        text = data.decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise PlanError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PlanError(f"{path}:{line}: not a text file: byte {data[error.start]:#04x} is not UTF-8") from None
    return parse_plan(text, str(path), path.parent)


def parse_plan(text: str, where: str = "plan", folder: Path = Path()) -> Plan:
    """Return the plan in ``text``; script files are looked for beside it, in ``folder``. Raises PlanError."""
    try:
        document = tomllib.loads(text)
    except RecursionError:
        raise PlanError(f"{where}:{_find_most(text, '[{')}: not valid TOML: nested too deeply") from None
    except ValueError as error:  # TOMLDecodeError is one, and so is the refusal of endless numbers
        line, message = _place_fault(text, str(error))
        raise PlanError(f"{where}:{line}: not valid TOML: {message}") from None
    return build_plan(document, text, where, folder)


def _place_fault(text: str, message: str) -> tuple[int, str]:
    """Return the line of what the TOML parser complains of, and the complaint without it."""
    if match := _PLACE.search(message):
        return int(match[1]), f"{message[: match.start()]} (column {match[2]})"
    if message.endswith(_END):
        return max(1, len(text.splitlines())), message
    return _find_most(text, "0123456789"), "a number of too many digits"


def _find_most(text: str, letters: str) -> int:
    """Return the line that holds most of some letters."""
    counts = [sum(map(line.count, letters)) for line in text.splitlines()]
    return counts.index(max(counts)) + 1
