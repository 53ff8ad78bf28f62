"""The traced payments: Trace Event JSON, OTLP JSON and percentile distributions against spans.csv.

No trace processor can be installed from Debian or PyPI, so the first is judged by the published
rules of the Trace Event format; OTLP by the published protocol buffers; percentiles by
HdrHistogram.
"""

import base64
import json
import re
from collections import defaultdict

from google.protobuf import json_format
from hdrh.histogram import HdrHistogram
from opentelemetry.proto.trace.v1.trace_pb2 import TracesData

from .metrics import start_of
from .place import Findings

PERFETTO = "trace.json.gz"
OTLP = "otlp.json"
APART = ("acquirer statement", "bank statement")


def strict(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"a key stands twice in {keys}")
    return dict(pairs)


def place_of(row):
    """What the exports call the payment of a row of spans.csv: its cell from 1, and its number."""
    cell, number = re.fullmatch(r"cell-(\d+)/payment-(\d+)", row["payment"]).groups()
    return f"{int(cell) + 1:08x}{int(number):08x}"


def key_of(row):
    return (place_of(row), row["name"], int(row["start_ns"]), int(row["end_ns"]))


def judge_perfetto(place):
    findings = Findings()
    try:
        document = json.loads(place.text(PERFETTO), object_pairs_hook=strict)
    except ValueError as error:
        return Findings([f"not JSON: {error}"])
    if place.bytes(PERFETTO)[:2] != b"\x1f\x8b":
        findings.append("not gzip")
    processes, threads, used = {}, {}, set()
    stacks, ends, found = defaultdict(list), {}, []
    for event in document["traceEvents"]:
        text = json.dumps(event)
        for name, kind in [("ph", str), ("name", str), ("pid", int)]:
            findings.expect(isinstance(event.get(name), kind), f"{name} in {text}")
        phase = event["ph"]
        if phase == "M":
            argument = event["args"]
            if event["name"] == "process_name":
                processes[event["pid"]] = argument["name"]
            if event["name"] == "thread_name":
                threads[event["pid"], event["tid"]] = argument["name"]
            continue
        if phase not in ("b", "n", "e"):
            findings.append(f"phase {phase} is no asynchronous event: {text}")
            continue
        well_formed = (
            isinstance(event.get("cat"), str)
            and re.fullmatch("0x[0-9a-f]{16}", event.get("id", ""))
            and isinstance(event.get("ts"), (int, float)) and isinstance(event.get("tid"), int)
            and isinstance(event.get("args", {}), dict))
        findings.expect(well_formed, f"not an asynchronous event: {text}")
        used.add((event["pid"], event["tid"]))
        track = (event["cat"], event["id"], event["pid"])
        stamp = round(event["ts"] * 1000)
        findings.expect(stamp >= ends.get(track, stamp), f"goes back in time: {text}")
        ends[track] = stamp
        trace = event["id"][2:]
        if phase == "b":
            stacks[track].append((event["name"], stamp))
        elif phase == "e":
            if not stacks[track] or stacks[track][-1][0] != event["name"]:
                findings.append(f"ends what does not run: {text}")
                continue
            name, start = stacks[track].pop()
            found.append((trace, name, start, stamp))
        else:
            findings.expect(stacks[track], f"an instant outside of its payment: {text}")
            found.append((trace, event["name"], stamp, stamp))
    for track, stack in stacks.items():
        findings.expect(not stack, f"{track}: {stack} never end")
    findings.expect(all(p in threads and p[0] in processes for p in used), "unnamed thread")
    expected = sorted(key_of(row) for row in place.rows("r/spans.csv"))
    findings.expect(sorted(found) == expected, "its spans are not those of spans.csv")
    return findings


