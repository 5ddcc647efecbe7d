# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports in every format, from made-up samples: what they hold, what a browser makes of them, what is refused."""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from experiments import FakeExecutor, Silence, load_plan, read_results, run_plan
from experiments.analysis import analyse
from experiments.cli import main
from experiments.report import FORMATS
from experiments.report.blocks import Table, cell_text
from experiments.report.content import build_content
from experiments.report.pdf import iter_table
from experiments.report.pictures import list_pictures
from experiments.stacks import collect_stacks, make_tree
from tests.experiments.browser import find_browser, open_page

browser = pytest.mark.skipif(find_browser() is None, reason="no Chromium (apt-get install chromium)")
STACK = ["kernel`malloc", "kernel`kern_execve", "kernel`</script>"]


class Rich(FakeExecutor):
    """Gives each traced run stacks and a histogram."""

    def run(self, setup, seed):
        if setup.script is None:
            return super().run(setup, seed)
        data = [
            {"name": "s", "function": "count", "keys": ["dd", STACK], "value": 3},
            {"name": "s", "function": "count", "keys": ["dd", STACK[1:]], "value": 1},
            {"name": "q", "function": "quantize", "keys": [], "buckets": [[256, 1], [512, 9], [1024, 2]]},
            {"name": "m", "function": "max", "keys": [STACK], "value": 7},
        ]
        return replace(super().run(setup, seed), data=data)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A results directory of the lecture's plan."""
    folder = tmp_path_factory.mktemp("plain")
    run_plan(replace(load_plan("lecture3-malloc"), runs=6), Rich(), folder, 2, Silence)
    return folder


@pytest.fixture(scope="module")
def sweep(tmp_path_factory):
    """A results directory of a sweep."""
    folder = tmp_path_factory.mktemp("sweep")
    run_plan(replace(load_plan("buffer-size"), runs=3), Rich(), folder, 2, Silence)
    return folder


def report(folder, path, *options):
    """Write a report with the command and return the file."""
    assert main(["report", str(folder), "-o", str(path), *options]) == 0
    return path


def test_the_page_is_self_contained(plain, sweep, tmp_path):
    """The page loads nothing from anywhere, and holds question, answers, block, figures, scripts and seeds."""
    for folder in (plain, sweep):
        text = report(folder, tmp_path / "r.html").read_text()
        assert not re.search(r'(?:src|href)="(?!#|data:)[^"]*"', re.sub(r"xmlns(:\w+)?=\"[^\"]*\"", "", text))
        assert not re.search(r"url\((?!#)|@import|<link(?! rel=\"icon\" href=\"data:)", text)
    text = report(plain, tmp_path / "r.html").read_text()
    for part in (
        "What does tracing every malloc(9) with its stack cost one dd",
        "dtrace costs system time: the",
        "with 95 % confidence",
        "x no-dtrace\n+ dtrace\n",
        "equivalence   refuted",
        "fbt::malloc:entry { @traces[stack()] = count(); }",
        "Order and seeds",
        "506737521",
    ):
        assert part.replace("'", "&#39;") in text, part
    assert text.count("<svg") == 3  # ratios, strip, histograms


def test_no_two_elements_share_an_id(plain, tmp_path):
    """Figures put into one page do not take each other's ids."""
    text = report(plain, tmp_path / "r.html").read_text()
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


@browser
def test_the_first_screen_answers(plain, tmp_path):
    """In a browser without scrolling: the overhead, large, and how sure it is; and the console is silent."""
    page = report(plain, tmp_path / "r.html")
    answer, console = open_page(
        page,
        tmp_path,
        "return [...document.querySelectorAll('.answer')].map((e) => [e.getBoundingClientRect().bottom, e.innerText,"
        " parseFloat(getComputedStyle(e.querySelector('.figure')).fontSize)])",
    )
    assert console == []
    assert len(answer) == 2
    assert all(bottom < 600 and size >= 24 for bottom, _, size in answer)
    assert re.match(r"\+1\d\d\.\d %\s+dtrace costs system time", answer[0][1])
    assert "The true change lies between" in answer[0][1]


