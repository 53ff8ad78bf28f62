#!/usr/bin/env python3
"""Best known costs of 48 planning instances, by HiGHS on the compact formulation.

    SETTLESIM_REFERENCE_INSTANCES=instances.json swift test --filter ReferenceOptimaTests
    .venv/bin/python3 Tests/Reference/reference_optima.py instances.json \
        --output Tests/OptimizationTests/reference-optima.json

The first line writes the instances, the second solves each of them for at most `--seconds`,
several at a time. The formulation is that of Tests/Judges/planning_judge.py, built from the
payments alone: shares of payment classes may be split there and every batch gets the discount, so
the true optimum of whole payments may be a little dearer. `objective` is the cheapest solution that
HiGHS found, `bound` is what it proved that none falls below; both are in minor units. Where the
time is up first, they depend on the machine; either stays true on every other.
"""
import argparse
import json
import multiprocessing
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Judges"))
import highspy  # noqa: E402
import planning_judge  # noqa: E402


def solve(work):
    instance, seconds, gap = work
    program = planning_judge.build(instance["problem"], tight=True)
    answer = program.solve(True, seconds, gap)
    parameters = {key: value for key, value in instance.items() if key != "problem"}
    return parameters | {
        "objective": round(answer["cost"], 3), "bound": round(answer["bound"], 3)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("instances")
    parser.add_argument("--output", required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--gap", type=float, default=1e-4)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    with open(arguments.instances, encoding="utf-8") as file:
        instances = json.load(file)
    work = [(instance, arguments.seconds, arguments.gap) for instance in instances]
    answers = []
    with multiprocessing.Pool(arguments.processes) as pool:
        for answer in pool.imap(solve, work):
            print(answer, file=sys.stderr, flush=True)
            answers.append(answer)
    result = {
        "solver": f"HiGHS {highspy.Highs().version()}", "secondsEach": arguments.seconds,
        "relativeGap": arguments.gap, "instances": answers}
    with open(arguments.output, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=2, sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    main()