def judge_otlp(place):
    findings = Findings()
    document = place.json(OTLP)
    for resource in document["resourceSpans"]:
        for span in resource["scopeSpans"][0]["spans"]:
            for name, size in [("traceId", 16), ("spanId", 8), ("parentSpanId", 8)]:
                if name not in span:
                    continue
                data = bytes.fromhex(span[name])
                findings.expect(len(data) == size and any(data), f"{name} {span[name]}")
                # OTLP departs from protocol buffers' JSON here: hexadecimal in place of Base64.
                span[name] = base64.b64encode(data).decode()
    try:
        data = json_format.ParseDict(document, TracesData())
    except json_format.ParseError as error:
        return findings + [f"not TracesData: {error}"]
    start = int(start_of(place)) * 1_000_000_000
    spans, found = {}, []
    for resource in data.resource_spans:
        words = {a.key: a.value.string_value for a in resource.resource.attributes}
        findings.expect(words.get("service.name"), "a resource without service.name")
        for span in resource.scope_spans[0].spans:
            findings.expect(span.span_id not in spans, f"two spans {span.span_id.hex()}")
            spans[span.span_id] = span
            found.append((
                span.trace_id.hex()[:16], span.name, span.start_time_unix_nano - start,
                span.end_time_unix_nano - start))
    for span in spans.values():
        if not span.parent_span_id:
            findings.equal("the root", span.name, "payment")
            continue
        parent = spans.get(span.parent_span_id)
        if parent is None or parent.trace_id != span.trace_id:
            findings.append(f"{span.name}: no parent in its trace")
            continue
        inside = (
            parent.start_time_unix_nano <= span.start_time_unix_nano
            and span.end_time_unix_nano <= parent.end_time_unix_nano)
        findings.expect(inside or span.name in APART, f"{span.name} lies across {parent.name}")
    expected = sorted(key_of(row) for row in place.rows("r/spans.csv"))
    findings.expect(sorted(found) == expected, "its spans are not those of spans.csv")
    return findings


def judge_spans(place):
    """With every payment traced, the spans are the steps and the latencies that were counted."""
    findings = Findings()
    rows = place.rows("r/spans.csv")
    counts = defaultdict(int)
    for row in rows:
        counts[row["name"]] += 1
    summary = place.summary
    metrics = summary["metrics"]
    latencies = {row["name"]: row for row in summary["latencies"]}
    steps = {row["name"]: row["count"] for row in summary["steps"]}
    for name, expected in [
        ("payment", metrics["payments.accepted"]), ("gateway", metrics["payments.accepted"]),
        ("capture", steps["captured"]), ("batch", steps["batched"]),
        ("acquirer statement", steps["stated_by_acquirer"]),
        ("attempt", metrics["acquirers.calls"]), ("reversal", metrics["acquirers.reversed"]),
        ("bus wait", latencies["bus"]["count"]), ("commit", latencies["commit"]["count"]),
    ]:
        findings.equal(f"spans {name}", counts[name], expected)
    settled = sum(
        "outcome=settled" in row["attributes"] for row in rows if row["name"] == "payment")
    findings.equal("settled", settled, metrics["payments.settled"] + metrics["payments.refunded"])
    ends = {row["payment"]: row["settled_ns"] for row in place.rows("r/obligations.csv")
            if row["kind"] == "capture"}
    for row in rows:
        if row["name"] == "batch" and row["open"] == "false":
            findings.equal(f"{row['payment']} settled", row["end_ns"], ends.get(row["payment"]))
        if row["open"] == "true":
            findings.equal("end of what is open", int(row["end_ns"]), summary["virtual_time_ns"])
    findings.expect(any(row["open"] == "true" for row in rows), "nothing is open at the horizon")
    judge_amounts(rows, summary, findings)
    return findings


def judge_amounts(rows, summary, findings):
    currencies, captured = {}, defaultdict(int)
    for row in rows:
        words = dict(word.split("=", 1) for word in row["attributes"].split(";") if word)
        if row["name"] == "payment":
            currencies[row["payment"]] = words["currency"]
        elif row["name"] == "capture":
            captured[currencies[row["payment"]]] += int(words["amount_minor"])
    for row in summary["money"]:
        expected = row["captured"]["minor_units"]
        findings.equal(f"captured {row['currency']}", captured[row["currency"]], expected)


LEVEL = re.compile(r" *([0-9.]+) ([0-9.]{14}) +([0-9]+)(?: +([0-9.]+))?$")


def judge_percentiles(place):
    findings = Findings()
    for stem, span in [("bus", "bus wait"), ("commit", "commit")]:
        values = [
            int(row["end_ns"]) - int(row["start_ns"]) for row in place.rows("r/spans.csv")
            if row["name"] == span and row["open"] == "false"]
        judge_distribution(place, stem, values, findings)
    return findings


