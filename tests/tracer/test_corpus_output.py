# SPDX-License-Identifier: GPL-2.0-or-later
"""The corpus's output folder: ``.out`` is what ``dtrace -q`` prints of the interpreter's records and of the guest's.

Both go through the same consumer, so that printa(), trunc() and their kin, formats and histograms are seen whole.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from dscript import EmptyEnv, compile_program
from tests.tracer.replay import show

FOLDER = Path(__file__).parents[1] / "corpus" / "output"
SCRIPTS = [pytest.param(path, id=path.name) for path in sorted(FOLDER.glob("tst.*.d"))]


@pytest.mark.parametrize("path", SCRIPTS)
def test_interpreter_prints_what_is_written(path):
    """The interpreter's records, printed."""
    assert (
        show(compile_program(path.read_bytes(), EmptyEnv(), filename=path.name)) == path.with_suffix(".out").read_text()
    )


@pytest.mark.guest
@pytest.mark.parametrize("path", SCRIPTS)
def test_guest_prints_what_is_written(path):
    """The command on the guest."""
    argv = ("--set", "kernel.unwind=static", "-q", "-w", "-s", str(path), "-c", "true")
    done = subprocess.run([sys.executable, "-m", "tracer", *argv], capture_output=True, text=True, timeout=120)
    assert done.stdout == path.with_suffix(".out").read_text()
    assert done.returncode == 0
