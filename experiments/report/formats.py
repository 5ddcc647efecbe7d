# SPDX-License-Identifier: GPL-2.0-or-later
"""The formats of a report, by the end of the file's name, and how a file is written: whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from experiments.errors import ReportError
from experiments.report.content import build_content
from experiments.results import Results
from experiments.stacks import collect_stacks, fold, to_speedscope
from experiments.stats import Settings

Files = Mapping[Path, bytes]


def write_report(results: Results, path: Path, metric: str | None = None, settings: Settings | None = None) -> None:
    """Write a report; raises ReportError if the format is unknown, there is too little to tell, or writing fails."""
    write_files(find_format(path)(results, path, metric, settings))


def find_format(path: Path) -> Callable[[Results, Path, str | None, Settings | None], Files]:
    """Return what makes the files of a format; raises ReportError."""
    for suffix, make in FORMATS.items():
        if path.name.endswith(suffix) and path.name != suffix:
            return make
    raise ReportError(f"{path}: no such format; a report's name ends in {', '.join(FORMATS)}")


def _make_html(results: Results, path: Path, metric: str | None, settings: Settings | None) -> Files:
    from experiments.report.html import render_html

    return {path: render_html(build_content(results, metric, settings)).encode()}


def _make_markdown(results: Results, path: Path, metric: str | None, settings: Settings | None) -> Files:
    from experiments.report.markdown import render_markdown

    return render_markdown(build_content(results, metric, settings), path)


def _make_pdf(results: Results, path: Path, metric: str | None, settings: Settings | None) -> Files:
    from experiments.report.pdf import render_pdf

    return {path: render_pdf(build_content(results, metric, settings))}


def _make_folded(results: Results, path: Path, _metric: str | None, _settings: Settings | None) -> Files:
    return {path: fold(_find_stacks(results)).encode()}


def _make_speedscope(results: Results, path: Path, _metric: str | None, _settings: Settings | None) -> Files:
    name = results.metadata.get("plan", {}).get("name", results.directory.name)
    return {path: to_speedscope(_find_stacks(results), name).encode()}


def _find_stacks(results: Results) -> dict[str, dict[tuple[str, ...], float]]:
    """Return the stacks by set-up; raises ReportError if no script took any."""
    found = collect_stacks(results)
    if not found:
        raise ReportError(f"{results.directory}: no stacks; a script with @[stack()] = count() takes them")
    return found


FORMATS: dict[str, Callable[[Results, Path, str | None, Settings | None], Files]] = {
    ".html": _make_html,
    ".pdf": _make_pdf,
    ".md": _make_markdown,
    ".folded": _make_folded,
    ".speedscope.json": _make_speedscope,
}


def write_files(files: Files) -> None:
    """Write all files, the last named last; when one cannot be written none is left behind. Raises ReportError."""
    drafts: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        for path, data in files.items():
            if not path.parent.exists():
                path.parent.mkdir()
                made.append(path.parent)
            draft = path.with_name(path.name + ".tmp")
            drafts.append((draft, path))
            with draft.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for draft, path in drafts:
            draft.replace(path)
    except OSError as error:
        for draft, _ in drafts:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise ReportError(f"{drafts[-1][1] if drafts else next(iter(files))}: {error.strerror}") from None
