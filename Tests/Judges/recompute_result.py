#!/usr/bin/env python3
"""Recomputes the figures of a result from its files alone, and compares them with summary.json.

    recompute_result.py DIRECTORY

DIRECTORY is a result of a run with `results.details: true`. Shares no code with the program:
everything is computed from obligations.csv, batches.csv, payouts.csv, wires.csv, system_payments.csv,
positions.csv, days.csv, deals.csv and resolved.json. Amounts must be equal to the minor unit and
counts exactly; ratios and sums over currencies to a part in 10^9. Prints JSON: `checked` (names of
the figures that agree), `differences` (name, here, there), `without_rule` (metrics of money,
liquidity, delay and netting that nothing here computes) and `missing` (figures that should be in
the summary and are not). Exits with 1 unless the last three are empty.
"""

import json
import sys

from recompute.figures import FAMILIES, Figures
from recompute.files import Result


def look_up(summary, name):
    """A figure of a section by its path; entries of lists go by name or currency, by both as
    `USD/gross`, or by position."""
    found = summary
    for step in name.split("."):
        if isinstance(found, list):
            keys = ("name", "currency")
            wanted = set(step.split("/"))
            entries = [
                e for e in found if isinstance(e, dict) and wanted <= {e.get(k) for k in keys}
            ]
            if not entries and step.isdigit() and int(step) < len(found):
                entries = [found[int(step)]]
            found = entries[0] if entries else None
        elif isinstance(found, dict):
            found = found.get(step)
        else:
            return None
    if isinstance(found, dict) and "minor_units" in found:
        return found["minor_units"]
    return found


def is_near(here, there):
    return abs(here - there) <= 1e-9 * max(abs(here), abs(there)) + 1e-12


class Comparison:
    def __init__(self, result):
        self.result = result
        self.checked, self.differences, self.missing = [], [], []

    def compare(self, name, here, there, agrees):
        if there is None:
            # A run that was cut short states no costs.
            if self.result.summary["complete"]:
                self.missing.append(name)
        elif agrees:
            self.checked.append(name)
        else:
            self.differences.append({"name": name, "here": here, "there": there})

    def run(self):
        self.figures = Figures(self.result)
        return self.again()

    def again(self):
        """Compares what was computed before with the summary as it is now."""
        self.checked, self.differences, self.missing = [], [], []
        figures = self.figures
        metrics = self.result.summary["metrics"]
        scale = 10 ** self.result.decimals[self.result.reporting]
        for name, amount in sorted(figures.amounts.items()):
            there = metrics.get(name)
            self.compare(name, amount / scale, there, there is not None and
                         round(there * scale) == amount and is_near(there * scale, amount))
        for name, number in sorted(figures.numbers.items()):
            there = metrics.get(name)
            self.compare(name, number, there, there is not None and is_near(number, there))
        for name, here in sorted(figures.sections.items()):
            there = look_up(self.result.summary, name)
            exact = isinstance(here, int)
            self.compare(name, here, there, there is not None and
                         (here == there if exact else is_near(here, there)))
        known = set(figures.amounts) | set(figures.numbers)
        unknown = sorted(
            name for name in metrics if name.startswith(FAMILIES) and name not in known
        )
        return {
            "checked": self.checked,
            "differences": self.differences,
            "missing": self.missing,
            "without_rule": unknown,
        }


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    report = Comparison(Result(sys.argv[1])).run()
    print(json.dumps(report, indent=2))
    sys.exit(any(report[key] for key in ("differences", "missing", "without_rule")))


if __name__ == "__main__":
    main()
