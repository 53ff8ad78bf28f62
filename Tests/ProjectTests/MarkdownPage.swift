import Foundation

/// A page of the project in Markdown: what it says in prose, and where it points.
struct MarkdownPage {
  /// A link of the page: the line it stands on, and its target as written.
  struct Link: Equatable {
    let line: Int
    let target: String
  }

  let path: String
  /// Lines outside fenced blocks and comments, those inside them empty, so that numbers stay.
  let lines: [Substring]
  /// The lines of fenced blocks by what stands behind the fence, such as `console`.
  let blocks: [(language: String, lines: [Substring])]

  init(path: String, text: String) {
    self.path = path
    var lines: [Substring] = []
    var blocks: [(language: String, lines: [Substring])] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInside.toggle()
        if isInside { blocks.append((String(line.dropFirst(3)), [])) }
        lines.append("")
      } else if isInside {
        blocks[blocks.count - 1].lines.append(line)
        lines.append("")
      } else {
        lines.append(line.hasPrefix("<!--") && line.hasSuffix("-->") ? "" : line)
      }
    }
    (self.lines, self.blocks) = (lines, blocks)
  }

  /// Words of prose: neither tables nor pictures, and of links the text alone.
  var words: Int {
    lines.filter { !$0.hasPrefix("|") && !$0.hasPrefix("![") }
      .map { $0.replacing(/\]\([^)]*\)/, with: "]") }
      .flatMap { $0.split(separator: " ") }
      .count { word in word.contains { $0.isLetter || $0.isNumber } }
  }

  /// Links and pictures whose targets are of this project.
  var links: [Link] {
    lines.enumerated().flatMap { index, line in
      line.matches(of: /\]\(([^)\s]+)\)/).map { Link(line: index + 1, target: String($0.1)) }
    }.filter { !$0.target.contains("://") && !$0.target.hasPrefix("doc:") }
  }

  /// Titles of its sections, without that of the page.
  var sections: [String] {
    lines.filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
  }

  /// What its headings are called in links, as GitHub makes it of their text.
  var anchors: Set<String> {
    Set(
      lines.filter { $0.hasPrefix("#") }.map { heading in
        heading.drop { $0 == "#" }.dropFirst().lowercased()
          .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
          .replacing(" ", with: "-")
      })
  }
}

extension MarkdownPage {
  init(_ path: String) throws { self.init(path: path, text: try ProjectFiles.text(path)) }

  /// Every page of the project.
  static func all() throws -> [MarkdownPage] {
    let folders = try ["Sources", "Tests", "Scenarios", "Results/reference"]
      .flatMap { try ProjectFiles.files(below: $0) }
    return try (["README.md", "CHANGELOG.md"] + folders.filter { $0.hasSuffix(".md") })
      .map { try MarkdownPage($0) }
  }

  /// Links of `pages` that lead nowhere: no such file, or no such heading in it.
  static func brokenLinks(
    _ pages: [MarkdownPage], exists: (String) -> Bool
  ) -> [Finding] {
    let anchors = Dictionary(uniqueKeysWithValues: pages.map { ($0.path, $0.anchors) })
    return pages.flatMap { page in
      page.links.compactMap { link in
        let parts = link.target.split(
          separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let folder = page.path.contains("/") ? page.path.prefix { $0 != "#" } : ""
        let base = URL(filePath: "/" + folder).deletingLastPathComponent()
        let file =
          parts[0].isEmpty
          ? page.path
          : String(base.appending(path: parts[0]).standardizedFileURL.path.dropFirst())
        let isFound =
          parts.count == 1
          ? exists(file) : anchors[file]?.contains(String(parts[1])) ?? false
        return isFound
          ? nil
          : Finding(path: page.path, line: link.line, message: "\(link.target) leads nowhere")
      }
    }
  }
}
