import Money
import Scenario
import Text

/// Says when the rows of recorded payments are: instants as in every trace, times of the run's
/// first day, and seconds since the run's start.
struct TransferClock {
  private let workload: TraceWorkload
  /// Nanoseconds from 1970-01-01T00:00:00Z to the start of the run.
  private let origin: Int64
  private var clock: TraceClock
  /// The date of times without one, as a trace writes dates, with the space that follows it.
  private let day: [UInt8]
  private var joined: [UInt8] = []

  init(_ workload: TraceWorkload, start: CivilDate) {
    self.workload = workload
    origin = Int64(start.dayNumber) * TraceTimestamp.nanosecondsPerDay
    clock = TraceClock(workload)
    let date =
      switch workload.dateOrder {
      case .yearFirst: "\(start)"
      case .monthFirst: "\(start.month)/\(start.day)/\(start.year)"
      case .dayFirst: "\(start.day).\(start.month).\(start.year)"
      }
    day = Array("\(date) ".utf8)
  }

  /// The time in a field of a row, nanoseconds since the start of the run; `name` is its column's.
  mutating func time(
    of row: borrowing CSVRow, _ field: Int, _ name: String, _ columns: TraceColumns
  ) throws(RowFault) -> Int64 {
    let range = row.range(field)
    let text = row.bytes.span.extracting(range)
    if let time = Self.seconds(text) { return time }
    let stamp: TraceTimestamp?
    if Self.hasNoDate(text) {
      joined.removeAll(keepingCapacity: true)
      if let date = columns.date {
        joined += row.bytes[row.range(date)]
        joined.append(0x20)
      } else {
        joined += day
      }
      joined += row.bytes[range]
      stamp = TraceTimestamp.parse(joined.span, order: workload.dateOrder)
    } else {
      stamp = TraceTimestamp.parse(text, order: workload.dateOrder)
    }
    guard let stamp else {
      throw RowFault.unexpected(
        "expected an instant such as 2026-03-02T08:02:00Z, a time such as 08:02, or seconds after "
          + "the start of the run", name, row.text(field))
    }
    return try clock.instant(of: stamp, in: row, columns) - origin
  }

  /// Whole seconds of up to ten digits, with up to nine decimals; nil for anything else.
  private static func seconds(_ text: Span<UInt8>) -> Int64? {
    var (value, digits, places): (Int64, Int, Int) = (0, 0, -1)
    for index in text.indices {
      let byte = text[index]
      if byte == 0x2E, places < 0, digits > 0 {
        places = 0
        continue
      }
      guard (0x30...0x39).contains(byte), places < 9, places >= 0 || digits < 10 else { return nil }
      value = value * 10 + Int64(byte) - 0x30
      if places >= 0 { places += 1 } else { digits += 1 }
    }
    // A point at the end has no decimals.
    guard digits > 0, places != 0 else { return nil }
    for _ in max(0, places)..<9 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    return value
  }

  /// Whether a text begins with an hour and has no date.
  private static func hasNoDate(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      switch text[index] {
      case 0x3A: return index > 0
      case 0x30...0x39: continue
      default: return false
      }
    }
    return false
  }
}
