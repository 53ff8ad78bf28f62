#!/usr/bin/env python3
"""Measures how fast recorded payments are read, of cards and between banks, and what memory that
takes.

`settlesim validate` reads the whole trace and keeps what a run needs of it. It is timed on 1 and 10
million rows, plain and gzip, each the least of three rounds, less what it takes on 10 rows; memory
is the most that it ever held. Then a day of 1 million payments between banks runs, first come first
served, on one thread: it should take less than 20 seconds and 300 bytes a payment. A measurement
and no test: Results/reference/traces/rows.csv and day.csv.

    Tests/Reference/trace_rows.py [PROGRAM]
"""
import csv
import gzip
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, ".build/release/settlesim")
TARGET = os.path.join(ROOT, "Results/reference/traces")
ROUNDS = 3
LIMIT_NANOSECONDS = 1_000
SCENARIO = """name: rows
time: {{date: "2026-03-02", duration: 1d}}
merchants: {{markets: [{{country: US, region: americas, time_zone: America/New_York, currency: USD, settlement_currency: USD, share: 1}}]}}
workload:
  trace:
    file: {file}
    columns: {{id: id, time: time, merchant: merchant, amount: amount}}
    currency: USD
"""

BANKS = [f"Bank {number:02d}" for number in range(20)]
BANK_SCENARIO = """name: rows
time: {{date: "2026-03-02", duration: 1d, settlement_horizon: 2d}}
cells: {{per_region: 1}}
merchants: {{count: 1, markets: [{{country: US, region: americas, time_zone: UTC, currency: USD, settlement_currency: USD, share: 1}}]}}
banks:
  issuers: 1
  merchant_banks: 1
  correspondents: 0
  opening_balance: "0 USD"
  named: [{banks}]
workload: {{generated: {{payments: 0}}, transfers: {{trace: {{file: {file}}}}}}}
rails:
  - {{name: gross, currency: USD, time_zone: UTC, open: "00:00", close: "00:00", weekends: true,
     unavailable_rate: 0, latency: 0s, fee: "0 USD"}}
fx: {{usd_per_unit: {{USD: 1}}, spreads: {{}}}}
settlement: {{strategy: one_wire_per_payment, priced: [one_wire_per_payment]}}
interbank: {{mode: {{name: rtgs, queue_order: fifo}}}}
costs: {{unsettled_penalty: "1 USD"}}
"""
DAY_SECONDS, DAY_BYTES = 20, 300


def bank_scenario(file):
    """A world of 20 banks that have money enough for most of what they pay."""
    banks = ", ".join(
        "{name: " + name + ', balances: {USD: "20000000 USD"}}' for name in BANKS)
    return BANK_SCENARIO.format(file=file, banks=banks)


