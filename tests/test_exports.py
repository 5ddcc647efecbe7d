# SPDX-License-Identifier: GPL-2.0-or-later
"""Every package says what it offers: a sorted ``__all__`` whose names exist."""

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("dscript", "sim", "tracer", "experiments")


def list_packages():
    """Return the dotted names of all packages of the project."""
    found = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("__init__.py")):
            if "_build" not in path.parts:
                found.append(".".join(path.parent.relative_to(ROOT).parts))
    return found


def find_all(path):
    """Return the literal value of ``__all__`` in a file, or None."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return list(ast.literal_eval(node.value))
    return None


def sort_key(name):
    """Return ruff's order: CONSTANTS, then Classes, then functions."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)


@pytest.mark.parametrize("package", list_packages())
def test_all_is_sorted_and_true(package):
    """``__all__`` is sorted without repetition, and every name in it can be had from the package."""
    names = find_all(ROOT / package.replace(".", "/") / "__init__.py")
    assert names is not None, f"{package} has no __all__"
    assert names == sorted(set(names), key=sort_key) or names == sorted(set(names))
    module = importlib.import_module(package)
    assert [name for name in names if not hasattr(module, name)] == []
