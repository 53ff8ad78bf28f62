#!/usr/bin/env python3
"""Compares the Swift kernel with a hand-written C++ loop and with SimPy on the tandem work.

Builds what is needed, runs the competitors in turn (so that a slow minute of the machine meets all
of them alike), compares round by round, and prints the ratios first, as medians. With --day the
standard day runs too, on one thread and on two.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / ".build" / "reference"

KERNEL_OVER_REFERENCE = 0.40
KERNEL_OVER_SIMPY = 10.0
DAY_OVER_REFERENCE = {1: 5.0, 2: 3.0}
DAY_GAIN = 1.6
DAY_MEBIBYTES = 512.0


def note(text):
    print(text, file=sys.stderr, flush=True)


def run(command, **options):
    """Runs a command from the package root; its output, or an exit that shows what it said."""
    command = [str(part) for part in command]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **options)
    if done.returncode != 0:
        note(done.stdout + done.stderr)
        sys.exit(f"compare: exit code {done.returncode} of: {' '.join(command)}")
    return done.stdout


def build_reference():
    candidates = [os.environ.get("CXX"), "g++", "clang++"]
    compiler = next((c for c in candidates if c and shutil.which(c)), None)
    if compiler is None:
        sys.exit("compare: no C++ compiler; install g++ or set CXX")
    BUILD.mkdir(parents=True, exist_ok=True)
    program = BUILD / "tandem"
    run([compiler, "-O3", "-std=c++17", "-Wall", "-Wextra", "-o", program, HERE / "tandem.cpp"])
    return program, run([compiler, "--version"]).splitlines()[0]


def build_simpy():
    """A virtual environment of its own, made again when the requirements change."""
    environment = BUILD / "venv"
    wanted = (HERE / "requirements.txt").read_text()
    stamp = environment / "requirements.stamp"
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(environment, ignore_errors=True)
        run([sys.executable, "-m", "venv", environment])
        pip = environment / "bin" / "pip"
        run([pip, "install", "--quiet", "--requirement", HERE / "requirements.txt"])
        stamp.write_text(wanted)
    return environment / "bin" / "python"


def build_swift(product):
    run(["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", product])
    return ROOT / ".build" / "release" / product


def parse(output):
    """The line `tandem payments N events N mean_latency_s X wall_s X ...` as a dictionary."""
    line = next((l for l in output.splitlines() if l.startswith("tandem ")), None)
    pairs = re.findall(r"(\w+) ([-+0-9.eE]+)", line.removeprefix("tandem ")) if line else []
    values = {key: float(value) for key, value in pairs}
    missing = [k for k in ("payments", "events", "mean_latency_s", "wall_s") if k not in values]
    if missing:
        sys.exit(f"compare: no {', '.join(missing)} in: {output!r}")
    if values["events"] != 7 * values["payments"]:
        sys.exit(f"compare: {values['events']:.0f} events are not seven a payment: {output!r}")
    if abs(values["mean_latency_s"] - 40.13) > 1:
        sys.exit(f"compare: the mean latency is far from the theory's 40.13 s: {output!r}")
    return values


def find_number(tree, key):
    """The first number stored under `key` at any depth of a JSON value."""
    if isinstance(tree, dict):
        value = tree.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else []
    found = (find_number(child, key) for child in children)
    return next((value for value in found if value is not None), None)


def run_day(program, scenario, threads):
    with tempfile.TemporaryDirectory(prefix="settlesim-compare-") as scratch:
        output = Path(scratch) / "result"
        flags = ["--threads", threads, "--output", output, "--quiet"]
        run([program, "run", scenario, *flags])
        environment = json.loads((output / "environment.json").read_text())
    values = {k: find_number(environment, k) for k in ("wall_seconds", "peak_resident_bytes")}
    missing = [key for key, value in values.items() if value is None]
    if missing:
        sys.exit(f"compare: environment.json has no {' and no '.join(missing)}")
    return values


def ratio_line(text, values, sign, bound, unit="x"):
    """A median against its bound, with the value of each round; whether it is within."""
    value = statistics.median(values)
    held = value >= bound if sign == ">=" else value <= bound
    verdict = "ok    " if held else "MISSED"
    rounds = " ".join(f"{v:.2f}" for v in values)
    print(f"  {text:<52} {value:7.2f} {unit:<3} ({sign} {bound:g}) {verdict}  [{rounds}]")
    return held


def ratios(numerators, denominators):
    """Round by round: what ran side by side is compared."""
    return [n / d for n, d in zip(numerators, denominators)]


def show_runs(name, unit, values, digits=0):
    listed = "  ".join(f"{value:,.{digits}f}" for value in values)
    print(f"  {name:<30} {statistics.median(values):>14,.{digits}f} {unit:<12} [{listed}]")


def measure(options):
    """Runs everything in turn; a list of results for each competitor."""
    reference, compiler = build_reference()
    note(f"compare: reference built by {compiler}")
    simpy = build_simpy()
    kernel = build_swift("tandem")
    day = build_swift("settlesim") if options.day else None
    busy = os.getloadavg()[0]
    if busy > 1:
        note(f"compare: the machine is busy (load {busy:.1f}); expect figures to scatter")
    results = {"reference": [], "simpy": [], "kernel": [], 1: [], 2: []}
    for number in range(1, options.runs + 1):
        note(f"compare: round {number} of {options.runs}")
        results["reference"].append(parse(run([reference, options.payments])))
        script = HERE / "tandem_simpy.py"
        results["simpy"].append(parse(run([simpy, script, options.simpy_payments])))
        flags = ["--payments", options.payments, "--suspension", options.suspension]
        results["kernel"].append(parse(run([kernel, *flags])))
        for threads in (1, 2) if day else ():
            results[threads].append(run_day(day, options.scenario, threads))
    return results


def report_day(results, options):
    # The reference is five million payments, whatever was run here.
    scale = 5_000_000 / options.payments
    loop = [result["wall_s"] * scale for result in results["reference"]]
    walls = {t: [result["wall_seconds"] for result in results[t]] for t in (1, 2)}
    peak = max(r["peak_resident_bytes"] for t in (1, 2) for r in results[t]) / 2**20
    return [
        ratio_line("standard day, 1 thread: wall time over the C++ loop", ratios(walls[1], loop),
                   "<=", DAY_OVER_REFERENCE[1]),
        ratio_line("standard day, 2 threads: wall time over the C++ loop", ratios(walls[2], loop),
                   "<=", DAY_OVER_REFERENCE[2]),
        ratio_line("standard day: one thread over two", ratios(walls[1], walls[2]), ">=",
                   DAY_GAIN),
        ratio_line("standard day: peak memory", [peak], "<=", DAY_MEBIBYTES, "MiB"),
    ]


def report(results, options):
    def rates(name, key):
        return [result[key] / result["wall_s"] for result in results[name]]

    cpp, kernel = rates("reference", "events"), rates("kernel", "events")
    simpy, payments = rates("simpy", "payments"), rates("kernel", "payments")
    print(f"Swift kernel ({options.suspension}), median of {options.runs} rounds [each round]")
    held = [
        ratio_line("tandem: events/s over the C++ loop", ratios(kernel, cpp), ">=",
                   KERNEL_OVER_REFERENCE),
        ratio_line("tandem: payments/s over SimPy", ratios(payments, simpy), ">=",
                   KERNEL_OVER_SIMPY),
    ]
    if options.day:
        held += report_day(results, options)
    print("\nmedians and single runs")
    show_runs("C++ loop", "events/s", cpp)
    show_runs("SimPy", "payments/s", simpy)
    show_runs("Swift kernel", "events/s", kernel)
    show_runs("Swift kernel", "payments/s", payments)
    for t in (1, 2) if options.day else ():
        show_runs(f"standard day, {t} thread{'s' if t > 1 else ''}", "s",
                  [r["wall_seconds"] for r in results[t]], 3)
    return all(held)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="rounds (3)")
    parser.add_argument("--payments", type=int, default=5_000_000, help="of C++ and Swift")
    parser.add_argument("--simpy-payments", type=int, default=100_000)
    parser.add_argument("--suspension", choices=("parking", "continuation"), default="parking")
    parser.add_argument("--day", action="store_true", help="run the standard day too")
    parser.add_argument("--scenario", default="Scenarios/standard-day.yaml")
    parser.add_argument("--check", action="store_true", help="exit 1 when a ratio is missed")
    options = parser.parse_args()
    if options.runs < 1 or options.payments < 10_000 or options.simpy_payments < 10_000:
        parser.error("at least one run, and 10,000 payments for a mean worth checking")
    held = report(measure(options), options)
    return 1 if options.check and not held else 0


if __name__ == "__main__":
    sys.exit(main())
