#!/usr/bin/env python3
"""Writes the orders of Scenarios/month-of-orders.yaml: four weeks of a shop that does not exist.

Nothing is copied from real orders. More is bought in the evening and on Sundays; baskets are
log-normal with a median of 45 euros; one order of 16 goes back after one to nine days. The same
bytes on every machine: only Random.random is drawn from, and amounts are rounded to cents.
"""
import csv
import datetime
import math
import os
import random
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TARGET = os.path.join(ROOT, "Scenarios/traces/month-of-orders.csv")
FIRST = datetime.datetime(2026, 3, 2)  # a Monday; on the 29th clocks skip the hour from 02:00
DAYS = 28
ORDERS_A_DAY = [22, 21, 20, 19, 18, 20, 26]  # from Monday on
HOURS = [2, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 6, 6, 5, 5, 5, 5, 6, 8, 10, 11, 9, 6, 4]
MEDIAN, SIGMA = 45.0, 0.7
REFUNDED, LONGEST = 1 / 16, 9


def orders():
    """(time, number, paid, refunded) in cents, in the order of time."""
    draw = random.Random(20260302)
    rows, number = [], 1000
    for day in range(DAYS):
        weight = sum(HOURS)
        times = []
        for _ in range(ORDERS_A_DAY[day % 7]):
            place, hour = draw.random() * weight, 0
            while place >= HOURS[hour]:
                place -= HOURS[hour]
                hour += 1
            times.append(FIRST + datetime.timedelta(
                days=day, hours=hour, seconds=int(draw.random() * 3600)))
        for time in sorted(times):
            number += 1
            # The sum of twelve uniform numbers, less six, is normal enough for baskets.
            normal = sum(draw.random() for _ in range(12)) - 6
            cents = max(500, round(MEDIAN * math.exp(SIGMA * normal)) * 100 - 5)
            rows.append((time, f"B{number}", cents, 0))
            if draw.random() < REFUNDED:
                back = time + datetime.timedelta(
                    days=1 + int(draw.random() * LONGEST), seconds=int(draw.random() * 3600))
                if back < FIRST + datetime.timedelta(days=DAYS):
                    rows.append((back, f"R{number}", 0, cents))
    return sorted(rows)


def euros(cents):
    return f"{cents // 100},{cents % 100:02d}" if cents else ""


def main():
    with open(sys.argv[1] if len(sys.argv) > 1 else TARGET, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["order", "created", "paid", "refunded"])
        for time, order, paid, refunded in orders():
            writer.writerow(
                [order, time.strftime("%d.%m.%Y %H:%M:%S"), euros(paid), euros(refunded)])


if __name__ == "__main__":
    main()
