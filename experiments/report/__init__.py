# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports of a results directory: ``write_report(results, path, …)`` chooses the format by the file's name.

``content.py`` says what a report holds; each format is a module of its own. A file is written whole or not at all.
"""

from __future__ import annotations

from experiments.report.content import Content, build_content
from experiments.report.formats import FORMATS, find_format, write_report

__all__ = ["FORMATS", "Content", "build_content", "find_format", "write_report"]
