"""CSV, NDJSON and SQL of a result, read by DuckDB, pandas and SQLite."""

import json
import math
import re
import sqlite3
from decimal import Decimal

import duckdb
import pandas

from .place import Findings

SQL = "results.sql"
# Columns that are numbers wherever they stand in a file.
WHOLE = re.compile(r".*(_ns|_minor|_minor_units)$")


def judge_csv(place):
    findings = Findings()
    connection = duckdb.connect()
    for name in place.names(".csv"):
        judge_file(connection, place, name, findings)
    summary = place.summary
    judge_sums(connection, place, summary, findings)
    return findings


def judge_file(connection, place, name, findings):
    rows = place.rows(name)
    path = place.path(name)
    try:
        relation = connection.sql(
            f"SELECT * FROM read_csv('{path}', header = true, strict_mode = true, delim = ',', "
            "quote = '\"', escape = '\"', sample_size = -1, null_padding = false)")
        count = relation.aggregate("count(*)").fetchall()[0][0]
    except duckdb.Error as error:
        findings.append(f"{name}: DuckDB: {error}")
        return
    findings.equal(f"{name}: rows in DuckDB", count, len(rows))
    frame = pandas.read_csv(path, engine="c", on_bad_lines="error")
    findings.equal(f"{name}: rows in pandas", len(frame), len(rows))
    findings.equal(f"{name}: columns", list(frame.columns), relation.columns)
    for column, kind in zip(relation.columns, map(str, relation.types)):
        if not rows or not WHOLE.match(column):
            continue
        is_empty = all(row[column] == "" for row in rows)
        findings.expect(kind == "BIGINT" or is_empty, f"{name}: {column} is {kind} in DuckDB")
        total = sum(int(row[column]) for row in rows if row[column])
        summed = int(frame[column].dropna().map(int).sum())
        findings.equal(f"{name}: {column} in pandas", summed, total)


def judge_sums(connection, place, summary, findings):
    """Sums over files are the figures of the summary."""
    def one(query, **names):
        for key, name in names.items():
            query = query.replace(key, f"read_csv('{place.path(name)}', sample_size = -1)")
        return connection.execute(query).fetchone()[0]

    metrics = summary["metrics"]
    findings.equal(
        "payments of merchants", one("SELECT sum(payments) FROM FILE", FILE="r/merchants.csv"),
        metrics["payments.accepted"])
    findings.equal(
        "slots", one("SELECT sum(accepted) FROM FILE", FILE="r/timeseries.csv"),
        metrics["payments.accepted"])
    findings.equal(
        "captures",
        one("SELECT count(*) FROM FILE WHERE kind = 'capture'", FILE="r/obligations.csv"),
        metrics["steps.batched"])
    longest = one(
        "SELECT max(end_ns - start_ns) FROM FILE WHERE name = 'bus wait'", FILE="r/spans.csv")
    findings.equal(
        "longest wait on the bus", longest,
        next(row["max_ns"] for row in summary["latencies"] if row["name"] == "bus"))


def judge_lines(place):
    """The summary as NDJSON, and files of a result that are."""
    findings = Findings()
    name = "summary.ndjson"
    lines = place.text(name).splitlines()
    documents = [json.loads(line) for line in lines]
    findings.expect(len(pandas.read_json(place.path(name), lines=True)) == len(lines), "pandas")
    try:
        counts = dict(duckdb.execute(
            f"SELECT section, count(*) FROM read_json('{place.path(name)}', "
            "format = 'newline_delimited', records = true, sample_size = -1, "
            "map_inference_threshold = -1) GROUP BY 1"
        ).fetchall())
    except duckdb.Error as error:
        return findings + [f"DuckDB: {error}"]
    for section, value in place.summary.items():
        if isinstance(value, list) and section != "notes":
            findings.equal(f"lines of {section}", counts.get(section, 0), len(value))
    accepted = [d for d in documents if d["section"] == "metrics"][0]["payments.accepted"]
    findings.equal("accepted", accepted, place.summary["metrics"]["payments.accepted"])
    for name in place.names(".ndjson"):
        lines = place.text(name).splitlines()
        if lines:
            found = duckdb.execute(
                f"SELECT count(*) FROM read_json('{place.path(name)}', "
                "format = 'newline_delimited')"
            ).fetchone()[0]
            findings.equal(f"{name} in DuckDB", found, len(lines))
    return findings


