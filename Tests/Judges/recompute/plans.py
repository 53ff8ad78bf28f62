"""Plans of the optimiser: what each is expected to cost, and how far it may be from the best."""

import json


class Plans:
    def __init__(self, result):
        text = (result.directory / "plans.ndjson").read_text()
        self.rows = [json.loads(line) for line in text.splitlines()]
        for row in self.rows:
            check(row)
        metrics = result.summary["metrics"]
        bound, cost = metrics.get("plan.clairvoyant_bound"), metrics.get("cost.settlement")
        assert bound is None or cost is None or 0 <= bound <= cost, f"{bound} is no bound of {cost}"

    @property
    def decided(self):
        """Plans of rounds that were solved as exact models, in order."""
        return [row for row in self.rows if row["lower_bound"] is not None]

    @property
    def mean_gap(self):
        """What the choices cost above their bounds, as a part of their cost."""
        cost = sum(row["round_cost"] for row in self.decided)
        return sum(excess(row) for row in self.decided) / cost if cost > 0 else 0

    @property
    def largest_gap(self):
        return max(
            excess(row) / row["round_cost"] if row["round_cost"] > 0 else 0 for row in self.decided
        )


def excess(row):
    return row["round_cost"] - row["lower_bound"]


def check(row):
    """What waits and what leaves is no more than there is; no other rule is cheaper."""
    name = row["id"]
    held = row["held_for_round"] + row["held_for_exchange"] + row["held_for_funds"]
    assert row["due"] + held <= row["payments"], f"{name}: {held} held of {row['payments']}"
    assert row["wires"] > 0 or held == row["payments"] or row["payments"] > 0, f"{name}: no wire"
    bound, other = row["lower_bound"], row["runner_up_cost"]
    assert bound is None or bound <= row["round_cost"], f"{name}: below its bound"
    assert bound is None or row["round_cost"] <= row["rule_cost"], f"{name}: dearer than the rule"
    assert other is None or row["cost"] <= other, f"{name}: dearer than {row['runner_up']}"
