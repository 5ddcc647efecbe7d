# SPDX-License-Identifier: GPL-2.0-or-later
"""Imports point one way: notebooks → experiments → tracer → {dscript, sim}, and experiments → sim.

Parses every import in the tree, also those inside functions and under TYPE_CHECKING. Between folders only public names
of a package or subpackage root may be imported; within a folder the modules form no loop.
"""

import ast
import json
import sys
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ARROWS = {
    "dscript": set(),
    "sim": set(),
    "tracer": {"dscript", "sim"},
    "experiments": {"tracer", "sim"},
    "notebooks": {"experiments"},
}
# what each folder may use beyond the standard library
LIBRARIES = {
    "dscript": {"lark"},
    "sim": {"unicorn", "elftools", "hatchling"},  # hatchling in the build hook only
    "tracer": {"pcpp", "IPython", "pandas", "matplotlib"},  # all but pcpp in the notebook magic only
    "experiments": {"pandas", "numpy", "scipy", "statsmodels", "matplotlib", "tqdm", "jinja2", "distributed"},
    "notebooks": {"IPython", "pandas", "matplotlib"},
}


@dataclass(frozen=True)
class Import:
    """One imported name: in which module, on which line, the module it comes from, and the name (or empty)."""

    importer: str
    line: int
    module: str
    name: str = ""

    def __str__(self):
        return f"{self.importer}:{self.line} imports {self.module}{f'.{self.name}' if self.name else ''}"


def module_name(path, root):
    """Return the dotted name of a Python file."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read_source(path):
    """Return the Python in a file; of a notebook, its code cells without magic lines and cells in other languages."""
    if path.suffix != ".ipynb":
        return path.read_text()
    cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    texts = ["".join(cell["source"]) for cell in cells]
    lines = [line for text in texts if not text.startswith("%%") for line in text.splitlines()]
    return "\n".join("pass" if line.startswith(("%", "!", "?")) else line for line in lines)


def list_sources(root):
    """Return the files that are checked, by module name."""
    found = {}
    for folder in ARROWS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".ipynb") and not {"_build", ".ipynb_checkpoints"} & set(path.parts):
                found[module_name(path, root)] = path
    return found


def list_imports(name, path):
    """Return every import of a file, wherever it stands, with relative ones made absolute."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    found = []
    for node in ast.walk(ast.parse(read_source(path), str(path))):
        if isinstance(node, ast.Import):
            found += [Import(name, node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found += [Import(name, node.lineno, module, alias.name) for alias in node.names]
    return found


def public_names(path):
    """Return the names in a package's ``__all__``."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return set(ast.literal_eval(node.value))
    return set()


def find_wrong_arrows(sources):
    """Return the imports of a folder that may not be imported from there."""
    wrong = []
    for name, path in sources.items():
        folder = name.split(".")[0]
        for item in list_imports(name, path):
            target = item.module.split(".")[0]
            if target != folder and (target in ARROWS or target == "tests") and target not in ARROWS[folder]:
                wrong.append(str(item))
    return wrong


def find_private_imports(sources):
    """Return the imports of another folder that do not name something public of a package root."""
    wrong = []
    for name, path in sources.items():
        for item in list_imports(name, path):
            if item.module.split(".")[0] not in ARROWS or item.module.split(".")[0] == name.split(".")[0]:
                continue
            source = sources.get(item.module)
            if source is None or source.name != "__init__.py":
                wrong.append(f"{item}, which is not a package")
            elif item.name and item.name not in public_names(source):
                wrong.append(f"{item}, which is not in its __all__")
    return wrong


def find_strange_libraries(sources):
    """Return the imports of libraries that a folder has no business with."""
    wrong = []
    for name, path in sources.items():
        folder = name.split(".")[0]
        for item in list_imports(name, path):
            target = item.module.split(".")[0]
            if target not in LIBRARIES[folder] | set(ARROWS) | {"tests"} and target not in sys.stdlib_module_names:
                wrong.append(str(item))
    return wrong


def find_loop(sources):
    """Return a loop among the modules as text, or None; importing a package means importing its ``__init__``."""
    graph = {name: set() for name in sources}
    for name, path in sources.items():
        for item in list_imports(name, path):
            inner = f"{item.module}.{item.name}"
            target = inner if item.name and inner in sources else item.module
            if target in sources and target != name:
                graph[name].add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return " → ".join(error.args[1])
    return None


def test_arrows_point_one_way():
    """No folder imports one it may not know of."""
    assert find_wrong_arrows(list_sources(ROOT)) == []


def test_other_folders_are_entered_by_their_front_door():
    """Only public names of package roots are imported across folders."""
    assert find_private_imports(list_sources(ROOT)) == []


def test_libraries_stay_where_they_belong():
    """Each folder uses the libraries the design gives it, and no others."""
    assert find_strange_libraries(list_sources(ROOT)) == []


def test_modules_form_no_loop():
    """The modules of the whole tree can be put in an order, types included."""
    assert find_loop(list_sources(ROOT)) is None


BAD = {
    "wrong arrow": ("dscript/a.py", "import sim\n", find_wrong_arrows),
    "upwards": ("sim/a.py", "def f():\n    from tracer import x\n", find_wrong_arrows),
    "past a layer": ("experiments/a.py", "from dscript import x\n", find_wrong_arrows),
    "for types only": ("sim/a.py", "if TYPE_CHECKING:\n    import experiments\n", find_wrong_arrows),
    "from the tests": ("tracer/a.py", "from tests.fakes import x\n", find_wrong_arrows),
    "submodule": ("tracer/a.py", "from sim.hidden import x\n", find_private_imports),
    "submodule as a name": ("tracer/a.py", "from sim import hidden\n", find_private_imports),
    "not public": ("tracer/a.py", "from sim import secret\n", find_private_imports),
    "foreign library": ("dscript/a.py", "def f():\n    import pandas\n", find_strange_libraries),
    "loop": ("sim/hidden.py", "from sim import public\n", find_loop),
    "a loop in a function": ("sim/hidden.py", "def f():\n    from . import public\n", find_loop),
    "in a notebook": (
        "notebooks/a.ipynb",
        json.dumps({"cells": [{"cell_type": "code", "source": ["%load_ext tracer\n", "import sim"]}]}),
        find_wrong_arrows,
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_violations_are_found(case, tmp_path):
    """Each kind of violation is found in a small tree made for it, which is clean without."""
    name, text, find = BAD[case]
    for folder in ARROWS:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").write_text("__all__ = []\n")
    (tmp_path / "sim" / "__init__.py").write_text('from .hidden import public\n\n__all__ = ["public"]\nsecret = 1\n')
    (tmp_path / "sim" / "hidden.py").write_text("public = 1\n")
    (tmp_path / "tracer" / "ok.py").write_text("from sim import public\n")
    assert not find(list_sources(tmp_path))
    (tmp_path / name).write_text(text)
    assert find(list_sources(tmp_path))
