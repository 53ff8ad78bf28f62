#!/usr/bin/env python3
"""Counts how often the intervals of `compare` hold the mean difference of real paired runs.

Runs `settlesim compare` on Scenarios/transfers.yaml, with 1,000 transfers instead of 10,000, for 400
seeds. The mean over all 400 stands for the true mean difference of each strategy from the scenario's
own. Of the 400 pairs 2,000 comparisons of 20 pairs each are drawn without replacement; each gives an
interval of 95 % by the judge of the tests (Tests/Judges/statistics.py), which shares no code with
settlesim. How often it holds the mean of the 400 goes to Results/reference/interval-coverage. The
interval that settlesim itself gives for the 400 must be the judge's, to eight figures.

    Tests/Reference/interval_coverage.py [PROGRAM]
"""
import csv
import importlib.util
import os
import subprocess
import sys
import tempfile

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, ".build/release/settlesim")
TARGET = os.path.join(ROOT, "Results/reference/interval-coverage")
SEEDS, PAIRS, COMPARISONS = 400, 20, 2_000
BASELINE = "scenario"
STRATEGIES = ["one_wire_per_payment", "merchant_day", "counterparty_consolidation",
              "multilateral_netting"]
METRICS = ["cost.settlement", "cost.wires", "cost.total", "liquidity.usage"]
OVERRIDES = ["workload.transfers.payments=1000"]
LIMITS = (0.93, 0.97)


def judge():
    """The module of the judge; its name is that of a standard one."""
    path = os.path.join(ROOT, "Tests/Judges/statistics.py")
    spec = importlib.util.spec_from_file_location("judge", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compare(folder):
    """The values by metric, strategy and seed, and the intervals that settlesim gives."""
    output = os.path.join(folder, "result")
    sets = [word for override in OVERRIDES for word in ("--set", override)]
    subprocess.run(
        [PROGRAM, "compare", os.path.join(ROOT, "Scenarios/transfers.yaml"),
         "--strategies", ",".join([BASELINE] + STRATEGIES), "--metrics", ",".join(METRICS),
         "--replications", str(SEEDS), "--seed", "1", "--quiet", "--output", output] + sets,
        check=True, stdout=subprocess.DEVNULL)
    values, intervals = {}, {}
    with open(os.path.join(output, "comparison.csv"), newline="") as file:
        for row in csv.DictReader(file):
            if row["metric"] in METRICS:
                values.setdefault((row["metric"], row["strategy"]), []).append(float(row["value"]))
    with open(os.path.join(output, "verdicts.csv"), newline="") as file:
        for row in csv.DictReader(file):
            if row["mean_lower"]:
                intervals[row["metric"], row["strategy"]] = [
                    float(row[name]) for name in ("mean_lower", "mean_upper")]
    return values, intervals


def coverage(differences, mean_interval, draws):
    """The part of comparisons whose interval holds the mean of all differences."""
    truth, covered = differences.mean(), 0
    for _ in range(COMPARISONS):
        sample = draws.choice(differences, PAIRS, replace=False)
        if np.ptp(sample) == 0:
            covered += bool(np.isclose(sample[0], truth))
            continue
        low, high = mean_interval(list(sample))
        covered += low <= truth <= high
    return covered / COMPARISONS


def main():
    answer = judge().mean

    def mean_interval(values):
        return answer(values, [])[4:6]

    with tempfile.TemporaryDirectory() as folder:
        values, intervals = compare(folder)
    draws = np.random.default_rng(1)
    rows, failures = [], []
    for metric in METRICS:
        for strategy in STRATEGIES:
            differences = np.array(values[metric, strategy]) - np.array(values[metric, BASELINE])
            if np.ptp(differences) == 0:
                continue
            if not np.allclose(mean_interval(list(differences)), intervals[metric, strategy],
                               rtol=1e-8, atol=1e-8 * np.abs(differences).max()):
                failures.append(f"{metric} of {strategy}: the interval is not the judge's")
            centred = differences - differences.mean()
            skewness = float((centred ** 3).mean() / (centred ** 2).mean() ** 1.5)
            share = coverage(differences, mean_interval, draws)
            rows.append([metric, strategy, f"{differences.mean():.4f}",
                         f"{differences.std(ddof=1):.4f}", f"{skewness:.2f}", f"{share:.4f}"])
            if not LIMITS[0] <= share <= LIMITS[1]:
                failures.append(f"{metric} of {strategy}: covered {share}")
    header = ["metric", "strategy", "mean_difference", "deviation", "skewness", "coverage"]
    os.makedirs(TARGET, exist_ok=True)
    with open(os.path.join(TARGET, "coverage.csv"), "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header] + rows)
    with open(os.path.join(TARGET, "coverage.md"), "w") as file:
        file.write(f"Part of {COMPARISONS:,} comparisons of {PAIRS} pairs, drawn from {SEEDS} pairs "
                   "of runs of `transfers`\nwith 1,000 transfers, whose interval of 95 % holds the "
                   f"mean difference of all {SEEDS}.\n\n")
        for row in [header, ["---"] * len(header)] + rows:
            file.write("| " + " | ".join(row) + " |\n")
    print(open(os.path.join(TARGET, "coverage.md")).read(), end="")
    for failure in failures:
        print(failure, file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
