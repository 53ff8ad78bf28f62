#!/usr/bin/env python3
"""Holds every number of a report against the files beside it.

    page_figures.py RESULT...

Each RESULT is a directory with report.html, summary.json and series.csv. Read with Python's own
parsers:

- every figure of every table of the page stands in the row of summary.json (or of the table's CSV
  file) that has the same name, to the digits that the page shows;
- every large figure at the top is a figure of summary.json;
- the last row of "Figures over time" is the sum of series.csv, which is what summary.json counts;
- series.csv fits: at most 8 MiB, slots without gaps, percentiles in order, and the largest lag is
  that of summary.json.

Exit 1 with one line for each figure that is wrong; 0 and the number of figures without.
"""

import csv
import html.parser
import json
import pathlib
import re
import sys

UNITS = {
    "ns": 1, "µs": 1e3, "ms": 1e6, "s": 1e9, "min": 60e9, "h": 3_600e9, "d": 86_400e9,
    "%": 0.01, "/s": 1, "": 1}
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


class Page(html.parser.HTMLParser):
    """Tables by the id of their section, and the large figures."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        # For each cell, header or not, in order, whether it is that of a figure.
        self.figures: dict[str, list[bool]] = {}
        self.tiles: list[str] = []
        self.section = ""
        self.inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag in ("meta", "br"):
            return
        self.inside.append(tag)
        values = dict(attributes)
        if tag == "section":
            self.section = values["id"]
        elif tag == "tr":
            self.tables.setdefault(self.section, []).append([])
        elif tag in ("td", "th"):
            self.tables[self.section][-1].append("")
            is_figure = "figure" in values.get("class", "").split()
            self.figures.setdefault(self.section, []).append(is_figure)
        elif tag == "strong" and "ul" in self.inside and "li" in self.inside:
            self.tiles.append("")

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if "td" in self.inside or "th" in self.inside:
            self.tables[self.section][-1][-1] += data
        elif "strong" in self.inside and "li" in self.inside:
            self.tiles[-1] += data


def quantities(text: str):
    """Each number of a cell in its base unit, with half of the last digit that is shown."""
    found = []
    for match in NUMBER.finditer(text):
        rest = text[match.end():].lstrip()
        unit = next((u for u in ("ns", "µs", "ms", "min", "/s", "%", "s", "h", "d")
                     if re.match(re.escape(u) + r"(?![a-zA-Z])", rest)), "")
        value = float(match[0].replace(",", ""))
        decimals = len(match[0].partition(".")[2])
        found.append((value * UNITS[unit], 0.5 * 10 ** -decimals * UNITS[unit], unit))
    # `2 min 05 s` is one duration, of which what is less than the last unit is left out.
    if len(found) == 2 and found[0][2] in ("min", "h", "d") and found[1][2] in ("s", "min", "h"):
        sign = -1 if text.strip().startswith("-") else 1
        return [(sign * (abs(found[0][0]) + found[1][0]), 2 * found[1][1], "")]
    return found


def numbers(node) -> list[float]:
    """All numbers below a node of summary.json."""
    if isinstance(node, bool) or node is None:
        return []
    if isinstance(node, (int, float)):
        return [float(node)]
    if isinstance(node, str):
        return [float(n.replace(",", "")) for n in NUMBER.findall(node)] if node else []
    children = node.values() if isinstance(node, dict) else node
    return [number for child in children for number in numbers(child)]


def texts(node) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, (dict, list)):
        children = node.values() if isinstance(node, dict) else node
        return [text for child in children for text in texts(child)]
    return []


def is_near(known: list[float], value: float, step: float) -> bool:
    # A seconds figure of summary.json is nanoseconds on the page.
    return any(abs(k * scale - value) <= step * 1.000001 + 1e-9 * abs(value)
               for k in known for scale in (1, 1e9))


class Judge:
    def __init__(self, directory: pathlib.Path) -> None:
        self.directory = directory
        self.page = Page((directory / "report.html").read_text())
        self.summary = json.loads((directory / "summary.json").read_text())
        self.wrong: list[str] = []
        self.checked = 0

    def say(self, text: str) -> None:
        self.wrong.append(f"{self.directory}: {text}")

    def check(self, place: str, text: str, known: list[float]) -> None:
        for value, step, _ in quantities(text):
            self.checked += 1
            if not is_near(known, value, step):
                self.say(f"{place}: {text} is not among {known[:12]}")

    def tables(self) -> None:
        for identifier, rows in self.page.tables.items():
            node = self.summary.get(identifier.replace("-", "_"))
            if node is None:
                continue
            records = list(node.values()) if isinstance(node, dict) else node
            if isinstance(node, dict):
                records = [[key, value] for key, value in node.items()]
            file = self.directory / f"{identifier.replace('-', '_')}.csv"
            lines = list(csv.reader(file.open()))[1:] if file.exists() else []
            for row in rows[1:]:
                name = row[0].split(" ")[0].strip()
                own = [r for r in records + lines
                       if any(t == row[0] or t.startswith(name) for t in texts(r))]
                known = numbers(own if own and isinstance(node, list) else [node, lines])
                columns = self.page.figures[identifier][:len(row)]
                for cell, is_figure in zip(row[1:], columns[1:]):
                    if is_figure:
                        self.check(identifier, cell, known)

    def tiles(self) -> None:
        known = numbers({k: v for k, v in self.summary.items() if k != "notes"})
        for tile in self.page.tiles:
            self.check("figures at the top", tile, known)

    def series(self) -> None:
        path = self.directory / "series.csv"
        if path.stat().st_size > 8 << 20:
            self.say(f"series.csv has {path.stat().st_size} bytes")
        rows = list(csv.DictReader(path.open()))
        if not rows:
            return
        length = int(rows[0]["slot_s"])
        if [int(row["slot_start_s"]) for row in rows] != [length * i for i in range(len(rows))]:
            self.say("series.csv: slots with gaps")

        def total(name: str) -> int:
            return sum(int(row[name]) for row in rows)

        expected = {"requests": self.summary["metrics"]["payments.requests"],
                    "answer_202_accepted": self.summary["metrics"]["payments.accepted"]}
        for row in self.summary["refusals"]:
            expected[f"answer_{row['name']}"] = row["count"]
        for row in self.summary["acquirers"]:
            name = row["name"]
            expected[f"calls_{name}"] = row["calls"]
            expected[f"approved_{name}"] = row["approved"]
            expected[f"declined_{name}"] = row["declined"]
            expected[f"failed_{name}"] = row["unavailable"] + row["late"]
        for name, value in expected.items():
            self.checked += 1
            if total(name) != value:
                self.say(f"series.csv: {name} adds up to {total(name)}, summary.json says {value}")
        lags = [int(row[name]) for row in rows for name in row
                if name.startswith("lag_partition_") and row[name]]
        if max(lags, default=0) != self.summary["metrics"]["bus.maximum_lag"]:
            self.say(f"series.csv: the largest lag is {max(lags, default=0)}")
        for latency in ("acceptance", "authorization"):
            counted = sum(int(row[f"{latency}_count"] or 0) for row in rows)
            if counted != self.summary["metrics"].get(f"{latency}_latency.count", 0):
                self.say(f"series.csv: {counted} of {latency}")
            for row in rows:
                values = [row[f"{latency}_{p}_ns"] for p in ("p50", "p95", "p99")]
                if all(values) and not int(values[0]) <= int(values[1]) <= int(values[2]):
                    self.say(f"series.csv: {latency} at {row['slot_start_s']}: {values}")
        last = self.page.tables["arrivals"][-1]
        names = ("requests", "answer_202_accepted", "authorized", "declined")
        for cell, name in zip(last[1:], names):
            self.check(f"while payments came, {name}", cell, [float(total(name))])


def main() -> int:
    wrong = 0
    for argument in sys.argv[1:]:
        judge = Judge(pathlib.Path(argument))
        judge.tables()
        judge.tiles()
        judge.series()
        print("\n".join(judge.wrong) or f"{argument}: {judge.checked} figures")
        wrong += len(judge.wrong)
        if judge.checked < 3:
            print(f"{argument}: only {judge.checked} figures were found")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
