# SPDX-License-Identifier: GPL-2.0-or-later
"""The subcommands of ``probelab``, one module each: ``add_parser`` describes it, ``execute`` does it.

What is heavy (the machine, the compiler) is imported inside ``execute``, so that help comes at once.
"""

from __future__ import annotations

from experiments.commands import bench, calibrate, compare, demo, fidelity, machines, plans, report, run

COMMANDS = (run, compare, report, plans, machines, bench, calibrate, fidelity, demo)

__all__ = ["COMMANDS"]
