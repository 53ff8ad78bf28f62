#!/usr/bin/env python3
"""Solves planning problems with HiGHS: a judge of the Optimization module.

    planning_judge.py relaxation PROBLEMS.json
    planning_judge.py optimum PROBLEMS.json [--seconds S] [--gap G]

PROBLEMS.json is a list of planning problems as the module encodes them. The formulation is built
here anew from the payments. Prints a list with one object per problem: `cost` in minor units, and
for `optimum` the `bound` that HiGHS proved too. Shares of payment classes may be split, numbers of
batches are whole.
"""
import argparse
import json
import math
from collections import defaultdict

import highspy
import numpy as np

WINDOWS = ["rtgs", "sameDay", "nextDay", "secondDay"]
DAYS = [0, 0, 1, 2]


class Program:
    def __init__(self):
        self.cost, self.upper, self.whole = [], [], []
        self.rows = []

    def column(self, cost, upper=math.inf, whole=False):
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, lower, upper, entries):
        self.rows.append((lower, upper, [e for e in entries if e[1] != 0]))

    def solve(self, integral, seconds, gap):
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        highs.setOptionValue("random_seed", 1)
        highs.setOptionValue("mip_rel_gap", gap)
        highs.setOptionValue("time_limit", seconds)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.rows)
        lp.col_cost_ = np.array(self.cost, dtype=np.double)
        lp.col_lower_ = np.zeros(len(self.cost))
        lp.col_upper_ = np.array(
            [highspy.kHighsInf if math.isinf(u) else u for u in self.upper], dtype=np.double)
        lp.row_lower_ = np.array([r[0] for r in self.rows], dtype=np.double)
        lp.row_upper_ = np.array([r[1] for r in self.rows], dtype=np.double)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts = np.cumsum([0] + [len(r[2]) for r in self.rows])
        lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array([e[0] for r in self.rows for e in r[2]], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([e[1] for r in self.rows for e in r[2]], dtype=np.double)
        if integral:
            kinds = [highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger]
            lp.integrality_ = [kinds[int(w)] for w in self.whole]
        highs.passModel(lp)
        highs.run()
        info = highs.getInfo()
        result = {"cost": info.objective_function_value}
        if integral:
            result["bound"] = info.mip_dual_bound
        elif highs.getModelStatus() not in (
                highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
            raise SystemExit(f"the relaxation is not solved: {highs.getModelStatus()}")
        return result


def distances(problem):
    count = problem["currencies"]
    spread = [[0 if a == b else math.inf for b in range(count)] for a in range(count)]
    for quote in problem["quotes"]:
        a, b, rate = quote["first"], quote["second"], quote["partsPerMillion"] / 1e6
        spread[a][b] = spread[b][a] = rate
    for via in range(count):
        for a in range(count):
            for b in range(count):
                spread[a][b] = min(spread[a][b], spread[a][via] + spread[via][b])
    return spread


def rail_serves(rail, window, destination):
    if window not in rail["windows"]:
        return False
    return rail.get("destinations") is None or destination in rail["destinations"]


def usable_windows(problem, payment):
    # A payment that alone exceeds a limit goes elsewhere whole.
    limits = [problem["liquidity"][payment["destination"]]["limits"],
              problem["counterpartyLimits"][payment["counterparty"]]["limits"]]
    return tuple(w for w in range(payment["latest"] + 1)
                 if all(row[w] is None or payment["value"] <= row[w] for row in limits)
                 and any(rail_serves(r, w, payment["destination"]) for r in problem["rails"]))


def build(problem, tight):
    program = Program()
    classes = defaultdict(list)
    for payment in problem["payments"]:
        key = tuple(payment[k] for k in ("source", "destination", "counterparty", "latest"))
        classes[key + (usable_windows(problem, payment),)].append(payment["value"])
    spread = distances(problem)
    netted = problem["netsConversions"]
    carry = problem["carryPartsPerMillion"] / 1e6
    links, counts = defaultdict(list), defaultdict(list)
    liquidity, counterparty, flow = defaultdict(list), defaultdict(list), defaultdict(list)
    for (s, d, k, latest, windows), values in sorted(classes.items()):
        # A share of the value takes at least this share of payments, if the largest come first.
        value, number, least = sum(values), len(values), sum(values) / max(values)
        shares = []
        for w in windows:
            for r, rail in enumerate(problem["rails"]):
                if not rail_serves(rail, w, d):
                    continue
                cost = carry * value * DAYS[w] + (0 if netted else spread[s][d] * value)
                x = program.column(cost)
                shares.append((x, 1))
                links[d, k, w, r, latest].append((x, value))
                counts[d, k, w, r].append((x, number, least))
                liquidity[d, w].append((x, value))
                counterparty[k, w].append((x, value))
                if netted and s != d:
                    flow[DAYS[w], s].append((x, value))
                    flow[DAYS[w], d].append((x, -value))
        # Payments that go nowhere are put off one by one.
        put_off = least if shares else number
        penalty = (value * problem["deferralPartsPerMillion"] / 1e6
                   + problem["deferralFee"] * put_off)
        program.row(1, 1, shares + [(program.column(penalty), 1)])
    add_batches(program, problem, links, counts, tight)
    for rows, limits in ((liquidity, "liquidity"), (counterparty, "counterpartyLimits")):
        for (position, w), entries in rows.items():
            limit = problem[limits][position]["limits"][w]
            if limit is not None:
                scale = max(1, limit)
                program.row(-highspy.kHighsInf, limit / scale, [(x, v / scale) for x, v in entries])
    if netted:
        add_conversions(program, problem, flow)
    return program


def add_batches(program, problem, links, counts, tight):
    most = problem["maximumBatch"]
    batches = {}
    for key, entries in counts.items():
        rail = problem["rails"][key[3]]
        number = sum(n for _, n, _ in entries)
        discounted = rail["earnsDiscount"] and problem["discountMinimum"] <= min(number, most)
        share = problem["discountPartsPerMillion"] / 1e6 if discounted else 0
        y = program.column(
            rail["fee"] * (1 - share) + rail["operatorFee"], math.ceil(number / most), True)
        batches[key] = y
        if number > most:
            program.row(-highspy.kHighsInf, 0, [(x, least / most) for x, _, least in entries] + [(y, -1)])
    for (d, k, w, r, _), entries in links.items():
        total = sum(v for _, v in entries)
        y = batches[d, k, w, r]
        program.row(-highspy.kHighsInf, 0, [(x, v / total) for x, v in entries] + [(y, -1)])
        if tight:
            for x, _ in entries:
                program.row(-highspy.kHighsInf, 0, [(x, 1), (y, -1)])


def add_conversions(program, problem, flow):
    unit = max(1, sum(p["value"] for p in problem["payments"]) / 100)
    for date in sorted(set(DAYS)):
        rows = {c: [(x, v / unit) for x, v in flow[date, c]] for c in range(problem["currencies"])}
        for quote in problem["quotes"]:
            for a, b in ((quote["first"], quote["second"]), (quote["second"], quote["first"])):
                z = program.column(quote["partsPerMillion"] / 1e6 * unit)
                rows[a].append((z, -1))
                rows[b].append((z, 1))
        for entries in rows.values():
            program.row(0, 0, entries)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("question", choices=["relaxation", "optimum"])
    parser.add_argument("problems")
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--gap", type=float, default=1e-4)
    arguments = parser.parse_args()
    with open(arguments.problems, encoding="utf-8") as file:
        problems = json.load(file)
    integral = arguments.question == "optimum"
    answers = [build(problem, tight=integral).solve(integral, arguments.seconds, arguments.gap)
               for problem in problems]
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
