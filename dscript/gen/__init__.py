# SPDX-License-Identifier: GPL-2.0-or-later
"""The code generator: typed tree in, DIF objects out."""

from dscript.gen.clauses import generate_clause, generate_difo

__all__ = ["generate_clause", "generate_difo"]
