# SPDX-License-Identifier: GPL-2.0-or-later
"""The D library against the kernel's types: every name of it compiles."""

import re
from pathlib import Path

import pytest

import tracer
from dscript import Library, compile_program
from tracer.compile import compile_text
from tracer.env import TracerEnv
from tracer.options import Options

FOLDER = Path(tracer.__file__).with_name("lib")
TEXTS = {path.name: path.read_text() for path in sorted(FOLDER.glob("*.d"))}
TRANSLATORS = [
    (result, source, re.findall(r"^\t(\w+) =", body, re.M))
    for text in TEXTS.values()
    for result, source, body in re.findall(r"translator (\w+) < (struct \w+) \*\w > \{(.*?)\n\};", text, re.S)
]


class Env(TracerEnv):
    """The kernel's types and symbols, and any probe, without a machine."""

    def __init__(self, symbols):
        super().__init__(lambda: None, lambda: symbols)

    def match(self, _description):
        """Every description matches a probe."""
        return [1]


@pytest.fixture(scope="module")
def env():
    """The kernel's types and symbols."""
    from tracer.cli.lazyenv import load_symbols

    return Env(load_symbols())


@pytest.mark.parametrize("name", TEXTS)
def test_inlines(env, name):
    """Every scalar inline has a value, every structure a size."""
    found = re.findall(r"^inline \w+ (\w+) =", TEXTS[name], re.M)
    assert found or re.search(r"^(inline|typedef) ", TEXTS[name], re.M)
    text = "".join(f"trace({inline});" for inline in found)
    text += "".join(f"x = sizeof ({kind});" for kind in re.findall(r"^typedef struct \w+ (\w+);", TEXTS[name], re.M))
    compile_program(f"BEGIN {{ {text} }}", env, library=Library([FOLDER]))


@pytest.mark.parametrize(("result", "source", "members"), TRANSLATORS)
def test_translators(env, result, source, members):
    """Every member of every translator is computed from the kernel's structures."""
    text = "".join(f"trace(xlate < {result} * > (({source} *)arg0)->{member});" for member in members)
    compile_program(f"BEGIN {{ {text} }}", env, library=Library([FOLDER]))


def test_the_command_has_it(env):
    """A script needs nothing to use the library."""
    text = "BEGIN { trace(curpsinfo->pr_psargs); trace(curlwpsinfo->pr_lwpid); trace(curcpu->cpu_id); trace(SIGINT); }"
    compile_text(text + "BEGIN { trace(fds[1].fi_pathname); trace(uregs[R_PC]); trace(ENOENT); }", env, Options())
