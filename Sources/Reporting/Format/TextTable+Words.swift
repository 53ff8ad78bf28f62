extension TextTable {
  /// Words of `text` on lines of at most `limit` places, each `indent` places in, those after the
  /// first `hanging` places more.
  package static func paragraph(
    _ text: String, indent: Int, hanging: Int = 0, limit: Int = limit
  ) -> String {
    let words = text.split { $0 == " " || $0 == "\n" }.map(String.init)
    let margin = String(repeating: " ", count: indent)
    return wrapped(
      words, separator: " ", indent: indent + hanging, label: margin, width: limit)
  }

  /// `parts` joined over as many lines as `width` places need, under a label.
  package static func wrapped(
    _ parts: [String], separator: String, label: String, width limit: Int = limit
  ) -> String {
    wrapped(parts, separator: separator, indent: 11, label: padded(label, 11), width: limit)
  }

  /// `text` anew on lines of at most `limit` places. Lines that begin at the margin flow together
  /// up to a blank one; an indented line takes in those that are indented more, as far in as they
  /// are.
  package static func flowed(_ text: String) -> String {
    var blocks: [(indent: Int, hanging: Int, words: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = line.prefix { $0 == " " }.count
      let words = line.dropFirst(indent)
      if let last = blocks.last, !last.words.isEmpty, !words.isEmpty,
        last.indent == 0 ? indent == 0 : indent > last.indent
      {
        blocks[blocks.count - 1].words += " " + words
        blocks[blocks.count - 1].hanging = indent - last.indent
      } else {
        let gap = words.firstRange(of: "  ").map { range in
          words[..<range.lowerBound].count + words[range.lowerBound...].prefix { $0 == " " }.count
        }
        blocks.append((indent, indent == 0 ? 0 : gap ?? 0, String(words)))
      }
    }
    return blocks.map { block in
      block.words.isEmpty
        ? ""
        : wrapped(
          block.words.split(separator: " ", omittingEmptySubsequences: false).map(String.init),
          separator: " ", indent: block.indent + block.hanging,
          label: String(repeating: " ", count: block.indent))
    }.joined(separator: "\n")
  }

  /// A list of words in columns under their headers. Where a line would be too wide, the last
  /// column stands beneath the others, and what is still too wide is broken.
  package static func list(headers: [String], rows: [[String]]) -> String {
    let lines = [headers] + rows
    let widths = headers.indices.map { column in lines.map { width($0[column]) }.max() ?? 0 }
    let before = widths.dropLast().reduce(0) { $0 + $1 + gap }
    let last = limit - before
    let fits = last >= min(widths.last ?? 0, 30)
    let places = before <= limit ? widths : widths.map { _ in 0 }
    return lines.map { cells in
      let first = zip(cells, places).dropLast().map { padded($0, $1 + gap) }.joined()
      let words = cells.last ?? ""
      let text =
        fits
        ? first
          + broken(words, width: last).joined(
            separator: "\n" + String(repeating: " ", count: before))
        : wrapped([first], separator: "  ", indent: 4) + "\n"
          + paragraph(words, indent: 4)
      return text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { trimmed(String($0)) + "\n" }.joined()
    }.joined()
  }

  /// Texts beside each other in columns of `widths`, the last one as it comes; where a line would
  /// be too wide, as many beside each other as there is room for.
  package static func aligned(_ rows: [[String]], widths: [Int]) -> String {
    rows.map { cells in
      let line = zip(cells, widths).map { padded($0, $1, gap) }.joined() + (cells.last ?? "")
      return (width(line) <= limit ? line : wrapped(cells, separator: "  ", indent: 4)) + "\n"
    }.joined()
  }

  /// As many `parts` as one line has room for, and how many there are beside them.
  static func clipped(
    _ parts: [String], separator: String = " · ", label: String = "", width limit: Int = limit
  ) -> String {
    var line = label.isEmpty ? "" : padded(label, 11)
    for (index, part) in parts.enumerated() {
      let left = parts.count - index - 1
      let more = left > 0 ? " and \(left) more" : ""
      let piece = index == 0 ? part : separator + part
      if width(line) + width(piece) + width(more) <= limit {
        line += piece
        continue
      }
      guard index > 0 else {
        line += broken(piece, width: limit - width(line) - width(more) - 1)[0] + "…" + more
        return line
      }
      return line + " and \(left + 1) more"
    }
    return line
  }

  private static func padded(_ label: String, _ width: Int, _ gap: Int = 1) -> String {
    label + String(repeating: " ", count: max(gap, width - self.width(label)))
  }

  /// Parts on lines that begin `indent` places in; the first one begins with `label`. A part that
  /// is too long for a line is broken.
  package static func wrapped(
    _ parts: [String], separator: String, indent: Int, label: String = "", width limit: Int = limit
  ) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines = [label]
    var isBlank = true
    for part in parts {
      var piece = isBlank ? part : separator + part
      if width(lines[lines.count - 1]) + width(piece) > limit, !isBlank {
        lines.append(margin)
        piece = part
      }
      let room = limit - width(lines[lines.count - 1])
      let pieces = broken(piece, width: max(room, 1), keepsSpaces: true)
      lines[lines.count - 1] += pieces[0]
      lines += pieces.dropFirst().map { margin + $0 }
      isBlank = false
    }
    return lines.joined(separator: "\n")
  }

  /// `text` in pieces of at most `width` places, between words where it can be.
  static func broken(_ text: String, width limit: Int, keepsSpaces: Bool = false) -> [String] {
    guard width(text) > limit else { return [text] }
    var lines = [""]
    for word in text.split(separator: " ", omittingEmptySubsequences: !keepsSpaces) {
      let piece = lines[lines.count - 1].isEmpty ? String(word) : " " + word
      if width(lines[lines.count - 1]) + width(piece) <= limit {
        lines[lines.count - 1] += piece
        continue
      }
      if !lines[lines.count - 1].isEmpty { lines.append("") }
      for character in word {
        if width(lines[lines.count - 1]) + width(String(character)) > limit { lines.append("") }
        lines[lines.count - 1].append(character)
      }
    }
    return lines
  }

  /// Columns `text` takes, counting wide East Asian characters twice.
  package static func width(_ text: String) -> Int {
    text.reduce(0) { sum, character in
      let value = character.unicodeScalars.first?.value ?? 0
      let isWide =
        (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value)
        || (0xAC00...0xD7A3).contains(value) || (0xF900...0xFAFF).contains(value)
        || (0xFE30...0xFE6F).contains(value) || (0xFF00...0xFF60).contains(value)
        || (0xFFE0...0xFFE6).contains(value) || (0x1F300...0x1FAFF).contains(value)
      return sum + (isWide ? 2 : 1)
    }
  }
}
