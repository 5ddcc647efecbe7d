# SPDX-License-Identifier: GPL-2.0-or-later
"""``python -m experiments.ministat`` is the ``ministat`` command."""

import sys

from experiments.ministat.command import main

if __name__ == "__main__":
    sys.exit(main())
