"""Plans of the optimiser: what each is expected to cost, and how far it may be from the best."""

import json


class Plans:
    def __init__(self, result):
        text = (result.directory / "plans.ndjson").read_text()
        self.rows = [json.loads(line) for line in text.splitlines()]
        for row in self.rows:
            check(row)

    @property
    def gaps(self):
        """Of each plan that has a bound, in order."""
        return [
            max(0, (row["cost"] - row["lower_bound"]) / row["cost"]) if row["cost"] > 0 else 0
            for row in self.rows
            if row["lower_bound"] is not None
        ]


def check(row):
    """What waits and what leaves is no more than there is; no other rule is cheaper."""
    name = row["id"]
    held = row["held_for_round"] + row["held_for_exchange"]
    assert row["due"] + held <= row["payments"], f"{name}: {held} held of {row['payments']}"
    assert row["wires"] > 0 or held == row["payments"] or row["payments"] > 0, f"{name}: no wire"
    bound, other = row["lower_bound"], row["runner_up_cost"]
    assert bound is None or bound <= row["cost"], f"{name}: below its bound"
    assert other is None or row["cost"] <= other, f"{name}: dearer than {row['runner_up']}"
