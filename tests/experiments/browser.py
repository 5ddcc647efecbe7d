# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens a page in headless Chromium: what it looks like after its scripts have run, and what the console said.

The tests skip with a message where there is no Chromium.
"""

import json
import re
import shutil
import subprocess

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def find_browser():
    """Return the path of a Chromium, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def open_page(page, folder, actions="return null"):
    """Return what ``actions`` (JavaScript run when the page has loaded) returns, and the console's lines."""
    probe = folder / "probe.html"
    script = (
        "<script>addEventListener('load', () => { const answer = (() => {" + actions + "})();"
        "document.documentElement.dataset.answer = JSON.stringify(answer); });</script>"
    )
    probe.write_text(page.read_text().replace("</body>", script + "</body>"))
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--window-size=1280,800"]
    done = subprocess.run(
        [find_browser(), *options, f"--user-data-dir={folder / 'profile'}", "--dump-dom", probe.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
    )
    console = re.findall(r"CONSOLE.*", done.stderr)
    found = re.search(r'data-answer="([^"]*)"', done.stdout)
    assert found, done.stderr[-2000:]
    return json.loads(found[1].replace("&quot;", '"').replace("&amp;", "&")), console
