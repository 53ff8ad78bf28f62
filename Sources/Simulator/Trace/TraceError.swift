/// Why a trace was not read. Each is fatal: no record of the trace is used.
public enum TraceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no such file.
  case missing(file: String)
  /// The file cannot be opened or read, or is a directory, a pipe or a device.
  case unreadable(file: String, reason: String)
  /// No byte, or a header and nothing else.
  case empty(file: String)
  /// A compressed file that is cut off, altered, or followed by something else.
  case damagedGzip(file: String, reason: String)
  /// The header has no column, or two columns, of a name that the scenario maps.
  case column(file: String, name: String, reason: String)
  /// The file cannot be read on from this row.
  case broken(file: String, row: Int, reason: String)
  /// Rows that the scenario says to refuse: the first few, and how many in all.
  case refused(file: String, problems: [TraceProblem], total: Int)

  /// One line for each fault, beginning with the file.
  public var description: String {
    switch self {
    case .missing(let file): "\(Self.shown(file)): no such file"
    case .unreadable(let file, let reason): "\(Self.shown(file)): \(reason)"
    case .empty(let file):
      "\(Self.shown(file)): expected a header row and at least one payment, found none"
    case .damagedGzip(let file, let reason): "\(Self.shown(file)): gzip: \(reason)"
    case .column(let file, let name, let reason):
      "\(Self.shown(file)):row 1: \(printable(name)): \(reason)"
    case .broken(let file, let row, let reason): "\(Self.shown(file)):row \(row): \(reason)"
    case .refused(let file, let problems, let total):
      Self.list(file: Self.shown(file), problems: problems, total: total)
    }
  }

  private static func shown(_ file: String) -> String { printable(file, limit: 4_096) }

  private static func list(file: String, problems: [TraceProblem], total: Int) -> String {
    var lines = problems.map { "\(file):\($0)" }
    if total > problems.count {
      lines.append("\(file): \(total) rows refused, of which the first \(problems.count) are named")
    } else {
      lines.append("\(file): \(total) \(total == 1 ? "row" : "rows") refused")
    }
    return lines.joined(separator: "\n")
  }
}
