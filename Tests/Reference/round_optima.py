#!/usr/bin/env python3
"""Collects problems of rounds from runs and stores what HiGHS finds of them.

    round_optima.py [--seconds S]

Writes Tests/OptimizationTests/References/Instances: the problems as `swift test` collects them, and
optima.json. Takes the tests' build and the .venv of `make test`.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
INSTANCES = ROOT / "Tests/OptimizationTests/References/Instances"
JUDGE = ROOT / "Tests/Judges/round_judge.py"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600)
    arguments = parser.parse_args()
    INSTANCES.mkdir(exist_ok=True)
    for file in INSTANCES.glob("*.json"):
        file.unlink()
    subprocess.run(
        ["swift", "test", "--skip-build", "--filter", "RoundInstanceTests"], cwd=ROOT, check=True,
        env={**os.environ, "SETTLESIM_ROUND_INSTANCES": str(INSTANCES)})
    optima = {}
    for file in sorted(INSTANCES.glob("*.json")):
        answer = subprocess.run(
            [sys.executable, JUDGE, file, "--seconds", str(arguments.seconds), "--gap", "1e-5"],
            check=True, stdout=subprocess.PIPE, text=True).stdout
        [optima[file.stem]] = json.loads(answer.splitlines()[-1])
        print(file.stem, optima[file.stem], flush=True)
    (INSTANCES / "optima.json").write_text(json.dumps(optima, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
