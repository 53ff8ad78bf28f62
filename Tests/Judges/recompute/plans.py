"""Plans of the optimiser: what each costs, and how far it may be from the best."""

import json
from collections import defaultdict

DAYS = {"rtgs": 0, "same_day": 0, "next_day": 1, "second_day": 2}
MILLION = 1_000_000


class Plans:
    def __init__(self, result):
        text = (result.directory / "plans.ndjson").read_text()
        self.rows = [json.loads(line) for line in text.splitlines()]
        for row in self.rows:
            check(row)

    @property
    def gaps(self):
        """Of each plan that has a bound, over all its payers, in order."""
        costs, bounds = defaultdict(int), defaultdict(list)
        for row in self.rows:
            costs[row["id"]] += row["plan"]["cost"] / MILLION
            bounds[row["id"]].append(row["plan"]["lower_bound_minor"])
        return [
            max(0, (cost - sum(bounds[plan])) / cost) if cost > 0 else 0
            for plan, cost in costs.items()
            if None not in bounds[plan]
        ]


def distances(row):
    """Millionths between currencies over the cheapest path of quotes."""
    count = len(row["currencies"])
    best = [[0 if a == b else 1 << 60 for b in range(count)] for a in range(count)]
    for first, second, cost in row["quotes"]:
        best[first][second] = best[second][first] = min(best[first][second], cost)
    for via in range(count):
        for a in range(count):
            for b in range(count):
                best[a][b] = min(best[a][b], best[a][via] + best[via][b])
    return best


def check(row):
    """The cost of a plan, part by part, from its wires and conversions; every limit holds."""
    plan, name = row["plan"], f"{row['id']} of {row['payer']}"
    wires = discount = carry = 0
    used, paid = defaultdict(int), defaultdict(int)
    for wire in plan["wires"]:
        rail = row["rails"][wire["rail"]]
        assert wire["window"] in rail["windows"], f"{name}: window of a rail"
        wires += (rail["fee"] + rail["operator_fee"]) * MILLION
        is_large = wire["payments"] >= row["discount_minimum"] and rail["earns_discount"]
        assert wire["discounted"] == is_large, f"{name}: discount of {wire}"
        if is_large:
            discount += rail["fee"] * row["discount_ppm"]
        carry += wire["value"] * row["carry_ppm_per_day"] * DAYS[wire["window"]]
        window = list(DAYS).index(wire["window"])
        used[wire["destination"], window] += wire["value"]
        paid[wire["counterparty"], window] += wire["value"]
        assert wire["payments"] <= row["maximum_batch"], f"{name}: batch of {wire['payments']}"
    for sums, limits in ((used, row["liquidity"]), (paid, row["counterparty_limits"])):
        for (place, window), value in sums.items():
            limit = limits[place][window]
            assert limit is None or value <= limit, f"{name}: limit of {place} in {window}"
    best = distances(row)
    exchange = sum(
        entry["value"] * best[entry["from"]][entry["to"]] for entry in plan["conversions"]
    )
    if not row["nets_conversions"] and plan["deferred"] == 0:
        gross = sum(
            sum(entry["values"]) * best[entry["source"]][entry["destination"]]
            for entry in row["classes"]
        )
        assert exchange == gross, f"{name}: exchange {gross} without netting"
    assert wires == plan["wire_cost"], f"{name}: wires cost {wires}"
    assert discount == plan["discount"], f"{name}: discount {discount}"
    assert carry == plan["carry_cost"], f"{name}: carry {carry}"
    assert exchange == plan["conversion_cost"], f"{name}: exchange {exchange}"
    total = wires - discount + carry + exchange + plan["deferral_cost"]
    assert total == plan["cost"], f"{name}: cost {total}"
    assert plan["cost"] <= plan["greedy_cost"], f"{name}: dearer than greedy"
    bound = plan["lower_bound_minor"]
    assert bound is None or bound * MILLION <= total * (1 + 1e-9) + 1, f"{name}: below its bound"
    values = sum(sum(entry["values"]) for entry in row["classes"])
    sent = sum(wire["value"] for wire in plan["wires"])
    assert sent <= values and (plan["deferred"] > 0 or sent == values), f"{name}: value {sent}"
