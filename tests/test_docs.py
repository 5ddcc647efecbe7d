# SPDX-License-Identifier: GPL-2.0-or-later
"""The READMEs are complete and true: what a user can type is in the project's README, what they name exists.

An option, subcommand, plan or machine that is added fails here until README.md says what it is for.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from experiments import iter_builtin_plans
from experiments.cli import make_parser
from sim import list_machines
from tracer.cli import flags, usage
from tracer.optiontable import SPECS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
SKIPPED = {"_build", "build", "dist", "out", "__pycache__"}
# folders whose purpose, and how to add to them, their own README says
FOLDERS = ("dscript", "tracer", "experiments", "notebooks", "tests", "sim", "sim/core", "sim/guest", "tracer/cli")
GUEST = ("abi", "arm", "kern", "vm", "fs", "dev", "libkern", "dtrace", "lib", "rtld", "bin", "tests")
SOURCE = {".py", ".c", ".h", ".S", ".toml", ".md", ".tbl", ".def", ".ld", ".lark", ".txt"}
# made by a run or by the reader, or found on the guest
ELSEWHERE = {"samples.csv", "samples.parquet", "failures.csv", "metadata.json", "output/", "name.c"}


def list_readmes():
    """Return every README of the project, by its path from the root."""
    found = {}
    for path in sorted(ROOT.rglob("README.md")):
        parts = path.relative_to(ROOT).parts
        if not any(part in SKIPPED or part.startswith(".") for part in parts):
            found["/".join(parts)] = path
    return found


def list_letters():
    """Return dtrace's option letters that are not refused."""
    letters = flags.SHORT.replace(":", "")
    return [f"-{letter}" for letter in letters if f"-{letter}" not in flags.REFUSED]


def list_subcommands():
    """Return the subcommands of probelab."""
    return next(action.choices for action in make_parser()._actions if action.dest == "command")


def is_named(word):
    """Tell whether the README has the word in code, not as part of a longer one."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", README) is not None


@pytest.mark.parametrize("option", [*list_letters(), *(f"--{name.rstrip('=')}" for name in flags.LONG)])
def test_dtrace_options_are_explained(option):
    """README.md names every option of dtrace, and so does its usage text."""
    assert is_named(option), f"{option} is not in README.md"
    assert option == "--help" or option in usage.USAGE


@pytest.mark.parametrize("option", sorted(flags.REFUSED))
def test_refused_options_are_told(option):
    """README.md names, under what is missing, every option of dtrace(1) that is refused."""
    option = {"-3": "-32", "-6": "-64"}.get(option, option)
    missing = README.partition("## What it cannot do yet")[2].partition("\n## ")[0]
    assert re.search(rf"(?<![\w-]){option}\b", missing), f"{option} is not among what is missing"


def test_settings_are_explained():
    """tracer/cli/README.md names every option of -x."""
    text = (ROOT / "tracer/cli/README.md").read_text()
    assert [name for name in SPECS if not re.search(rf"`{name}[=`]", text)] == []


@pytest.mark.parametrize("name", list_subcommands())
def test_subcommands_are_explained(name):
    """README.md names every subcommand of probelab."""
    assert f"probelab {name}" in README


@pytest.mark.parametrize("name", [*(plan.name for plan in iter_builtin_plans()), *list_machines()])
def test_plans_and_machines_are_named(name):
    """README.md names every built-in plan and machine."""
    assert is_named(name)


@pytest.mark.parametrize("folder", [*FOLDERS, *(f"sim/guest/{name}" for name in GUEST)])
def test_every_folder_tells_how_to_add_to_it(folder):
    """Each folder a contributor opens has a README that says what lives there and how to add one more."""
    text = (ROOT / folder / "README.md").read_text()
    assert re.search(r"[Tt]o add|How to add", text)
    assert len(text.splitlines()) <= 80


def list_names(text):
    """Return what looks like a file or folder of ours in a README: links, and words of inline code."""
    names = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    for code in re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^```.*?^```", "", text)):
        for word in code.split():
            path = Path(word)
            if path.suffix in SOURCE or (word.endswith("/") and not word.startswith(("/", "out/"))):
                names.append(word)
    return names


def exists(name, folder):
    """Tell whether a name, ``*`` and all, is found from the README's folder, its parent, the package or the root."""
    if re.search(r"[<…]|NAME|PROG|PLAN|DIR", name) or name in ELSEWHERE or re.match(r"(tst|err)\.", name):
        return True
    name = name.rstrip("/")
    if name.startswith("../"):
        return exists(name[3:], folder.parent)
    starts = (folder, folder.parent, ROOT, ROOT / "sim", ROOT / "sim/guest", ROOT / "sim/guest/include")
    return any(any(start.glob(name)) for start in starts if start.is_relative_to(ROOT)) or (
        "/" not in name and any(folder.rglob(name))
    )


@pytest.mark.parametrize("readme", list_readmes())
def test_readmes_name_files_that_exist(readme):
    """No README names a file or folder that is not there."""
    path = ROOT / readme
    assert [name for name in list_names(path.read_text()) if not exists(name, path.parent)] == []


def test_missing_files_are_noticed():
    """A name that nothing answers to is found in links, in inline code and in tables; shell sessions are left alone."""
    text = "[a](nowhere/) `gone.py`, `sim/lost.c` and `sim/native.py`\n```\n$ cat other.c\n```\n| `core/no*.c` | |\n"
    names = list_names(text)
    assert [name for name in names if not exists(name, ROOT)] == ["nowhere/", "gone.py", "sim/lost.c", "core/no*.c"]


def list_sessions():
    """Return the commands shown after ``$ dtrace`` in README.md, each with the output shown below it."""
    blocks = re.findall(r"(?ms)^```\n(\$ dtrace .*?)^```", README)
    return [tuple(block.split("\n", 1)) for block in blocks]


def blur(text):
    """Return lines without what a change of the kernel moves: offsets in functions, process ids and blank ends."""
    return [re.sub(r"\+0x[0-9a-f]+|(?<=pid )\d+", "#", line).rstrip() for line in text.splitlines() if line.strip()]


@pytest.mark.guest
@pytest.mark.parametrize(("command", "shown"), list_sessions())
def test_sessions_are_real(command, shown):
    """Each dtrace command of README.md prints what is shown there, but for offsets."""
    words = shlex.split(command.removeprefix("$ dtrace "))
    done = subprocess.run([sys.executable, "-m", "tracer", *words], cwd=ROOT, capture_output=True, text=True)
    assert blur(done.stderr + done.stdout) == blur(shown)
