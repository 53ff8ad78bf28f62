/// A Swift file taken apart into code, comments and string literals, line by line.
///
/// Each view has the lines of the file with everything else blanked, so that columns and line
/// numbers agree and a check of code never trips over prose. What is interpolated into a string is
/// code.
struct SourceText {
  /// Path from the package's root.
  let path: String
  let lines: [String]
  let code: [String]
  let comments: [String]

  private enum Kind { case code, comment, string }
  private enum Mode {
    case code(parentheses: Int)
    case string(pounds: Int, isMultiline: Bool)
    case lineComment
    case blockComment(depth: Int)
  }

  init(path: String, text: String) {
    self.path = path
    let bytes = Array(text.utf8)
    let kinds = Self.kinds(of: bytes)
    lines = Self.split(bytes)
    code = Self.split(Self.blank(bytes, kinds, keep: .code))
    comments = Self.split(Self.blank(bytes, kinds, keep: .comment))
  }

  private static func split(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private static func blank(_ bytes: [UInt8], _ kinds: [Kind], keep: Kind) -> [UInt8] {
    zip(bytes, kinds).map { byte, kind in kind == keep || byte == 0x0A ? byte : 0x20 }
  }

  private static func kinds(of bytes: [UInt8]) -> [Kind] {
    var kinds: [Kind] = []
    kinds.reserveCapacity(bytes.count)
    var modes: [Mode] = [.code(parentheses: 0)]
    while kinds.count < bytes.count {
      if !isMark[Int(bytes[kinds.count])] {
        kinds.append(kind(in: modes[modes.count - 1]))
        continue
      }
      let (kind, length) = step(bytes[kinds.count...], &modes)
      for _ in 0..<min(length, bytes.count - kinds.count) { kinds.append(kind) }
    }
    return kinds
  }

  /// Bytes that can begin or end anything.
  private static let isMark = (0...255).map { "/*\"#()\\\n".utf8.contains(UInt8($0)) }

  /// What a byte is that begins and ends nothing.
  private static func kind(in mode: Mode) -> Kind {
    switch mode {
    case .code: .code
    case .string: .string
    case .lineComment, .blockComment: .comment
    }
  }

  /// What the next bytes are, and how many; enters and leaves modes.
  private static func step(_ rest: ArraySlice<UInt8>, _ modes: inout [Mode]) -> (Kind, Int) {
    switch modes[modes.count - 1] {
    case .code(let parentheses): return code(rest, parentheses, &modes)
    case .lineComment:
      if rest.first == 0x0A { modes.removeLast() }
      return (.comment, 1)
    case .blockComment(let depth):
      if rest.starts(with: "*/".utf8) {
        modes.removeLast()
        if depth > 1 { modes.append(.blockComment(depth: depth - 1)) }
        return (.comment, 2)
      }
      if rest.starts(with: "/*".utf8) {
        modes[modes.count - 1] = .blockComment(depth: depth + 1)
        return (.comment, 2)
      }
      return (.comment, 1)
    case .string(let pounds, let isMultiline):
      return string(rest, pounds: pounds, isMultiline: isMultiline, &modes)
    }
  }

  private static func code(
    _ rest: ArraySlice<UInt8>, _ parentheses: Int, _ modes: inout [Mode]
  ) -> (Kind, Int) {
    if rest.starts(with: "//".utf8) {
      modes.append(.lineComment)
      return (.comment, 2)
    }
    if rest.starts(with: "/*".utf8) {
      modes.append(.blockComment(depth: 1))
      return (.comment, 2)
    }
    let pounds = rest.prefix { $0 == UInt8(ascii: "#") }.count
    let quotes = rest.dropFirst(pounds).prefix(3)
    if quotes.elementsEqual("\"\"\"".utf8) {
      modes.append(.string(pounds: pounds, isMultiline: true))
      return (.string, pounds + 3)
    }
    if quotes.first == UInt8(ascii: "\"") {
      modes.append(.string(pounds: pounds, isMultiline: false))
      return (.string, pounds + 1)
    }
    // Within an interpolation the parenthesis that closes it ends the code.
    if modes.count > 1 {
      if rest.first == UInt8(ascii: "(") {
        modes[modes.count - 1] = .code(parentheses: parentheses + 1)
      }
      if rest.first == UInt8(ascii: ")") {
        modes[modes.count - 1] = .code(parentheses: parentheses - 1)
        if parentheses == 0 {
          modes.removeLast()
          return (.string, 1)
        }
      }
    }
    return (.code, max(1, pounds))
  }

  private static func string(
    _ rest: ArraySlice<UInt8>, pounds: Int, isMultiline: Bool, _ modes: inout [Mode]
  ) -> (Kind, Int) {
    let marks = String(repeating: "#", count: pounds)
    let end = (isMultiline ? "\"\"\"" : "\"") + marks
    if rest.starts(with: end.utf8) || (!isMultiline && rest.first == 0x0A) {
      modes.removeLast()
      return (.string, rest.first == 0x0A ? 1 : end.utf8.count)
    }
    let escape = "\\" + marks
    guard rest.starts(with: escape.utf8) else { return (.string, 1) }
    if rest.dropFirst(escape.utf8.count).first == UInt8(ascii: "(") {
      modes.append(.code(parentheses: 0))
      return (.string, escape.utf8.count + 1)
    }
    return (.string, escape.utf8.count + 1)
  }
}

/// A fault that a check of the project found.
struct Finding: Equatable, CustomStringConvertible {
  var path: String
  /// From 1; 0 for the file as a whole.
  var line: Int
  var message: String

  var description: String { line == 0 ? "\(path): \(message)" : "\(path):\(line): \(message)" }
}
