#!/usr/bin/env python3
"""Measures the savings of batching strategies over tickets, flows and FX netting.

Runs `settlesim compare` on Scenarios/savings-claim.yaml for each ticket and flow and writes
matrix.csv and matrix.md to Results/reference/savings-claim. Savings are those of wires and exchange
against one wire per payment, and against one plain window, paired by seed; intervals are the order
statistics of the seeds that hold the median with at least 95 %.
"""
import csv
import os
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(ROOT, ".build/release/settlesim")
TARGET = os.path.join(ROOT, "Results/reference/savings-claim")
REPLICATIONS = 20
TICKETS = [150, 5_000, 60_000, 100_000]
SHAPE = {150: "0.94"}
FLOWS = {
    "balanced": "{USD: 0.5, EUR: 0.28, GBP: 0.14, JPY: 0.08}",
    "one-way": "{USD: 0.8, EUR: 0.1, GBP: 0.06, JPY: 0.04}",
}
NAIVE = "one_wire_per_payment"
FIXED = "fixed_window:window=6h"
STRATEGIES = [
    (NAIVE, "off"),
    (FIXED, "off"),
    ("counterparty_consolidation:window=6h", "off"),
    ("counterparty_consolidation:window=6h:fx_netting=on", "on"),
    ("multilateral_netting:window=6h:fx_netting=on", "on"),
    ("optimised", "off"),
    ("optimised:fx_netting=on", "on"),
]
METRICS = ["cost.wires", "cost.discount", "cost.fx", "wires", "delay.mean_seconds",
           "liquidity.usage", "transfers.deadlines_missed"]


def compare(ticket, flow):
    """The figures of one cell of the matrix: strategy -> metric -> list over seeds."""
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "result")
        sigma = SHAPE.get(ticket, "1.2")
        subprocess.run(
            [PROGRAM, "compare", os.path.join(ROOT, "Scenarios/savings-claim.yaml"),
             "--strategies", ",".join(name for name, _ in STRATEGIES),
             "--metrics", ",".join(METRICS), "--replications", str(REPLICATIONS), "--quiet",
             "--output", output,
             "--set", f"workload.transfers.source_currencies={FLOWS[flow]}",
             "--set", "workload.transfers.amounts={log_normal: "
             f"{{mean: \"{ticket} USD\", sigma: {sigma}}}}}"],
            check=True, stdout=subprocess.DEVNULL)
        figures = {}
        with open(os.path.join(output, "comparison.csv"), newline="") as file:
            for row in csv.DictReader(file):
                if row["metric"] in METRICS:
                    figures.setdefault(row["strategy"], {}).setdefault(row["metric"], []).append(
                        float(row["value"]))
        return figures


def cost(metrics):
    return [w - d + f for w, d, f in
            zip(metrics["cost.wires"], metrics["cost.discount"], metrics["cost.fx"])]


def median(values):
    """Median, and the 6th and 15th of 20 values: an interval with a confidence of 95.9 %."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[5], ordered[-6]


def percent(triple):
    return f"{triple[0]:.1%} ({triple[1]:.1%} to {triple[2]:.1%})"


def main():
    if not os.access(PROGRAM, os.X_OK):
        sys.exit("savings_claim: build the release first: make claim")
    rows = []
    for ticket in TICKETS:
        for flow in FLOWS:
            print(f"savings_claim: {ticket} USD, {flow}", file=sys.stderr)
            figures = compare(ticket, flow)
            naive, fixed = cost(figures[NAIVE]), cost(figures[FIXED])
            for name, netting in STRATEGIES:
                own = cost(figures[name])
                rows.append({
                    "ticket": ticket, "flow": flow, "strategy": name, "fx": netting,
                    "cost": median(own),
                    "naive": median([1 - a / b for a, b in zip(own, naive)]),
                    "fixed": median([1 - a / b for a, b in zip(own, fixed)]),
                    "wires": median([1 - a / b for a, b in zip(
                        figures[name]["wires"], figures[NAIVE]["wires"])]),
                    "delay": median([s / 3_600 for s in figures[name]["delay.mean_seconds"]]),
                    "liquidity": median([a / b for a, b in zip(
                        figures[name]["liquidity.usage"], figures[NAIVE]["liquidity.usage"])]),
                    "late": median(figures[name]["transfers.deadlines_missed"])})
    os.makedirs(TARGET, exist_ok=True)
    write(rows)


def write(rows):
    with open(os.path.join(TARGET, "matrix.csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        fields = ["cost", "naive", "fixed", "wires", "delay", "liquidity", "late"]
        titles = ["cost_usd", "saving_against_naive", "saving_against_window", "fewer_wires",
                  "mean_delay_hours", "liquidity_share_of_naive", "late"]
        writer.writerow(
            ["mean_ticket_usd", "flow", "strategy", "fx_netting"]
            + [f"{t}{part}" for t in titles for part in ("", "_low", "_high")])
        for row in rows:
            writer.writerow(
                [row["ticket"], row["flow"], row["strategy"], row["fx"]]
                + [f"{value:.6f}" for field in fields for value in row[field]])
    with open(os.path.join(TARGET, "matrix.md"), "w") as file:
        file.write(
            "# What batching saves\n\n`make claim`: 1,000 transfers of one bank to eight others, "
            f"planned once, {REPLICATIONS} seeds.\nMedian over seeds with an interval of at least "
            "95 %; cost is wires and exchange spread. Liquidity used is the share of that of one "
            "wire each.\n\n"
            "| mean ticket, USD | flow | strategy | FX netted | cost, USD | saving against one wire "
            "each | against a plain window | fewer wires | mean delay, h | liquidity | late |\n"
            "|--:|---|---|---|--:|--:|--:|--:|--:|--:|--:|\n")
        for row in rows:
            file.write(
                f"| {row['ticket']:,} | {row['flow']} | {row['strategy']} | {row['fx']} | "
                f"{row['cost'][0]:,.0f} | {percent(row['naive'])} | {percent(row['fixed'])} | "
                f"{row['wires'][0]:.1%} | {row['delay'][0]:.1f} | "
                f"{row['liquidity'][0]:.0%} | {row['late'][0]:,.0f} |\n")


main()
