#!/usr/bin/env python3
"""Measures what liquidity-saving mechanisms, alone and in sequence, settle over a day.

Runs one day of transfers between 4 and between 20 banks with little money, on the same three seeds
for every mechanism and both kinds of queue order, and writes days.csv (a row for each run) and
mechanisms.md (a row for each mechanism, mean over seeds) to Results/reference/mechanisms. Each is
told against no mechanism under the same order and seed. Where it settles less, or later, it says so.

    Tests/Reference/mechanisms.py [--seeds N] [--only WORDS] [--output DIR] [PROGRAM]

`--only` runs the worlds and mechanisms whose names hold these words, and `none`.
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import textwrap

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OPTIONS = argparse.ArgumentParser()
OPTIONS.add_argument("--seeds", type=int, default=3)
OPTIONS.add_argument("--only", default="")
OPTIONS.add_argument("--output", default=os.path.join(ROOT, "Results/reference/mechanisms"))
OPTIONS.add_argument(
    "program", nargs="?", default=os.path.join(ROOT, ".build/release/settlesim"))
OPTIONS = OPTIONS.parse_args()

# The day ends as it stands: what waits then is a loss, with its value.
WORLD = """name: mechanisms
time: {{date: "2026-03-02", settlement_horizon: 1d}}
cells: {{per_region: 1}}
merchants:
  count: 1
  markets:
    - {{country: US, region: a, time_zone: America/New_York, currency: USD,
       settlement_currency: USD, share: 1}}
banks: {{correspondents: {banks}, opening_balance: "{balance} USD"}}
workload:
  generated: {{payments: 0}}
  transfers:
    payments: {payments}
    originators: {banks}
    counterparties: {banks}
    counterparty_skew: 0
    source_currencies: {{USD: 1}}
    cross_currency_share: 0
    amounts: {{log_normal: {{mean: "5000 USD", sigma: 1.2}}}}
settlement: {{strategy: one_wire_per_payment}}
costs: {{unsettled_penalty: "1 USD"}}
"""
WORLDS = {
    "4 banks": dict(banks=4, payments=2_000, balance=20_000),
    "20 banks": dict(banks=20, payments=4_000, balance=10_000),
}
NONE = "none"
MECHANISMS = [
    NONE, "bilateral_offset", "one_to_many_offset", "bilateral", "gridlock_resolution",
    "whole_payment", "maximum_circulation", "reordering",
    "[one_to_many_offset, gridlock_resolution]",
    "[{mechanism: bilateral, every: 1min}, fifo, gridlock_resolution]",
    "[fifo, {mechanism: bilateral, every: 1min}, gridlock_resolution, whole_payment]",
    "[{mechanism: whole_payment, every: 1min}]",
    "[{mechanism: bilateral, every: 1min}, maximum_circulation]",
    "[reordering, whole_payment]",
]
ORDERS = ["fifo", "fifo_bypass"]
FIELDS = ["settled_usd", "unsettled_usd", "unsettled_payments", "delay_ratio", "mean_delay_s",
          "liquidity_used_usd", "gridlock_s", "deadlock_s", "unknown_stall_s"]


def table(folder, name):
    """The row of dollars of a table of a result."""
    with open(os.path.join(folder, f"{name}.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    return next(row for row in rows if row["currency"] == "USD")


def measure(world, order, mechanism, seed):
    """The figures of one day."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = os.path.join(folder, "mechanisms.yaml")
        with open(scenario, "w") as file:
            file.write(WORLD.format(**WORLDS[world]))
        output = os.path.join(folder, "result")
        mode = f"{{name: rtgs, queue_order: {order}, liquidity_saving: {mechanism}}}"
        subprocess.run(
            [OPTIONS.program, "run", scenario, "--quiet", "--output", output,
             "--seed", str(seed), "--set", f"interbank.mode={mode}"],
            check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(output, "manifest.json")) as file:
            manifest = json.load(file)
        if not manifest["complete"]:
            sys.exit(f"mechanisms: {world}, {mechanism}, seed {seed} is not complete")
        delay, queue = table(output, "delays"), table(output, "queues")
        system, unsettled = table(output, "systems"), table(output, "unsettled")
        return {
            "arrivals": manifest["arrival_digest"],
            "settled_usd": float(system["value"]),
            "unsettled_usd": float(unsettled["value"]),
            "unsettled_payments": int(unsettled["count"]),
            "delay_ratio": float(delay["delay_ratio"]),
            "mean_delay_s": int(delay["mean_ns"]) * 1e-9,
            "liquidity_used_usd": float(table(output, "liquidity")["usage"]),
            "gridlock_s": int(queue["gridlock_ns"]) * 1e-9,
            "deadlock_s": int(queue["deadlock_ns"]) * 1e-9,
            "unknown_stall_s": int(queue["unknown_stall_ns"]) * 1e-9,
        }


