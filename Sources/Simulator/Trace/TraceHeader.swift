import Text

/// The names of the columns of a file of payments.
struct TraceHeader {
  /// In the order of the file.
  let names: [String]
  private let file: String

  /// Reads the header row of `file`.
  init(_ header: borrowing CSVRow, file: String) throws(TraceError) {
    if let fault = header.fault { throw .broken(file: file, row: header.number, reason: fault) }
    if !CSVText.isValid(header.bytes) {
      throw .broken(file: file, row: header.number, reason: CSVText.expected)
    }
    var names: [String] = []
    for field in 0..<header.count { names.append(header.text(field)) }
    self.names = names
    self.file = file
  }

  /// Where the column `name` stands, which the scenario maps by `columns.key`.
  func find(_ name: String, _ key: String) throws(TraceError) -> Int {
    guard let index = names.firstIndex(of: name) else {
      throw .column(file: file, name: name, reason: Self.missing(name, key, names: names))
    }
    if names[(index + 1)...].contains(name) {
      throw .column(
        file: file, name: name,
        reason: "expected one column of this name for `columns.\(key)`, found several")
    }
    return index
  }

  /// The same of a column that the scenario may leave out.
  func find(ifGiven name: String?, _ key: String) throws(TraceError) -> Int? {
    guard let name else { return nil }
    return try find(name, key)
  }

  /// The same of a column that is looked for under its usual name, `key`, where the scenario gives
  /// none; nil: there is none.
  func find(_ name: String?, usual key: String) throws(TraceError) -> Int? {
    guard name != nil || names.contains(key) else { return nil }
    return try find(name ?? key, key)
  }

  private static func missing(_ name: String, _ key: String, names: [String]) -> String {
    let listed = names.prefix(20).map { printable($0) }.joined(separator: ", ")
    let cut = names.count > 20 ? ", …" : ""
    let close = closest(to: name, among: names.prefix(100).map { $0 })
    let hint = close.map { "; did you mean \(printable($0))?" } ?? ""
    return "expected a column of this name for `columns.\(key)`, found \(listed)\(cut)\(hint)"
  }

  /// The name nearest in edits, case aside, if no more than a third of it (of a short one, half)
  /// has to change; or one that contains the wanted name.
  static func closest(to wanted: String, among names: [String]) -> String? {
    let target = Array(wanted.lowercased().unicodeScalars.prefix(64))
    let scored = names.filter { !$0.isEmpty }.map { name in
      let candidate = Array(name.lowercased().unicodeScalars.prefix(64))
      return (name: name, edits: edits(target, candidate))
    }
    if let best = scored.min(by: { $0.edits < $1.edits }),
      best.edits <= max(target.count / 3, min(2, target.count / 2))
    {
      return best.name
    }
    let text = wanted.lowercased()
    return names.first { name in
      let name = name.lowercased()
      return name.count >= 2 && (name.contains(text) || text.contains(name))
    }
  }

  /// Levenshtein's distance.
  private static func edits(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var previous = Array(0...b.count)
    for (i, left) in a.enumerated() {
      var current = [i + 1]
      for (j, right) in b.enumerated() {
        let replaced = previous[j] + (left == right ? 0 : 1)
        current.append(min(replaced, previous[j + 1] + 1, current[j] + 1))
      }
      previous = current
    }
    return previous[b.count]
  }
}
