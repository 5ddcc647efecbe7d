# SPDX-License-Identifier: GPL-2.0-or-later
"""``python -m tracer`` is the ``dtrace`` command."""

import sys

try:
    from tracer.cli import main
except KeyboardInterrupt:  # ^C before anything was begun
    sys.exit(130)

sys.exit(main())