@browser
def test_flame_graphs_zoom(plain, tmp_path):
    """Pressing a box makes it as wide as the graph, and the button brings the whole graph back."""
    actions = """
        const flame = document.querySelector('.flame'), boxes = () => [...flame.querySelectorAll('.boxes div')];
        const find = (name) => boxes().find((box) => box.textContent === name);
        const width = (name) => find(name) ? parseFloat(find(name).style.width) : null;
        const before = width('kernel`malloc'), count = boxes().length;
        find('kernel`malloc').click();
        const zoomed = width('kernel`malloc'), told = flame.querySelector('.told').textContent;
        flame.querySelector('.reset').click();
        return [before, zoomed, told, boxes().length === count, find('kernel`<\\/script>') !== undefined];
    """
    answer, console = open_page(report(plain, tmp_path / "r.html"), tmp_path, actions)
    assert answer == [75, 100, "kernel`malloc: 18 (75.0 %)", True, True]
    assert console == []


@browser
def test_tables_sort(sweep, tmp_path):
    """Pressing a column's head sorts by its numbers, pressing it again turns the order round."""
    actions = """
        const table = document.querySelector('table'), heads = table.querySelectorAll('th button');
        const column = (n) => [...table.tBodies[0].rows].map((row) => Number(row.cells[n].dataset.key));
        heads[2].click(); const up = column(2); heads[2].click(); const down = column(2);
        heads[0].click(); const first = table.tBodies[0].rows[0].cells[0].textContent;
        return [up, down, first, table.querySelectorAll('th')[0].getAttribute('aria-sort')];
    """
    (up, down, first, told), console = open_page(report(sweep, tmp_path / "r.html"), tmp_path, actions)
    assert len(up) == 16
    assert up == sorted(up)
    assert down == sorted(up, reverse=True)
    assert (first, told) == ("dtrace@bs=512", "ascending")
    assert console == []


def test_markdown(plain, tmp_path):
    """The text has headings, tables and the block, and its figures lie beside it as SVG that can be parsed."""
    text = report(plain, tmp_path / "r.md").read_text()
    assert text.startswith("# lecture3-malloc\n")
    figures = re.findall(r"!\[[^\]]*\]\((r_files/[^)]+)\)", text)
    assert figures == [
        "r_files/ratios.svg",
        "r_files/strip.svg",
        *(f"r_files/{n}.svg" for n in ("heat1", "flame1", "flame2")),
    ]
    for name in figures:
        assert ElementTree.parse(tmp_path / name).getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_pdf(sweep, tmp_path):
    """The document is a PDF with pages, without a picture made of dots."""
    data = report(sweep, tmp_path / "r.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b", data)) > 5
    assert data.count(b"/Subtype /Image") <= 2  # the heat map's cells and its scale


def test_the_pdf_cuts_no_interval(sweep):
    """In the document's tables every interval stands in full; wide tables are set in smaller letters."""
    content = build_content(read_results(sweep))
    tables = [block for section in content.sections for block in section.blocks if isinstance(block, Table)]
    lines = "\n".join(line for table in tables for _, line in iter_table(table))
    for table in tables[:2]:
        for row in table.rows:
            assert all(cell_text(cell) in lines for cell in row)
    assert {look for table in tables[:2] for look, _ in iter_table(table)} & {"fine", "tiny"}


def test_overhead_over_firings(tmp_path):
    """A sweep that changes how often probes fire is drawn over that; one where they fire as often is not."""

    class Firing(FakeExecutor):
        def run(self, setup, seed):
            bs = int(setup.levels["bs"])
            return replace(super().run(setup, seed), firings=0 if setup.script is None else 1 << 30 - bs.bit_length())

    run_plan(replace(load_plan("buffer-size"), runs=3), Firing(), tmp_path / "s", 2, Silence)
    found = read_results(tmp_path / "s")
    names = [picture.name for picture in list_pictures(found, analyse(found))]
    assert names[:3] == ["ratios", "sweep", "firings"]
    figure = next(picture.figure for picture in list_pictures(found, analyse(found)) if picture.name == "firings")
    assert figure.axes[0].get_xlabel() == "firings"
    assert figure.axes[0].get_legend_handles_labels()[1] == ["dtrace"]


