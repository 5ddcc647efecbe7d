# SPDX-License-Identifier: GPL-2.0-or-later
"""Small things that take longer to work out than to read, kept in files from one process to the next.

They stand in ``__pycache__`` beside what they are made from, and are trusted as the bytecode there is. Where that
cannot be written, or Python was told to write none there, the user's cache directory has them. What a value is made of
is kept with it, so none is out of date.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any
from zlib import crc32


def _folders(beside: Path) -> Iterator[Path]:
    yield beside / "__pycache__"
    home = os.environ.get("XDG_CACHE_HOME") or (Path("~").expanduser() / ".cache" if "HOME" in os.environ else None)
    if home:
        yield Path(home) / "probelab"


def _path(folder: Path, stem: str, key: bytes) -> Path:
    return folder / f"{stem}.{sys.implementation.cache_tag}.{crc32(key):08x}.tables"


def find(beside: Path, stem: str, key: bytes) -> Any:
    """What was kept as ``stem`` and made of ``key``, None if there is nothing that can be read."""
    for folder in _folders(beside):
        with suppress(OSError, EOFError, ValueError, TypeError):
            made_of, value = marshal.loads(_path(folder, stem, key).read_bytes())
            if made_of == key:
                return value
    return None


def keep(beside: Path, stem: str, key: bytes, value: Any) -> None:
    """Keep a value of plain types; in one step, so that nobody reads half of it."""
    for folder in islice(_folders(beside), int(sys.dont_write_bytecode), None):
        path = _path(folder, stem, key)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                temporary.write_bytes(marshal.dumps((key, value)))
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
            return
