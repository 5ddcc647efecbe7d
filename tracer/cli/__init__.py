# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``dtrace`` command."""

from tracer.cli.main import main

__all__ = ["main"]
