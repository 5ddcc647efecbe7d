# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds plans: ``load_plan`` reads one by name or from a TOML file.

The built-in plans are the files in ``plans/``; they are read by the same code as a user's own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from experiments.errors import PlanError
from experiments.plan import Plan
from experiments.planfile import build_plan

PLANS = Path(__file__).parent / "plans"


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
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PlanError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise PlanError(f"{path}: not a text file") from None
    return parse_plan(text, str(path), path.parent)


def parse_plan(text: str, where: str = "plan", folder: Path = Path()) -> Plan:
    """Return the plan in ``text``; script files are looked for beside it, in ``folder``. Raises PlanError."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PlanError(f"{where}: not valid TOML: {str(error).rstrip('.')}") from None
    return build_plan(document, text, where, folder)
