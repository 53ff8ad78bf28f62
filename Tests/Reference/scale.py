#!/usr/bin/env python3
"""Measures how processor time and memory grow when a scenario doubles.

Each case is run at a size, twice and four times of it, on one thread; the least processor time of
two rounds counts, that of one round where it takes more than three seconds. Queues that are stuck
begin with 16,000 payments: up to there the search for gridlocks, whose work is bounded, grows.
Where no step is worse than n log n, doubling costs at most 2.3 times as much. A measurement and no
test: the ratios go to Results/reference/scale. `--long` adds the sizes that take minutes each. A
run that fails is written down as such, and makes the program end with 1.

    Tests/Reference/scale.py [--long] [--only WORDS] [PROGRAM]

`--only` measures the cases whose name holds these words, and leaves the rows of the others.
"""
import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OPTIONS = argparse.ArgumentParser()
OPTIONS.add_argument("--long", action="store_true")
OPTIONS.add_argument("--only", default="")
OPTIONS.add_argument(
    "program", nargs="?", default=os.path.join(ROOT, ".build/release/settlesim"))
OPTIONS = OPTIONS.parse_args()
PROGRAM = OPTIONS.program
TARGET = os.path.join(ROOT, "Results/reference/scale")
LIMIT, LONG = 2.3, 3

TRANSFERS = """name: scale
time: {date: "2026-03-02"}
cells: {per_region: 1}
merchants: {count: 1}
workload: {generated: {payments: 0}, transfers: {payments: 1000}}
"""
CARDS = """name: scale
time: {date: "2026-03-02"}
workload: {generated: {payments: 2000}}
"""
COUNT = "workload.transfers.payments"
STRATEGIES = [
    "one_wire_per_payment", "fixed_window", "size_threshold",
    "{name: size_threshold, payments: 1000000}", "merchant_day", "counterparty_consolidation",
    "bilateral_netting", "multilateral_netting", "hybrid", "optimised"]
SAVINGS = ["bilateral_offset", "one_to_many_offset", "gridlock_resolution", "maximum_circulation",
           "bilateral", "whole_payment", "reordering",
           "[fifo, bilateral, gridlock_resolution, whole_payment]"]
MODES = ["rtgs"] + [f"{{name: rtgs, liquidity_saving: {name}}}" for name in SAVINGS] + [
    "hybrid_offset", "deferred_net", "continuous_net"]
ORDERS = ["priority", "fifo_bypass", "earliest_deadline", "smallest_first"]
SCARCE = ["settlement.strategy=one_wire_per_payment", "banks.opening_balance=20000 USD"]
BURSTS = "workload.generated.bursts=[{start: 1h, every: 24h, length: 1h, factor: 20}]"


def cases():
    """Name, scenario, smallest size, and the settings of a size."""
    for strategy in STRATEGIES:
        yield (f"transfers, {strategy}", TRANSFERS, 100_000,
               lambda n, s=strategy: [f"{COUNT}={n}", f"settlement.strategy={s}"])
    for mode in MODES:
        yield (f"stuck queues, {mode}", TRANSFERS, 16_000,
               lambda n, m=mode: [f"{COUNT}={n}", f"interbank.mode={m}"] + SCARCE)
    for order in ORDERS:
        yield (f"stuck queues, {order}", TRANSFERS, 16_000,
               lambda n, o=order: [
                   f"{COUNT}={n}", f"interbank.mode={{name: rtgs, queue_order: {o}}}"] + SCARCE)
    yield ("banks", TRANSFERS, 500,
           lambda n: [f"{COUNT}=20000", f"banks.correspondents={n}",
                      f"workload.transfers.originators={n}",
                      f"workload.transfers.counterparties={n}"])
    yield ("cells of a region", CARDS, 32,
           lambda n: [f"cells.per_region={n}", "bus.partitions=256"])
    yield ("merchants", CARDS, 1_000_000, lambda n: [f"merchants.count={n}"])
    yield ("days of 20,000 payments", CARDS, 4,
           lambda n: [f"time.duration={n}d", f"workload.generated.payments={20_000 * n}"])
    yield ("days of 100 payments, 64 cells a region", CARDS, 90,
           lambda n: [f"time.duration={n}d", f"workload.generated.payments={100 * n}",
                      "cells.per_region=64", "bus.partitions=256"])
    yield ("days with a burst", CARDS, 90,
           lambda n: [f"time.duration={n}d", f"workload.generated.payments={100 * n}", BURSTS])


