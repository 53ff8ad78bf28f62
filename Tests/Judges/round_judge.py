#!/usr/bin/env python3
"""Solves problems of rounds with HiGHS: a judge of the Optimization module.

    round_judge.py PROBLEM.json... [--seconds S] [--gap G]

A PROBLEM.json is a problem as the module encodes it. The formulation is built here anew from the
payments. Prints a list with one object per problem: `cost` and the `bound` that HiGHS proved, in
minor units of the reporting currency.
"""
import argparse
import itertools
import json
import math
from collections import defaultdict

import highspy
import numpy as np


class Program:
    def __init__(self):
        self.cost, self.upper, self.whole, self.rows = [], [], [], []
        self.constant = 0.0

    def column(self, cost, upper=math.inf, whole=False):
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, lower, upper, entries):
        self.rows.append((lower, upper, entries))

    def solve(self, seconds, gap):
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        highs.setOptionValue("random_seed", 1)
        highs.setOptionValue("mip_rel_gap", gap)
        highs.setOptionValue("time_limit", seconds)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.rows)
        lp.offset_ = self.constant
        lp.col_cost_ = np.array(self.cost, dtype=np.double)
        lp.col_lower_ = np.zeros(len(self.cost))
        lp.col_upper_ = np.array([min(u, highspy.kHighsInf) for u in self.upper], dtype=np.double)
        lp.row_lower_ = np.array([max(r[0], -highspy.kHighsInf) for r in self.rows])
        lp.row_upper_ = np.array([min(r[1], highspy.kHighsInf) for r in self.rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(
            np.cumsum([0] + [len(r[2]) for r in self.rows]), dtype=np.int32)
        lp.a_matrix_.index_ = np.array([e[0] for r in self.rows for e in r[2]], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([e[1] for r in self.rows for e in r[2]], dtype=np.double)
        kinds = [highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger]
        lp.integrality_ = [kinds[int(w)] for w in self.whole]
        highs.passModel(lp)
        highs.run()
        info = highs.getInfo()
        return {"cost": info.objective_function_value, "bound": info.mip_dual_bound}


def spreads(problem):
    count = problem["currencies"]
    spread = [[0 if a == b else math.inf for b in range(count)] for a in range(count)]
    for quote in problem["quotes"]:
        a, b = quote["first"], quote["second"]
        spread[a][b] = spread[b][a] = quote["spread"]
    for via, a, b in itertools.product(range(count), repeat=3):
        spread[a][b] = min(spread[a][b], spread[a][via] + spread[via][b])
    return spread


WAYS = ["gross", "bilateral", "multilateral"]


class Model:
    def __init__(self, problem):
        self.problem, self.program = problem, Program()
        self.spread = spreads(problem)
        self.settling = []  # (column, payment, round, way)
        for payment in problem["payments"]:
            own = []
            for place, cost in enumerate(payment["costs"]):
                if cost is None:
                    continue
                for way in problem["ways"]:
                    column = self.program.column(cost, 1, True)
                    self.settling.append((column, payment, place, WAYS[way]))
                    own.append((column, 1))
            if payment.get("deferral") is not None:
                own.append((self.program.column(payment["deferral"], 1, True), 1))
            self.program.row(1, 1, own)
        self.add_wires()
        self.add_exchange()
        self.add_liquidity()
        self.add_limits()

    def group(self, key):
        """Columns by what `key` says of them, without those of which it says nothing."""
        groups = defaultdict(list)
        for entry in self.settling:
            for name in key(*entry[1:]):
                groups[name].append(entry)
        return sorted(groups.items(), key=lambda group: str(group[0]))

    def open(self, columns, cost, upper=1):
        opened = self.program.column(cost, upper, True)
        for column in columns:
            self.program.row(-math.inf, 0, [(column, 1), (opened, -1)])
        return opened

    def add_wires(self):
        problem, program = self.problem, self.program
        sunk = {(p["bank"], p["currency"], p["round"]) for p in problem["sunk"]}
        hub = problem.get("clearingBank")

        def wires(payment, place, way):
            currency, banks = payment["destination"], (payment["payer"], payment["payee"])
            if way == "gross":
                return [(place, currency, way, banks)]
            if way == "bilateral":
                return [(place, currency, way, tuple(sorted(banks)))]
            return [(place, currency, way, bank) for bank in banks
                    if bank != hub and (bank, currency, place) not in sunk]

        least, most = problem["discountMinimum"], problem["maximumBatch"]
        for (place, currency, way, _), users in self.group(wires):
            price = problem["rounds"][place]["wires"][currency]
            columns = [entry[0] for entry in users]
            size = most if way == "gross" else len(columns)
            count = math.ceil(len(columns) / size)
            # Wires of few payments, and wires with the discount.
            single = program.column(price["single"], count, True)
            most_many = count if len(columns) >= least and size >= least else 0
            many = program.column(price["consolidated"], most_many, True)
            for column in columns:
                program.row(-math.inf, 0, [(column, 1), (single, -1), (many, -1)])
            program.row(0, math.inf, [(column, 1) for column in columns] + [(many, -least)])
            program.row(
                -math.inf, 0,
                [(column, 1) for column in columns] + [(single, -size), (many, -size)])

    def add_exchange(self):
        problem, program = self.problem, self.program
        fees = problem["dealFees"]
        date = [settings["date"] for settings in problem["rounds"]]

        def crosses(payment):
            return payment["source"] != payment["destination"]

        if not problem["netsConversions"]:
            for column, payment, _, _ in self.settling:
                program.cost[column] += (
                    payment["value"] * self.spread[payment["source"]][payment["destination"]])

            def deal(payment, place, way):
                names = ("payer", "payee", "source", "destination")
                return [(date[place], place, way, *(payment[n] for n in names))] if crosses(
                    payment) else []

            for (day, *rest), users in self.group(deal):
                self.open([e[0] for e in users], fees[day][rest[-2]] + fees[day][rest[-1]])
            return

        def position(payment, place, way):
            return [(payment["payer"], date[place])] if crosses(payment) else []

        groups = self.group(position)
        for (payer, day), users in groups:
            outcomes = [(1, {})]
            if problem["outcomes"]:
                outcomes = [(o["probability"], self.expected(o, payer, day))
                            for o in problem["outcomes"]]
            touched = sorted({p[c] for _, p, _, _ in users for c in ("source", "destination")})
            if any(fees[day]):
                self.add_deals(users, touched, fees[day])
                continue
            for share, expected in outcomes:
                everything = sorted(set(touched) | {c for c, v in expected.items() if v})
                self.add_positions(users, everything, share, expected)
                alone = Program()
                other = Model.__new__(Model)
                other.problem, other.program, other.spread = problem, alone, self.spread
                other.add_positions([], everything, share, expected)
                if any(expected.values()):
                    program.constant -= alone.solve(60, 0)["cost"]

    @staticmethod
    def expected(outcome, payer, day):
        expected = defaultdict(int)
        for flow in outcome["flows"]:
            if (flow["payer"], flow["date"]) == (payer, day):
                expected[flow["source"]] += flow["value"]
                expected[flow["destination"]] -= flow["value"]
        return expected

    def add_positions(self, users, currencies, share, expected):
        """Exchange between any two of the currencies; the columns by pair."""
        unit = max(1, sum(e[1]["value"] for e in users) / 100, *(abs(v) for v in expected.values()))
        flows = {
            (a, b): self.program.column(share * self.spread[a][b] * unit)
            for a, b in itertools.permutations(currencies, 2)}
        for currency in currencies:
            entries = []
            for column, payment, _, _ in users:
                sign = (payment["source"] == currency) - (payment["destination"] == currency)
                if sign:
                    entries.append((column, sign * payment["value"] / unit))
            for (a, b), flow in flows.items():
                if currency in (a, b):
                    entries.append((flow, -1 if a == currency else 1))
            bound = -expected.get(currency, 0) / unit
            if entries:
                self.program.row(bound, bound, entries)
        return flows, unit

    def add_deals(self, users, currencies, fees):
        flows, unit = self.add_positions(users, currencies, 1, {})
        most = sum({id(p): p["value"] for _, p, _, _ in users}.values()) / unit
        legs = defaultdict(list)
        for a, b in itertools.combinations(currencies, 2):
            opened = self.program.column(fees[a] + fees[b], 1, True)
            self.program.row(
                -math.inf, 0, [(flows[a, b], 1), (flows[b, a], 1), (opened, -most)])
            legs[a].append(opened)
            legs[b].append(opened)
        for column, payment, _, _ in users:
            for currency in (payment["source"], payment["destination"]):
                self.program.row(
                    -math.inf, 0, [(column, 1)] + [(deal, -1) for deal in legs[currency]])

    def add_liquidity(self):
        problem, price = self.problem, self.problem["liquidityPrice"]
        if price == 0:
            return
        date = [settings["date"] for settings in problem["rounds"]]
        unit = max(1, sum(p["value"] for p in problem["payments"]) / 100)
        hub = problem.get("clearingBank")
        accounts = self.group(lambda payment, place, _: [
            (bank, payment["destination"], date[place])
            for bank in (payment["payer"], payment["payee"]) if bank != hub])
        for (bank, _, _), users in accounts:
            used = self.program.column(price * unit)
            for last in sorted({place for _, _, place, _ in users}):
                self.program.row(-math.inf, 0, [(used, -1)] + [
                    (column, (1 if payment["payer"] == bank else -1) * payment["value"] / unit)
                    for column, payment, place, _ in users if place <= last])

    def add_limits(self):
        for limit in self.problem["limits"]:
            other, currency = limit.get("counterparty"), limit.get("currency")
            scale = max(1, limit["amount"])
            entries = []
            for column, payment, place, _ in self.settling:
                if not limit["first"] <= place <= limit["last"]:
                    continue
                if currency is not None and currency != payment["destination"]:
                    continue
                out = payment["payer"] == limit["bank"] and other in (None, payment["payee"])
                into = payment["payee"] == limit["bank"] and other in (None, payment["payer"])
                sign = {"out": out, "in": into, "net": out - into}[limit["direction"]]
                if sign:
                    entries.append((column, sign * payment["value"] / scale))
            if entries:
                self.program.row(-math.inf, limit["amount"] / scale, entries)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("problems", nargs="+")
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--gap", type=float, default=1e-4)
    arguments = parser.parse_args()
    answers = []
    for name in arguments.problems:
        with open(name, encoding="utf-8") as file:
            problem = json.load(file)
        answers.append(Model(problem).program.solve(arguments.seconds, arguments.gap))
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
