#!/usr/bin/env python3
"""Replays the payments between banks of a result from payments.csv and banks.csv alone.

    replay_payments.py DIRECTORY

DIRECTORY is a result of payments that each have a wire of their own and are paid out in the currency
they are owed in. Shares no code with the program. What moved at one moment, as one group of a
currency, moves here at once; then
- no payment settles before it arrives, or before it may;
- no balance is below its floor, which is the bank's credit below zero, after any group;
- every balance ends at the closing balance;
- what settled in parts is left out of the order of time, as no file says when each part moved, and
  so are the floors of its two banks.
Prints what is wrong, a line each, and how much was looked at. Exits with 1 if anything is wrong.
"""

import csv
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path


def rows(directory, name):
    with open(Path(directory) / name, newline="") as file:
        return list(csv.DictReader(file))


def faults_of_time(payment):
    """What is wrong with the times of a payment by itself."""
    name, end = payment["id"], payment["end"]
    if end not in ("settled", "returned", "cancelled", "unsettled"):
        yield f"{name}: ends as {end!r}"
    if (payment["ended_ns"] == "") != (end == "unsettled"):
        yield f"{name}: is {end} and ended at {payment['ended_ns']!r}"
    if payment["ended_ns"] and int(payment["ended_ns"]) < int(payment["arrived_ns"]):
        yield f"{name}: is {end} before it arrived"
    if end == "settled":
        if payment["not_before_ns"] and int(payment["ended_ns"]) < int(payment["not_before_ns"]):
            yield f"{name}: settles before it may"
        if payment["settled_amount"] != payment["amount"]:
            yield f"{name}: is settled with {payment['settled_amount']} of {payment['amount']}"
    if payment["payer"] == payment["payee"] or Decimal(payment["amount"]) <= 0:
        yield f"{name}: is no payment"


def replay(payments, banks):
    """Moves the money group by group; yields what is wrong."""
    balance, floor, closing = {}, {}, {}
    for bank in banks:
        account = bank["bank"], bank["currency"]
        balance[account] = Decimal(bank["opening_balance"])
        closing[account] = Decimal(bank["closing_balance"])
        floor[account] = -Decimal(bank["credit"])
    groups = defaultdict(list)
    parts = defaultdict(Decimal)  # what moved at times that no file tells
    for payment in payments:
        if payment["to_currency"] != payment["currency"]:
            yield f"{payment['id']}: is exchanged, which no file here tells of"
        if payment["in_parts"] == "false" and payment["end"] == "settled":
            if payment["mechanism"] == "netted":
                yield f"{payment['id']}: is netted, which no file here tells of"
                continue
            key = int(payment["ended_ns"]), payment["currency"], int(payment["group"])
            groups[key].append(payment)
        elif payment["in_parts"] == "true" and payment["end"] in ("settled", "unsettled"):
            for bank, sign in ((payment["payer"], -1), (payment["payee"], 1)):
                parts[bank, payment["currency"]] += sign * Decimal(payment["settled_amount"])
    for key in sorted(groups):
        touched = set()
        for payment in groups[key]:
            for bank, sign in ((payment["payer"], -1), (payment["payee"], 1)):
                account = bank, payment["currency"]
                if account not in balance:
                    yield f"{payment['id']}: {bank} has no row in banks.csv"
                    return
                balance[account] += sign * Decimal(payment["amount"])
                touched.add(account)
        for account in sorted(touched):
            if balance[account] < floor[account] and account not in parts:
                yield (f"{' '.join(account)}: has {balance[account]} at {key[0]} ns, "
                       f"its floor is {floor[account]}")
    for account, amount in sorted(balance.items()):
        if amount + parts[account] != closing[account]:
            yield f"{' '.join(account)}: ends with {amount + parts[account]}, not {closing[account]}"


def main(directory):
    payments, banks = rows(directory, "payments.csv"), rows(directory, "banks.csv")
    ids = [payment["id"] for payment in payments]
    faults = [fault for payment in payments for fault in faults_of_time(payment)]
    if len(set(ids)) != len(ids):
        faults.append("an id stands twice")
    faults += replay(payments, banks)
    for fault in faults:
        print(fault)
    print(f"{len(payments)} payments, {len(banks)} accounts, {len(faults)} faults")
    return 1 if faults or not payments or not banks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
