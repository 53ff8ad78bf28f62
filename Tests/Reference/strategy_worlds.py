#!/usr/bin/env python3
"""Compares `optimised` with every other strategy in random worlds in which transfers arrive.

Each world is Scenarios/transfers.yaml, or Scenarios/twelve-currencies.yaml without its cards, with
another number and size of transfers, banks, prices, days and money, drawn from the world's number.
In each, all strategies run on the same seeds and at the same limits; what counts is the mean of
`cost.settlement`, of the strategies that settle every transfer of every seed. Writes worlds.csv and worlds.md, with every world that `optimised` loses, to
Results/reference/strategies.

usage: strategy_worlds.py [--worlds N] [--seeds N] [--from WORLD]
"""
import argparse
import csv
import os
import random
import statistics
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(ROOT, ".build/release/settlesim")
TARGET = os.path.join(ROOT, "Results/reference/strategies")
ONE_WAY = "{USD: 0.8, EUR: 0.1, GBP: 0.06, JPY: 0.04}"
URGENT = "{rtgs: 0.4, same_day: 0.4, next_day: 0.1, second_day: 0.1}"
COST = "cost.settlement"
MISSED = "transfers.deadlines_missed"
ACCEPTED, SETTLED = "transfers.accepted", "transfers.settled"
METRICS = (COST, MISSED, ACCEPTED, SETTLED)


def world(number):
    """What a world is like, and the settings of the scenario that make it so."""
    draw = random.Random(number)
    payments = draw.choice([150, 400, 1000, 3000])
    ticket = round(10 ** draw.uniform(1.3, 6.5))
    banks = draw.choice([3, 5, 8, 12])
    sent = payments * ticket / banks * 0.4
    money = draw.choice(["ample", "ample", "scarce", "very scarce"])
    balance = {"ample": 20, "scarce": 1.2, "very scarce": 0.5}[money] * sent
    # Where all flows one way, no money that is scarce comes back.
    flow = draw.choice(["balanced", "one-way"]) if money == "ample" else "balanced"
    twelve = draw.random() < 0.15 and flow == "balanced" and money == "ample"
    days = draw.choice(["2026-03-02", "2026-03-04", "2026-03-06"]), draw.choice([1, 1, 3])
    facts = {
        "payments": payments, "ticket_usd": ticket, "banks": banks, "money": money, "flow": flow,
        "currencies": 12 if twelve else 4, "date": days[0], "days": days[1],
        "wire_usd": draw.choice(["0.50", "5.00", "5.00", "25.00"]),
        "delay_rate": draw.choice([0, 0.02, 0.02, 0.2, 1]),
        "liquidity_rate": draw.choice([0, 0.02, 0.02, 0.2]),
        "missed_usd": draw.choice([25, 25, 100, 500]),
        "fx_netting": draw.choice(["on", "off"]), "urgent": draw.random() < 0.3,
    }
    transfers = "workload.transfers"
    settings = {
        f"{transfers}.payments": payments,
        f"{transfers}.amounts":
            f"{{log_normal: {{mean: \"{ticket} USD\", sigma: {draw.choice([0.8, 1.2])}}}}}",
        "banks.correspondents": banks, f"{transfers}.originators": banks,
        f"{transfers}.counterparties": banks,
        f"{transfers}.counterparty_skew": draw.choice([0, 0.5, 1]) if money == "ample" else 0,
        "banks.opening_balance": f"{max(1, round(balance))} USD",
        "costs.wire": f"{facts['wire_usd']} USD", "costs.delay_rate": facts["delay_rate"],
        "costs.liquidity_rate": facts["liquidity_rate"],
        "costs.missed_deadline": f"{facts['missed_usd']} USD",
        "time.date": days[0], "time.duration": f"{days[1]}d",
    }
    if flow == "one-way":
        settings[f"{transfers}.source_currencies"] = ONE_WAY
    if facts["urgent"]:
        settings[f"{transfers}.windows"] = URGENT
    if twelve:
        settings.update({
            "workload.generated.payments": 0, "results.details": "false",
            "costs.currency": "USD"})
    return facts, settings


def strategies(netting):
    """All strategies, those with windows at three lengths and before the cut-off."""
    on = ":fx_netting=on" if netting == "on" else ""
    names = ["optimised" + on, "one_wire_per_payment", "merchant_day", "fixed_window:window=4h",
             "size_threshold"]
    for name in ["counterparty_consolidation", "bilateral_netting", "multilateral_netting",
                 "hybrid"]:
        names += [f"{name}:{when}{on}"
                  for when in ["window=1h", "window=4h", "window=1d", "before_cut_off=1min"]]
    return names


