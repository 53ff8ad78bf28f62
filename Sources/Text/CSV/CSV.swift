/// Comma-separated values as in RFC 4180, with line feeds.
public enum CSV {
  /// `rows` as text, each row on a line.
  public static func encode(_ rows: [[String]]) -> String {
    var text = ""
    for row in rows { text += line(row) }
    return text
  }

  /// One row on its line, line feed included.
  package static func line(_ row: [String]) -> String {
    var text = ""
    for (index, value) in row.enumerated() {
      if index > 0 { text += "," }
      text += field(value)
    }
    return text + "\n"
  }

  /// `value` in quotes where it holds a comma, a quote, a line break or spaces at its ends.
  /// Characters that would steer a terminal are replaced; line breaks are kept.
  public static func field(_ value: String) -> String {
    if isPlain(value) { return value }
    let value = value.split(separator: "\n", omittingEmptySubsequences: false)
      .map { visible(String($0)) }.joined(separator: "\n")
    let bytes = value.utf8
    let isSpecial =
      bytes.first == 0x20 || bytes.last == 0x20
      || bytes.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A }
    guard isSpecial else { return value }
    return "\""
      + value.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  /// Whether a value is printable ASCII that needs no quotes: nearly all are.
  private static func isPlain(_ value: String) -> Bool {
    let bytes = value.utf8
    return bytes.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x2C && $0 != 0x22 }
      && bytes.first != 0x20 && bytes.last != 0x20
  }
}
