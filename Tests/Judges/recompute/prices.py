"""What settling costs the banks themselves, by `costs.interbank`, from what the systems did."""

from collections import defaultdict

from .files import SECOND, duration, half_even, millionths


class Prices:
    """The costs of each kind, in units of the reporting currency, over all banks and systems."""

    KINDS = ("liquidity", "delay", "unsettled", "splits")

    def __init__(self, result, systems):
        self.result = result
        self.totals = dict.fromkeys(self.KINDS, 0)
        for code, system in systems.items():
            for kind, costs in self._system(code, system).items():
                self.totals[kind] += result.units(sum(costs.values()), code)

    def _setting(self, key, default):
        return self.result.setting(f"costs.interbank.{key}", default)

    def _minor(self, key, code):
        found = self.result.money(f"costs.interbank.{key}")
        return self.result.convert(found[0], found[1], code) if found else 0

    def _system(self, code, system):
        times = Times(system, self._setting("liquidity_base", "used") == "allocated")
        unsettled, split = self._minor("unsettled_at_close", code), self._minor("split", code)
        return {
            "liquidity": {b: self._liquidity(times, b) for b in system.served},
            "delay": {b: self._delay(times, b) for b in system.served},
            "unsettled": {b: times.unsettled[b] * unsettled for b in system.served},
            "splits": {b: times.splits[b] * split for b in system.served},
        }

    def _liquidity(self, times, bank):
        rate = millionths(self._setting("liquidity_rate", 0))
        period = self.result.setting("costs.interbank.liquidity_period")
        if period is None:
            return half_even(times.days[bank] * rate, 1_000_000)
        each = duration(period) * SECOND
        return half_even(times.time[bank] * rate // each, 1_000_000)

    def _delay(self, times, bank):
        rate = self._setting("delay_rate", 0)
        each = duration(self._setting("delay_period", "1h")) * SECOND
        late = self._setting("after_deadline", 1)
        sums = 0
        for priority in ("urgent", "high", "normal"):
            weighed = rate * self._setting(f"priorities.{priority}", 1)
            for times_of, factor in ((times.waited, 1), (times.late, late)):
                sums += times_of[bank, priority] * millionths(weighed * factor) // each
        return half_even(sums, 1_000_000)


class Times:
    """Liquidity over days and over time, value that waited before and after its deadline, and
    payments that waited at a close or settled in parts: by payer."""

    def __init__(self, system, is_on_allocated):
        self.days, self.time = defaultdict(int), defaultdict(int)
        self.waited, self.late = defaultdict(int), defaultdict(int)
        self.unsettled, self.splits = defaultdict(int), defaultdict(int)
        for day, is_active, length in self._days(system):
            for bank in system.served:
                put_in = max(0, day.start[bank]) + system.terms[bank]["secured_credit_minor"]
                used = day.peaks[bank] if is_active else 0
                amount = put_in if is_on_allocated else used
                self.days[bank] += amount
                self.time[bank] += amount * length
        waiting = defaultdict(set)
        for row in system.rows:
            self._wait(row, system.days[-1].closed[1])
            for place, day in enumerate(system.days):
                if self._is_left(row, day):
                    waiting[place].add((row["payer"], row["id"]))
        for found in waiting.values():
            for bank, _ in found:
                self.unsettled[bank] += 1
        for row in system.settlements:
            if not system.is_last(row) or row["part_minor"] < row["amount_minor"]:
                self.splits[row["payer"]] += 1
        for row in system.last.values():
            if row["end"] == "settled" and row["part_minor"] < row["amount_minor"]:
                self.splits[row["payer"]] -= 1

    @staticmethod
    def _days(system):
        """Business days until the last on which something came in: that day, or of a silent one
        the next on which something came in; whether it is that; how long it is from its opening."""
        active = iter(system.days)
        day = next(active, None)
        for told in system.result.systems[system.currency]["days"]:
            if day is None:
                return
            if day.opened[1] < told["closes_ns"]:
                yield day, True, day.closed[1] - told["opens_ns"]
                day = next(active, None)
            else:
                yield day, False, told["closes_ns"] - told["opens_ns"]

    def _wait(self, row, last):
        """Adds what a part has waited since it was handed in, until `last` if it waits still."""
        begin = row["arrived_ns"]
        end = last if row["ended_ns"] is None else row["ended_ns"]
        due = row["deadline_ns"]
        turn = end if due is None else min(max(due, begin), end)
        key = row["payer"], row["priority"]
        self.waited[key] += row["part_minor"] * (turn - begin)
        self.late[key] += row["part_minor"] * (end - turn)

    @staticmethod
    def _is_left(row, day):
        """Whether a part waited when a day closed."""
        if day.closed[0] < row["arrived_event"]:
            return False
        if row["ended_event"] is None or row["ended_event"] > day.closed[0]:
            return True
        return row["end"] == "unsettled_at_close" and row["ended_event"] > day.opened[0]
