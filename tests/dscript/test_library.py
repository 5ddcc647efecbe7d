# SPDX-License-Identifier: GPL-2.0-or-later
"""The D library: what a script mentions is brought in, the rest is never looked at."""

import sys

import pytest

from dscript import CompileError, EmptyEnv, Library, compile_program

FIRST = """\
/* A comment; with a semicolon. */
#pragma D depends_on library second.d
inline int LIMIT = 10;
typedef struct info { int low; string who; } info_t;
translator info_t < int N > { low = N < LIMIT ? N : LIMIT; who = OTHER; };
enum color { RED, GREEN = 7 };
inline int twice[int n] = n * 2;
inline info_t *mine = xlate < info_t * > (99);
inline int BROKEN = nobody;
"""
SECOND = 'inline string OTHER = "second";\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a library of two files; the cache has a place of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "lib"
    folder.mkdir()
    (folder / "first.d").write_text(FIRST)
    (folder / "second.d").write_text(SECOND)
    return folder


def compile_with(folder, text, **named):
    """The program of a text, with the library."""
    return compile_program(text, EmptyEnv(), library=Library([folder]), **named)


@pytest.mark.parametrize(
    "expression",
    [
        "LIMIT", "GREEN", "twice[LIMIT]", "mine->low", "mine->who", "xlate < info_t > (3).who",
        "(enum color)1", "sizeof (info_t)", "sizeof (struct info)", "((info_t *)arg0)->low",
    ],
)  # fmt: skip
def test_names_are_found(folder, expression):
    """Inlines, types, enumerators and translators of the library can be used without more ado."""
    compile_with(folder, f"BEGIN {{ trace({expression}); }}")


def test_what_is_not_mentioned_is_not_checked(folder):
    """A mistake in the library is told, with its place, to whoever mentions it, and to nobody else."""
    compile_with(folder, "BEGIN { trace(LIMIT); }")
    with pytest.raises(CompileError, match=r'first\.d", line 9: failed to resolve nobody') as caught:
        compile_with(folder, "BEGIN { trace(BROKEN); }")
    assert caught.value.tag == "D_IDENT_UNDEF"


def test_names_of_the_library_are_taken(folder):
    """A script cannot define what it gets from the library, nor assign to it."""
    for text, tag in (("inline int LIMIT = 3;", "D_DECL_IDRED"), ("int LIMIT;", "D_DECL_IDRED")):
        with pytest.raises(CompileError) as caught:
            compile_with(folder, text + "BEGIN { }")
        assert caught.value.tag == tag


def test_nolibs(folder):
    """Without libraries there is NULL and nothing else."""
    compile_with(folder, "BEGIN { trace(NULL); }", options={"nolibs": None})
    with pytest.raises(CompileError, match="failed to resolve LIMIT"):
        compile_with(folder, "BEGIN { trace(LIMIT); }", options={"nolibs": None})


def test_dependencies(folder):
    """What is in a file that depends on something which is not there is not there either."""
    (folder / "third.d").write_text("#pragma D depends_on module nosuch\ninline int THIRD = 3;\n")
    with pytest.raises(CompileError, match="failed to resolve THIRD"):
        compile_with(folder, "BEGIN { trace(THIRD); }")


def test_index_is_kept(folder, tmp_path, monkeypatch):
    """The index is kept, and made anew when the files change."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    compile_with(folder, "BEGIN { trace(LIMIT); }")
    (folder / "second.d").write_text(SECOND + "inline int NEW = 1;\n")
    compile_with(folder, "BEGIN { trace(NEW); }")


def test_unread_without_need(tmp_path):
    """A library that nobody asks may as well not exist."""
    compile_with(tmp_path / "nowhere", "BEGIN { exit(0); }")
