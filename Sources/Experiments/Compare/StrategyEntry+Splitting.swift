/// How the text of `--strategies` falls into parts.
extension StrategyEntry {
  /// Parts between separators that stand outside of brackets and quotes, without spaces around
  /// them; empty parts are kept, and refused as names later.
  static func split(_ text: String, at separator: Character) -> [String] {
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
    return parts.map(trimmed)
  }

  /// The head and the assignments of an entry: a colon separates only before `key=`.
  static func assignments(_ entry: String) -> [String] {
    var parts: [String] = []
    for part in split(entry, at: ":") {
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
