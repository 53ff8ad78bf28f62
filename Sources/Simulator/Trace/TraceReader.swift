import Money
import Scenario

/// Reads the payments of a CSV file, plain or gzip'ed, by the column mapping of a scenario.
///
/// 1. The header row is matched with the mapping.
/// 2. Each row is checked field by field; the first fault found is the row's problem.
/// 3. A row that is sound but has the id of an earlier sound row is a duplicate.
/// 4. A row that is earlier than one before it is unordered.
/// 5. At the end of the file either every problem falls under the policy `report`, and stands in
///    the trace's notes, or the trace is refused.
///
/// The file is read once, in pieces: memory holds the records and the ids, never the file.
public struct TraceReader: Sendable {
  /// Which instant is time zero of the records.
  public enum Start: Sendable, Equatable {
    /// 00:00 UTC of this date.
    case date(CivilDate)
    /// 00:00 UTC of the day of the first sound row.
    case firstRecord
  }
  private let workload: TraceWorkload
  private let file: String
  private let start: Start
  private let duration: Duration?
  private let currencies: [Currency]?

  /// - Parameters:
  ///   - workload: columns, units and policies; its `file` is not used.
  ///   - file: path that can be opened, and that errors name.
  ///   - start: a date lies in the years 1970 to 2200.
  ///   - duration: rows at or after this time are malformed; nil sets no end.
  ///   - currencies: rows in others are malformed, as nobody could settle them; nil takes all.
  public init(
    workload: TraceWorkload, file: String, start: Start, duration: Duration?,
    currencies: [Currency]? = nil
  ) {
    if case .date(let date) = start {
      precondition((1970...2200).contains(date.year), "no trace starts in \(date.year)")
    }
    self.workload = workload
    self.file = file
    self.start = start
    self.duration = duration
    self.currencies = currencies
  }

  /// Reads the whole file. Time: linear in its size, and sorting if rows are unordered.
  /// - Throws: what is wrong with the file as a whole, or the rows that the scenario refuses.
  public func read() throws(TraceError) -> Trace {
    var builder = TraceBuilder(
      workload: workload, file: file, start: start, duration: duration, currencies: currencies)
    try TraceRows.read(file) { row throws(TraceError) in try builder.take(row) }
    return try builder.finish()
  }
}
