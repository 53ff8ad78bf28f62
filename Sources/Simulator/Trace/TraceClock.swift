import Money
import Scenario
import Text

/// Says when the rows of a trace were, from one column or from several.
struct TraceClock {
  private let workload: TraceWorkload
  /// The zone of rows that do not say theirs; nil for UTC.
  private let zone: CivilTimeZone?
  /// The zone of the row before, which mostly is that of the next, as it is written there.
  private var last: (text: [UInt8], zone: CivilTimeZone)?
  /// Date and time of a row as one text.
  private var joined: [UInt8] = []

  init(_ workload: TraceWorkload) {
    self.workload = workload
    zone = workload.timeZone == "UTC" ? nil : CivilTimeZone(identifier: workload.timeZone)
  }

  /// The instant of a row, nanoseconds since 1970-01-01T00:00:00Z.
  mutating func instant(
    of row: borrowing CSVRow, _ columns: TraceColumns
  ) throws(RowFault) -> Int64 {
    guard let stamp = stamp(of: row, columns) else {
      let found = columns.date.map { row.text($0) + " " } ?? ""
      throw RowFault.unexpected(
        TraceTimestamp.expected(workload.dateOrder), workload.timeColumn,
        found + row.text(columns.time))
    }
    return try instant(of: stamp, in: row, columns)
  }

  /// The instant of a time that a row says, likewise.
  mutating func instant(
    of stamp: TraceTimestamp, in row: borrowing CSVRow, _ columns: TraceColumns
  ) throws(RowFault) -> Int64 {
    guard !stamp.isUTC, let zone = try zone(of: row, columns) else { return stamp.nanoseconds }
    let (days, rest) = stamp.nanoseconds.quotientAndRemainder(
      dividingBy: TraceTimestamp.nanosecondsPerDay)
    let (second, fraction) = rest.quotientAndRemainder(
      dividingBy: TraceTimestamp.nanosecondsPerSecond)
    let utc = zone.utcSeconds(
      of: CivilDate(dayNumber: Int(days)), at: TimeOfDay(secondsSinceMidnight: Int(second)))
    guard (0..<TraceTimestamp.endSeconds).contains(utc) else {
      throw RowFault("expected a time of the years 1970 to 2200", column: workload.timeColumn)
    }
    return utc * TraceTimestamp.nanosecondsPerSecond + fraction
  }

  private mutating func stamp(
    of row: borrowing CSVRow, _ columns: TraceColumns
  ) -> TraceTimestamp? {
    guard let date = columns.date else {
      return TraceTimestamp.parse(
        row.bytes.span.extracting(row.range(columns.time)), order: workload.dateOrder)
    }
    joined.removeAll(keepingCapacity: true)
    joined += row.bytes[row.range(date)]
    joined.append(0x20)
    joined += row.bytes[row.range(columns.time)]
    return TraceTimestamp.parse(joined.span, order: workload.dateOrder)
  }

  /// The zone that a row says or, where it says none, that of the scenario.
  private mutating func zone(
    of row: borrowing CSVRow, _ columns: TraceColumns
  ) throws(RowFault) -> CivilTimeZone? {
    guard let column = columns.zone else { return zone }
    let text = row.bytes[row.range(column)]
    if text.isEmpty { return zone }
    if let last, last.text.elementsEqual(text) { return last.zone }
    guard let found = CivilTimeZone(identifier: row.text(column)) else {
      throw RowFault.unexpected(
        "expected a time zone of the IANA database such as Europe/Berlin or CET",
        workload.zoneColumn, row.text(column))
    }
    last = (Array(text), found)
    return found
  }
}
