# SPDX-License-Identifier: GPL-2.0-or-later
"""What a traced command left, as DataFrames: ``Trace`` holds records and aggregations, and draws them in a notebook.

It is made of the objects that ``-x oformat=ndjson`` prints. pandas and matplotlib are loaded when they are used.
"""

from __future__ import annotations

import html
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

_PROBE = ("timestamp", "cpu", "id", "provider", "module", "function", "name")
_ROWS = 20  # bars in a drawing, rows in a table


class Trace:
    """One traced run: ``records`` and each aggregation (``trace["name"]``) as DataFrames, and what was printed."""

    def __init__(self, objects: Sequence[Mapping[str, Any]], stdout: str = "", messages: str = "") -> None:
        self.objects = list(objects)
        self.stdout = stdout
        self.messages = messages

    @property
    def names(self) -> list[str]:
        """The names of the aggregations, without @, in the order printed."""
        return list(dict.fromkeys(item["name"] for item in self.objects if item.get("type") == "aggregation"))

    @property
    def drops(self) -> int:
        """How many records were lost."""
        return sum(int(item.get("count", 0)) for item in self.objects if item.get("type") == "drop")

    @property
    def records(self) -> DataFrame:
        """A row for each record: its probe, then ``value``, ``value2`` … as traced, ``message`` and ``stack``."""
        import pandas as pd

        rows = [_describe_record(item) for item in self.objects if item.get("type") == "record"]
        return pd.DataFrame(rows, columns=None if rows else list(_PROBE))

    def __getitem__(self, name: str) -> DataFrame:
        """The aggregation of that name: a row for each key, or for each key and bucket of a histogram."""
        import pandas as pd

        name = name.removeprefix("@")
        if name not in self.names:
            raise KeyError(
                f"no aggregation @{name}; there are {', '.join('@' + other for other in self.names) or 'none'}"
            )
        rows = [row for item in self._entries(name) for row in _describe_entry(item)]
        return pd.DataFrame(rows)

    def _entries(self, name: str) -> list[Mapping[str, Any]]:
        return [item for item in self.objects if item.get("type") == "aggregation" and item["name"] == name]

    def draw(self, name: str) -> Figure:
        """Returns a drawing of an aggregation: bars of its values, or of a histogram's buckets."""
        from matplotlib.figure import Figure

        labels, values = _list_bars(self._entries(name.removeprefix("@")))
        figure = Figure(figsize=(7, 0.8 + 0.24 * len(labels)), layout="constrained")
        axes = figure.add_subplot()
        bars = axes.barh(range(len(labels)), values, color="#56B4E9", edgecolor="#333333", linewidth=0.5)
        axes.bar_label(bars, padding=3, fontsize=8)
        axes.set_yticks(range(len(labels)), labels, fontsize=8, parse_math=False)
        axes.invert_yaxis()
        axes.margins(x=0.12)
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_title(f"@{name.removeprefix('@')}", fontsize=9, loc="left", parse_math=False)
        return figure

    def __repr__(self) -> str:
        kinds = [f"@{name}: {len(self[name])} rows" for name in self.names]
        count = sum(item.get("type") == "record" for item in self.objects)
        return f"<Trace: {', '.join([f'{count} records', *kinds])}>"

    def _repr_html_(self) -> str:
        """Tables and drawings, for a notebook."""
        parts = [f"<pre>{html.escape(text)}</pre>" for text in (self.messages, self.stdout) if text]
        records = self.records
        if len(records):
            parts.append(records.head(_ROWS).to_html(border=0))
            if len(records) > _ROWS:
                parts.append(f"<p>{len(records)} records in all</p>")
        parts += [_to_svg(self.draw(name)) for name in self.names]
        return "".join(parts)


def _describe_record(item: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a record's row."""
    row = {name: item.get(name) for name in _PROBE}
    values = 0
    for output in item.get("output", ()):
        if "message" in output:
            row["message"] = row.get("message", "") + output["message"]
        elif "stack-frames" in output:
            row["stack"] = _stack(output)
        elif "value" in output or "type" in output:
            values += 1
            value = output["value"] if "value" in output else _fields(output)
            row["value" if values == 1 else f"value{values}"] = value
    return row


def _describe_entry(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns the rows of one key of an aggregation."""
    keys: dict[str, Any] = {}
    for number, key in enumerate(item.get("keys", ()), start=1):
        if isinstance(key, dict) and "stack-frames" in key:
            keys["stack" if "stack" not in keys else f"stack{number}"] = _stack(key)
        else:
            keys["key" if number == 1 else f"key{number}"] = key
    if "buckets" in item:
        return [{**keys, "value": bucket["value"], "count": bucket["count"]} for bucket in item["buckets"]]
    function = item["function"]
    return [{**keys, function: item.get(function)}]


def _fields(output: Mapping[str, Any]) -> Any:
    """Returns what print() showed: a value, or the values of a structure's members by their names."""
    whole, *members = output["type"]
    return {item["member-name"]: item["value"] for item in members if "value" in item} or whole.get("value")


def _stack(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns a stack's frames, innermost first."""
    return tuple(frame.get("symbol", frame.get("address", "?")) for frame in item["stack-frames"])


def _list_bars(entries: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[float]]:
    """Returns the labels and lengths of a drawing's bars: the largest, or the buckets in order."""
    rows = [row for item in entries for row in _describe_entry(item)]
    pairs = [(_label(row), float(next(reversed(row.values())) or 0)) for row in rows]
    if not any("buckets" in item for item in entries):
        pairs = sorted(pairs, key=lambda pair: -pair[1])[:_ROWS]
    return [label for label, _ in pairs], [value for _, value in pairs]


def _label(row: Mapping[str, Any]) -> str:
    """Returns a bar's label: the keys, a stack by its innermost frames."""
    keys = list(row.values())[:-1]
    words = [
        " < ".join(frame.rpartition("`")[2] for frame in key[:4]) if isinstance(key, tuple) else str(key)
        for key in keys
    ]
    return ", ".join(words)


def _to_svg(figure: Figure) -> str:
    """Returns a figure as SVG."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg")
    text = buffer.getvalue()
    return f"<div>{text[text.index('<svg') :]}</div>"
