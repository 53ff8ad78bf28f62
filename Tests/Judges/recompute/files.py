"""The files of one result, and the arithmetic that its figures are stated in.

Amounts are integers of minor units, times integers of nanoseconds since the start of the run.
"""

import csv
import json
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path

SECOND = 10**9
DAY = 86_400 * SECOND
YEAR = 365 * 86_400  # seconds


def half_even(numerator, denominator):
    """The nearest integer of a quotient, a tie to the even one."""
    sign = -1 if numerator < 0 else 1
    quotient, rest = divmod(abs(numerator), denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient % 2):
        quotient += 1
    return sign * quotient


def millionths(share):
    """A share as whole millionths, a tie away from zero."""
    return int(abs(share) * 1_000_000 + 0.5) * (1 if share >= 0 else -1)


def integer(text):
    """The integer of a field; None for an empty one."""
    return int(text) if text else None


def duration(text):
    """Seconds of a duration such as 1d12h or 90min."""
    units = {"d": 86_400, "h": 3_600, "min": 60, "s": 1}
    total, number, unit = 0, "", ""
    for character in str(text) + " ":
        if character.isdigit() or character == " ":
            if unit:
                total += int(number) * units[unit]
                number, unit = "", ""
            number += character.strip()
        else:
            unit += character
    return total


class Result:
    """A result directory with details, read and never written."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.summary = json.loads((self.directory / "summary.json").read_text())
        self.resolved = json.loads((self.directory / "resolved.json").read_text())
        self.settings = self.resolved["settings"]
        self.decimals = self.resolved["decimals"]
        self.currencies = [entry["code"] for entry in self.resolved["currencies"]]
        self.reporting = self.settings["costs.currency"]

    def rows(self, name):
        """The rows of a table, each with its columns as integers where they are some."""
        with open(self.directory / f"{name}.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for column in row:
                if column.endswith(("_minor", "_ns", "_event", "_trillionths")):
                    row[column] = integer(row[column])
        return rows

    obligations = cached_property(lambda self: self.rows("obligations"))
    batches = cached_property(lambda self: self.rows("batches"))
    payouts = cached_property(lambda self: self.rows("payouts"))
    deals = cached_property(lambda self: self.rows("deals"))
    wires = cached_property(lambda self: self.rows("wires"))
    system_payments = cached_property(lambda self: self.rows("system_payments"))
    positions = cached_property(lambda self: self.rows("positions"))
    days = cached_property(lambda self: self.rows("days"))

    def setting(self, path, default=None):
        """The value of a setting by its path; `default` where the scenario leaves it out."""
        return self.settings.get(path, default)

    def money(self, path):
        """A setting such as "5.00 USD" as minor units and currency; None where it is left out."""
        text = self.settings.get(path)
        if text is None:
            return None
        amount, code = text.split()
        whole, _, part = amount.replace("_", "").partition(".")
        digits = self.decimals[code]
        return int(whole + part.ljust(digits, "0")[:digits]), code

    # rates

    def step(self, time):
        """When the rates of a time began to hold; 0 for those of the start."""
        begun = [s["from_ns"] for s in self.resolved["rates"][1:]]
        return max([b for b in begun if b <= time // SECOND * SECOND], default=0)

    def rates(self, time=0):
        """Trillionths of a US dollar for a unit of each currency at a time."""
        found = self.resolved["rates"][0]
        for step in self.resolved["rates"][1:]:
            if step["from_ns"] <= time // SECOND * SECOND:
                found = step
        return found["usd_trillionths"]

    def convert(self, amount, source, target, time=0):
        """An amount at mid in another currency, rounded half to even."""
        if source == target:
            return amount
        rates = self.rates(time)
        return half_even(
            amount * rates[source] * 10 ** self.decimals[target],
            rates[target] * 10 ** self.decimals[source],
        )

    def report(self, amount, source):
        """An amount at the start's mid in the reporting currency, rounded to a minor unit."""
        return self.convert(amount, source, self.reporting)

    def units(self, amount, source):
        """An amount at the start's mid in units of the reporting currency, not rounded."""
        rates = self.rates()
        return amount / 10 ** self.decimals[source] * rates[source] / rates[self.reporting]

    def major(self, amount, code=None):
        """Minor units as units of a currency, the reporting one unless told otherwise."""
        return amount / 10 ** self.decimals[code or self.reporting]

    def spread(self, source, target):
        """Millionths of a basis point from one currency to another over the cheapest quotes."""
        best = {source: 0}
        quotes = [
            (entry["first"], entry["second"], int(entry["basis_points"] * 1_000_000 + 0.5))
            for entry in self.resolved["spreads"]
        ]
        for _ in self.decimals:
            for first, second, cost in quotes:
                for a, b in ((first, second), (second, first)):
                    if a in best and best[a] + cost < best.get(b, 1 << 62):
                        best[b] = best[a] + cost
        return best[target]

    def interest(self, value_time, rate):
        """Interest on minor units x ns at a rate a year of 365 days, half to even."""
        return half_even(value_time // SECOND * millionths(rate), YEAR * 1_000_000)

    # places

    @cached_property
    def clock(self):
        return datetime.fromtimestamp(self.resolved["start_utc_second"], timezone.utc)

    def at(self, time):
        """A time of the run as an instant in UTC."""
        return self.clock + timedelta(seconds=time // SECOND)

    @cached_property
    def systems(self):
        """What resolved.json says of the settlement system of each currency."""
        return {entry["currency"]: entry for entry in self.resolved["systems"]}

    @cached_property
    def served(self):
        """The banks that the systems are there for."""
        first = self.resolved["systems"][0]
        return {bank["name"] for bank in first["banks"] if bank["served"]}

    @cached_property
    def transfers(self):
        """Obligations of transfers, returns among them."""
        return [row for row in self.obligations if row["kind"] in ("transfer", "return")]

    @cached_property
    def voids(self):
        """Captures that were taken back whole before the cut-off of their day."""
        return [row for row in self.obligations if row["kind"] == "void"]

    @property
    def given_back(self):
        return self.refunds + self.voids

    @cached_property
    def payable(self):
        """Captures that were not voided."""
        voided = {row["payment"] for row in self.voids}
        return [row for row in self.captures if row["payment"] not in voided]

    @cached_property
    def captures(self):
        return [row for row in self.obligations if row["kind"] == "capture"]

    @cached_property
    def refunds(self):
        return [row for row in self.obligations if row["kind"] == "refund"]
