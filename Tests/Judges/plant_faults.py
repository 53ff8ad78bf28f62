#!/usr/bin/env python3
"""Plants faults into a result, one after the other, and tells which recompute_result.py misses.

    plant_faults.py DIRECTORY

DIRECTORY is a result with details in which nothing is wrong. Every figure of summary.json that
has a rule is moved by the least that counts (a minor unit, one, a part in 10^6), and in every file a
field of a row is changed. Prints JSON: `caught`, a number, and `missed`, the faults that went
through. Exits with 1 if there are any.
"""

import copy
import json
import sys

from recompute.files import Result
from recompute_result import Comparison

# File, column, and which rows to change: one of them must count for some figure.
FIELDS = [
    ("obligations", "source_minor", lambda row: row["end"] == "settled"),
    ("obligations", "arrived_ns", lambda row: row["end"] == "settled"),
    ("obligations", "settled_ns", lambda row: row["end"] == "settled"),
    ("batches", "payout_minor", lambda row: row["id"].startswith("cell-")),
    ("payouts", "fees_minor", lambda row: row["fees_minor"] > 0),
    ("payouts", "net_minor", lambda row: row["net_minor"] > 0),
    ("wires", "payments", lambda row: row["payments"] == "1"),
    ("wires", "amount_minor", lambda row: row["end"] == "settled"),
    ("wires", "price_minor", lambda row: row["price_minor"]),
    ("wires", "fee_minor", lambda row: row["fee_minor"]),
    ("system_payments", "part_minor", lambda row: row["end"] == "settled"),
    ("system_payments", "ended_ns", lambda row: row["end"] == "settled"),
    ("deals", "sold_minor", lambda row: True),
    ("deals", "bought_minor", lambda row: True),
    ("deals", "spread_minor", lambda row: True),
    ("deals", "reported_spread_minor", lambda row: True),
    ("days", "closed_ns", lambda row: True),
]
SETTINGS = ["costs.consolidation_discount", "costs.delay_rate", "costs.liquidity_rate"]
STEP_NS = 3_600 * 10**9


class Planter:
    def __init__(self, directory):
        self.directory = directory
        self.caught, self.missed = 0, []

    def note(self, name, is_caught):
        if is_caught:
            self.caught += 1
        else:
            self.missed.append(name)

    def report(self, result):
        """What the comparison says; an assertion of it counts as a difference."""
        try:
            report = Comparison(result).run()
        except AssertionError as error:
            return {"differences": [{"name": str(error)}], "checked": [], "missing": []}
        return report

    def run(self):
        result = Result(self.directory)
        clean = Comparison(result)
        sound = clean.run()
        if sound["differences"] or sound["missing"]:
            sys.exit(f"{self.directory}: something is wrong already: {sound['differences'][:3]}")
        self.figures(clean, sound["checked"])
        for name, column, wanted in FIELDS:
            self.field(name, column, wanted)
        for path in SETTINGS:
            planted = Result(self.directory)
            planted.settings[path] = planted.settings[path] + 0.01
            self.note(path, bool(self.report(planted)["differences"]))
        return {"caught": self.caught, "missed": self.missed}

    def figures(self, comparison, names):
        summary = copy.deepcopy(comparison.result.summary)
        for name in names:
            restore = plant(comparison.result.summary, name, comparison.result)
            if restore is None:
                continue
            found = [entry["name"] for entry in comparison.again()["differences"]]
            self.note(name, name in found)
            restore()
        assert summary == comparison.result.summary, "a planted fault was left"

    def field(self, name, column, wanted):
        planted = Result(self.directory)
        rows = [row for row in getattr(planted, name) if wanted(row)]
        if not rows:
            return
        step = STEP_NS if column.endswith("_ns") else 1
        if isinstance(rows[-1][column], int):
            rows[len(rows) // 2][column] += step
        else:
            rows[len(rows) // 2][column] = str(int(rows[len(rows) // 2][column]) + step)
        self.note(f"{name}.csv: {column}", bool(self.report(planted)["differences"]))


def plant(summary, name, result):
    """Moves a figure by the least that counts; gives what puts it back."""
    metrics = summary["metrics"]
    if name in metrics:
        before = metrics[name]
        step = 10.0 ** -result.decimals[result.reporting] if name.startswith(("cost.",)) else 0
        metrics[name] = before + (step or max(1e-6 * abs(before), 1e-6))
        return lambda: metrics.__setitem__(name, before)
    holder, steps = summary, name.split(".")
    for step in steps[:-1]:
        if isinstance(holder, list):
            keys = ("name", "currency")
            holder = next((e for e in holder if step in (e.get(k) for k in keys)), None)
        else:
            holder = holder.get(step)
        if holder is None:
            return None
    last = int(steps[-1]) if isinstance(holder, list) else steps[-1]
    before = holder[last]
    if isinstance(before, dict):
        holder, last, before = before, "minor_units", before["minor_units"]
    holder[last] = before + (1 if isinstance(before, int) else max(1e-6 * abs(before), 1e-6))
    return lambda: holder.__setitem__(last, before)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    report = Planter(sys.argv[1]).run()
    print(json.dumps(report, indent=2))
    sys.exit(bool(report["missed"]))


if __name__ == "__main__":
    main()
