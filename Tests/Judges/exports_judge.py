#!/usr/bin/env python3
"""Judges every export of a run by readers that others wrote.

    exports_judge.py DIRECTORY

DIRECTORY holds the result of a run with details and every payment traced in `r`, and beside it
metrics.txt, trace.json.gz, otlp.json, bus.hgrm, commit.hgrm, summary.ndjson, results.sql and
junit.xml. Afterwards faults are planted, one after the other, each of which the judge of its export
must find. Prints what is wrong, a line each; exits with 1 if anything is.
"""

import os
import re
import sys
import time
import xml.etree.ElementTree

from exports import metrics, spans, tables
from exports.place import Findings, Place


def judge_junit(place):
    findings = Findings()
    suites = xml.etree.ElementTree.fromstring(place.text("junit.xml"))
    cases = {case.get("classname").split(".")[-1] + "/" + case.get("name"): case
             for case in suites.iter("testcase")}
    summary = place.summary
    expected = ["run/comes to its end"]
    expected += ["thresholds/" + row["text"] for row in summary["thresholds"]]
    expected += ["levels/" + row["name"] for row in summary["levels"]]
    expected += ["invariants/" + row["name"] for row in summary["invariants"]]
    findings.equal("cases", sorted(cases), sorted(expected))
    for name, case in cases.items():
        facts = case.findtext("system-out") or ""
        findings.expect("of virtual time" in facts, f"{name} tells no time")
        if name.startswith(("thresholds/", "levels/")):
            told = re.search("expected .+\nactual   .+", facts)
            findings.expect(told, f"{name} tells no limit and no value: {facts!r}")
    run = cases["run/comes to its end"]
    findings.equal("time", round(float(run.get("time")) * 1e9), summary["virtual_time_ns"])
    return findings


FAULTS_JUNIT = {
    "a case left out": lambda t: re.sub(r"    <testcase name=\"intake p99\".*?</testcase>\n", "", t,
                                        flags=re.S),
    "no value": lambda t: t.replace("actual   ", "", 1),
}

# The judge of each export, and the faults it must find by the file they are planted in.
JUDGES = [
    ("OpenMetrics", metrics.judge, {metrics.NAME: metrics.FAULTS}),
    ("Perfetto", spans.judge_perfetto, {spans.PERFETTO: spans.FAULTS_PERFETTO}),
    ("OTLP", spans.judge_otlp, {spans.OTLP: spans.FAULTS_OTLP}),
    ("spans", spans.judge_spans, {"r/spans.csv": spans.FAULTS_SPANS}),
    ("percentiles", spans.judge_percentiles, {"commit.hgrm": spans.FAULTS_PERCENTILES}),
    ("CSV", tables.judge_csv, tables.FAULTS_CSV),
    ("NDJSON", tables.judge_lines, {"summary.ndjson": tables.FAULTS_LINES}),
    ("SQL", tables.judge_sql, {tables.SQL: tables.FAULTS_SQL}),
    ("JUnit", judge_junit, {"junit.xml": FAULTS_JUNIT}),
]


def finds(judge, place):
    try:
        return bool(judge(place))
    except Exception:
        return True


def main(directory):
    wrong = []
    for name, judge, faults in JUDGES:
        began = time.monotonic()
        place = Place(directory)
        wrong += [f"{name}: {line}" for line in judge(place)[:20]]
        for file, changes in faults.items():
            for fault, change in changes.items():
                text = place.text(file)
                changed = change(text)
                if changed == text:
                    wrong.append(f"{name}: {fault} could not be planted")
                    continue
                place.changed = {file: changed}
                if not finds(judge, place):
                    wrong.append(f"{name}: {fault} was not found")
                place.changed = {}
        if os.environ.get("SETTLESIM_JUDGE_TIMES"):
            print(f"{name} {time.monotonic() - began:.1f} s", file=sys.stderr)
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
