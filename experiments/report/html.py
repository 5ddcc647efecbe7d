# SPDX-License-Identifier: GPL-2.0-or-later
"""A report as one HTML page that holds everything: styles, figures as SVG, and the script that zooms and sorts.

Nothing is loaded from anywhere, so the page works offline and from a mail's attachment.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from experiments.figures import render_svg
from experiments.report.blocks import Block, Flame, Listing, Picture, Table, Text, cell_text
from experiments.report.content import Content
from experiments.stacks import Frame

FOLDER = Path(__file__).parent


def render_html(content: Content) -> str:
    """Return the page."""
    loader = FileSystemLoader(FOLDER)
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("page.html")
    return template.render(
        content=content,
        css=_read("page.css"),
        js=_read("page.js"),
        show=lambda block: environment.get_template("block.html").render(**_describe(block)),
    )


def _read(name: str) -> str:
    """Return a file of the page, without its licence line."""
    return (FOLDER / name).read_text(encoding="utf-8").partition("\n")[2]


def _describe(block: Block) -> dict[str, Any]:
    """Return what the template shows of a block."""
    match block:
        case Text(text):
            return {"kind": "text", "text": text}
        case Listing(text, title):
            return {"kind": "listing", "text": text, "title": title}
        case Table(columns, rows, title):
            cells = [
                [(cell_text(cell), "" if isinstance(cell, str) else repr(cell[1])) for cell in row] for row in rows
            ]
            return {"kind": "table", "columns": columns, "rows": cells, "title": title}
        case Picture(name, caption, figure):
            return {"kind": "picture", "name": name, "caption": caption, "svg": render_svg(figure, name)}
        case Flame(name, caption, tree, _):
            # a script element ends at "</", whatever it holds
            data = json.dumps(_to_plain(tree)).replace("</", "<\\/")
            return {"kind": "flame", "name": name, "caption": caption, "data": data}


def _to_plain(frame: Frame) -> dict[str, Any]:
    """Return a tree as plain data: name, value, children by name."""
    children = sorted(frame.children.values(), key=lambda child: child.name)
    return {"n": frame.name, "v": frame.value, "c": [_to_plain(child) for child in children]}
