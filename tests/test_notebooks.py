# SPDX-License-Identifier: GPL-2.0-or-later
"""The notebooks run from top to bottom, are stored without outputs, and say first what the reader will know."""

import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stripped(path):
    """A stored notebook has no outputs and no counts, and its first cell says what it is for."""
    cells = json.loads(path.read_text())["cells"]
    for cell in cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    assert "At the end you will" in "".join(cells[0]["source"])


@pytest.mark.guest
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run(path, tmp_path, monkeypatch):
    """Every cell runs, with three runs of each set-up, and every cell that shows something shows it."""
    pytest.importorskip("ipykernel", reason="the extra `notebooks` is not installed")
    nbclient = pytest.importorskip("nbclient", reason="the extra `notebooks` is not installed")
    nbformat = pytest.importorskip("nbformat", reason="the extra `notebooks` is not installed")
    monkeypatch.setenv("PROBELAB_RUNS", "3")
    monkeypatch.setenv("PYTHONPATH", str(ROOT) + os.pathsep + os.environ.get("PYTHONPATH", ""))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    for cell in notebook.cells[2:]:
        if cell.cell_type == "code":
            kinds = [output.output_type for output in cell.outputs]
            assert "execute_result" in kinds, cell.source
            assert "error" not in kinds
