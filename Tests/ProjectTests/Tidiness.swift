/// Size and cleanliness of source files.
enum Tidiness {
  static let longestLine = 100
  static let longestFile = 500
  static let longestFunction = 70
  /// Functions that were longer when the check was made, and by how much they may be. An entry may
  /// shrink and go, never grow or come.
  static let recordedFunctions: [String: Int] = [:]

  static func findings(in source: SourceText) -> [Finding] {
    var findings: [Finding] = []
    func find(_ line: Int, _ message: String) {
      findings.append(Finding(path: source.path, line: line, message: message))
    }
    for (index, line) in source.lines.enumerated() {
      if line.unicodeScalars.count > longestLine {
        find(index + 1, "\(line.unicodeScalars.count) columns, at most \(longestLine) are allowed")
      }
      if line.last == " " || line.last == "\t" { find(index + 1, "space at the end of the line") }
    }
    for (index, comment) in source.comments.enumerated() {
      for word in ["TODO", "FIXME", "HACK"] where BannedCalls.occurs(word, in: comment) {
        find(index + 1, "\(word): do it, or leave it out")
      }
      if isCommentedOutCode(comment) {
        find(index + 1, "commented-out code: delete it, the history keeps it")
      }
    }
    if source.lines.count - 1 > longestFile {
      find(0, "\(source.lines.count - 1) lines, at most \(longestFile) are allowed: split the file")
    }
    for function in functions(of: source) {
      let name = "\(source.path) \(function.name)"
      let allowed = recordedFunctions[name] ?? longestFunction
      if function.length > allowed {
        find(
          function.line,
          "\(function.name) has \(function.length) lines, at most \(allowed) are allowed")
      }
    }
    return findings
  }

  /// Machine paths, which mean nothing elsewhere.
  static func machinePaths(in source: SourceText) -> [Finding] {
    let roots = ["/home/", "/root/", "/work/", "/Users/"]
    return source.lines.enumerated().compactMap { index, line in
      guard let root = roots.first(where: { line.contains($0) }) else { return nil }
      return Finding(
        path: source.path, line: index + 1, message: "\(root): a path of one machine")
    }
  }

  /// Plain comments that read like a statement. Documentation may show code.
  static func isCommentedOutCode(_ comment: String) -> Bool {
    let trimmed = comment.trimmed
    guard trimmed.hasPrefix("//"), !trimmed.hasPrefix("///"), !trimmed.hasPrefix("//:") else {
      return false
    }
    let text = trimmed.dropFirst(2).description.trimmed
    if text.hasSuffix("{") || text.hasSuffix("}") || text.hasSuffix(";") { return true }
    let starts = ["let ", "var ", "func ", "import ", "guard ", "try ", "await ", "#expect"]
    let marks = [" = ", "(", "import "]
    return starts.contains { text.hasPrefix($0) } && marks.contains { text.contains($0) }
      && !text.hasSuffix(".") && !text.hasSuffix(",") && !text.hasSuffix(":")
  }

  struct Function: Equatable {
    var name: String
    var line: Int
    /// From the line of its name to that of its closing brace.
    var length: Int
  }

  /// Functions and initialisers with a body, nested ones too.
  static func functions(of source: SourceText) -> [Function] {
    var result: [Function] = []
    for (index, line) in source.code.enumerated() {
      guard let name = declaredName(line), let last = bodyEnd(source.code, from: index) else {
        continue
      }
      result.append(Function(name: name, line: index + 1, length: last - index + 1))
    }
    return result
  }

  private static func declaredName(_ line: String) -> String? {
    var words = line.split { !($0.isLetter || $0.isNumber || "_.?!@".contains($0)) }
    if words.count == 1, line.trimmed.hasPrefix("init") { words.append("") }
    for (word, next) in zip(words, words.dropFirst()) {
      if word == "func" { return String(next) }
      if word == "init" || word == "init?" { return "init" }
    }
    return nil
  }

  /// The line on which the body that begins at or after this line ends; nil if there is none, as in
  /// a protocol.
  private static func bodyEnd(_ code: [String], from start: Int) -> Int? {
    var nesting = 0
    var braces = 0
    for index in start..<code.count {
      let line = code[index].trimmed
      if index > start, braces == 0, nesting == 0, !continues(line) { return nil }
      for character in line {
        switch character {
        case "(", "[": nesting += 1
        case ")", "]": nesting -= 1
        case "{" where nesting == 0 || braces > 0: braces += 1
        case "}" where braces > 0:
          braces -= 1
          if braces == 0 { return index }
        case "}" where nesting == 0: return nil
        default: break
        }
      }
    }
    return nil
  }

  /// Whether a line goes on with a signature rather than beginning something new.
  private static func continues(_ line: String) -> Bool {
    let starts = ["{", "->", "where", "throws", "async", "rethrows", ")"]
    return line.isEmpty || starts.contains { line.hasPrefix($0) }
  }
}

extension String {
  /// Without white space at either end.
  var trimmed: String {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
    return String(self[start..<end])
  }
}
