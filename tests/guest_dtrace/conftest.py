# SPDX-License-Identifier: GPL-2.0-or-later
"""One build of the tracing code for the host serves all tests of this folder."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from harness import Guest, build_library


@pytest.fixture(scope="session")
def guest(tmp_path_factory):
    """The guest's tracing code, compiled for and loaded into this process."""
    return Guest(build_library(tmp_path_factory.mktemp("guest_dtrace") / "libguestdtrace.so"))
