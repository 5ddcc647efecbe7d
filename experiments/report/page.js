// SPDX-License-Identifier: GPL-2.0-or-later
"use strict";

// Tables are sorted by the column whose head is pressed: by its numbers where it has them, else by its text.
for (const table of document.querySelectorAll("table")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
    const rows = [...body.rows];
    const compare = (a, b) => {
      const x = Number(key(a)), y = Number(key(b));
      return Number.isNaN(x) || Number.isNaN(y) ? key(a).localeCompare(key(b), "en", { numeric: true }) : x - y;
    };
    rows.sort((a, b) => (down ? compare(b, a) : compare(a, b)));
    body.append(...rows);
  }));
}

// Flame graphs: the tree is drawn with callers below; pressing a box makes it as wide as the page.
for (const figure of document.querySelectorAll(".flame")) {
  const root = JSON.parse(figure.querySelector("script").textContent);
  const boxes = figure.querySelector(".boxes");
  const reset = figure.querySelector(".reset");
  const told = figure.querySelector(".told");
  const fills = ["#f6e2c0", "#e9c48a", "#f2d3a2"];
  const height = (node) => 1 + Math.max(0, ...node.c.map(height));
  const share = (value) => `${value.toLocaleString("en")} (${(100 * value / root.v).toFixed(1)} %)`;

  const place = (node, left, width, depth, outer, path) => {
    const box = document.createElement("div");
    box.textContent = node.n;
    box.title = `${node.n}: ${share(node.v)}`;
    box.tabIndex = 0;
    box.className = outer ? "outer" : "";
    Object.assign(box.style, { left: `${100 * left}%`, width: `${100 * width}%`, bottom: `${20 * depth}px`,
      background: fills[[...node.n].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % fills.length] });
    const here = [...path, node];
    box.addEventListener("click", () => draw(here));
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") draw(here); });
    box.addEventListener("mouseenter", () => { told.textContent = box.title; });
    boxes.append(box);
    return here;
  };
  const grow = (node, left, width, depth, path) => {
    const here = place(node, left, width, depth, false, path);
    for (const child of node.c) {
      const part = width * child.v / node.v;
      if (part > 0.001) grow(child, left, part, depth + 1, here);
      left += part;
    }
  };
  const draw = (path) => {
    boxes.replaceChildren();
    path.slice(0, -1).forEach((node, depth) => place(node, 0, 1, depth, true, path.slice(0, depth)));
    grow(path[path.length - 1], 0, 1, path.length - 1, path.slice(0, -1));
    reset.disabled = path.length === 1;
    told.textContent = `${path[path.length - 1].n}: ${share(path[path.length - 1].v)}`;
  };
  boxes.style.height = `${20 * height(root)}px`;
  reset.addEventListener("click", () => draw([root]));
  draw([root]);
  told.textContent = "Click a box to zoom in.";
}
