/// Finds what somebody meant to type.
public enum EditDistance {
  /// The candidate nearest to `word`, if it is near: at most a third of its letters differ.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    guard word.utf8.count <= 40 else { return nil }
    let lowered = Array(word.lowercased().utf8)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
      let distance = self.distance(lowered, Array(candidate.lowercased().utf8))
      if distance <= max(1, candidate.utf8.count / 3), distance < best?.distance ?? .max {
        best = (distance, candidate)
      }
    }
    return best?.candidate
  }

  /// `; did you mean `x`?`, or nothing.
  public static func hint(_ word: String, among candidates: [String]) -> String {
    nearest(to: word, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  public static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var rows = [Array(0...second.count)]
    for i in 0..<first.count {
      var row = [i + 1]
      for j in 0..<second.count {
        let substitution = rows[i][j] + (first[i] == second[j] ? 0 : 1)
        var value = min(row[j] + 1, rows[i][j + 1] + 1, substitution)
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
          value = min(value, rows[i - 1][j - 1] + 1)
        }
        row.append(value)
      }
      rows.append(row)
    }
    return rows[first.count][second.count]
  }
}