def test_little_to_tell(tmp_path):
    """One set-up, one run, or values without variance make a report that says so."""
    setups = load_plan("lecture3-mutex").setups
    for name, plan in {
        "alone": replace(load_plan("lecture3-mutex"), setups=setups[:1], runs=4),
        "same": replace(load_plan("lecture3-mutex"), runs=3, metrics=("nvcsw",)),
    }.items():
        run_plan(plan, FakeExecutor(), tmp_path / name, 1, Silence)
        for suffix in ("html", "md", "pdf"):
            report(tmp_path / name, tmp_path / f"{name}.{suffix}")
    assert "There is nothing to compare" in (tmp_path / "alone.md").read_text()
    assert "no variance" in (tmp_path / "same.md").read_text()


def test_stacks_leave_in_two_formats(plain, tmp_path):
    """Folded text has a line a stack, outermost first; speedscope's file fits its schema's rules."""
    folded = report(plain, tmp_path / "r.folded").read_text().splitlines()
    assert folded[0] == "dtrace;dd;kernel`</script>;kernel`kern_execve 6"
    assert folded[1] == "dtrace;dd;kernel`</script>;kernel`kern_execve;kernel`malloc 18"
    found = json.loads(report(plain, tmp_path / "r.speedscope.json").read_text())
    assert found["$schema"] == "https://www.speedscope.app/file-format-schema.json"
    for profile in found["profiles"]:
        assert len(profile["samples"]) == len(profile["weights"])
        assert sum(profile["weights"]) == profile["endValue"] == 24
        assert max(max(sample) for sample in profile["samples"]) < len(found["shared"]["frames"])


def test_trees_add_up(plain):
    """A frame's value is that of its callees and its own; a stack that is no sum or count is left out."""
    tree = make_tree(collect_stacks(read_results(plain))["dtrace"])
    assert tree.value == 24
    execve = tree.children["dd"].children["kernel`</script>"].children["kernel`kern_execve"]
    assert (execve.value, execve.children["kernel`malloc"].value) == (24, 18)


def test_figures_are_repeatable(plain, tmp_path):
    """The same samples give the same page, byte for byte."""
    pages = [report(plain, tmp_path / f"{n}.html").read_bytes() for n in range(2)]
    assert pages[0] == pages[1]


def test_reports_that_cannot_be_written(plain, tmp_path, capsys):
    """An unknown format, a missing folder, and a directory without stacks or samples are one line each."""
    for name, message in (
        ("r.doc", f"no such format; a report's name ends in {', '.join(FORMATS)}"),
        ("none/deep/r.html", "No such file or directory"),
        (".html", "no such format"),
    ):
        assert main(["report", str(plain), "-o", str(tmp_path / name)]) == 1
        err = capsys.readouterr().err
        assert message in err
        assert err.count("\n") == 1
    run_plan(replace(load_plan("lecture3-mutex"), runs=3), FakeExecutor(), tmp_path / "bare", 1, Silence)
    assert main(["report", str(tmp_path / "bare"), "-o", str(tmp_path / "r.folded")]) == 1
    assert "no stacks" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bare"]


def test_a_full_disk_leaves_no_report(plain, tmp_path, capsys, monkeypatch):
    """When the disk is full nothing half-written stays, and what was there before is left alone."""
    (tmp_path / "r.html").write_text("before")

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    for name in ("r.html", "r.md"):
        assert main(["report", str(plain), "-o", str(tmp_path / name)]) == 1
        assert "No space left on device" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]
    assert (tmp_path / "r.html").read_text() == "before"
