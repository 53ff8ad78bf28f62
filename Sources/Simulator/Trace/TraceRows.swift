import Scenario
import Text

/// Hands on the rows of a CSV file, plain or gzip'ed, one at a time: what every reader of payments
/// begins with. The file is read once, in pieces.
enum TraceRows {
  /// Reads the whole file. Time: linear in its size.
  /// - Throws: what is wrong with the file as a whole, or what `handle` throws.
  static func read(
    _ file: String, _ handle: (borrowing CSVRow) throws(TraceError) -> Void
  ) throws(TraceError) {
    let input = try TraceInput(file: file)
    do {
      var tokenizer = CSVTokenizer()
      var piece = [UInt8](repeating: 0, count: 65_536)
      try piece.withUnsafeMutableBufferPointer { buffer in
        while case let count = try input.read(into: buffer), count > 0 {
          try tokenizer.consume(UnsafeBufferPointer(rebasing: buffer[..<count])) { row in
            try handle(row)
          }
        }
      }
      try tokenizer.finish { row in try handle(row) }
    } catch let failure as CSVTokenizer.Failure {
      throw explain(failure, file)
    } catch let error as TraceError {
      throw error
    } catch {
      throw .unreadable(file: file, reason: "\(error)")
    }
  }

  private static func explain(_ failure: CSVTokenizer.Failure, _ file: String) -> TraceError {
    let hint = "is a quote open since then?"
    return switch failure {
    case .fieldTooLong(let row):
      .broken(
        file: file, row: row,
        reason: "expected fields of at most \(CSVTokenizer.longestField) bytes; \(hint)")
    case .rowTooLong(let row):
      .broken(
        file: file, row: row,
        reason: "expected rows of at most \(CSVTokenizer.longestRow) bytes; \(hint)")
    case .openQuote(let row):
      .broken(file: file, row: row, reason: "expected a closing quote before the end of the file")
    }
  }
}

/// The rows that a scenario does not take as they are: left out and noted, or refused, by its
/// policies.
struct FaultyRows {
  private let workload: TraceWorkload
  /// Those that are noted.
  private(set) var notes = TraceNotes()
  private var refused: [TraceProblem] = []
  private var refusedCount = 0

  init(_ workload: TraceWorkload) { self.workload = workload }

  mutating func note(_ fault: RowFault, row: Int) {
    let problem = fault.problem(row: row)
    switch workload.policy(for: fault.kind) {
    case .report: notes.append(problem)
    case .refuse:
      refusedCount += 1
      if refused.count < TraceProblemList.limit { refused.append(problem) }
    }
  }

  /// Throws if a row of `file` is refused.
  func check(file: String) throws(TraceError) {
    if refusedCount > 0 { throw .refused(file: file, problems: refused, total: refusedCount) }
  }
}