def judge_sql(place):
    """The statements load in DuckDB and SQLite, and hold what the files do."""
    findings = Findings()
    duck, lite = duckdb.connect(), sqlite3.connect(":memory:")
    script = place.text(SQL)
    for name, load in [("DuckDB", duck.execute), ("SQLite", lite.executescript)]:
        try:
            load(script)
        except (duckdb.Error, sqlite3.Error) as error:
            return Findings([f"{name}: {error}"])
    tables = [row[0] for row in duck.execute(
        "SELECT table_name FROM information_schema.tables ORDER BY 1").fetchall()]
    listed = [row[0] for row in lite.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").fetchall()]
    findings.equal("tables", listed, tables)
    for table in tables:
        duck_rows = duck.execute(f'SELECT * FROM "{table}"').fetchall()
        lite_rows = lite.execute(f'SELECT * FROM "{table}"').fetchall()
        findings.equal(f"{table}: rows", len(lite_rows), len(duck_rows))
        same = all(
            alike(a, b) for x, y in zip(duck_rows, lite_rows) for a, b in zip(x, y, strict=True))
        findings.expect(same, f"{table}: DuckDB and SQLite differ")
    for file in place.names(".csv"):
        table = {"settlement": "settlement_series", "transfer_totals": "transfers"}.get(
            file[2:-4], file[2:-4])
        if table in tables:
            judge_table(duck, table, place.rows(file), file, findings)
    findings.expect("metrics" in tables and "run" in tables, f"tables {tables}")
    digest = duck.execute('SELECT digest FROM run').fetchone()[0]
    findings.equal("digest", digest, place.summary["identity"]["digest"])
    return findings


def judge_table(connection, table, rows, file, findings):
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    columns = [column[0] for column in cursor.description]
    found = [dict(zip(columns, row)) for row in cursor.fetchall()]
    findings.equal(f"{table}: rows as in {file}", len(found), len(rows))
    for row, told in zip(found, rows):
        for column, text in told.items():
            if column not in row:
                is_start = column == "slot_start_s"
                expected = is_start and row["slot_start_ns"] == Decimal(text) * 10**9
                findings.expect(expected, f"{table}: no {column}")
            elif not written(row[column], text):
                findings.append(f"{table}: {column} is {row[column]!r}, in {file} {text!r}")
            minor = row.get(column + "_minor")
            if minor is not None:
                digits = len(text.partition(".")[2])
                findings.equal(f"{table}: {column}_minor", minor, int(Decimal(text).scaleb(digits)))


def written(value, text):
    if value is None:
        return text == ""
    if isinstance(value, bool):
        return text == ("true" if value else "false")
    if isinstance(value, (int, Decimal)):
        return Decimal(text) == value
    if isinstance(value, float):
        return float(text) == value
    return text == value


def alike(one, other):
    if isinstance(one, Decimal):
        return other is not None and math.isclose(float(one), other, rel_tol=1e-14, abs_tol=1e-12)
    return one == other


FAULTS_CSV = {
    "r/merchants.csv": {
        "a payment less": lambda t: re.sub(
            r"(merchant-\d+,)(\d+)", lambda m: m[1] + str(int(m[2]) - 1), t, count=1),
        "a field more": lambda t: t.replace("\n", ",1\n", 2).replace(",1\n", "\n", 1),
    },
    "r/spans.csv": {
        "a word for a time": lambda t: re.sub(r"(,payment,)\d+", r"\1soon", t, count=1),
    },
}
FAULTS_LINES = {
    "a line left out": lambda t: re.sub(r'\{.*"section":"latencies".*\n', "", t, count=1),
    "half a line": lambda t: t[:-20],
}
FAULTS_SQL = {
    "a unit of money more": lambda t: re.sub(
        r"('USD', )([0-9]+)(\.\d\d, )", lambda m: m[1] + str(int(m[2]) + 1) + m[3], t, count=1),
    "half of it": lambda t: t[: len(t) // 2],
    "a row left out": lambda t: re.sub(r"\n  \('merchant-\d+'.*?\),", "\n ", t, count=1),
}
