# SPDX-License-Identifier: GPL-2.0-or-later
"""``-C``: script files through the C preprocessor, which is the Python package pcpp.

``preprocess(text, name, options, report)`` returns the text with ``#line`` marks, so that errors name the file and line
that somebody wrote. Names are defined as dtrace(1) documents; -D, -U, -I, -H and -X are options.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pcpp import Action, OutputDirective, Preprocessor

from tracer.errors import TracerError
from tracer.options import Options

_DEFINED = (
    "__sun 1", "__unix 1", "__SVR4 1", "__arm__ 1", "__FreeBSD__ 11", "FreeBSD_11 1",
    "__SUNW_D 1", "__SUNW_D_VERSION 0x0100d000",
)  # fmt: skip
_HEADERS = Path(__file__).parents[1] / "include"  # searched last
# headers of which a D program has everything anyway: types from the kernel, constants from the D library
_KNOWN_WORDS = """
errno.h fcntl.h inttypes.h signal.h stddef.h stdio.h stdlib.h string.h strings.h time.h unistd.h netinet/in.h
sys/buf.h sys/cdefs.h sys/conf.h sys/cred.h sys/dtrace.h sys/errno.h sys/fcntl.h sys/file.h sys/filedesc.h
sys/int_types.h sys/kernel.h sys/kthread.h sys/lock.h sys/mman.h sys/mount.h sys/mutex.h sys/poll.h sys/proc.h
sys/procfs.h sys/queue.h sys/resource.h sys/rwlock.h sys/sched.h sys/signal.h sys/stdint.h sys/sx.h sys/syscall.h
sys/sysctl.h sys/sysmacros.h sys/systm.h sys/thread.h sys/time.h sys/types.h sys/ucred.h sys/uio.h sys/unistd.h
sys/vnode.h sys/wait.h
"""
_KNOWN = frozenset(_KNOWN_WORDS.split())
_MOST_ERRORS = 20
_STDC = {"a": "0", "c": "1", "s": None, "t": "0"}


class _DPreprocessor(Preprocessor):  # type: ignore[misc]  # pcpp has no types
    """pcpp with D's ways: what it cannot know passes, what it cannot find is an error."""

    def __init__(self, report: Callable[[str], None], *, show_includes: bool) -> None:
        super().__init__()
        self.errors: list[str] = []
        self._report = report
        self._show_includes = show_includes
        self.line_directive = "#line"

    def on_error(self, file: str, line: int, msg: str) -> None:
        """Keeps an error."""
        self.errors.append(f'"{file}", line {line}: {msg}')

    def on_include_not_found(self, is_malformed: bool, is_system: bool, _curdir: str, path: str) -> None:
        """Keeps an error, unless D knows what such a header would say."""
        if is_system and path in _KNOWN:
            raise OutputDirective(Action.IgnoreAndRemove)
        text = "malformed #include" if is_malformed else f"{path}: No such file or directory"
        self.on_error(self.source or "", self.lastdirective.lineno if self.lastdirective else 0, text)
        raise OutputDirective(Action.IgnoreAndRemove)

    def on_file_open(self, is_system: bool, path: str) -> Any:
        """Opens an included file; says so for -H."""
        found = super().on_file_open(is_system, path)
        if self._show_includes:
            self._report(path)
        return found

    def on_directive_handle(self, directive: Any, toks: Any, ifpassthru: bool, precedingtoks: Any) -> Any:
        """Lets #error fail and pragmas pass."""
        if directive.value == "error":
            message = "".join(token.value for token in toks).strip()
            self.on_error(directive.source, directive.lineno, f"#error {message}")
            return True
        return super().on_directive_handle(directive, toks, ifpassthru, precedingtoks)


def _define(preprocessor: _DPreprocessor, options: Options) -> None:
    for text in _DEFINED:
        preprocessor.define(text)
    preprocessor.undef("__STDC__")
    standard = _STDC[options.word("stdc")]
    if standard is not None:
        preprocessor.define(f"__STDC__ {standard}")
    for text in options.list("define"):
        name, equals, value = text.partition("=")
        preprocessor.define(f"{name} {value if equals else 1}")
    for name in options.list("undef"):
        preprocessor.undef(name)


def preprocess(text: str, name: str, options: Options, report: Callable[[str], None]) -> str:
    """Returns a script's text preprocessed; raises TracerError. ``report`` takes lines for standard error."""
    preprocessor = _DPreprocessor(report, show_includes=options.flag("cpphdrs"))
    _define(preprocessor, options)
    for folder in (*options.list("incdir"), str(Path(name).parent), str(_HEADERS)):
        preprocessor.add_path(folder)
    own = re.escape(os.path.abspath(name)) + r"\Z"
    preprocessor.rewrite_paths[:] = [(own, lambda _match: name)]  # the script keeps the name it was given
    out = io.StringIO()
    try:
        preprocessor.parse(text, name)
        preprocessor.write(out)
    except RecursionError:
        preprocessor.errors.append(f'"{name}": #include nested too deeply')
    if preprocessor.errors:
        for line in preprocessor.errors[:_MOST_ERRORS]:
            report(line)
        raise TracerError(f"failed to compile script {name}: Preprocessor failed to process input program")
    return out.getvalue()
