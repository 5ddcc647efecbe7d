# SPDX-License-Identifier: GPL-2.0-or-later
"""The lecture's line on the real guest."""

import pytest

from tracer import LECTURE_COMMAND, Session

PROGRAM = "fbt:::malloc:entry { @traces[stack()] = count(); }"


@pytest.fixture(scope="module")
def session():
    """A machine whose unwinder does not search modules, for speed."""
    from sim import load_config

    return Session.boot(load_config(overrides={"kernel.unwind": "static"}))


@pytest.mark.guest
def test_three_mallocs_from_exec(session):
    """dd's exec calls malloc(9) three times; every stack goes from malloc down to the system-call entry."""
    result = session.run(LECTURE_COMMAND, session.compile(PROGRAM), seed=1)
    assert sum(entry.value for entry in result.aggregations) == 3, result.output
    for entry in result.aggregations:
        (stack,) = entry.keys
        names = [session.machine.symbols.find(frame).name for frame in stack]
        assert names[0] == "malloc"
        assert names[-1] in ("swi_exit", "swi_entry")
        assert "swi_handler" in names
    assert result.total_drops == 0
