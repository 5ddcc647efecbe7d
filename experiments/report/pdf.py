# SPDX-License-Identifier: GPL-2.0-or-later
"""A report as PDF: text pages in A4, and each figure as a vector drawing on a page of its own size.

matplotlib writes it, so that no other program is needed; text is set line by line.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator

import matplotlib as mpl
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from experiments.figures.style import render_pdf_style
from experiments.report.blocks import Block, Flame, Listing, Picture, Table, Text, cell_text
from experiments.report.content import Content

A4 = (8.27, 11.69)
MARGIN = 0.7
WRAP = 100
# letters of one width and how many make a line: what is wide is set smaller, what is wider still is cut or broken
SIZES = (("mono", 104), ("fine", 140), ("tiny", 170))
# what a line looks like: (font, size in points, weight, height in inches)
STYLES = {
    "title": ("DejaVu Sans", 18, "bold", 0.42),
    "heading": ("DejaVu Sans", 13, "bold", 0.36),
    "figure": ("DejaVu Sans", 16, "bold", 0.32),
    "text": ("DejaVu Sans", 9, "normal", 0.17),
    "bold": ("DejaVu Sans", 9, "bold", 0.22),
    "mono": ("DejaVu Sans Mono", 7, "normal", 0.125),
    "fine": ("DejaVu Sans Mono", 5.8, "normal", 0.11),
    "tiny": ("DejaVu Sans Mono", 4.8, "normal", 0.095),
}


def render_pdf(content: Content) -> bytes:
    """Return the document."""
    buffer = io.BytesIO()
    info = {"Title": f"probelab: {content.title}", "CreationDate": None}
    with mpl.rc_context(render_pdf_style()), PdfPages(buffer, metadata=info) as pages:
        writer = _Writer(pages)
        for look, line in _iter_front(content):
            writer.add(look, line)
        for section in content.sections:
            if not section.blocks or not isinstance(section.blocks[0], Picture | Flame):
                writer.add("heading", section.title)
            for block in section.blocks:
                if isinstance(block, Picture | Flame):
                    writer.add_figure(block.figure, f"{section.title}: {block.caption}")
                else:
                    for look, line in _iter_lines(block):
                        writer.add(look, line)
        writer.end_page()
    return buffer.getvalue()


class _Writer:
    """Fills pages from the top; a new one is begun when a line does not fit."""

    def __init__(self, pages: PdfPages) -> None:
        self._pages = pages
        self._figure: Figure | None = None
        self._top = 0.0

    def add(self, look: str, line: str) -> None:
        """Set one line."""
        font, size, weight, height = STYLES[look]
        if self._figure is not None and self._top + height > A4[1] - MARGIN:
            self.end_page()
        if self._figure is None:
            self._figure = Figure(figsize=A4)
            self._top = MARGIN
        self._top += height
        place = (MARGIN / A4[0], 1 - self._top / A4[1])
        self._figure.text(*place, line, family=font, fontsize=size, weight=weight, va="bottom", parse_math=False)

    def add_figure(self, figure: Figure, caption: str) -> None:
        """Put a figure on a page of its own, below its caption."""
        self.end_page()
        title = figure.suptitle("\n".join(textwrap.wrap(caption, WRAP)), fontsize=9, ha="left", x=0.02)
        title.set_parse_math(False)
        self._pages.savefig(figure)  # type: ignore[no-untyped-call]

    def end_page(self) -> None:
        """Finish the page that is being filled, if there is one."""
        if self._figure is not None:
            self._pages.savefig(self._figure)  # type: ignore[no-untyped-call]
            self._figure = None


def _iter_front(content: Content) -> Iterator[tuple[str, str]]:
    """Yield the lines of the first page: question and answer."""
    yield "title", content.title
    yield from (("text", line) for line in textwrap.wrap(content.question, WRAP))
    for item in content.headlines:
        yield "text", ""
        yield "figure", item.figure
        yield from (("bold", line) for line in textwrap.wrap(item.claim, WRAP - 8))
        yield from (("text", line) for line in textwrap.wrap(item.sure, WRAP))
    yield "text", ""
    yield "text", content.summary


def _iter_lines(block: Block) -> Iterator[tuple[str, str]]:
    """Yield the lines of a block of text."""
    match block:
        case Text(text):
            yield from (("text", line) for line in textwrap.wrap(text, WRAP))
            yield "text", ""
        case Listing(text, title):
            if title:
                yield "bold", title
            lines = text.expandtabs().splitlines()
            look, width = _choose_size(max(map(len, lines), default=0))
            for line in lines:
                yield from ((look, part) for part in textwrap.wrap(line, width, drop_whitespace=False) or [""])
            yield "mono", ""
        case Table():
            yield from iter_table(block)
        case _:
            return


def _choose_size(columns: int) -> tuple[str, int]:
    """Return the largest letters in which so many columns fit on a line, and how many do."""
    return next((size for size in SIZES if columns <= size[1]), SIZES[-1])


def iter_table(table: Table) -> Iterator[tuple[str, str]]:
    """Yield a table's lines in columns; cells are cut where even small letters do not help."""
    if table.title:
        yield "bold", table.title
    rows = [list(table.columns), *([cell_text(cell) for cell in row] for row in table.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.columns))]
    look, width = _choose_size(sum(widths) + 2 * len(widths))
    while sum(widths) + 2 * len(widths) > width:
        widths[widths.index(max(widths))] -= 1
    for row in rows:
        cells = (f"{_cut(cell, room):{room}}" for cell, room in zip(row, widths, strict=True))
        yield look, "  ".join(cells).rstrip()
    yield "mono", ""


def _cut(text: str, width: int) -> str:
    """Return a text cut to a width, which is shown."""
    return text if len(text) <= width else text[: width - 1] + "…"
