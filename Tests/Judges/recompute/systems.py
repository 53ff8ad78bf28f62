"""What the settlement systems did, replayed from system_payments.csv, positions.csv and days.csv."""

from collections import defaultdict
from functools import cached_property

from .files import SECOND, duration


class Day:
    """One day of a system: what its participants sent and received, and their peaks."""

    def __init__(self, row):
        self.opened = (row["opened_event"], row["opened_ns"])
        self.closed = (row["closed_event"], row["closed_ns"])
        self.sent = defaultdict(int)
        self.received = defaultdict(int)
        self.pairs = defaultdict(int)
        self.peaks = defaultdict(int)
        self.start = {}  # balances when it opened
        self.arrival_net = defaultdict(int)
        self.arrival_peaks = defaultdict(int)
        self.carried = 0  # value that waited when it opened
        self.submitted = 0
        self.settled = 0
        self.delayed = 0  # minor units x ns in which they waited
        self.possible = 0  # the same if nothing had settled before the close
        self.unsettled = 0

    def net(self, bank):
        return self.sent[bank] - self.received[bank]

    def contains(self, event):
        return self.opened[0] < event < self.closed[0]


class System:
    """The settlement system of one currency over the run."""

    def __init__(self, result, currency):
        self.result = result
        self.currency = currency
        facts = result.systems[currency]
        self.keeps_positions = facts["keeps_positions"]
        self.terms = {bank["name"]: bank for bank in facts["banks"]}
        self.served = {name for name, bank in self.terms.items() if bank["served"]}
        self.rows = [row for row in result.system_payments if row["currency"] == currency]
        self.settlements = [row for row in self.rows if row["end"] == "settled"]
        self.days = [Day(row) for row in result.days if row["currency"] == currency]
        closes = {day["closes_ns"] for day in facts["days"]}
        horizon = result.setting("time.settlement_horizon")
        if horizon is not None:
            closes.add(duration(horizon) * SECOND)
        for day in self.days:
            assert day.closed[1] in closes, f"no day of {currency} closes at {day.closed[1]} ns"
        self.credit_time = 0
        self.peak_credit = defaultdict(int)
        self.used_secured = defaultdict(int)
        self._fill()

    def day(self, event):
        """The day of an event; None outside of closed days."""
        low, high = 0, len(self.days)
        while low < high:
            middle = (low + high) // 2
            if self.days[middle].closed[0] < event:
                low = middle + 1
            else:
                high = middle
        if low < len(self.days) and self.days[low].contains(event):
            return self.days[low]
        return None

    def _fill(self):
        whole = {}
        for row in self.rows:
            whole.setdefault(row["id"], row)
        self.arrivals = sorted(whole.values(), key=lambda row: row["arrived_event"])
        for row in self.arrivals:
            day = self.day(row["arrived_event"])
            if day is None:
                continue
            day.submitted += row["amount_minor"]
            day.arrival_net[row["payer"]] += row["amount_minor"]
            day.arrival_net[row["payee"]] -= row["amount_minor"]
            day.arrival_peaks[row["payer"]] = max(
                day.arrival_peaks[row["payer"]], day.arrival_net[row["payer"]]
            )
        self._replay()
        self._wait()

    def _replay(self):
        """Moves the money group by group, with the credit that is drawn for it."""
        balance = {name: bank["opening_minor"] for name, bank in self.terms.items()}
        since = {}
        steps = [(row["ended_event"], "move", row) for row in self.settlements]
        for day in self.days:
            steps.append((day.opened[0], "open", day))
            steps.append((day.closed[0], "close", day))
        steps.sort(key=lambda step: step[0])
        day, group, members = None, None, []

        def end_group():
            for bank in members:
                if day is not None:
                    day.peaks[bank] = max(day.peaks[bank], day.net(bank))
                self._note_credit(bank, balance[bank])
            members.clear()

        for _, kind, what in steps:
            if kind != "move" or what["group"] != group:
                end_group()
                group = what["group"] if kind == "move" else None
            if kind == "open":
                day = what
                day.start = dict(balance)
                since = {bank: day.opened[1] for bank in balance}
                for bank in balance:
                    self._note_credit(bank, balance[bank])
            elif kind == "close":
                for bank in balance:
                    self._draw(bank, balance[bank], day.closed[1] - since[bank])
                day = None
            else:
                amount, now = what["part_minor"], what["ended_ns"]
                for bank, change in ((what["payer"], -amount), (what["payee"], amount)):
                    if day is not None:
                        self._draw(bank, balance[bank], now - since[bank])
                        since[bank] = now
                    balance[bank] += change
                if day is not None:
                    day.sent[what["payer"]] += amount
                    day.received[what["payee"]] += amount
                    day.pairs[what["payer"], what["payee"]] += amount
                    day.settled += amount
                members.append(what["payer"])
        end_group()
        self.balance = balance

    def _draw(self, bank, balance, time):
        if bank in self.served:
            self.credit_time += max(0, -balance) * time

    def _note_credit(self, bank, balance):
        drawn = max(0, -balance)
        if drawn > self.peak_credit[bank]:
            self.peak_credit[bank] = drawn
            self.used_secured[bank] = min(drawn, self.terms[bank]["secured_credit_minor"])

    def _wait(self):
        """Value times the open time that it waited, and the most that it could have."""
        parts = defaultdict(list)
        for row in self.rows:
            parts[row["id"]].append(row)
        for rows in parts.values():
            arrived = rows[0]["arrived_ns"], rows[0]["arrived_event"]
            for row in rows:
                ended = row["ended_ns"], row["ended_event"]
                for day in self.days:
                    if day.closed[0] < arrived[1]:
                        continue
                    if ended[1] is not None and day.opened[0] > ended[1]:
                        break
                    if arrived[1] < day.opened[0]:
                        day.carried += row["part_minor"]
                    begin = max(arrived[0], day.opened[1])
                    end = day.closed[1] if ended[1] is None else min(ended[0], day.closed[1])
                    if ended[1] is None or ended[1] > day.closed[0]:
                        day.unsettled += row["part_minor"]
                    elif row["end"] == "unsettled_at_close":
                        day.unsettled += row["part_minor"]
                    day.delayed += row["part_minor"] * max(0, end - begin)
                    day.possible += row["part_minor"] * max(0, day.closed[1] - begin)

    # figures

    def usage(self, day):
        return sum(peak for bank, peak in day.peaks.items() if bank in self.served)

    def upper(self, day):
        return sum(peak for bank, peak in day.arrival_peaks.items() if bank in self.served)

    def lower(self, day):
        return sum(max(0, day.net(bank)) for bank in self.served)

    def net_sent(self, day):
        return sum(max(0, day.net(bank)) for bank in self.terms)

    def bilateral_net(self, day):
        done = set()
        total = 0
        for a, b in day.pairs:
            if (b, a) in done or (a, b) in done:
                continue
            done.add((a, b))
            total += abs(day.pairs.get((a, b), 0) - day.pairs.get((b, a), 0))
        return total

    def over_days(self, figure):
        return sum(figure(day) for day in self.days)

    @cached_property
    def settled_value(self):
        return sum(row["part_minor"] for row in self.settlements)

    @cached_property
    def value_delay(self):
        return sum(
            row["part_minor"] * (row["ended_ns"] - row["arrived_ns"]) for row in self.settlements
        )

    @cached_property
    def unsettled_at_close(self):
        """The most that had not settled at the close of a day."""
        return max((day.unsettled for day in self.days), default=0)

    @cached_property
    def available_at_start(self):
        """Balance and credit of the served at the first opening."""
        if not self.days:
            return 0
        parts = ("opening_minor", "overdraft_minor", "secured_credit_minor")
        return sum(self.terms[bank][part] for bank in self.served for part in parts)

    def is_last(self, row):
        """Whether nothing of a payment remains after this row."""
        return self.last[row["id"]] is row

    @cached_property
    def last(self):
        return {row["id"]: row for row in self.rows}

    @cached_property
    def mechanisms(self):
        figures = defaultdict(lambda: (0, 0))
        for row in self.settlements:
            count, value = figures[row["mechanism"]]
            figures[row["mechanism"]] = (count + 1, value + row["part_minor"])
        return figures

    @cached_property
    def usage_days(self):
        """Minor units x days."""
        return self.over_days(self.usage)

    def largest(self, figure):
        """The sum over banks of the most that a figure of a bank was on a day."""
        return sum(
            max((figure(day, bank) for day in self.days), default=0) for bank in self.served
        )

    @cached_property
    def usage_of_banks(self):
        """Daily maximum usage (BCBS 248) of each bank's own largest day, summed."""
        return self.largest(lambda day, bank: day.peaks.get(bank, 0))

    @cached_property
    def upper_of_banks(self):
        return self.largest(lambda day, bank: day.arrival_peaks.get(bank, 0))

    @cached_property
    def lower_of_banks(self):
        return self.largest(lambda day, bank: max(0, day.net(bank)))

    @cached_property
    def is_whole(self):
        """Whether every day settled what came in on it, no more and no less."""
        return all(day.carried == 0 and day.submitted == day.settled for day in self.days)

    @cached_property
    def horizon(self):
        """Settlement days from the start of the run to T+2 of the last arrival's day."""
        days = self.result.systems[self.currency]["days"]
        last = duration(self.result.setting("time.duration")) * SECOND - SECOND
        latest = next(place for place, day in enumerate(days) if last < day["closes_ns"])
        assert len(days) > latest + 2, "resolved.json tells too few business days"
        return latest + 3

    @cached_property
    def deadlines(self):
        """Payments with a deadline, and those that settled in time."""
        timed = [row for row in self.arrivals if row["deadline_ns"] is not None]
        met = sum(
            1
            for row in timed
            if self.last[row["id"]]["end"] == "settled"
            and self.last[row["id"]]["ended_ns"] <= row["deadline_ns"]
        )
        return len(timed), met

    @cached_property
    def deadlines_missed(self):
        """Payments with a deadline that settled after it, were refused or went back."""
        last = [self.last[row["id"]] for row in self.arrivals if row["deadline_ns"] is not None]
        ended = sum(1 for row in last if row["end"] != "open")
        return ended - self.deadlines[1]
