"""Costs and money: what merchants are paid, and what the run costs, to the minor unit."""

from collections import defaultdict
from functools import cached_property
from zoneinfo import ZoneInfo

from .files import SECOND, duration, half_even, millionths

MONTH = 30 * 86_400  # seconds


class Unsettled:
    """What was never settled: open when the horizon ended settlement, or failed before it."""

    def __init__(self, result):
        self.result = result
        horizon = result.setting("time.settlement_horizon")
        self.horizon = None if horizon is None else duration(horizon) * SECOND
        self.count = self.value = self.late = self.transfer_time = self.transfer_value = 0
        self.card_time, self.card_amounts = defaultdict(int), defaultdict(int)
        # For a mean, a failed transfer is late up to the horizon, or until the last one was due.
        self.mean_time = 0
        due = [row["due_ns"] for row in result.transfers if row["kind"] == "transfer"]
        self.end = self.horizon or max(due, default=0)
        if result.summary["complete"] and self.horizon is not None or self._failed():
            self._transfers()
            self._cards()
        self.value += sum(result.report(*item[::-1]) for item in self.card_amounts.items())

    def _failed(self):
        return any(row["end"] == "failed" for row in self.result.transfers)

    def _transfers(self):
        for row in self.result.transfers:
            if row["end"] not in ("open", "failed"):
                continue
            value = self.result.report(row["source_minor"], row["source_currency"])
            until = self.horizon if row["end"] == "open" else row["ended_ns"]
            self.count += 1
            self.value += value
            self.transfer_time += value * (until - row["arrived_ns"])
            self.mean_time += value * (self.end - row["arrived_ns"])
            if row["end"] == "open" and row["due_ns"] < self.horizon:
                self.late += 1
        self.transfer_value = self.value

    def _cards(self):
        refunded = defaultdict(int)
        for row in self.result.given_back:
            refunded[row["payment"]] -= row["source_minor"]
        for row in self.result.captures:
            owed = row["source_minor"] - refunded[row["payment"]]
            if row["end"] == "open" and owed > 0:
                self.count += 1
                self.card_amounts[row["source_currency"]] += owed
                self.card_time[row["source_currency"]] += owed * (
                    self.horizon - row["arrived_ns"]
                )

    @property
    def cost(self):
        result = self.result
        rate = int(result.setting("costs.unsettled_rate") * 10**9 + 0.5)
        penalty, code = result.money("costs.unsettled_penalty")

        def daily(value_time):
            return half_even(value_time // SECOND * rate, 86_400 * 10**9)

        cards = sum(result.report(daily(time), code) for code, time in self.card_time.items())
        return cards + daily(self.transfer_time) + result.report(penalty * self.count, code)


class Money:
    def __init__(self, result, systems):
        self.result = result
        self.systems = systems

    # wires

    @cached_property
    def settled_wires(self):
        """Executed instructions of strategies, in order."""
        return [
            row
            for row in self.result.wires
            if row["end"] == "settled" and int(row["payments"]) > 0
        ]

    def is_discounted(self, row):
        return int(row["payments"]) >= self.result.setting("costs.discount_minimum")

    @cached_property
    def discounted_wires(self):
        return [row for row in self.settled_wires if self.is_discounted(row)]

    @cached_property
    def by_rail(self):
        """By rail: price of its wires and the discount on them, each with the currency."""
        figures = {}
        discount = millionths(self.result.setting("costs.consolidation_discount"))
        for rail in self.result.resolved["rails"]:
            wires = [row for row in self.settled_wires if row["rail"] == rail["name"]]
            each, code = rail["wire"]["minor"], rail["wire"]["currency"]
            full = sum(1 for row in wires if self.is_discounted(row)) * each
            figures[rail["name"]] = {
                "wires": len(wires),
                "discounted": sum(1 for row in wires if self.is_discounted(row)),
                "instructions": sum(
                    1
                    for row in self.result.wires
                    if row["end"] == "settled" and row["rail"] == rail["name"]
                ),
                "price": (len(wires) * each, code),
                "discount": (half_even(full * discount, 1_000_000), code),
                "fees": self.operator_fees(rail),
            }
        return figures

    def operator_fees(self, rail):
        """What the operator charges by the number of a participant's instructions in a month."""
        zone = ZoneInfo(rail["time_zone"])
        tiers = rail["fee_tiers"]
        counts = defaultdict(int)
        start = self.result.at(0).astimezone(zone)
        first = (start.year, start.month)
        total = 0
        for row in self.result.wires:
            if row["end"] != "settled" or row["rail"] != rail["name"]:
                continue
            month = self.month(rail, row["settled_ns"], zone)
            key = row["payer"], month
            counts[key] += 1
            number = counts[key] + (rail["prior_items"] if month == first else 0)
            total += [tier for tier in tiers if tier["from"] <= number][-1]["fee"]["minor"]
        return total, tiers[0]["fee"]["currency"]

    def month(self, rail, time, zone):
        local = self.result.at(time).astimezone(zone)
        return local.year, local.month

    def reported(self, name):
        return sum(self.result.report(*figures[name]) for figures in self.by_rail.values())

    # exchange

    @cached_property
    def exchange(self):
        """The spread of all deals, rounded once for each pair of currencies and step of the rates;
        each deal is checked against the rates of its time."""
        result, sold = self.result, {}
        for row in result.deals:
            source, target, now = row["sold_currency"], row["bought_currency"], row["time_ns"]
            rates = result.rates(now)
            assert row["sold_usd_trillionths"] == rates[source], f"rate of {row['id']}"
            assert row["bought_usd_trillionths"] == rates[target], f"rate of {row['id']}"
            bought = result.convert(row["sold_minor"], source, target, now)
            assert bought == row["bought_minor"], f"{row['id']} buys {bought}"
            spread = half_even(
                abs(row["sold_minor"]) * result.spread(source, target), 10_000_000_000
            )
            reported = result.convert(spread, source, result.reporting, now)
            assert row["spread_minor"] == spread, f"{row['id']}: spread {spread}"
            assert row["reported_spread_minor"] == reported, f"{row['id']}: spread {reported}"
            key = (result.step(now), source, target)
            sold[key] = sold.get(key, 0) + abs(row["sold_minor"])
        total = 0
        for (step, source, target), amount in sold.items():
            spread = half_even(amount * result.spread(source, target), 10_000_000_000)
            total += result.convert(spread, source, result.reporting, step)
        return total

    @cached_property
    def spread_discount(self):
        if self.result.setting("costs.discount_base") != "wire_and_spread":
            return 0
        payments = sum(int(row["payments"]) for row in self.settled_wires)
        discounted = sum(int(row["payments"]) for row in self.discounted_wires)
        if payments == 0:
            return 0
        rate = millionths(self.result.setting("costs.consolidation_discount"))
        return half_even(self.exchange * discounted * rate, payments * 1_000_000)

    # what banks pay

    @cached_property
    def liquidity(self):
        rate = self.result.setting("costs.liquidity_rate")
        day = 86_400 * 10**9
        return sum(
            self.result.report(self.result.interest(system.usage_days * day, rate), code)
            for code, system in self.systems.items()
        )

    @cached_property
    def credit(self):
        result, total = self.result, 0
        for code, system in self.systems.items():
            pledged = sum(system.used_secured[bank] for bank in system.served)
            pledged *= len(system.days) * 86_400 * 10**9
            overdraft = result.interest(system.credit_time, result.setting("costs.overdraft_rate"))
            collateral = result.interest(pledged, result.setting("costs.collateral_rate"))
            total += result.report(overdraft, code) + result.report(collateral, code)
        return total

    @cached_property
    def card_value_time(self):
        """By currency: captured money x ns until it has arrived, and the money; minor units."""
        waited, paid = defaultdict(int), defaultdict(int)
        for row in self.result.payable:
            if row["settled_ns"] is None:
                continue
            code = row["source_currency"]
            waited[code] += row["source_minor"] * (row["settled_ns"] - row["arrived_ns"])
            paid[code] += row["source_minor"]
        return waited, paid

    @cached_property
    def transfer_value_time(self):
        """Of settled transfers in the reporting currency, likewise."""
        waited = paid = 0
        for row in self.result.transfers:
            if row["settled_ns"] is None:
                continue
            value = self.result.report(row["source_minor"], row["source_currency"])
            waited += value * (row["settled_ns"] - row["arrived_ns"])
            paid += value
        return waited, paid

    @cached_property
    def delay(self):
        """Interest on what arrives late; on what never does, up to the horizon or its failure."""
        result, rate = self.result, self.result.setting("costs.delay_rate")
        waited, _ = self.card_value_time
        cards = sum(
            result.report(
                result.interest(waited[code] + self.unsettled.card_time[code], rate), code
            )
            for code in result.currencies
        )
        transfers = self.transfer_value_time[0] + self.unsettled.transfer_time
        return cards + result.interest(transfers, rate)

    @cached_property
    def late_transfers(self):
        """Settled late, failed, or open at the horizon and due before it."""
        return self.unsettled.late + sum(
            1
            for row in self.result.transfers
            if row["end"] == "failed"
            or (row["settled_ns"] is not None and row["settled_ns"] > row["due_ns"])
        )

    @cached_property
    def unsettled(self):
        return Unsettled(self.result)

    @cached_property
    def missed_deadlines(self):
        each, code = self.result.money("costs.missed_deadline")
        return self.result.report(each * self.late_transfers, code)

    # what the platform pays

    @cached_property
    def acquirers(self):
        """Fees on what was captured less given back, by cell, acquirer and currency."""
        result = self.result
        rates = {entry["name"]: entry["fee_rate"] for entry in result.resolved["acquirers"]}
        sums = defaultdict(int)
        for row in result.captures + result.given_back:
            cell = row["payment"].split("/")[0]
            sums[cell, row["acquirer"], row["source_currency"]] += row["source_minor"]
        return sum(
            half_even(result.report(amount, code) * millionths(rates[acquirer]), 1_000_000)
            for (_, acquirer, code), amount in sums.items()
            if amount > 0
        )

    @cached_property
    def chargebacks(self):
        result = self.result
        fee = result.report(*result.money("costs.chargeback_fee"))
        rate = millionths(result.setting("costs.chargeback_rate"))
        return half_even(len(result.payable) * rate * fee, 1_000_000)

    @cached_property
    def seconds(self):
        return duration(self.result.setting("time.duration"))

    @cached_property
    def infrastructure(self):
        """The bill by part; one part without a name where the scenario states one figure."""
        result = self.result
        prefix = "costs.infrastructure."
        if prefix + "compute" not in result.settings:
            month = result.report(*result.money("costs.infrastructure_per_month"))
            return {"": half_even(month * self.seconds, MONTH)}
        names = ("compute", "database", "bus", "cache", "storage", "network")
        month = {name: result.report(*result.money(prefix + name)) for name in names}
        parts = dict(month)

        def switch(name):
            return result.setting(f"{prefix}{name}.enabled", False)

        def share(path):
            return millionths(result.setting(prefix + path))

        million = 1_000_000
        if switch("spot_instances"):
            part = share("spot_instances.share") * share("spot_instances.discount")
            parts["spot_instances"] = -half_even(month["compute"] * part, million**2)
        cold = discount = 0
        if switch("cold_tier"):
            cold, discount = share("cold_tier.share"), share("cold_tier.discount")
            parts["cold_tier"] = -half_even(month["storage"] * cold * discount, million**2)
        if switch("compression"):
            saved = million - millionths(1 / result.setting(prefix + "compression.ratio"))
            stored = share("compression.storage_share")
            volume = stored * million - min(stored, cold) * discount
            parts["compression"] = -(
                half_even(month["storage"] * volume * saved, million**3)
                + half_even(
                    month["network"] * share("compression.network_share") * saved, million**2
                )
            )
        return {name: half_even(part * self.seconds, MONTH) for name, part in parts.items()}

    @cached_property
    def paid_for(self):
        """Accepted payments and transfers, which a cost per payment is of."""
        metrics = self.result.summary["metrics"]
        return int(metrics["payments.accepted"]) + len(self.result.transfers)

    @cached_property
    def volume_discount(self):
        result, prefix = self.result, "costs.volume_discount."
        if not result.setting(prefix + "enabled", False):
            return None
        if self.paid_for * MONTH <= result.setting(prefix + "payments_per_month") * self.seconds:
            return 0
        bill = {
            "acquirers": self.acquirers,
            "infrastructure": sum(self.infrastructure.values()),
        }[result.setting(prefix + "base")]
        return -half_even(bill * millionths(result.setting(prefix + "rate")), 1_000_000)

    # what merchants pay and get

    @cached_property
    def fees(self):
        """By batch, merchant and currency: the fees of its captures, less those of its voids."""
        result = self.result
        plans = {entry["name"]: entry["fee_plan"] for entry in result.resolved["merchants"]}
        tariffs = {
            (entry["plan"], entry["currency"]): entry for entry in result.resolved["fees"]
        }
        sums = defaultdict(int)
        for row in result.captures + result.voids:
            if not row["batch"]:
                continue
            sign = 1 if row["kind"] == "capture" else -1
            amount = sign * row["source_minor"]
            tariff = tariffs[plans[row["merchant"]], row["source_currency"]]
            fee = half_even(amount * millionths(tariff["rate"]), 1_000_000)
            fee = min(fee + tariff["fixed_minor"], amount)
            sums[row["batch"], row["merchant"], row["source_currency"]] += sign * fee
        return sums

    def check_tables(self):
        """Rows that repeat what others say must agree with them."""
        result = self.result
        gross = defaultdict(int)
        for row in result.captures + result.given_back:
            if row["batch"]:
                gross[row["batch"], row["merchant"], row["source_currency"]] += row["source_minor"]
        seen = set()
        for row in result.payouts:
            key = row["batch"], row["merchant"], row["currency"]
            seen.add(key)
            assert row["gross_minor"] == gross[key], f"payout {key}: gross {gross[key]}"
            assert row["fees_minor"] == self.fees[key], f"payout {key}: fees {self.fees[key]}"
            net = row["gross_minor"] - row["fees_minor"]
            assert row["net_minor"] == net, f"payout {key}: net {net}"
        assert seen == set(gross), f"payouts missing: {sorted(set(gross) - seen)[:3]}"
        self._check_batches()
        self._check_transfers()
        self._check_deals()
        self._check_wires()

    def _check_batches(self):
        """A batch pays what its payouts come to at the rates of its time."""
        result = self.result
        paid = defaultdict(int)
        for row, share in zip(result.payouts, self.shares):
            paid[row["batch"]] += share
        for row in self.card_batches:
            assert row["payout_minor"] == paid[row["id"]], f"{row['id']}: {paid[row['id']]}"

    @cached_property
    def shares(self):
        """What each row of payouts.csv is paid. A settlement is converted at once for each
        currency; each share is paid what the sum up to its end comes to, less what those before
        it were paid."""
        batches = {row["id"]: row for row in self.result.batches}
        shares, sums, last = [], {}, None
        for row in self.result.payouts:
            batch = batches[row["batch"]]
            if row["batch"] != last and batch["part"] == "0":
                sums = {}
            last = row["batch"]
            if row["currency"] == batch["currency"]:
                shares.append(row["net_minor"])
                continue
            amount, paid = sums.get(row["currency"], (0, 0))
            amount += row["net_minor"]
            total = self.result.convert(
                amount, row["currency"], batch["currency"], batch["instructed_ns"]
            )
            sums[row["currency"]] = amount, total
            shares.append(total - paid)
        return shares

    def _check_transfers(self):
        """A settlement of transfers pays what its members come to, each currency converted at
        once; its parts are paid one after the other."""
        result = self.result
        owed = defaultdict(int)
        for row in result.transfers:
            if row["batch"]:
                owed[row["batch"], row["source_currency"]] += row["source_minor"]
        batches = {row["id"]: row for row in result.batches if row["id"].startswith("transfers")}
        by_batch = defaultdict(list)
        for (number, code), amount in owed.items():
            by_batch[number].append((code, amount))
        sums, paid = defaultdict(int), 0
        for number, row in batches.items():
            if row["part"] == "0":
                sums, paid = defaultdict(int), 0
            for code, amount in by_batch[number]:
                sums[code] += amount
            total = sum(
                result.convert(amount, code, row["currency"], row["instructed_ns"])
                for code, amount in sums.items()
            )
            assert row["payout_minor"] == total - paid, f"{number}: {total - paid}"
            paid = total

    def _check_deals(self):
        """Both sides of all deals are instructed, bank by bank."""
        dealt, instructed = defaultdict(int), defaultdict(int)
        for row in self.result.deals:
            dealt[row["payer"], "fx-dealer", row["sold_currency"]] += row["sold_minor"]
            if row["bought_minor"]:
                dealt["fx-dealer", row["payer"], row["bought_currency"]] += row["bought_minor"]
        for row in self.result.wires:
            if "fx-dealer" in (row["payer"], row["payee"]):
                key = row["payer"], row["payee"], row["currency"]
                instructed[key] += row["amount_minor"]
        for key in set(dealt) | set(instructed):
            assert dealt[key] == instructed[key], f"deals {key}: {instructed[key]}"

    def _check_wires(self):
        """What moved is what was instructed; prices and fees add up."""
        result = self.result
        moved = defaultdict(int)
        for row in result.system_payments:
            if row["end"] == "settled":
                moved[row["wire"]] += row["part_minor"]
        prices, charged = defaultdict(int), defaultdict(int)
        for row in result.wires:
            if row["end"] != "settled":
                continue
            assert moved[row["id"]] == row["amount_minor"], f"wire {row['id']}: {moved[row['id']]}"
            prices[row["rail"]] += row["price_minor"]
            charged[row["rail"]] += row["fee_minor"]
        for rail, figures in self.by_rail.items():
            assert prices[rail] == figures["price"][0], f"prices on {rail}: {figures['price'][0]}"
            assert charged[rail] == figures["fees"][0], f"fees on {rail}: {figures['fees'][0]}"

    @cached_property
    def gateway_fees(self):
        """What merchants are charged, in the reporting currency."""
        by_currency = defaultdict(int)
        for (_, _, code), fee in self.fees.items():
            by_currency[code] += fee
        return sum(self.result.report(fee, code) for code, fee in by_currency.items())

    @cached_property
    def turnover(self):
        """By currency: captured, voided, refunded, fees and settled, in minor units."""
        result = self.result
        rows = {
            code: {"captured": 0, "voided": 0, "refunded": 0, "fees": 0, "settled": 0}
            for code in result.currencies
        }
        for row in result.captures:
            rows[row["source_currency"]]["captured"] += row["source_minor"]
        for row in result.given_back:
            name = "refunded" if row["kind"] == "refund" else "voided"
            rows[row["source_currency"]][name] -= row["source_minor"]
        for (_, _, code), fee in self.fees.items():
            rows[code]["fees"] += fee
        for row in self.card_batches:
            if row["settled_ns"] is not None:
                rows[row["currency"]]["settled"] += row["payout_minor"]
        return rows

    @cached_property
    def card_batches(self):
        return [row for row in self.result.batches if row["id"].startswith("cell-")]

    @cached_property
    def merchants(self):
        """By merchant: captured and settled in the currency of its payouts."""
        result = self.result
        paid_in = {entry["name"]: entry["paid_in"] for entry in result.resolved["merchants"]}
        rows = {name: {"captured": 0, "settled": 0} for name in paid_in}
        for row in result.payable:
            if row["settled_ns"] is not None:
                rows[row["merchant"]]["captured"] += result.convert(
                    row["source_minor"], row["source_currency"], paid_in[row["merchant"]]
                )
        for row, share in zip(result.payouts, self.shares):
            if row["settled_ns"] is not None:
                rows[row["merchant"]]["settled"] += share
        return rows, paid_in

