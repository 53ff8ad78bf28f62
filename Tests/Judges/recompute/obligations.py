"""What banks owe each other for transfers, whatever wires it is paid by."""

from collections import defaultdict
from functools import cached_property


class Obligations:
    def __init__(self, result, systems):
        self.result = result
        self.systems = systems
        self.rows = result.transfers
        self.end = max((row["due_ns"] for row in self.rows if row["kind"] == "transfer"), default=0)

    def value(self, row):
        return self.result.report(row["source_minor"], row["source_currency"])

    def received(self, row):
        return self.result.convert(
            row["source_minor"], row["source_currency"], row["destination_currency"]
        )

    def total(self, by_currency):
        """Amounts by currency in units of the reporting currency."""
        return sum(self.result.units(amount, code) for code, amount in by_currency.items())

    @cached_property
    def delayed(self):
        """Value x time from arrival to settlement, and to the end of the horizon."""
        waited = possible = 0
        for row in self.rows:
            if row["kind"] == "return":
                continue  # when it comes about is the strategy's doing
            settled = self.end if row["settled_ns"] is None else min(row["settled_ns"], self.end)
            waited += self.value(row) * max(0, settled - row["arrived_ns"])
            possible += self.value(row) * max(0, self.end - row["arrived_ns"])
        return waited, possible

    @cached_property
    def in_time(self):
        return sum(
            1
            for row in self.rows
            if row["settled_ns"] is not None and row["settled_ns"] <= row["due_ns"]
        )

    @cached_property
    def peak_open(self):
        """The most that was taken on and at no end."""
        steps = []
        for row in self.rows:
            steps.append((row["arrived_ns"], 1, self.value(row)))
            ended = row["settled_ns"] if row["ended_ns"] is None else row["ended_ns"]
            if ended is not None:
                # Of one instant, ends come first, but not before the order's own arrival.
                steps.append((ended, 2 if ended == row["arrived_ns"] else 0, -self.value(row)))
        level = peak = 0
        for _, _, change in sorted(steps):
            level += change
            peak = max(peak, level)
        return peak

    @cached_property
    def positions(self):
        """By currency: gross, settled, nets over pairs and banks, and what liquidity settling
        on arrival takes."""
        figures = {
            name: defaultdict(int)
            for name in ("gross", "bilateral", "multilateral", "upper")
        }
        given, peaks = defaultdict(int), defaultdict(int)
        owed, pairs = defaultdict(int), defaultdict(int)
        for row in self.rows:
            source, target = row["source_currency"], row["destination_currency"]
            payer, payee, amount = row["payer"], row["payee"], self.received(row)
            figures["gross"][target] += amount
            given[payer, source] += row["source_minor"]
            peaks[payer, source] = max(peaks[payer, source], given[payer, source])
            given[payee, target] -= amount
            owed[payer, target] += amount
            owed[payee, target] -= amount
            first, second = min(payer, payee), max(payer, payee)
            pairs[first, second, target] += amount if payer == first else -amount
        for (_, code), peak in peaks.items():
            figures["upper"][code] += peak
        for (_, code), net in owed.items():
            figures["multilateral"][code] += max(0, net)
        for (_, _, code), net in pairs.items():
            figures["bilateral"][code] += abs(net)
        return figures

    @cached_property
    def moved(self):
        """By currency: liquidity used by the desk's wires and deals over the whole run, and what
        its wires took from banks' accounts, net of what came at the same moment, and what banks had
        sent, net, in the end."""
        used, paid, least = defaultdict(int), defaultdict(int), defaultdict(int)
        for code, system in self.systems.items():
            rows = [
                row for row in system.settlements if row["kind"] in ("transfer", "exchange")
            ]
            used[code], paid[code], least[code] = self._replay(system, rows)
        return used, paid, least

    def _replay(self, system, rows):
        steps = [(row["ended_event"], row) for row in rows]
        if system.keeps_positions:
            steps += [
                (int(row["event"]), None)
                for row in self.result.positions
                if row["currency"] == system.currency
            ]
        steps.sort(key=lambda step: step[0])
        sent, peaks, unpaid = defaultdict(int), defaultdict(int), defaultdict(int)
        members, group, paid = [], None, 0

        def pay():
            total = sum(max(0, net) for bank, net in unpaid.items() if bank in system.served)
            unpaid.clear()
            return total

        for _, row in steps + [(None, None)]:
            if row is None or row["group"] != group:
                for bank in members:
                    peaks[bank] = max(peaks[bank], sent[bank])
                members = []
                if not system.keeps_positions or row is None:
                    paid += pay()
                group = row["group"] if row else None
            if row is None:
                continue
            amount = row["part_minor"]
            sent[row["payer"]] += amount
            sent[row["payee"]] -= amount
            members.append(row["payer"])
            if row["kind"] == "transfer":
                unpaid[row["payer"]] += amount
                unpaid[row["payee"]] -= amount
        used = sum(peak for bank, peak in peaks.items() if bank in system.served)
        least = sum(max(0, net) for bank, net in sent.items() if bank in system.served)
        return used, paid, least

    @cached_property
    def paid(self):
        """By currency: what arrived with settled batches."""
        sums = defaultdict(int)
        for row in self.result.batches:
            if row["id"].startswith("transfers/") and row["settled_ns"] is not None:
                sums[row["currency"]] += row["payout_minor"]
        return sums
