# SPDX-License-Identifier: GPL-2.0-or-later
"""The notebook magic: ``%load_ext tracer``, then a cell ``%%dtrace -c "dd …"`` that holds a D program.

The words after ``%%dtrace`` are options of dtrace(1); ``--to NAME`` also keeps the result under a name. The result is a
``Trace``: DataFrames of what was traced, drawn when the cell shows it. The command runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tracer.errors import TracerError
from tracer.frames import Trace

ROOT = Path(__file__).resolve().parents[1]
USAGE = 'usage: %%dtrace [--to NAME] [options of dtrace, such as -c "dd bs=1m count=1"]'
_WRITTEN = ("-o", "-O", "-s", "-n", "-f", "-m", "-P", "-i", "-l", "-e")


def load_ipython_extension(shell: Any) -> None:
    """Gives the shell the cell magic."""

    def dtrace(line: str, cell: str) -> Trace | None:
        try:
            name, words = parse_line(line)
            trace = run_cell(cell, words)
        except TracerError as error:
            print(f"dtrace: {error}", file=sys.stderr)
            return None
        if name:
            shell.user_ns[name] = trace
        return trace

    dtrace.__doc__ = f"Trace a command with the cell's D program.\n\n{USAGE}"
    shell.register_magic_function(dtrace, magic_kind="cell", magic_name="dtrace")


def parse_line(line: str) -> tuple[str, list[str]]:
    """Returns the name to keep the result under (or nothing) and dtrace's options; raises TracerError."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise TracerError(f"{line.strip()}: {error}".lower()) from None
    name = ""
    if "--to" in words:
        at = words.index("--to")
        name = words[at + 1] if at + 1 < len(words) else ""
        del words[at : at + 2]
        if not name.isidentifier():
            raise TracerError(f"--to {name}: a variable's name is expected\n{USAGE}")
    for word in words:
        if word[:2] in _WRITTEN and not word.startswith("--"):
            raise TracerError(f"{word[:2]}: the cell holds the program and shows the output\n{USAGE}")
    return name, words


def run_cell(text: str, words: Sequence[str] = ()) -> Trace:
    """Runs dtrace on a D program and returns what it traced; raises TracerError with its message if it failed.

    ^C ends the tracing as it does in a terminal; what was traced until then is returned.
    """
    with tempfile.TemporaryDirectory(prefix="dtrace-") as folder:
        script, output = Path(folder) / "cell.d", Path(folder) / "output"
        script.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "tracer", "-x", "oformat=ndjson", "-o", str(output), *words, "-s", str(script)]
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        pipe = subprocess.PIPE
        env = os.environ | {"PYTHONPATH": path}
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, env=env)
        out, err = _wait(process)
        lines = output.read_text(encoding="utf-8", errors="surrogateescape").splitlines() if output.exists() else []
    found = [json.loads(line) for line in lines if line.startswith("{")]
    messages = err.decode("utf-8", "replace").replace(str(script), "cell").replace("script 'cell' ", "")
    if process.returncode and not found:
        raise TracerError(messages.strip().removeprefix("dtrace: ") or f"ended with status {process.returncode}")
    return Trace(found, out.decode("utf-8", "replace"), messages)


def _wait(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Returns what a process prints; ^C is passed on, and the process is waited for."""
    try:
        return process.communicate()
    except KeyboardInterrupt:
        process.send_signal(2)
        return process.communicate()