def long_cases():
    """Sizes that stand for themselves: name, scenario, settings."""
    for strategy in STRATEGIES:
        yield (f"1M transfers, {strategy}", TRANSFERS,
               [f"{COUNT}=1000000", f"settlement.strategy={strategy}"])
    yield ("10M merchants", CARDS, ["merchants.count=10000000"])
    yield ("a year of 20,000 payments a day", CARDS,
           ["time.duration=365d", "workload.generated.payments=7300000"])
    yield ("three years of 20,000 payments a day", CARDS,
           ["time.duration=1095d", "workload.generated.payments=21900000"])
    yield ("ten years of 20,000 payments a day", CARDS,
           ["time.duration=3650d", "workload.generated.payments=73000000"])
    yield ("a year of 100 payments a day in 128 cells a region", CARDS,
           ["time.duration=365d", "workload.generated.payments=36500", "cells.per_region=128",
            "bus.partitions=256"])


def run(folder, scenario, settings):
    """Processor seconds and the largest resident size in MiB; the reason if it fails."""
    path = os.path.join(folder, "scale.yaml")
    with open(path, "w") as file:
        file.write(scenario)
    output = os.path.join(folder, "result")
    shutil.rmtree(output, ignore_errors=True)  # an incomplete result does not replace a complete one
    sets = [word for setting in settings for word in ("--set", setting)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(
        [PROGRAM, "run", path, "--threads", "1", "--quiet", "--output", output] + sets,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    last = (ended.stderr.splitlines() or [""])[-1]
    reason = f"ended with {ended.returncode}: {last}"
    if ended.returncode not in (0, 65, 99):  # 65: stuck queues do not come to rest
        return reason
    if not os.path.exists(os.path.join(output, "environment.json")):
        return reason
    with open(os.path.join(output, "manifest.json")) as file:
        manifest = json.load(file)
    # A run that grew too large ends with 65 as well, and was not measured to its end.
    if not manifest["complete"] and manifest["verdict"] != "not_at_rest":
        return reason
    with open(os.path.join(output, "environment.json")) as file:
        text = file.read()
    peak = next(int(line.split(":")[1].strip(" ,")) for line in text.splitlines()
                if '"peak_resident_bytes"' in line)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, peak / 2**20


def write(rows):
    """Writes the table; where only some cases were measured, the rows of the others stay."""
    os.makedirs(TARGET, exist_ok=True)
    path = os.path.join(TARGET, "scale.csv")
    header = ["case", "size", "cpu_seconds", "times_half", "peak_mib"]
    kept = []
    if OPTIONS.only and os.path.exists(path):
        measured = {row[0] for row in rows}
        with open(path, newline="") as file:
            kept = [row for row in list(csv.reader(file))[1:] if row[0] not in measured]
    order = [case[0] for case in [*cases(), *long_cases()]]
    table = sorted(kept + rows, key=lambda row: (order.index(row[0]), int(row[1] or 0)))
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)


def main():
    rows, failed = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name, scenario, size, settings in cases():
            if OPTIONS.only not in name:
                continue
            sizes = [size, 2 * size, 4 * size]
            found = []
            for n in sizes:
                rounds = [run(folder, scenario, settings(n))]
                if isinstance(rounds[0], tuple) and rounds[0][0] <= LONG:
                    rounds.append(run(folder, scenario, settings(n)))
                reasons = [round for round in rounds if isinstance(round, str)]
                if reasons:
                    failed.append(f"{name} at {n}: {reasons[0]}")
                    break
                found.append((min(r[0] for r in rounds), min(r[1] for r in rounds)))
            for n, (seconds, peak), former in zip(sizes, found, [None] + found):
                ratio = f"{seconds / former[0]:.2f}" if former else ""
                rows.append([name, n, f"{seconds:.2f}", ratio, f"{peak:.0f}"])
                print(*rows[-1], sep="  ", flush=True)
        for name, scenario, settings in long_cases() if OPTIONS.long else []:
            if OPTIONS.only not in name:
                continue
            ended = run(folder, scenario, settings)
            if isinstance(ended, str):
                failed.append(f"{name}: {ended}")
                continue
            rows.append([name, "", f"{ended[0]:.2f}", "", f"{ended[1]:.0f}"])
            print(*rows[-1], sep="  ", flush=True)
    write(rows)
    worst = [row for row in rows if row[3] and float(row[3]) > LIMIT]
    for row in worst:
        print(f"more than {LIMIT} times the half: {row[0]} at {row[1]}: {row[3]}")
    for case in failed:
        print(f"failed: {case}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
