"""The tables that `compare.py` puts into docs/performance.md: medians over the rounds."""

import statistics

import page
import workload
from contenders import PEERS, PROTOTYPES

LABELS = {"rulec": "**rulec**", **{one.name: one.label for one in [*PROTOTYPES, *PEERS]}}
NOTHING = "–"


def number(value):
    if value is None:
        return NOTHING
    if value < 10:
        return f"{value:.1f}"
    return f"{value:,.0f}".replace(",", " ")


def megabytes(value):
    return NOTHING if value is None else number(value / 1e6) if value >= 1e5 \
        else f"{value / 1e6:.2f}"


class Row:
    """The measurements of one contender for one number of rules."""

    def __init__(self, results):
        self.results = results

    def of(self, key, choose=statistics.median):
        values = [one[key] for one in self.results if one.get(key) is not None]
        return choose(values) if values else None

    def error(self):
        return next((one["error"] for one in self.results if "error" in one), None)


def block(size, rows, base):
    """The table for one number of rules."""
    reference = rows[base].of("median") if base in rows else None
    label = "rulec" if base == "rulec" else "bitset"
    head = ["engine", "ns a decision", "p99", f"× {label}", "ns a line", "load ms", "rules MB",
            "peak MB", "compared", "wrong"]
    lines = [f"| {' | '.join(head)} |", "| --- |" + " ---: |" * (len(head) - 1)]
    for name, row in rows.items():
        median, load, build = row.of("median"), number(row.of("load")), row.of("build")
        ratio = number(median / reference) if median and reference else NOTHING
        cells = [LABELS[name], number(median), number(row.of("p99")), ratio,
                 number(row.of("line")), load if build is None else f"{load} + {number(build)}",
                 megabytes(row.of("program")), megabytes(row.of("peak")),
                 whole(row.of("compared", max)), whole(row.of("wrong", max))]
        lines.append(f"| {' | '.join(cells)} |")
        if row.of("lineTwoJobs") is not None:
            cells = ["rulec, on two cores", *[NOTHING] * 3, number(row.of("lineTwoJobs")),
                     *[NOTHING] * 5]
            lines.append(f"| {' | '.join(cells)} |")
    return f"{size:,} rules\n\n".replace(",", " ") + "\n".join(lines)


def whole(value):
    return NOTHING if value is None else f"{value:,}".replace(",", " ")


def text(results, rounds, skipped):
    """The text that stands between the comments."""
    parts = [f"{page.machine()}. Medians of {rounds} round{'s' if rounds != 1 else ''}."]
    failed = []
    is_timed = any("median" in one for one in results if one["engine"] == "rulec")
    for size in workload.SIZES:
        rows = {}
        for name in LABELS:
            mine = [one for one in results if one["engine"] == name and one["rules"] == size]
            if mine:
                rows[name] = Row(mine)
                if rows[name].error():
                    failed.append(f"{LABELS[name]} with {size} rules: {rows[name].error()}")
        parts.append(block(size, rows, "rulec" if is_timed else "bitset"))
    if skipped or failed:
        parts.append("\n".join(f"- Not measured: {line}." for line in [*skipped, *failed]))
    return "\n\n".join(parts)
