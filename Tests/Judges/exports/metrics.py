"""The OpenMetrics export, by the reference parser and by Prometheus' own promtool."""

import os
import re
import subprocess
import tempfile
from datetime import datetime, timezone

from prometheus_client.openmetrics.parser import text_string_to_metric_families

from .place import Findings

NAME = "metrics.txt"
# What the design documents name and nothing simulates.
ABSENT = ["settle_consensus_rounds_completed", "settle_replication_lag", "settle_chargeback"]
UNITS = {"nanoseconds": "seconds", "seconds": "seconds", "ratio": "ratio"}
RESERVED = ("_total", "_count", "_sum", "_bucket", "_info", "_created")
PARTS = ("count", "mean", "p50", "p95", "p99", "p999", "max")


def start_of(place):
    day = re.search(r'date: "([0-9-]+)"', place.json("r/manifest.json")["scenario"]["text"])
    return datetime.fromisoformat(day.group(1)).replace(tzinfo=timezone.utc).timestamp()


def judge(place):
    findings = Findings()
    try:
        families = {f.name: f for f in text_string_to_metric_families(place.text(NAME))}
    except ValueError as error:
        return Findings([f"not OpenMetrics: {error}"])
    summary = place.summary
    end = start_of(place) + summary["virtual_time_ns"] / 1e9
    samples = [s for family in families.values() for s in family.samples]
    for sample in samples:
        if sample.timestamp is None or not start_of(place) <= float(sample.timestamp) <= end + 1e-6:
            findings.append(f"{sample.name} at {sample.timestamp}, the run ends at {end}")
        findings.equal(f"{sample.name} scenario", sample.labels.get("scenario"), "tiny")
        findings.equal(
            f"{sample.name} run", sample.labels.get("run"), summary["identity"]["digest"])
    for family in families.values():
        findings.expect(family.documentation, f"{family.name} has no HELP")
    for name in families:
        findings.expect(not name.startswith(tuple(ABSENT)), f"{name} is told and not simulated")
    check_values(families, summary, findings)
    check_figures(families, place, findings)
    # It takes seconds, which a fault that is planted need not.
    if not place.changed:
        check_promtool(place, len(samples), findings)
    return findings


def value(families, name, suffix="", **labels):
    if name not in families:
        return None
    found = [
        s.value for s in families[name].samples
        if s.name == name + suffix and all(s.labels.get(k) == v for k, v in labels.items())]
    return found[-1] if found else None


def check_values(families, summary, findings):
    latencies = {row["name"]: row for row in summary["latencies"]}
    for name, stem in [("transaction", "authorization"), ("settlement", "settlement")]:
        metric = f"settle_{name}_latency_ms"
        for quantile, key in [("0.5", "p50"), ("0.95", "p95"), ("0.99", "p99"), ("0.999", "p999")]:
            findings.equal(
                f"{metric} {quantile}", value(families, metric, quantile=quantile),
                latencies[stem][key + "_ns"] / 1e6)
        count = value(families, metric, "_count")
        findings.equal(f"{metric} count", count, latencies[stem]["count"])
    for stem, row in latencies.items():
        metric = f"settlesim_{stem}_latency_seconds"
        findings.equal(f"{metric} count", value(families, metric, "_count"), row["count"])
        mean = value(families, metric, "_sum") / row["count"]
        findings.expect(abs(mean * 1e9 - row["mean_ns"]) <= 1, f"{metric}: mean {mean}")
        check_quantile(families[metric], row, findings)
    metrics = summary["metrics"]
    accepted = value(families, "settle_transactions", "_total", kind="payment", state="accepted")
    findings.equal("accepted", accepted, metrics["payments.accepted"])
    settled = value(families, "settle_transactions", "_total", kind="payment", state="settled")
    findings.equal("settled", settled, metrics["payments.settled"] + metrics["payments.refunded"])
    findings.equal("lost", value(families, "settle_data_loss_events"), metrics["payments.lost"])
    findings.equal("fx", value(families, "settle_fx_costs", "_total"), metrics["cost.fx"])
    findings.equal(
        "cost", value(families, "settle_cost_per_transaction"), metrics["cost_per_payment"])
    lags = [s.value for s in families["settle_bus_lag_records"].samples]
    findings.equal("largest lag", max(lags), metrics["bus.maximum_lag"])
    rates = [s for s in families["settle_transactions_per_second"].samples]
    findings.expect(len(rates) > 10 and sum(s.value for s in rates) > 0, "no rates over time")
    strategies = summary["strategies"]
    chosen = next(row for row in strategies if row["chosen"])
    saved = strategies[0]["total_cost"]["minor_units"] - chosen["total_cost"]["minor_units"]
    told = value(families, "settle_cost_savings", "_total")
    findings.expect(abs(told * 100 - saved) < 1e-3, f"saved {told}, in the summary {saved} cents")