def is_wanted(world, mechanism):
    return mechanism == NONE or OPTIONS.only in f"{world}, {mechanism}"


def main():
    if not os.access(OPTIONS.program, os.X_OK):
        sys.exit("mechanisms: build the release first: make mechanisms")
    seeds = range(1, OPTIONS.seeds + 1)
    days = {}
    for world in WORLDS:
        for order in ORDERS:
            for mechanism in MECHANISMS:
                if not is_wanted(world, mechanism):
                    continue
                print(f"mechanisms: {world}, {order}, {mechanism}", file=sys.stderr)
                for seed in seeds:
                    days[world, order, mechanism, seed] = measure(world, order, mechanism, seed)
    for (world, order, _, seed), day in days.items():
        if day["arrivals"] != days[world, order, NONE, seed]["arrivals"]:
            sys.exit(f"mechanisms: {world}, seed {seed}: other payments came in")
    os.makedirs(OPTIONS.output, exist_ok=True)
    write_days(days)
    write_page(days, seeds)


def write_days(days):
    with open(os.path.join(OPTIONS.output, "days.csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["world", "queue_order", "liquidity_saving", "seed"] + FIELDS)
        for key, day in days.items():
            writer.writerow(list(key) + [f"{day[field]:.6g}" if field == "delay_ratio"
                                         else f"{day[field]:.2f}" for field in FIELDS])


def signed(values, text):
    """The mean, and each seed's where they do not agree in sign."""
    mean = sum(values) / len(values)
    if min(values) < 0 < max(values):
        return text(mean) + " (" + ", ".join(text(value) for value in values) + ")"
    return text(mean)


def verdict(value, delay):
    """What a mechanism does against none, over all seeds; differences that round to nothing are
    none."""
    words = []
    if min(value) < -1e-6:
        words.append("settles less" + ("" if max(value) <= 1e-6 else " on some seeds"))
    if max(delay) > 1e-9:
        words.append("later" + ("" if min(delay) >= -1e-9 else " on some seeds"))
    return ", ".join(words)


def write_page(days, seeds):
    with open(os.path.join(OPTIONS.output, "mechanisms.md"), "w") as file:
        file.write("# What liquidity-saving mechanisms settle over a day\n\n" + textwrap.fill(
            "`make mechanisms`: transfers of one day between banks with little money, real-time "
            f"gross settlement, the same {len(seeds)} seeds for each row, means over them. A list "
            "is run in its order, every 5 minutes where it does not say otherwise. Delay is by "
            "value, of the longest possible: what waits at the end counts as waiting until then, "
            "so that a mechanism does not gain by leaving the slow ones unsettled. Differences are "
            "against no mechanism on the same seed and order; where seeds differ in sign all are "
            "given. *Loss* says where a mechanism is worse than none. maximum_circulation settles "
            "payments in part; the others settle whole ones. Three seeds tell apart what is far "
            "apart; they are no test of small differences. Under fifo without a mechanism the day "
            "is nearly stuck, so that any is a multiple of it. Payments that a payee sends back are "
            "payments too: where more settles, a few more come in.", width=100) + "\n")
        for world, size in WORLDS.items():
            file.write(
                f"\n## {world}, {size['payments']:,} payments, {size['balance']:,} USD each\n\n"
                "| order | mechanisms | settled, USD | more than none | unsettled, USD | delay | "
                "more than none | liquidity used, USD | loss |\n|---|---|--:|--:|--:|--:|--:|--:|"
                "---|\n")
            for order in ORDERS:
                for mechanism in MECHANISMS:
                    if (world, order, mechanism, seeds[0]) in days:
                        file.write(row(days, world, order, mechanism, seeds))


def row(days, world, order, mechanism, seeds):
    own = [days[world, order, mechanism, seed] for seed in seeds]
    none = [days[world, order, NONE, seed] for seed in seeds]

    def mean(field):
        return sum(day[field] for day in own) / len(own)

    value = [a["settled_usd"] / b["settled_usd"] - 1 for a, b in zip(own, none)]
    delay = [a["delay_ratio"] - b["delay_ratio"] for a, b in zip(own, none)]
    return (f"| {order} | {mechanism} | {mean('settled_usd'):,.0f} | "
            f"{signed(value, lambda v: f'{v:+.1%}')} | {mean('unsettled_usd'):,.0f} | "
            f"{mean('delay_ratio'):.1%} | {signed(delay, lambda v: f'{100 * v:+.2f} pp')} | "
            f"{mean('liquidity_used_usd'):,.0f} | {verdict(value, delay)} |\n")


main()
