# SPDX-License-Identifier: GPL-2.0-or-later
"""sim/build.py: what it leaves behind depends on the sources alone."""

from pathlib import Path

import pytest

from sim import build

GUEST_FILES = [build.OUT / "kernel", *sorted(path for path in (build.OUT / "root").rglob("*") if path.is_file())]


@pytest.mark.parametrize("path", GUEST_FILES, ids=lambda path: path.name)
def test_guest_files_do_not_name_the_folder_they_were_built_in(path):
    """A clone elsewhere builds the same guest to the byte, so it counts the same cycles."""
    assert str(Path(build.SIM).parent).encode() not in path.read_bytes()


def test_a_failed_link_leaves_the_old_file(tmp_path):
    """A link that fails changes nothing and leaves no half-written file."""
    target = tmp_path / "kernel"
    target.write_text("old")
    with pytest.raises(build.BuildError, match=r"cc failed"):
        build.link(target, "cc", str(tmp_path / "missing.o"))
    assert [path.name for path in tmp_path.iterdir()] == ["kernel"]
    assert target.read_text() == "old"