def check_quantile(family, row, findings):
    """The bucket in which the median of the buckets lies holds the median of the summary."""
    buckets = [
        (float(s.labels["le"]), s.value) for s in family.samples if s.name.endswith("_bucket")]
    for key, share in [("p50_ns", 0.5), ("p99_ns", 0.99)]:
        rank = share * row["count"]
        bound = next(le for le, count in buckets if count >= rank)
        below = max([le for le, count in buckets if count < rank], default=-1)
        inside = below * 1e9 < row[key] <= bound * 1e9 + 1
        findings.expect(inside, f"{family.name}: {key} {row[key]} is not in ({below}, {bound}]")


def check_figures(families, place, findings):
    told = set()
    for row in place.rows("r/metrics.csv"):
        parts = row["name"].split(".")
        if len(parts) == 2 and parts[0].endswith("_latency") and parts[1] in PARTS:
            continue
        name = "settlesim_" + re.sub("[^A-Za-z0-9]", "_", row["name"])
        unit = UNITS.get(row["unit"], "")
        if unit and not name.endswith("_" + unit):
            name += "_" + unit
        if name.endswith(RESERVED):
            name += "_value"
        told.add(name)
        if not row["value"]:
            findings.expect(name not in families, f"{name} is told and was not measured")
            continue
        factor = 1e-9 if row["unit"] == "nanoseconds" else 1
        found = value(families, name)
        expected = float(row["value"]) * factor
        if found is None or abs(found - expected) > 1e-12 * max(1, abs(expected)):
            findings.append(f"{name}: {found}, in metrics.csv {expected}")
    others = [
        name for name, family in families.items()
        if name.startswith("settlesim_") and family.type == "gauge" and name not in told]
    findings.equal("gauges that are no figures", others, [])


def check_promtool(place, count, findings):
    """Every sample comes back out of the blocks of a database that promtool made of the file."""
    with tempfile.TemporaryDirectory() as directory:
        made = subprocess.run(
            ["promtool", "tsdb", "create-blocks-from", "openmetrics", place.path(NAME), directory],
            capture_output=True, text=True)
        findings.expect(made.returncode == 0, f"promtool: {made.stderr.strip()}")
        if made.returncode != 0:
            return
        # A database of a running Prometheus has a log, and the tool wants one.
        os.mkdir(os.path.join(directory, "wal"))
        dump = subprocess.run(
            ["promtool", "tsdb", "dump", directory], capture_output=True, text=True)
        lines = [line for line in dump.stdout.splitlines() if line.startswith("{")]
        findings.equal("samples in the database", len(lines), count)


FAULTS = {
    "a bucket that shrinks": lambda t: re.sub(
        r'(_latency_seconds_bucket\{[^}]*le="\+Inf"\}) \d+', r"\1 1", t, count=1),
    "a latency off by a millisecond": lambda t: re.sub(
        r'(settle_transaction_latency_ms\{[^}]*quantile="0.99"\} )(\d+)',
        lambda m: m[1] + str(int(m[2]) + 1), t),
    "no end mark": lambda t: t.replace("# EOF\n", ""),
    "a sample after the run": lambda t: re.sub(
        r"(settle_data_loss_events\{[^}]*\} \S+) \d", r"\1 9", t),
    "a metric that is not simulated": lambda t: t.replace(
        "# EOF", "# TYPE settle_consensus_rounds_completed gauge\n# EOF"),
    "a figure left out": lambda t: re.sub(r"settlesim_steps_held\{.*\n", "", t),
}
