# SPDX-License-Identifier: GPL-2.0-or-later
"""Verdicts of the compiler: ``tests/corpus/verdicts``, each script against the kernel's types and the D library."""

import shlex
from pathlib import Path

import pytest

import tracer
from dscript import CompileError, EmptyEnv, Library, compile_program
from tracer.cli.lazyenv import load_symbols
from tracer.compile import check_option
from tracer.env import TracerEnv

FOLDER = Path(__file__).parents[1] / "corpus" / "verdicts"
LIBRARY = Library([Path(tracer.__file__).with_name("lib")])
MACROS = {"0": "x.d", "pid": 5, "target": 7}
ABSENT = ("nosuch", "foo", "test", "pid0", "pid123")  # providers without probes


class Env(TracerEnv):
    """The kernel's types and symbols; any probe but those of a few providers; no typed arguments."""

    def __init__(self):
        super().__init__(lambda: None, load_symbols)
        self.probes = EmptyEnv()

    def match(self, description):
        """An invented id."""
        return [] if description.provider in ABSENT else self.probes.match(description)

    def suggest(self, _description):
        """Nothing."""

    def find_arguments(self, _probe):
        """None at all."""
        return ()


def read_cases(path):
    """Yields name, verdict, macro arguments, options and text of each script of a file."""
    for number, block in enumerate(path.read_text().split("\n== ")[1:], 1):
        head, _, text = block.partition("\n")
        verdict, *words = shlex.split(head)
        arguments, options = [], {}
        while words:
            word = words.pop(0)
            if word == "-x":
                name, equals, value = words.pop(0).partition("=")
                options[name] = value if equals else None
            else:
                arguments.append(word)
        yield f"{path.stem}-{number}-{verdict}", verdict, arguments, options, text.rstrip("\n") + "\n"


CASES = [case for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)]


def test_there_are_cases():
    """The folder is where it is looked for."""
    assert len(CASES) > 800


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_verdict(case):
    """The script compiles, or is refused with the tag that is written over it."""
    _, verdict, arguments, options, text = case
    try:
        compile_program(
            text, Env(), filename="x.d", macro_args=arguments, macros=MACROS, options=options,
            check_option=check_option, library=LIBRARY, needs_body=lambda _line: True,
        )  # fmt: skip
        found = "ok"
    except CompileError as error:
        found = error.diagnostics[0].tag
    assert found == verdict, text
