"""The figures that are recomputed: their names in summary.json, and where they come from."""

from .files import SECOND, half_even
from .money import Money
from .obligations import Obligations
from .plans import Plans
from .prices import Prices
from .systems import System

# Every metric of these families must have a rule.
FAMILIES = (
    "cost.", "cost_per_payment", "liquidity.", "transfer_liquidity.", "delay.", "netting.",
    "system_", "wires", "deadlines.", "unsettled.", "exposure.", "plan.mean_gap",
    "plan.largest_gap",
)


class Figures:
    """Expected figures of a result by name. Money is an integer of minor units of the reporting
    currency, counts are integers, everything else is a float."""

    def __init__(self, result):
        self.result = result
        self.systems = {code: System(result, code) for code in result.currencies}
        self.money = Money(result, self.systems)
        self.obligations = Obligations(result, self.systems)
        self.amounts, self.numbers, self.sections = {}, {}, {}
        self._costs()
        self._systems()
        self._banks()
        if result.setting("workload.transfers.payments") or result.setting(
            "workload.transfers.trace.file"
        ):
            self._obligations()
        self._prices()
        plans = Plans(result)
        self.numbers["plan.count"] = len({row["id"] for row in plans.rows})
        self.numbers["plan.bounded"] = len(plans.decided)
        if plans.decided:
            self.numbers["plan.mean_gap"] = plans.mean_gap
            self.numbers["plan.largest_gap"] = plans.largest_gap
        self._tables()
        self.money.check_tables()

    def _costs(self):
        money, amounts = self.money, self.amounts
        wires, discount = money.reported("price"), money.reported("discount")
        discounts = discount + money.spread_discount
        settlement = {
            "cost.wires": wires,
            "cost.fx": money.exchange,
            "cost.rail_operators": money.reported("fees"),
            "cost.liquidity": money.liquidity,
            "cost.credit": money.credit,
            "cost.delay": money.delay,
            "cost.missed_deadlines": money.missed_deadlines,
        }
        if self.has_unsettled:
            settlement["cost.unsettled"] = money.unsettled.cost
        amounts.update(settlement)
        amounts["cost.discount"] = discounts
        amounts["cost.settlement"] = sum(settlement.values()) - discounts
        amounts["cost.acquirers"] = money.acquirers
        amounts["cost.chargebacks"] = money.chargebacks
        amounts["cost.infrastructure"] = sum(money.infrastructure.values())
        for name, part in money.infrastructure.items():
            if name:
                amounts[f"cost.infrastructure.{name}"] = part
        total = amounts["cost.settlement"] + money.acquirers + money.chargebacks
        total += amounts["cost.infrastructure"]
        if money.volume_discount is not None:
            amounts["cost.volume_discount"] = money.volume_discount
            total += money.volume_discount
        amounts["cost.total"] = total
        amounts["cost.gateway_fees"] = money.gateway_fees
        if money.paid_for:
            fine = half_even(total * 10_000, money.paid_for)
            digits = self.result.decimals[self.result.reporting]
            self.numbers["cost_per_payment"] = fine / 10 ** (4 + digits)
        self.numbers["wires"] = len(money.settled_wires)
        self.numbers["wires.discounted"] = len(money.discounted_wires)
        for name, rows in (
            ("wires.payments", money.settled_wires),
            ("wires.discounted_payments", money.discounted_wires),
        ):
            self.numbers[name] = sum(int(row["payments"]) for row in rows)

    def _prices(self):
        """What banks pay: of days on which nobody manages queues, money or priorities."""
        settings = self.result.settings
        priced = [key for key in settings if key.startswith("costs.interbank.")]
        managed = [
            key for key in settings
            if key.startswith(("interbank.schedule[", "interbank.priority_rises["))
        ]
        if not priced or managed:
            return
        prices = Prices(self.result, self.systems)
        for kind, cost in prices.totals.items():
            self.numbers[f"cost.interbank.{kind}"] = cost
        self.numbers["cost.interbank"] = sum(prices.totals.values())

    @property
    def has_unsettled(self):
        """Whether the scenario prices what is never settled."""
        return self.result.setting("costs.unsettled_rate") is not None

    def _sum(self, figure):
        return sum(self.result.units(figure(s), code) for code, s in self.systems.items())

    def _systems(self):
        numbers = self.numbers
        settled = self._sum(lambda s: s.settled_value)
        timed = sum(s.deadlines[0] for s in self.systems.values())
        met = sum(s.deadlines[1] for s in self.systems.values())
        numbers["system_deadlines.timed"] = timed
        numbers["system_deadlines.met"] = met
        numbers["system_deadlines.missed"] = sum(s.deadlines_missed for s in self.systems.values())
        if timed:
            numbers["system_deadlines.met_ratio"] = met / timed
        possible = self._sum(lambda s: sum(day.possible for day in s.days))
        if possible:
            delayed = self._sum(lambda s: sum(day.delayed for day in s.days))
            numbers["system_delay.relative"] = delayed / possible
        if settled:
            waited = self._sum(lambda s: s.value_delay)
            numbers["system_delay.mean_seconds"] = waited / SECOND / settled
            pairs = self._sum(lambda s: s.over_days(s.bilateral_net))
            nets = self._sum(lambda s: s.over_days(s.net_sent))
            numbers["system_netting.bilateral_efficiency"] = 1 - pairs / settled
            numbers["system_netting.multilateral_efficiency"] = 1 - nets / settled

    def _banks(self):
        numbers = self.numbers
        used = self._sum(lambda s: s.usage_of_banks)
        lower = self._sum(lambda s: s.lower_of_banks)
        upper = self._sum(lambda s: s.upper_of_banks)
        assert all(s.lower_of_banks <= s.usage_of_banks for s in self.systems.values())
        numbers["liquidity.usage"] = used
        numbers["liquidity.lower_bound"] = lower
        numbers["liquidity.upper_bound"] = upper
        if upper > lower and all(s.is_whole for s in self.systems.values()):
            numbers["liquidity.relative"] = (used - lower) / (upper - lower)
        numbers["liquidity.daily_mean"] = self._sum(lambda s: s.usage_days / s.horizon)
        days = self._sum(lambda s: s.usage_days)
        if days:
            numbers["liquidity.turnover"] = self._sum(lambda s: s.settled_value) / days
        self.amounts["cost.funding"] = self.money.liquidity + self.money.credit
        numbers["unsettled.at_close"] = self._sum(lambda s: s.unsettled_at_close)
        waited, paid = self.money.card_value_time
        time = sum(self.result.units(amount, code) for code, amount in waited.items())
        value = sum(self.result.units(amount, code) for code, amount in paid.items())
        never = self.money.unsettled
        time += sum(self.result.units(amount, code) for code, amount in never.card_time.items())
        value += sum(self.result.units(amount, code) for code, amount in never.card_amounts.items())
        more, transferred = self.money.transfer_value_time
        more, transferred = more + never.mean_time, transferred + never.transfer_value
        if self.has_unsettled:
            numbers["unsettled.count"] = never.count
            self.amounts["unsettled.value"] = never.value
        time += self.result.major(more)
        value += self.result.major(transferred)
        if value:
            numbers["delay.mean_seconds"] = time / SECOND / value

    def _obligations(self):
        numbers, owed = self.numbers, self.obligations
        waited, possible = owed.delayed
        if possible:
            numbers["delay.relative"] = waited / possible
        if owed.rows:
            numbers["deadlines.met_ratio"] = owed.in_time / len(owed.rows)
        sums = {name: owed.total(amounts) for name, amounts in owed.positions.items()}
        used, moved, least = (owed.total(amounts) for amounts in owed.moved)
        paid = owed.total(owed.paid)
        numbers["transfer_liquidity.peak"] = used
        numbers["transfer_liquidity.upper_bound"] = sums["upper"]
        numbers["transfer_liquidity.lower_bound"] = least
        is_settled = all(row["end"] == "settled" for row in owed.rows)
        if sums["upper"] > least and is_settled:
            numbers["transfer_liquidity.relative"] = (used - least) / (sums["upper"] - least)
        if used:
            numbers["transfer_liquidity.turnover"] = paid / used
        if paid:
            numbers["netting.realised_efficiency"] = (paid - moved) / paid
        if sums["gross"]:
            numbers["netting.bilateral_potential"] = 1 - sums["bilateral"] / sums["gross"]
            numbers["netting.multilateral_potential"] = 1 - sums["multilateral"] / sums["gross"]
        numbers["transfers.accepted"] = len(owed.rows)
        numbers["transfers.settled"] = sum(1 for row in owed.rows if row["end"] == "settled")
        if self.has_unsettled:
            failed = [row for row in owed.rows if row["end"] == "failed"]
            numbers["transfers.failed_funds"] = len(failed)
        numbers["transfers.reversed"] = sum(1 for row in owed.rows if row["end"] == "reversed")
        numbers["transfers.deadlines_missed"] = self.money.late_transfers
        wires = [row for row in self.result.wires if row["kind"] == "transfer"]
        numbers["transfers.wires"] = len(wires)
        self.amounts["exposure.peak"] = owed.peak_open

    # sections of summary.json beside the metrics

    def _tables(self):
        sections, result = self.sections, self.result
        for code, row in self.money.turnover.items():
            for name, amount in row.items():
                sections[f"money.{code}.{name}"] = amount
        for rail, row in self.money.by_rail.items():
            sections[f"rails.{rail}.wires"] = row["wires"]
            sections[f"rails.{rail}.discounted_wires"] = row["discounted"]
            sections[f"rails.{rail}.instructions"] = row["instructions"]
            sections[f"rails.{rail}.wire_cost"] = row["price"][0]
            sections[f"rails.{rail}.discount"] = row["discount"][0]
            sections[f"rails.{rail}.operator_fees"] = row["fees"][0]
        merchants, _ = self.money.merchants
        for row in result.summary["merchants"]:
            for name in ("captured", "settled"):
                sections[f"merchants.{row['name']}.{name}"] = merchants[row["name"]][name]
        for code, system in self.systems.items():
            for (table, name), figure in self._system(system).items():
                sections[f"{table}.{code}.{name}"] = figure
            for name, (count, value) in system.mechanisms.items():
                sections[f"mechanisms.{code}/{name}.count"] = count
                sections[f"mechanisms.{code}/{name}.value"] = value

    def _system(self, system):
        days = system.days
        figures = {
            ("systems", "submitted"): len(system.arrivals),
            ("systems", "settled"): len({row["id"] for row in system.settlements if system.is_last(row)}),
            ("systems", "value"): system.settled_value,
            ("queues", "unsettled_at_close"): system.unsettled_at_close,
            ("monitoring", "deadlines"): system.deadlines[0],
            ("monitoring", "deadlines_met"): system.deadlines[1],
            ("monitoring", "available_at_start"): system.available_at_start,
            ("monitoring", "peak_credit"): sum(
                system.peak_credit[bank] for bank in system.served
            ),
        }
        usages = sorted((system.usage(day) for day in days), reverse=True)
        for place, usage in zip(("usage_largest", "usage_second", "usage_third"), usages):
            figures["monitoring", place] = usage
        if usages:
            average = sum(usages) // system.horizon
            figures["monitoring", "usage_average"] = average
            lower, upper = system.lower_of_banks, system.upper_of_banks
            used = system.usage_of_banks
            figures["liquidity", "usage"] = used
            figures["liquidity", "lower_bound"] = lower
            figures["liquidity", "upper_bound"] = upper
            if upper > lower and system.is_whole:
                figures["liquidity", "relative_usage"] = (used - lower) / (upper - lower)
        if sum(usages):
            figures["liquidity", "turnover_ratio"] = system.settled_value / sum(usages)
        if system.settled_value:
            nets = system.over_days(system.net_sent)
            pairs = system.over_days(system.bilateral_net)
            figures["liquidity", "multilateral_efficiency"] = 1 - nets / system.settled_value
            figures["liquidity", "bilateral_efficiency"] = 1 - pairs / system.settled_value
            figures["delays", "mean_ns"] = system.value_delay // system.settled_value
        possible = sum(day.possible for day in days)
        if possible:
            figures["delays", "delay_ratio"] = sum(day.delayed for day in days) / possible
        return figures
