# SPDX-License-Identifier: GPL-2.0-or-later
"""End-to-end cases on the real guest, as data in runtime/: NAME, PROG, RUN, OPTIONS, EXPECT, MESSAGE, REJECT, QUIET.

``EXPECT`` is a regular expression searched in the traced output, ``MESSAGE`` in the messages, ``REJECT`` must not be
found in the output, ``QUIET`` not in the messages. ``RUN`` defaults to ``true``, the shortest of the guest's programs.
"""

import re
from pathlib import Path

import pytest

from tracer import Options, Session

KEYS = ("NAME", "PROG", "RUN", "OPTIONS", "EXPECT", "MESSAGE", "REJECT", "QUIET")


def read_cases():
    """Returns the cases of all data files, each a dict of lists."""
    cases = []
    for path in sorted((Path(__file__).parent / "runtime").glob("*.txt")):
        for block in path.read_text().split("\n\n"):
            case = {}
            for line in block.splitlines():
                key, _, value = line.partition(" ")
                if key in KEYS:
                    case.setdefault(key, []).append(value)
                elif line and not line.startswith("#"):
                    case["PROG"][-1] += "\n" + line
            if case:
                cases.append(pytest.param(case, id=f"{path.stem}: {case['NAME'][0]}"))
    return cases


@pytest.fixture(scope="module")
def session():
    """One booted machine for all cases; each is a request of its own."""
    return Session.boot()


@pytest.mark.guest
@pytest.mark.parametrize("case", read_cases())
def test_case(session, case):
    """The guest does what the case says."""
    options = Options()
    for setting in case.get("OPTIONS", []):
        name, equals, value = setting.partition("=")
        options.set(name, value if equals else None)
    enabling = session.compile("\n".join(case["PROG"]), options)
    result = session.run(case.get("RUN", ["true"])[0], enabling, seed=1)
    for pattern in case.get("EXPECT", []):
        assert re.search(pattern, result.output, re.MULTILINE), (pattern, result.output, result.messages)
    for pattern in case.get("MESSAGE", []):
        assert re.search(pattern, "\n".join(result.messages), re.MULTILINE), (pattern, result.messages)
    for pattern in case.get("REJECT", []):
        assert not re.search(pattern, result.output, re.MULTILINE), result.output
    for pattern in case.get("QUIET", []):
        assert not re.search(pattern, "\n".join(result.messages), re.MULTILINE), result.messages
