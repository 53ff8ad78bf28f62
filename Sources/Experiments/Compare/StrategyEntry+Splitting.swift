import Text
import Scenario

/// How the text of `--strategies` falls into parts.
extension StrategyEntry {
  /// Parts between separators that stand outside of brackets and quotes, without spaces around
  /// them; empty parts are kept, and refused as names later.
  static func split(_ text: String, at separator: Character) -> [String] {
    pieces(text, at: separator).map(trimmed)
  }

  /// The parts of an entry, each names with the parameters behind them: `a+b:p=1+c:q=2` has the
  /// parts `a+b:p=1` and `c:q=2`.
  ///
  /// A plus sign behind a parameter begins a part only where a name follows: else it belongs to
  /// the value, as in `1e+5`. What is nearly a name, or an unknown one with a parameter of its own,
  /// begins a part too, and is refused as a name later.
  static func parts(_ entry: String) -> [String] {
    var parts: [String] = []
    for piece in pieces(entry, at: "+") {
      if let last = parts.last, !last.contains("=") || !beginsPart(piece) {
        parts[parts.count - 1] = last + "+" + piece
      } else {
        parts.append(piece)
      }
    }
    return parts.map(trimmed)
  }

  private static func beginsPart(_ piece: String) -> Bool {
    let text = trimmed(piece)
    let word = String(text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    let rest = text.dropFirst(word.count)
    guard word.first?.isLetter == true, rest.isEmpty || rest.first == ":" else { return false }
    let names = StrategyLayer.names + [scenarioName]
    if names.contains(word) || EditDistance.nearest(to: word, among: names) != nil { return true }
    guard rest.first == ":", startsWithKey(String(rest.dropFirst())) else { return false }
    return !rest.prefix { $0 != "=" }.contains(".")
  }

  private static func pieces(_ text: String, at separator: Character) -> [String] {
    var parts = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if "[{(".contains(character) {
        depth += 1
      } else if "]})".contains(character) {
        depth -= 1
      } else if character == separator, depth <= 0 {
        parts.append("")
        continue
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  /// The head and the assignments of a part: a colon separates only before `key=`.
  static func assignments(_ part: String) -> [String] {
    var parts: [String] = []
    for part in split(part, at: ":") {
      if parts.isEmpty || startsWithKey(part) {
        parts.append(part)
      } else {
        parts[parts.count - 1] += ":" + part
      }
    }
    return parts
  }

  private static func startsWithKey(_ text: String) -> Bool {
    let key = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_.-[]".contains($0)) }
    return !key.isEmpty && text.dropFirst(key.count).first == "="
  }

  private static func trimmed(_ text: String) -> String {
    let rest = text.drop { $0 == " " }
    return String(String(rest.reversed().drop { $0 == " " }).reversed())
  }

  static func quoted(_ text: String) -> String { "`\(text)`" }
}
