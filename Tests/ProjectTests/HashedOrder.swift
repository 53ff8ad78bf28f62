/// Iteration in the order of hashes, which differs from process to process.
///
/// A text search cannot know types, so this looks for what gives itself away: loops over `.keys` or
/// `.values`, and loops over a name that the same file declares as a dictionary or a set. A comment
/// `ordered: why` on the line says that the order is fixed or does not matter.
enum HashedOrder {
  private static let advice = "use sorted(), or say `// ordered: why` on the line"
  private static let walks = [
    ".map", ".forEach", ".first", ".flatMap", ".compactMap", ".enumerated", ".prefix",
  ]

  static func findings(in source: SourceText) -> [Finding] {
    // The last declaration of a name says what it is.
    var hashed: Set<String> = []
    var findings: [Finding] = []
    for (index, line) in source.code.enumerated() {
      if let (name, isHashed) = declaration(line) {
        if isHashed { hashed.insert(name) } else { hashed.remove(name) }
      }
      if line.contains("sorted") || source.comments[index].contains("ordered:") { continue }
      guard let name = member(line) ?? loop(line, over: hashed) else { continue }
      findings.append(
        Finding(
          path: source.path, line: index + 1, message: "\(name) in no fixed order: \(advice)"))
    }
    return findings
  }

  /// `.keys` or `.values`, if the line walks over them.
  private static func member(_ line: String) -> String? {
    let loops = line.contains("for ") && line.contains(" in ")
    return [".keys", ".values"].first { word in
      loops && line.contains(word + " {") || walks.contains { line.contains(word + $0) }
    }
  }

  /// A name of these that a loop of the line walks over.
  private static func loop(_ line: String, over names: Set<String>) -> String? {
    let text = line.trimmed
    guard text.hasPrefix("for "), let start = text.range(of: " in ") else { return nil }
    let rest = text[start.upperBound...]
    let walked = rest.prefix { $0 != " " && $0 != "{" }
    guard let last = walked.split(separator: ".").last.map(String.init) else { return nil }
    return names.contains(last) ? last : nil
  }

  /// The name that a line declares, and whether as a dictionary or a set.
  private static func declaration(_ line: String) -> (name: String, isHashed: Bool)? {
    let words = line.split { $0 == " " || $0 == "(" || $0 == "," }
    guard let keyword = words.firstIndex(where: { $0 == "var" || $0 == "let" }),
      keyword + 1 < words.count
    else { return nil }
    let type = words[(keyword + 2)...].joined(separator: " ")
    let startsHashed = ["Set<", "= Set<", "Dictionary<", "= Dictionary<"].contains {
      type.hasPrefix($0)
    }
    let bracket = type.hasPrefix("= [") ? type.dropFirst(2) : type[...]
    let name = String(words[keyword + 1].prefix { $0 != ":" })
    return (name, startsHashed || isDictionary(bracket))
  }

  /// Whether a text begins with `[Key: Value]` (or a literal of that shape).
  private static func isDictionary(_ text: Substring) -> Bool {
    guard text.first == "[" else { return false }
    var depth = 0
    for character in text {
      switch character {
      case "[", "<": depth += 1
      case "]", ">": depth -= 1
      case ":" where depth == 1: return true
      default: break
      }
      if depth == 0 { return false }
    }
    return false
  }
}
