/// `text` safe as content and in a quoted attribute of HTML and XML; invisible characters replaced.
func escapedHTML(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar.isInvisible ? "\u{FFFD}" : scalar)
    }
  }
  return result
}

/// `bytes` in base 64 (RFC 4648) with padding.
func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  var text = ""
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let word = (0..<3).reduce(0) { word, place in
      word << 8 | (place < group.count ? Int(group[start + place]) : 0)
    }
    for place in 0..<4 {
      text.append(place <= group.count ? alphabet[word >> (18 - 6 * place) & 63] : "=")
    }
  }
  return text
}

/// `escapedHTML` of a sentence, in which what stands between backticks is code.
func proseHTML(_ text: String) -> String {
  let parts = escapedHTML(text).split(separator: "`", omittingEmptySubsequences: false)
  guard parts.count % 2 == 1 else { return escapedHTML(text) }
  return parts.enumerated().map { index, part in
    index % 2 == 1 ? "<code>\(part)</code>" : String(part)
  }.joined()
}
