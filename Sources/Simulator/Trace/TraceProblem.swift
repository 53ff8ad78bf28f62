/// Something wrong with one row of a trace.
public struct TraceProblem: Sendable, Equatable, CustomStringConvertible {
  /// What a policy of the scenario decides about.
  public enum Kind: String, Sendable, CaseIterable {
    /// Unreadable, incomplete, zero, or outside of the run.
    case malformed
    /// The id of an earlier row.
    case duplicate
    /// Earlier in time than a row before it.
    case unordered
  }
  /// Which policy decides about it.
  public var kind: Kind
  /// Row of the file as an editor numbers it, if no quoted field holds a line break: the header is
  /// row 1.
  public var row: Int
  /// Name of the column, absent when the row as a whole is at fault.
  public var column: String?
  /// What was expected, and what was found.
  public var message: String

  /// `row 12: amount: expected ...`
  public var description: String {
    guard let column else { return "row \(row): \(message)" }
    return "row \(row): \(column): \(message)"
  }
}

/// Problems of one kind: how many, and the first few by name.
public struct TraceProblemList: Sendable, Equatable {
  /// No more than this many problems of a kind are kept.
  public static let limit = 10
  /// All of them.
  public private(set) var count = 0
  /// The first `limit` in the order of the file.
  public private(set) var first: [TraceProblem] = []

  /// An empty list.
  public init() {}

  mutating func append(_ problem: TraceProblem) {
    count += 1
    if first.count < Self.limit { first.append(problem) }
  }
}

/// Rows that were left out of the run (or, unordered, sorted in), because the scenario says
/// `report`.
public struct TraceNotes: Sendable, Equatable {
  /// Left out.
  public var malformed = TraceProblemList()
  /// Left out; the first row with the id counts.
  public var duplicate = TraceProblemList()
  /// Sorted in, behind rows of the same time that stand before them.
  public var unordered = TraceProblemList()

  /// No rows.
  public init() {}

  /// Whether there is nothing to say.
  public var isEmpty: Bool { malformed.count + duplicate.count + unordered.count == 0 }

  mutating func append(_ problem: TraceProblem) {
    switch problem.kind {
    case .malformed: malformed.append(problem)
    case .duplicate: duplicate.append(problem)
    case .unordered: unordered.append(problem)
    }
  }
}

/// Text of a file made fit for a terminal: control and direction characters escaped, and cut.
func printable(_ text: String, limit: Int = 40) -> String {
  var result = ""
  for (count, scalar) in text.unicodeScalars.enumerated() {
    if count == limit { return result + "…" }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      result += "\\u{" + String(scalar.value, radix: 16) + "}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
