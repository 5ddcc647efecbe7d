# SPDX-License-Identifier: GPL-2.0-or-later
"""A report as Markdown: one file, and its figures as SVG in a folder beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from experiments.figures import render_svg
from experiments.report.blocks import Block, Flame, Listing, Picture, Table, Text, cell_text
from experiments.report.content import Content


def render_markdown(content: Content, path: Path) -> dict[Path, bytes]:
    """Return the files of the report, the text last."""
    folder = path.with_name(f"{path.stem}_files")
    files: dict[Path, bytes] = {}
    lines = [f"# {content.title}", "", content.question, ""]
    for item in content.headlines:
        lines += [f"- **{item.figure}** {item.claim} {item.sure}"]
    lines += ["", content.summary, ""]
    for section in content.sections:
        lines += [f"## {section.title}", ""]
        for block in section.blocks:
            lines += [*_show(block, folder), ""]
            if isinstance(block, Picture | Flame):
                svg = render_svg(block.figure, block.name)
                files[folder / f"{block.name}.svg"] = f'<?xml version="1.0" encoding="utf-8"?>\n{svg}'.encode()
    return files | {path: ("\n".join(lines).rstrip() + "\n").encode()}


def _show(block: Block, folder: Path) -> Iterator[str]:
    """Yield the lines of one block."""
    match block:
        case Text(text):
            yield text
        case Listing(text, title):
            if title:
                yield f"**{title}**\n"
            yield f"````\n{text.rstrip()}\n````"
        case Table(columns, rows, title):
            if title:
                yield f"**{title}**\n"
            yield _row(columns)
            yield _row(["---"] * len(columns))
            yield from (_row([cell_text(cell) for cell in row]) for row in rows)
        case Picture(name, caption, _) | Flame(name, caption, _, _):
            yield f"![{caption}]({folder.name}/{name}.svg)\n\n*{caption}*"


def _row(cells: Sequence[str]) -> str:
    """Return one row of a table."""
    texts = [cell.replace("|", "\\|").replace("\n", " ") for cell in cells]
    return f"| {' | '.join(texts)} |"
