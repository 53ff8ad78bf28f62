import Text
import Measurement

/// A file of a result whose text is made piece by piece as it is written.
struct StandardFile {
  let name: String
  let pieces: AnySequence<String>

  init(_ name: String, _ pieces: AnySequence<String>) {
    self.name = name
    self.pieces = pieces
  }

  init(_ name: String, _ text: @autoclosure @escaping () -> String) {
    self.init(name, AnySequence(CollectionOfOne(()).lazy.map { text() }))
  }

  /// All of it.
  var text: String { pieces.joined() }
}

/// The files every result has.
enum StandardFiles {
  /// The files that are the same in every run of the same scenario, seed and overrides: summary,
  /// page, series, and a file for each table that has rows.
  static func deterministic(_ result: RunResult) -> [StandardFile] {
    var files = [
      StandardFile("summary.json", SummaryDocument.json(result).encoded()),
      StandardFile("report.html", HTMLReport.render(result)),
      StandardFile("timeseries.csv", timeSeries(result.series)),
      StandardFile(SeriesFile.name, SeriesFile.pieces(result.arrivals)),
    ]
    if let series = result.settlementSeries {
      files.append(StandardFile("settlement.csv", timeSeries(series)))
    }
    if let series = result.transferSeries {
      files.append(StandardFile("transfers.csv", timeSeries(series)))
    }
    for table in RunTables.all + RunTables.large
    where table.rows(of: result).contains(where: { _ in true }) {
      files.append(StandardFile(table.file, table.csv(result)))
    }
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
}
