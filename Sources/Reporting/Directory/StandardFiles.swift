import Text
import Measurement

/// The files every result has.
enum StandardFiles {
  /// The files that are the same in every run of the same scenario, seed and overrides.
  static func deterministic(_ result: RunResult) -> [(name: String, text: String)] {
    var files = [
      ("summary.json", SummaryDocument.json(result).encoded()),
      ("timeseries.csv", timeSeries(result.series)),
      ("latencies.csv", latencies(result.latencies)),
      ("strategies.csv", strategies(result.strategies)),
      ("merchants.csv", merchants(result.topMerchants)),
      ("report.html", HTMLReport.render(result)),
    ]
    if let series = result.settlementSeries {
      files.append(("settlement.csv", timeSeries(series)))
    }
    if let series = result.transferSeries {
      files.append(("transfers.csv", timeSeries(series)))
    }
    if !result.banks.isEmpty { files.append(("banks.csv", banks(result.banks))) }
    if !result.plans.isEmpty { files.append(("plans.csv", plans(result.plans))) }
    return files
  }

  /// `environment.json`.
  static func environment(_ environment: RunEnvironment) -> CanonicalJSON {
    [
      "started_at": .string(environment.startedAt),
      "wall_seconds": .decimal(environment.wallSeconds),
      "total_seconds": .decimal(environment.totalSeconds),
      "payments_per_second": .decimal(environment.paymentsPerSecond),
      "transfers_per_second": .decimal(environment.transfersPerSecond),
      "events_per_second": .decimal(environment.eventsPerSecond),
      "threads": .int(environment.threads),
      "cores": .int(environment.cores),
      "operating_system": .string(environment.operatingSystem),
      "swift_version": .string(environment.swiftVersion),
      "libraries": .array(
        environment.libraries.map { ["name": .string($0.name), "version": .string($0.text)] }),
      "memory": [
        "allocated_bytes": .int(environment.allocatedBytes),
        "resident_bytes": .int(environment.residentBytes),
        "peak_resident_bytes": .int(environment.peakResidentBytes),
      ],
      "command_line": .array(environment.commandLine.map(CanonicalJSON.string)),
    ]
  }

  /// One row per slot of virtual time; the first column is the start of the slot (s).
  static func timeSeries(_ series: TimeSeries?) -> String {
    guard let series else { return CSV.encode([["slot_start_s"]]) }
    var rows = [["slot_start_s"] + series.columns.map(\.name)]
    for slot in 0..<series.slotCount {
      let start = Int128(series.slotLength) * Int128(slot)
      rows.append(
        [seconds(start)]
          + series.columns.indices.map { String(series.value($0, slot: slot)) })
    }
    return CSV.encode(rows)
  }

  /// Whole seconds without decimals, others with nine.
  static func seconds(_ nanoseconds: Int128) -> String {
    nanoseconds % 1_000_000_000 == 0
      ? String(nanoseconds / 1_000_000_000) : fixedPoint(nanoseconds, decimals: 9)
  }

  static func latencies(_ rows: [LatencyRow]) -> String {
    let header = [
      "name", "note", "count", "mean_ns", "p50_ns", "p95_ns", "p99_ns", "p999_ns", "max_ns",
    ]
    return CSV.encode(
      [header]
        + rows.map { row in
          [row.name, row.note, String(row.count)]
            + [row.mean, row.p50, row.p95, row.p99, row.p999, row.max].map { String($0) }
        })
  }

  static func strategies(_ rows: [StrategyRow]) -> String {
    let header = [
      "name", "parameters", "chosen", "pricing", "wires", "currency", "wire_cost", "fx_cost",
      "total_cost",
      "savings_ratio",
    ]
    return CSV.encode(
      [header]
        + rows.map { row in
          [
            row.name, row.parameters, String(row.isChosen),
            row.isSimulated ? "simulated" : "shadow",
            String(row.wires), row.totalCost.currency,
            major(row.wireCost), major(row.fxCost), major(row.totalCost),
            row.savingsRatio.map { "\($0)" } ?? "",
          ]
        })
  }

  static func merchants(_ rows: [MerchantRow]) -> String {
    CSV.encode(
      [["name", "payments", "currency", "captured", "settled"]]
        + rows.map { row in
          [
            row.name, String(row.payments), row.captured.currency, major(row.captured),
            major(row.settled),
          ]
        })
  }

  /// The amount in major units, exact.
  static func major(_ amount: ReportedAmount) -> String {
    fixedPoint(Int128(amount.minorUnits), decimals: amount.decimals)
  }
}
