# SPDX-License-Identifier: GPL-2.0-or-later
"""``python -m tracer`` is the ``dtrace`` command."""

import sys

from tracer.cli import main

sys.exit(main())