def judge_distribution(place, stem, values, findings):
    name = f"{stem}.hgrm"
    lines = place.text(name).splitlines()
    header = ["Value", "Percentile", "TotalCount", "1/(1-Percentile)"]
    findings.equal(f"{name} header", lines[0].split(), header)
    findings.equal(f"{name} line 2", lines[1], "")
    levels = [LEVEL.match(line) for line in lines[2:-3]]
    if not all(levels):
        findings.append(f"{name}: {lines[2 + levels.index(None)]!r}")
        return
    reference = HdrHistogram(1, 10**12, 3)
    for value in values:
        reference.record_value(value)
    recorded = [
        (item.value_iterated_to, item.total_count_to_this_value)
        for item in reference.get_recorded_iterator()]
    expected = 0.0
    for match in levels:
        value, share, count = float(match[1]) * 1e6, float(match[2]), int(match[3])
        if match is levels[-1]:
            expected = 100.0
        findings.expect(abs(share * 100 - expected) < 1e-8, f"{name}: level {share} at {expected}")
        exact = next(v for v, c in recorded if 100.0 * c / len(values) >= expected)
        close = exact * (1 - 1e-3) - 1 <= value <= exact * (1 + 1 / 128 + 1e-3) + 1
        findings.expect(close, f"{name}: {share} is {value} ns, HdrHistogram has {exact}")
        below = sum(v <= value for v in values)
        findings.expect(count == below, f"{name}: {count} up to {value}, there are {below}")
        halvings = 1
        while (100 - expected) * halvings * 2 <= 100 and expected < 100:
            halvings *= 2
        expected += 100 / (5 * halvings * 2)
    findings.equal(f"{name} last level", float(levels[-1][2]), 1.0)
    numbers = [float(n) for n in re.findall(r"= +([0-9.]+)", "\n".join(lines[-3:]))]
    mean, deviation, largest, total = numbers[:4]
    findings.expect(abs(mean * 1e6 - sum(values) / len(values)) < 1, f"{name}: mean {mean}")
    exact = reference.get_stddev() / 1e6
    is_close = abs(deviation - exact) <= 0.01 * exact
    findings.expect(is_close, f"{name}: deviation {deviation}, HdrHistogram has {exact}")
    findings.equal(f"{name} largest", round(largest * 1e6), max(values))
    findings.equal(f"{name} count", total, len(values))


FAULTS_PERFETTO = {
    "an end without its begin": lambda t: re.sub(
        r'\{"ph":"b","cat":"payment","id":"[^"]*","name":"hold".*\n', "", t, count=1),
    "a span of another length": lambda t: re.sub(
        r'("ph":"e","cat":"bank statement".*?"ts":)(\d+)', lambda m: m[1] + str(int(m[2]) + 1), t,
        count=1),
    "an event of another phase": lambda t: t.replace('"ph":"n"', '"ph":"X"', 1).replace(
        '"ph":"b"', '"ph":"B"', 1),
    "a thread without a name": lambda t: t.replace('"name":"thread_name"', '"name":"thread"', 1),
}
FAULTS_OTLP = {
    "an unknown field": lambda t: t.replace('"kind":1', '"sort":1', 1),
    "a short id": lambda t: re.sub(r'("spanId":")..', r"\1", t, count=1),
    "an end that is later": lambda t: re.sub(
        r'("endTimeUnixNano":")(\d+)', lambda m: m[1] + str(int(m[2]) + 1), t, count=1),
    "a parent that is not there": lambda t: re.sub(
        r'"parentSpanId":"[0-9a-f]{4}', '"parentSpanId":"ffff', t, count=1),
}
FAULTS_SPANS = {
    "a span left out": lambda t: re.sub(r".*,commit,.*\n", "", t, count=1),
    "a batch that settles later": lambda t: re.sub(
        r"(,batch,\d+,\d+)(\d,false)", lambda m: m[1] + "7" + m[2], t, count=1),
}
FAULTS_PERCENTILES = {
    "a value 2 % higher": lambda t: re.sub(
        r"^ *([0-9.]+)( 0\.5000)", lambda m: f"{float(m[1]) * 1.02:12.6f}{m[2]}", t, flags=re.M),
    "a level left out": lambda t: re.sub(r".* 0\.30000.*\n", "", t),
    "a count less": lambda t: re.sub(r"(Total count += +)\d+", r"\g<1>3", t),
}