def write_day(path, rows, columns, fields):
    """A day of `rows` payments in the order of time; `fields` gives what follows id and time."""
    opened = gzip.open(path, "wt", compresslevel=6) if path.endswith(".gz") else open(path, "w")
    with opened as file:
        file.write(f"id,time,{columns}\n")
        for row in range(rows):
            second, millis = divmod(row * 86_400_000 // rows, 1_000)
            minute, hour = second // 60 % 60, second // 3_600
            file.write(
                f"P{row:08d},2026-03-02T{hour:02d}:{minute:02d}:{second % 60:02d}.{millis:03d}Z,"
                f"{fields()}\n")


def write_banks(path, rows):
    """Payments between 20 banks."""
    draw = random.Random(2)

    def fields():
        payer, payee = draw.sample(BANKS, 2)
        return f"{payer},{payee},{draw.randrange(100, 5_000_000) / 100:.2f},USD"

    write_day(path, rows, "payer,payee,amount,currency", fields)


def run_day(folder, rows):
    """Processor seconds and the most memory in bytes of a day on one thread."""
    write_banks(os.path.join(folder, "day.csv"), rows)
    scenario = os.path.join(folder, "day.yaml")
    with open(scenario, "w", encoding="utf-8") as file:
        file.write(bank_scenario("day.csv"))
    process = subprocess.Popen(
        [PROGRAM, "run", scenario, "--threads", "1", "--quiet", "--output",
         os.path.join(folder, f"result-{rows}")], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"trace_rows: a day of {rows} payments: ended with {status >> 8}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def measure_day(folder):
    """Rows of a day of few and of 1 million payments between banks; whether it is in its bounds."""
    few, base = run_day(folder, 1_000)
    results = [[1_000, f"{few:.2f}", "", base // 2**20]]
    rows = 1_000_000
    seconds, peak = run_day(folder, rows)
    each = (peak - base) / rows
    results.append([rows, f"{seconds:.2f}", f"{each:.0f}", peak // 2**20])
    is_in = seconds <= DAY_SECONDS and each <= DAY_BYTES
    print(f"{rows:>10} payments of a day: {seconds:.2f} s, {each:.0f} bytes a payment"
          f"{'' if is_in else ' BEYOND THE BOUND'}")
    return results, is_in


def write(path, rows):
    """Payments of 10,000 merchants."""
    draw = random.Random(1)
    write_day(
        path, rows, "merchant,amount",
        lambda: f"M{draw.randrange(10_000):05d},{draw.randrange(100, 50_000) / 100:.2f}")


def measure(folder, name, text):
    """The least wall time in seconds, and the most memory in bytes, of a scenario's check."""
    scenario = os.path.join(folder, "rows.yaml")
    with open(scenario, "w", encoding="utf-8") as file:
        file.write(text)
    times, peak = [], 0
    for _ in range(ROUNDS):
        start = time.monotonic()
        process = subprocess.Popen(
            [PROGRAM, "validate", "--quiet", scenario], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        times.append(time.monotonic() - start)
        peak = max(peak, usage.ru_maxrss * 1024)
        if status != 0:
            sys.exit(f"trace_rows: {name}: ended with {status >> 8}")
    return min(times), peak


def main():
    folder = tempfile.mkdtemp()
    results = []
    try:
        for kind, make, text in [
            ("cards", write, lambda name: SCENARIO.format(file=name)),
            ("banks", write_banks, bank_scenario),
        ]:
            make(os.path.join(folder, "few.csv"), 10)
            base, empty = measure(folder, "few.csv", text("few.csv"))
            for rows in [1_000_000, 10_000_000]:
                for suffix in [".csv", ".csv.gz"]:
                    name = f"rows{suffix}"
                    make(os.path.join(folder, name), rows)
                    size = os.path.getsize(os.path.join(folder, name))
                    seconds, peak = measure(folder, name, text(name))
                    each = (seconds - base) / rows * 1e9
                    results.append([
                        kind, rows, "gzip" if suffix.endswith("gz") else "plain", size,
                        f"{seconds:.2f}", f"{each:.0f}", f"{rows / (seconds - base):.0f}",
                        f"{(peak - empty) / rows:.1f}"])
                    print(f"{rows:>10} rows of {kind} {results[-1][2]:5}: {each:.0f} ns a row, "
                          f"{results[-1][7]} bytes a row"
                          f"{'' if each <= LIMIT_NANOSECONDS else ' SLOW'}")
                    os.remove(os.path.join(folder, name))
        day, is_in = measure_day(folder)
    finally:
        shutil.rmtree(folder)
    os.makedirs(TARGET, exist_ok=True)
    with open(os.path.join(TARGET, "rows.csv"), "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([
            "kind", "rows", "form", "bytes", "seconds", "nanoseconds_a_row", "rows_a_second",
            "memory_bytes_a_row"])
        table.writerows(results)
    with open(os.path.join(TARGET, "day.csv"), "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["payments", "cpu_seconds", "bytes_a_payment", "peak_mib"])
        table.writerows(day)
    sys.exit(not is_in or any(float(row[5]) > LIMIT_NANOSECONDS for row in results))


if __name__ == "__main__":
    main()
