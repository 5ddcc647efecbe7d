# SPDX-License-Identifier: GPL-2.0-or-later
"""``python -m experiments`` is the ``probelab`` command."""

import sys

from experiments.cli import main

if __name__ == "__main__":
    sys.exit(main())