def compare(number, seeds):
    """Mean cost and missed deadlines of each strategy that settles everything."""
    facts, settings = world(number)
    base = "twelve-currencies" if facts["currencies"] == 12 else "transfers"
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "result")
        command = [
            PROGRAM, "compare", os.path.join(ROOT, f"Scenarios/{base}.yaml"), "--strategies",
            ",".join(strategies(facts["fx_netting"])), "--metrics", f"{COST},{MISSED}",
            "--replications", str(seeds), "--quiet", "--threads", "1", "--output", output]
        for path, value in settings.items():
            command += ["--set", f"{path}={value}"]
        ended = subprocess.run(command, capture_output=True, text=True)
        path = os.path.join(output, "comparison.csv")
        if not os.path.exists(path):
            raise SystemExit(f"world {number}: {ended.stderr}")
        values = {}
        with open(path, newline="") as file:
            for row in csv.DictReader(file):
                if row["metric"] in METRICS:
                    values.setdefault(row["strategy"], {}).setdefault(row["metric"], []).append(
                        float(row["value"]))
    means = {name: {metric: statistics.mean(found) for metric, found in own.items()}
             for name, own in values.items()
             if COST in own and own[ACCEPTED] == own[SETTLED]}
    return facts, means


def result(number, seeds):
    facts, means = compare(number, seeds)
    own = next((name for name in means if name.startswith("optimised")), None)
    others = [name for name in means if name != own]
    row = {"world": number, **facts, "best_other": "", "optimised": "", "best": "",
           "ratio": "", "missed": "", "best_missed": ""}
    if own is None and others:
        # Somebody settles what `optimised` leaves: lost, whatever it costs.
        return {**row, "best_other": min(others, key=lambda name: means[name][COST]),
                "ratio": "inf"}
    if not others:
        return row
    best = min(others, key=lambda name: means[name][COST])
    cost, other = means[own][COST], means[best][COST]
    return {
        **row, "best_other": best, "optimised": f"{cost:.2f}", "best": f"{other:.2f}",
        "ratio": f"{cost / other if other else 1:.4f}", "missed": f"{means[own][MISSED]:.2f}",
        "best_missed": f"{means[best][MISSED]:.2f}"}


def summary(rows, seeds):
    compared = [row for row in rows if row["ratio"]]
    ratios = sorted(float(row["ratio"]) for row in compared)
    lost = [row for row in compared if float(row["ratio"]) > 1.0]
    lines = [
        "# optimised against the best of all other strategies, chosen afterwards", "",
        f"{len(compared)} random worlds, {seeds} seeds each, at the same limits"
        f" ({len(rows) - len(compared)} more in which no other strategy settles everything). The ratio"
        " is mean `cost.settlement` of `optimised` by that of the cheapest other strategy.", "",
        f"Median {statistics.median(ratios):.3f}, best {ratios[0]:.3f}, worst {ratios[-1]:.3f};"
        f" dearer in {len(lost)}, by more than 2 % in"
        f" {sum(float(row['ratio']) > 1.02 for row in lost)}.", "",
        "| Best other strategy | worlds | median ratio |", "| --- | ---: | ---: |"]
    groups = {}
    for row in compared:
        groups.setdefault(row["best_other"], []).append(float(row["ratio"]))
    for name, own in sorted(groups.items(), key=lambda item: -len(item[1])):
        lines.append(f"| {name} | {len(own)} | {statistics.median(own):.3f} |")
    if lost:
        lines += ["", "Worlds that `optimised` loses:", "",
                  "| world | ratio | best other | payments | ticket, USD | banks | money | flow |"
                  " delay rate | liquidity rate | FX netting |",
                  "| ---: | ---: | --- | ---: | ---: | ---: | --- | --- | ---: | ---: | --- |"]
        for row in sorted(lost, key=lambda row: -float(row["ratio"])):
            lines.append("| " + " | ".join(str(row[key]) for key in (
                "world", "ratio", "best_other", "payments", "ticket_usd", "banks", "money", "flow",
                "delay_rate", "liquidity_rate", "fx_netting")) + " |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--from", type=int, default=0, dest="first")
    arguments = parser.parse_args()
    numbers = range(arguments.first, arguments.first + arguments.worlds)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        rows = list(pool.map(lambda number: result(number, arguments.seeds), numbers))
    os.makedirs(TARGET, exist_ok=True)
    with open(os.path.join(TARGET, "worlds.csv"), "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with open(os.path.join(TARGET, "worlds.md"), "w") as file:
        file.write(summary(rows, arguments.seeds))


if __name__ == "__main__":
    main()
