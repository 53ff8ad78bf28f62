#!/usr/bin/env python3
"""Measures how fast recorded payments are read, and what memory that takes.

`settlesim validate` reads the whole trace and keeps what a run needs of it. It is timed on 1 and 10
million rows, plain and gzip, each the least of three rounds, less what it takes on 10 rows; memory
is the most that it ever held. A measurement and no test: Results/reference/traces/rows.csv.

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


def write(path, rows):
    """A day of `rows` payments of 10,000 merchants, in the order of time."""
    draw = random.Random(1)
    opened = gzip.open(path, "wt", compresslevel=6) if path.endswith(".gz") else open(path, "w")
    with opened as file:
        file.write("id,time,merchant,amount\n")
        for row in range(rows):
            second, millis = divmod(row * 86_400_000 // rows, 1_000)
            minute, hour = second // 60 % 60, second // 3_600
            file.write(
                f"P{row:08d},2026-03-02T{hour:02d}:{minute:02d}:{second % 60:02d}.{millis:03d}Z,"
                f"M{draw.randrange(10_000):05d},{draw.randrange(100, 50_000) / 100:.2f}\n")


def measure(folder, name):
    """The least wall time in seconds, and the most memory in bytes, of a scenario's check."""
    scenario = os.path.join(folder, "rows.yaml")
    with open(scenario, "w", encoding="utf-8") as file:
        file.write(SCENARIO.format(file=name))
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
        write(os.path.join(folder, "few.csv"), 10)
        base, empty = measure(folder, "few.csv")
        for rows in [1_000_000, 10_000_000]:
            for suffix in [".csv", ".csv.gz"]:
                name = f"rows{suffix}"
                write(os.path.join(folder, name), rows)
                size = os.path.getsize(os.path.join(folder, name))
                seconds, peak = measure(folder, name)
                each = (seconds - base) / rows * 1e9
                results.append([
                    rows, "gzip" if suffix.endswith("gz") else "plain", size, f"{seconds:.2f}",
                    f"{each:.0f}", f"{rows / (seconds - base):.0f}",
                    f"{(peak - empty) / rows:.1f}"])
                print(f"{rows:>10} rows {results[-1][1]:5}: {each:.0f} ns a row, "
                      f"{results[-1][6]} bytes a row{'' if each <= LIMIT_NANOSECONDS else ' SLOW'}")
                os.remove(os.path.join(folder, name))
    finally:
        shutil.rmtree(folder)
    os.makedirs(TARGET, exist_ok=True)
    with open(os.path.join(TARGET, "rows.csv"), "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([
            "rows", "form", "bytes", "seconds", "nanoseconds_a_row", "rows_a_second",
            "memory_bytes_a_row"])
        table.writerows(results)
    sys.exit(any(float(row[4]) > LIMIT_NANOSECONDS for row in results))


if __name__ == "__main__":
    main()
